"""`pipelint expressions`: what each expression of a file, or of one text, leads to."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import pipelint_schemas
from repository import pipelint

PIPELINE = """\
pipeline:
  name: shop
  identifier: shop
  projectIdentifier: web
  orgIdentifier: default
  variables:
    - {name: region, type: String, value: eu}
  stages:
    - stage:
        name: greet
        identifier: greet
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: say
                  identifier: say
                  type: Http
                  timeout: 1m
                  spec:
                    method: GET
                    url: https://example.com/<+pipeline.variables.region>/<+pipeline.executionId>
                    requestBody: <+<+stage.name>.toUppercase()>
                  when: {stageStatus: Success, condition: <+trigger.branch> == "a"}
"""
CLEAN = PIPELINE.replace("toUppercase", "toUpperCase")
RELATIVE = "ci.yaml:23:46: <+pipeline.variables.region>"


def schema() -> dict[str, Any]:
    path = os.path.join(os.path.dirname(pipelint_schemas.__file__), "report.schema.json")
    with open(path, encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".harness").mkdir()
    (tmp_path / ".harness" / "ci.yaml").write_text(PIPELINE)
    (tmp_path / ".vela.yml").write_text('version: "1"\nsteps: []\n')
    (tmp_path / "values.yaml").write_text("a: 1\n")
    return tmp_path


def test_each_expression_is_listed_with_its_place_and_what_it_gives(folder: Path) -> None:
    done = pipelint("expressions", ".harness/ci.yaml", cwd=folder)
    lines = done.stdout.splitlines()
    at = lines.index(".harness/" + RELATIVE)
    assert lines[at + 1] == "    string, resolved: .harness/ci.yaml:7:14 = eu"
    assert ".harness/ci.yaml:24:34: <+<+stage.name>.toUppercase()>" in lines
    assert "    invalid: no method has the name `toUppercase`" in lines
    assert lines[-1].startswith("Found 4 expressions: 1 invalid")
    assert done.returncode == 1


def test_paths_are_shown_from_the_current_folder(folder: Path) -> None:
    lines = pipelint("expressions", "ci.yaml", cwd=folder / ".harness").stdout.splitlines()
    assert RELATIVE in lines


def test_nothing_wrong_exits_with_0(folder: Path) -> None:
    (folder / ".harness" / "ci.yaml").write_text(CLEAN)
    done = pipelint("expressions", ".harness/ci.yaml", cwd=folder)
    assert "invalid" not in done.stdout.splitlines()[-1]
    assert done.returncode == 0


def test_standard_input_is_read(folder: Path) -> None:
    name = ".harness/other.yaml"
    done = pipelint("expressions", "-", "--stdin-filename", name, cwd=folder, given=PIPELINE)
    assert f"{name}:23:46: <+pipeline.variables.region>" in done.stdout.splitlines()
    assert done.returncode == 1
    anonymous = pipelint("expressions", "-", cwd=folder, given=PIPELINE)
    assert "<stdin>:23:46: <+pipeline.variables.region>" in anonymous.stdout.splitlines()


def test_the_list_is_told_to_programs(folder: Path) -> None:
    done = pipelint("expressions", ".harness/ci.yaml", "--output-format", "json", cwd=folder)
    report = json.loads(done.stdout)
    Draft202012Validator(schema()).validate(report)
    assert {one["rule"] for one in report["diagnostics"]} >= {"unknown-method"}
    by_text = {one["text"]: one for one in report["expressions"]}
    region = by_text["<+pipeline.variables.region>"]
    assert region["start"] == {"line": 23, "column": 46}
    assert (region["type"], region["status"], region["value"]) == ("string", "resolved", "eu")
    assert region["target"]["path"] == ".harness/ci.yaml"
    assert region["target"]["start"]["line"] == 7
    assert by_text["<+<+stage.name>.toUppercase()>"]["status"] == "invalid"
    assert by_text["<+<+stage.name>.toUppercase()>"]["reason"]
    assert by_text["<+trigger.branch>"]["target"] is None


@pytest.mark.parametrize(
    ("text", "kind", "code", "said"),
    [
        ("<+stage.name>", "field", 0, "unknown: `stage` is not known before the run"),
        ("<+<+a> > 5>", "field", 1, "invalid: a `>` in an expression closes it"),
        ("<+1 + 2>", "field", 0, "number, literal"),
        ("<+a> > 5", "condition", 0, "unknown: `a` is not known before the run"),
        ("<+a> = 5", "condition", 1, "error[single-equals] `=` assigns a value"),
        ("<+input>", "field", 0, "unknown: asked for when the pipeline starts"),
        ("<+a", "field", 0, "string, literal: never closed: stays as it is"),
    ],
)
def test_a_text_needs_no_file(tmp_path: Path, text: str, kind: str, code: int, said: str) -> None:
    done = pipelint("expressions", "--text", text, "--as", kind, cwd=tmp_path)
    assert said in done.stdout
    assert done.returncode == code


def test_a_text_is_told_to_programs(tmp_path: Path) -> None:
    done = pipelint("expressions", "--text", "<+a b>", "--output-format=json", cwd=tmp_path)
    report = json.loads(done.stdout)
    Draft202012Validator(schema()).validate(report)
    assert report["files"] == [{"path": "<text>", "kind": "unknown", "checked": True}]
    assert [one["rule"] for one in report["diagnostics"]] == ["expression-syntax"]
    assert report["expressions"][0]["status"] == "invalid"
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name one file"),
        (("a.yaml", "b.yaml"), "name one file"),
        (("a.yaml", "--text", "x"), "cannot be mixed"),
        (("a.yaml", "--as", "field"), "`--as` says where"),
        (("--text", "x", "--as", "fields"), "unknown value `fields`"),
        (("--text",), "`--text` needs a value"),
        (("--test", "x"), "a flag with a similar name exists: `--text`"),
        ((".harness/ci.yaml", "--kind", "harness-pipe"), "unknown kind `harness-pipe`"),
        (("missing.yaml",), "missing.yaml: no such file"),
        ((".vela.yml",), "only Harness files have expressions"),
        (("values.yaml",), "only Harness files have expressions"),
        ((".harness/ci.yaml", "--config", "none.yaml"), "no configuration at none.yaml"),
    ],
)
def test_wrong_usage_exits_with_2(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    done = pipelint("expressions", *arguments, cwd=folder)
    assert said in done.stderr
    assert done.stdout == ""
    assert done.returncode == 2


def test_help_is_given(tmp_path: Path) -> None:
    done = pipelint("expressions", "--help", cwd=tmp_path)
    assert "--text" in done.stdout
    assert done.returncode == 0


def test_a_credential_is_never_shown(folder: Path) -> None:
    secret = "ghp_" + "Zk3vQ9wLr7XmT2bNc8HsJ5dPf1GyAe4Ru6Vo"
    text = PIPELINE.replace("value: eu", f"value: {secret}")
    for output in ("full", "json"):
        done = pipelint("expressions", "-", "--output-format", output, cwd=folder, given=text)
        assert secret not in done.stdout
