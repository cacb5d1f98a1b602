"""What the comparison says about the examples is counted again.

Needs the official schemas. yamllint and pipeline-check are no part of the environment; their rows
are from the commands that the page shows.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema

import pipelint
import yaml
from pipelint.diagnostic import INFO
from repository import ROOT, shared

Fails = Callable[[Path], bool]
SCHEMAS = {"templates": "template", "triggers": "trigger"}
WITHOUT_SCHEMA = "input_sets"


def test_files_that_fail_are_counted_again() -> None:
    page = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")
    assert (
        row("check-jsonschema 0.39.0, official schemas", schema_checker(), files_with_schema)
        in page
    )
    assert row("pipelint, `--fail-on warning`", reports, files) in page


def row(name: str, fails: Fails, chosen: Callable[[str], list[Path]]) -> str:
    cells = []
    for state in ("broken", "mended"):
        found = [fails(path) for path in chosen(state)]
        cells.append(f"{sum(found)} of {len(found)}")
    return f"| {name} | {' | '.join(cells)} |"


def files(state: str) -> list[Path]:
    return sorted((ROOT / "examples" / state).rglob("*.y*ml"))


def files_with_schema(state: str) -> list[Path]:
    return [path for path in files(state) if path.parent.name != WITHOUT_SCHEMA]


def reports(path: Path) -> bool:
    return any(one.level != INFO for one in pipelint.check_paths([path]))


def schema_checker() -> Fails:
    """Do what check-jsonschema does, without a process for each file."""
    validators = {
        name: validator(shared("vendor", "harness-schema", f"{name}.json"))
        for name in ("pipeline", "template", "trigger")
    }
    vela = validator(shared("vendor", "vela-schema", "schema.json"))

    def fails(path: Path) -> bool:
        name = SCHEMAS.get(path.parent.name, "pipeline")
        chosen = vela if path.name == ".vela.yml" else validators[name]
        try:
            return not chosen.is_valid(yaml.safe_load(path.read_text(encoding="utf-8")))
        except yaml.YAMLError:
            return True

    return fails


def validator(path: Path) -> Any:
    schema = json.loads(path.read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)
