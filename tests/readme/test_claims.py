"""The table in which the README compares pipelint with the published schema is counted again.

Needs the probes (small pipelines with the verdict of Vela's own compiler) and the published schema;
`pytest tests/readme --update` writes the numbers into the README.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

import pipelint
from repository import ROOT, shared

REFUSED = {"parse-error", "compile-error", "crash"}
Rejects = Callable[[Path], bool]


class Probe(NamedTuple):
    """A small pipeline; what is neither refused nor accepted needs a server."""

    path: Path
    outcome: str


def test_the_comparison_in_the_readme_holds(update: bool) -> None:
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    probes = read_probes()
    rows = [
        row("the published JSON Schema", probes, schema_checker()),
        row("pipelint", probes, reports_an_error),
    ]
    shown = "\n".join(with_row(line, rows) for line in text.split("\n"))
    if update:
        readme.write_text(shown, encoding="utf-8")
    assert text == shown


def with_row(line: str, rows: list[str]) -> str:
    """Return the row that begins as a line does, else the line."""
    return next((one for one in rows if line.startswith(one[: one.index("|", 2) + 1])), line)


def row(name: str, probes: list[Probe], rejects: Rejects) -> str:
    refused = [rejects(probe.path) for probe in probes if probe.outcome in REFUSED]
    accepted = [rejects(probe.path) for probe in probes if probe.outcome == "accepted"]
    found = f"{sum(refused)} of {len(refused)}"
    return f"| {name} | {found} | {sum(accepted)} of {len(accepted)} |"


def read_probes() -> list[Probe]:
    folder = shared("vela-probes")
    with (folder / "probes.csv").open(newline="", encoding="utf-8") as table:
        return [Probe(folder / row["path"], row["server_outcome"]) for row in csv.DictReader(table)]


def reports_an_error(path: Path) -> bool:
    return any(one.level == "error" for one in pipelint.check_paths([path]))


def schema_checker() -> Rejects:
    schema = json.loads(shared("vendor", "vela-schema", "schema.json").read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)

    def rejects(path: Path) -> bool:
        yaml = YAML(typ="safe", pure=True)
        yaml.allow_duplicate_keys = True  # the schema is not to blame for what a reader does
        try:
            return not validator.is_valid(as_json(yaml.load(path.read_text(encoding="utf-8"))))
        except YAMLError:
            return True

    return rejects


def as_json(value: Any) -> Any:
    """Make keys texts, as they are in JSON."""
    if isinstance(value, dict):
        return {str(key): as_json(one) for key, one in value.items()}
    return [as_json(one) for one in value] if isinstance(value, list) else value
