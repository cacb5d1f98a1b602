"""The check in CI: what is written can be read by the CI, and by pipelint itself."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import yaml
from linting import lint
from pipelint.adoption.ci import SYSTEMS, Part, Place, recognised
from pipelint.adoption.origin import Origin, of_record, origin

PLAIN = Origin("pipelint==0.1.0", is_certain=False)
ODD = Origin("pipelint[schemas] @ https://h/it's: #1.tar.gz")
GITHUB = Origin("pipelint @ git+https://github.com/a/b.git@v1", "https://github.com/a/b.git", "v1")
HARNESS = """\
pipeline:
  identifier: p
  name: p
  projectIdentifier: shop
  orgIdentifier: retail
  properties:
    ci:
      codebase: {connectorRef: account.github, repoName: "1234", build: <+input>}
"""


def part(name: str, origin: Origin = PLAIN, texts: dict[str, str] | None = None) -> Part:
    return SYSTEMS[name](Place("trunk", texts or {}), origin)


def jobs(text: str) -> Any:
    return yaml.safe_load(text)


@pytest.mark.parametrize("came_from", [PLAIN, ODD], ids=["plain", "odd"])
@pytest.mark.parametrize("name", SYSTEMS)
def test_the_command_arrives_as_it_is_meant(name: str, came_from: Origin) -> None:
    words = shlex.split(_commands(jobs(part(name, came_from).text)))
    assert words[words.index("install") + 2] == came_from.package
    assert "pipelint" in words[words.index(came_from.package) :]


def _commands(value: Any) -> str:
    """Gather all that is run by a CI file."""
    if isinstance(value, dict):
        runs = ("run", "script", "command", "commands")
        own = [value[key] for key in runs if key in value]
        said = ["\n".join(one) if isinstance(one, list) else str(one) for one in own]
        return "\n".join([*said, *(_commands(inner) for inner in value.values())])
    if isinstance(value, list):
        return "\n".join(_commands(inner) for inner in value)
    return ""


@pytest.mark.parametrize(("name", "path"), [("vela", ".vela.yml"), ("harness", ".harness/a.yaml")])
def test_pipelint_finds_nothing_in_what_it_writes(name: str, path: str) -> None:
    for text in (part(name).text, part(name, texts={"p.yaml": HARNESS}).text):
        assert lint(text, path) == []


def test_a_step_for_vela_is_clean_where_it_is_put() -> None:
    before = 'version: "1"\nsteps:\n  - {name: a, image: b, commands: [c]}\n'
    made = part("vela", texts={".vela.yml": before})
    assert made.text == ""
    assert (made.taken, made.into) == (".vela.yml", "the `steps` of .vela.yml")
    assert lint(before + made.lines, ".vela.yml") == []


def test_harness_is_told_what_the_other_pipelines_say() -> None:
    pipeline = jobs(part("harness", texts={"p.yaml": HARNESS}).text)["pipeline"]
    assert (pipeline["projectIdentifier"], pipeline["orgIdentifier"]) == ("shop", "retail")
    codebase = pipeline["properties"]["ci"]["codebase"]
    assert codebase == {"connectorRef": "account.github", "repoName": "1234", "build": "<+input>"}
    alone = jobs(part("harness").text)["pipeline"]["properties"]["ci"]["codebase"]
    assert alone == {"connectorRef": "<+input>", "build": "<+input>"}


def test_github_uses_the_action_where_it_is_known() -> None:
    workflow = jobs(part("github", GITHUB).text)
    assert workflow["jobs"]["pipelint"]["steps"][-1] == {"uses": "a/b@v1"}
    assert workflow[True]["push"] == {"branches": ["trunk"]}
    assert "uses: a/b" not in part("github").text


@pytest.mark.parametrize("came_from", [PLAIN, ODD, GITHUB], ids=["plain", "odd", "github"])
@pytest.mark.parametrize(
    ("name", "schema"), [("github", "vendor.github-workflows"), ("gitlab", "vendor.gitlab-ci")]
)
def test_their_own_schemas_take_what_is_written(
    name: str, schema: str, came_from: Origin, tmp_path: Path
) -> None:
    (tmp_path / "ci.yml").write_text(part(name, came_from).text, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, "ci.yml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_gitlab_gets_a_file_to_include_where_there_is_one_already() -> None:
    assert part("gitlab").path == ".gitlab-ci.yml"
    made = part("gitlab", texts={".gitlab-ci.yml": "stages: [lint, build]\n"})
    assert made.path == ".gitlab/pipelint.yml"
    assert jobs(made.text)["pipelint"]["stage"] == "lint"
    assert jobs(made.lines) == {"include": [{"local": "/.gitlab/pipelint.yml"}]}
    assert made.taken == ".gitlab-ci.yml"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], []),
        ([".github/workflows/a.yml"], ["github"]),
        ([".github/CODEOWNERS"], []),
        ([".vela.yml", ".gitlab-ci.yml"], ["gitlab", "vela"]),
        ([".harness/a.yaml", ".vela.yaml"], ["vela", "harness"]),
        (["team/.vela.yml"], []),
    ],
)
def test_the_ci_is_known_by_what_lies_at_the_top(
    names: list[str], expected: list[str], tmp_path: Path
) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert recognised(str(tmp_path)) == expected


# --- where pipelint comes from -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (None, None),
        ({"url": "file:///home/me/pipelint", "dir_info": {"editable": True}}, None),
        ({"url": "https://me:word@h/x.git", "vcs_info": {"vcs": "git", "commit_id": "c"}}, None),
        ({"url": "https://h/x", "vcs_info": {"vcs": "hg", "commit_id": "c"}}, None),
        ({"url": 3}, None),
        ({"url": "https://h/p-1.whl", "archive_info": {}}, Origin("https://h/p-1.whl")),
        (
            {"url": "https://h/x.git", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}},
            Origin("pipelint @ git+https://h/x.git@c0ffee", "https://h/x.git", "c0ffee"),
        ),
        (
            {
                "url": "https://h/x.git",
                "vcs_info": {"vcs": "git", "commit_id": "c0ffee", "requested_revision": "v1"},
            },
            Origin("pipelint @ git+https://h/x.git@v1", "https://h/x.git", "v1"),
        ),
    ],
)
def test_an_installation_tells_where_it_is_from(record: Any, expected: Origin | None) -> None:
    assert of_record(record) == expected


def test_what_the_user_says_comes_first() -> None:
    assert origin("./wheels/pipelint.whl") == Origin("./wheels/pipelint.whl")
    assert origin().package
