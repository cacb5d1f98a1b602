"""An imported catalogue (`pipelint catalogue import`, `catalogue:` in pipelint.yaml) is used."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pipelint_schemas.harness_import import SHIPPED
from repository import pipelint, shared

HTTP = "#/definitions/pipeline/steps/custom/HttpStepNode"
NEWER = "TeaBreak"
PIPELINE = f"""\
pipeline:
  name: Tea
  identifier: tea
  projectIdentifier: kitchen
  orgIdentifier: default
  stages:
    - stage:
        name: Tea
        identifier: tea
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: Break
                  identifier: break
                  type: {NEWER}
                  timeout: 10m
                  spec:
                    url: https://tea.example.com
                    method: POST
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".harness").mkdir()
    (tmp_path / ".harness" / "tea.yaml").write_text(PIPELINE)
    return tmp_path


@pytest.fixture
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a checkout of the official schema that has a step type more."""
    folder = tmp_path_factory.mktemp("official") / "v0"
    shutil.copytree(shared("vendor", "harness-schema"), folder, copy_function=shutil.copyfile)
    folder.chmod(0o755)
    bundle = json.loads((folder / "pipeline.json").read_text(encoding="utf-8"))
    custom = bundle["definitions"]["pipeline"]["steps"]["custom"]
    node = json.dumps(custom["HttpStepNode"]).replace('"Http"', f'"{NEWER}"')
    custom[f"{NEWER}StepNode"] = json.loads(node)
    offer(bundle, {"$ref": HTTP}, {"$ref": HTTP.replace("Http", NEWER)})
    (folder / "pipeline.json").write_text(json.dumps(bundle), encoding="utf-8")
    return folder.parent


def offer(schema: Any, beside: dict[str, str], new: dict[str, str]) -> None:
    """Offer a step wherever another one is offered."""
    if isinstance(schema, list):
        schema += [new] if beside in schema else []
    for part in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(part, dict | list):
            offer(part, beside, new)


def run(folder: Path, catalogue: str = "", *flags: str) -> subprocess.CompletedProcess[str]:
    if catalogue:
        (folder / "pipelint.yaml").write_text(f"catalogue: {catalogue}\n")
    return pipelint("--output-format", "concise", *flags, cwd=folder)


def test_a_step_type_of_an_imported_catalogue_is_known(repository: Path, newer: Path) -> None:
    place = ".harness/tea.yaml:17:25"
    said = f"{place}: warning[unlisted-step-type] no step type `{NEWER}` is known\n"
    assert run(repository).stdout == said

    imported = pipelint("catalogue", "import", str(newer), "--output", "tea.json", cwd=repository)
    assert imported.returncode == 0
    assert f"new step type `{NEWER}`" in imported.stdout.splitlines()
    assert imported.stderr == "wrote tea.json; name it in pipelint.yaml: `catalogue: tea.json`\n"

    done = run(repository, "tea.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert run(repository, "tea.json", "--no-config").stdout == said


def test_what_an_imported_catalogue_says_is_checked(repository: Path, newer: Path) -> None:
    pipelint("catalogue", "import", str(newer), "--output=tea.json", cwd=repository)
    path = repository / ".harness" / "tea.yaml"
    path.write_text(PIPELINE.replace("method:", "methd:").replace("type: Custom", "type: CI"))
    found = run(repository, "tea.json").stdout
    assert f"[step-not-allowed-here] `{NEWER}` is not allowed in a CI stage" in found
    assert "[misspelt-key] unknown key `methd`" in found


def test_the_schema_that_we_come_with_has_nothing_new(tmp_path: Path) -> None:
    official = shared("vendor", "harness-schema")
    done = pipelint("catalogue", "import", str(official), cwd=tmp_path)
    assert done.stdout == "nothing new against the catalogue of pipelint\n"
    made = json.loads((tmp_path / "harness-catalogue.json").read_text(encoding="utf-8"))
    assert made["$defs"] == json.loads(Path(SHIPPED).read_text(encoding="utf-8"))["$defs"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"$defs": 3}',
        '{"$defs": {}}',
        '{"$defs": {"step": 3}}',
        '{"$defs": ' * 9999,
    ],
    ids=lambda text: text[:20],
)
def test_a_catalogue_that_is_none_is_told_once(repository: Path, text: str) -> None:
    (repository / ".harness" / "more.yaml").write_text(PIPELINE)
    (repository / "none.json").write_text(text)
    done = run(repository, "none.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "error: none.json: this is no catalogue of Harness",
        "  = help: make one with `pipelint catalogue import`",
    ]


def test_a_catalogue_that_lacks_a_table_is_none(repository: Path) -> None:
    whole = json.loads(Path(SHIPPED).read_text(encoding="utf-8"))
    del whole["$defs"]["placement"]
    (repository / "half.json").write_text(json.dumps(whole))
    done = run(repository, "half.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: half.json: this is no catalogue of Harness\n")


def test_a_catalogue_that_is_not_there_is_told_where_it_is_named(repository: Path) -> None:
    done = run(repository, "none.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no file `none.json`\n --> pipelint.yaml:1:12\n" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("", "say what to import"),
        ("import", "say what to import"),
        ("import . --output", "say what to import"),
        ("imprt .", "unknown word `imprt`"),
        ("import nowhere", "nowhere/pipeline.json: no such file or directory"),
        ("import other", "`other` is not the official schema"),
    ],
)
def test_what_cannot_be_imported_is_said(tmp_path: Path, arguments: str, said: str) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "pipeline.json").write_text('{"type": "object"}')
    done = pipelint("catalogue", *arguments.split(), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {said}\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other"]
