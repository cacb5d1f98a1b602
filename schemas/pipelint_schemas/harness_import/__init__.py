"""Taking facts over from the official schema of Harness: names, types, values, which step where.

The official bundles are draft-07 documents of several megabytes, with sentences in them and with
defects. What is made of them holds facts only, a definition for each thing, and no expressions:
those the validator knows.
"""

from __future__ import annotations

import json
import os
from typing import Any

from pipelint_schemas.harness_import.bundle import Bundle, Schema, name_of, read_bundles
from pipelint_schemas.harness_import.convert import Converter
from pipelint_schemas.harness_import.difference import compare
from pipelint_schemas.harness_import.patterns import bind_texts
from pipelint_schemas.harness_import.steps import STAGES, make_placement, make_steps
from pipelint_schemas.load import HERE

__all__ = ["SHIPPED", "import_catalogue", "make_catalogue", "write_catalogue"]

SHIPPED = os.path.join(HERE, "harness", "imported.json")
"""The imported facts that come with us."""

EXPRESSION = r"<\+|\$\{|\{\{|\[\["
"""What stands for a value that is only known later: an expression, or a placeholder."""

_FOLDERS = {"trigger": "#/definitions/trigger", "template": "#/definitions/template"}
_BY_HAND = ("template.step.template", "template.stage.template", "template.pipeline.pipeline")
"""What repeats the steps, stages or pipeline once more for templates."""


def import_catalogue(path: str, date: str = "", commit: str = "") -> tuple[Schema, str]:
    """Import a checkout of the official schema; return it with what is new against ours.

    `path` is the checkout, or a folder with `pipeline.json` and perhaps `template.json` and
    `trigger.json`. The text has one line for each difference, and is empty where there is none.
    Raises OSError where a file cannot be read, and ValueError where it is not the schema.
    """
    imported = make_catalogue(read_bundles(path), date, commit)
    with open(SHIPPED, encoding="utf-8") as file:
        return imported, compare(json.load(file), imported)


def make_catalogue(bundles: dict[str, Bundle], date: str = "", commit: str = "") -> Schema:
    """Make the definitions of all bundles, sorted by name."""
    made: dict[str, Schema] = {}
    converter = Converter(bundles["pipeline"], made)
    steps = make_steps(converter)
    for ref in _stages(converter.bundle):
        converter.refer(ref)
    converter.value(converter.bundle.get("#/definitions/pipeline/pipeline"))
    converter.finish()
    for name, folder in _FOLDERS.items():
        if name in bundles:
            _add_all(Converter(bundles[name], made), folder)
    made.update(steps)
    made = {name: bind_texts(schema) for name, schema in made.items()}
    made["expression"] = {"type": "string", "pattern": EXPRESSION}
    made["placement"] = make_placement(bundles)
    meta = {"date": date, **({"commit": commit} if commit else {})}
    return {"meta": meta, "$defs": dict(sorted(made.items()))}


def write_catalogue(imported: Schema) -> str:
    """Write it with one line for each definition, so that differences can be read."""
    lines = [
        f"{json.dumps(name)}: {json.dumps(schema, separators=(',', ':'))}"
        for name, schema in imported["$defs"].items()
    ]
    body = ",\n".join(lines)
    return f'{{"meta": {json.dumps(imported["meta"])},\n"$defs": {{\n{body}\n}}}}\n'


def _stages(bundle: Bundle) -> list[str]:
    """Return references to the list of stages, to each kind of stage and to its groups of steps."""
    refs = [STAGES]
    refs += [stage["$ref"] for stage in bundle.get(STAGES)["properties"]["stage"]["oneOf"]]
    folder = STAGES.rpartition("/")[0]
    groups = [f"{folder}/{kind}/StepGroupElementConfig" for kind in bundle.get(folder)]
    return refs + [ref for ref in groups if bundle.has(ref)]


def _add_all(converter: Converter, folder: str) -> None:
    """Convert every definition below a folder, and what they reach."""
    work: list[tuple[str, Any]] = [(folder, converter.bundle.get(folder))]
    while work:
        ref, here = work.pop()
        if name_of(ref) in _BY_HAND:
            continue
        if isinstance(here.get("type"), str) or isinstance(here.get("title"), str):
            converter.made.setdefault(name_of(ref), converter.value(here))
        elif isinstance(here, dict):
            work += [(f"{ref}/{key}", part) for key, part in here.items() if isinstance(part, dict)]
    converter.finish()
