"""`pipelint schema KIND` prints what other tools can use; `--version -v` says how old it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from repository import ROOT, pipelint

KINDS = [
    *("harness-environment", "harness-infrastructure", "harness-input-set"),
    *("harness-overlay-input-set", "harness-pipeline", "harness-service", "harness-template"),
    *("harness-trigger", "vela-pipeline", "vela-template", "config", "report"),
]
EXAMPLES = {
    "vela-pipeline": "examples/mended/web-shop/.vela.yml",
    "harness-pipeline": "examples/mended/checkout/.harness/deploy.yaml",
}


def test_help_lists_every_kind(tmp_path: Path) -> None:
    done = pipelint("schema", "--help", cwd=tmp_path)
    listed = [line.strip() for line in done.stdout.splitlines() if line.startswith("  ")]
    assert (done.returncode, done.stderr) == (0, "")
    assert listed == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_schema_of_a_kind_is_a_json_schema(tmp_path: Path, kind: str) -> None:
    done = pipelint("schema", kind, cwd=tmp_path)
    schema = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_printed_schema_takes_a_pipeline_that_is_right(tmp_path: Path, kind: str) -> None:
    from ruamel.yaml import YAML

    schema = json.loads(pipelint("schema", kind, cwd=tmp_path).stdout)
    text = (ROOT / EXAMPLES[kind]).read_text(encoding="utf-8")
    value = YAML(typ="safe").load(text)
    validator = Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(value)] == []
    assert not validator.is_valid([value])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("", "name one kind of document"),
        ("config report", "name one kind of document"),
        ("harness-pipline", "unknown kind `harness-pipline`"),
    ],
)
def test_what_is_no_kind_is_said(tmp_path: Path, arguments: str, said: str) -> None:
    done = pipelint("schema", *arguments.split(), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {said}\n  = help: ")


def test_version_tells_what_it_runs_on_and_how_old_the_catalogue_is(tmp_path: Path) -> None:
    lines = pipelint("--version", "-v", cwd=tmp_path).stdout.splitlines()
    assert [line.partition(":")[0] for line in lines[1:3]] == ["YAML parser", "Harness schema"]
    assert re.fullmatch(r"Harness schema: 20\d\d-\d\d-\d\d", lines[2])
    assert re.fullmatch(r"Python 3\.\d+\.\d+\S*", lines[3])
