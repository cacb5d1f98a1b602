"""Schemas of the user's own (`schemas:` in pipelint.yaml) are checked beside ours."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PIPELINE = """\
version: "1"
steps:
  - name: test
    image: golang:1.24
    commands: [go test ./...]
"""
IMAGES = {
    "properties": {
        "steps": {"items": {"properties": {"image": {"pattern": r"^registry\.example\.com/"}}}}
    }
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".vela.yml").write_text(PIPELINE)
    (tmp_path / "pipelint.yaml").write_text("schemas:\n  .vela.yml: images.json\n")
    return tmp_path


def run(folder: Path, schema: Any, *flags: str) -> subprocess.CompletedProcess[str]:
    (folder / "images.json").write_text(json.dumps(schema))
    command = [sys.executable, "-m", "pipelint", "--output-format", "json", *flags]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_value_that_the_schema_refuses_is_reported_at_its_place(repository: Path) -> None:
    done = run(repository, IMAGES)
    (found,) = json.loads(done.stdout)["diagnostics"]
    assert done.returncode == 1
    assert found["rule"] == "user-schema"
    assert found["start"] == {"line": 4, "column": 12}
    assert found["notes"] == [
        "the schema `images.json` says so at `#/properties/steps/items/properties/image`"
    ]


def test_a_pipeline_that_the_schema_takes_is_clean(repository: Path) -> None:
    done = run(repository, {"required": ["version"]})
    assert (done.returncode, json.loads(done.stdout)["diagnostics"]) == (0, [])


def test_our_own_rules_still_report(repository: Path) -> None:
    (repository / ".vela.yml").write_text(PIPELINE.replace("commands", "command"))
    rules = [one["rule"] for one in json.loads(run(repository, IMAGES).stdout)["diagnostics"]]
    assert "nothing-to-do" in rules
    assert "user-schema" in rules


def test_a_schema_that_is_none_ends_the_run(repository: Path) -> None:
    done = run(repository, {"type": 3})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: images.json: this is no JSON Schema")


def test_without_configuration_the_schema_is_not_read(repository: Path) -> None:
    assert run(repository, {"type": 3}, "--no-config").returncode == 0
