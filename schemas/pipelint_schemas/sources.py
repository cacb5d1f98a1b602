"""Reading what a catalogue is made of: what we wrote, what was imported, and what amends that."""

from __future__ import annotations

import json
import os
from typing import Any

from pipelint_schemas.load import HERE
from pipelint_schemas.parts import Schema, reach

DATA = ("placement",)
"""Definitions that are tables, no schemas."""

_LISTED = ("x-roots", "x-amend", "x-descriptions")


def read(name: str, imported: str = "") -> Schema:
    """Read the catalogue of a dialect: all its sources as one, anchors and merge keys resolved.

    `imported` is the path of an imported catalogue to take in place of ours. A definition of ours
    replaces an imported one; of the imported ones those stay that are reached. Raises KeyError with
    the name of a definition that is not there, ValueError where the file is no catalogue.
    """
    folder = os.path.join(HERE, name)
    catalogue: Schema = {"$defs": {}}
    for file in _sources(folder):
        _add(catalogue, _read_source(os.path.join(folder, file)))
    path = imported or os.path.join(folder, "imported.json")
    if not os.path.exists(path):
        return catalogue
    return _with_imported(catalogue, _read_imported(path))


def _sources(folder: str) -> list[str]:
    """Return the files that we write, the one with the title first."""
    files = sorted(file for file in os.listdir(folder) if file.endswith(".yaml"))
    return sorted(files, key=lambda file: file != "catalogue.yaml")


def _read_source(path: str) -> Schema:
    from ruamel.yaml import YAML

    with open(path, encoding="utf-8") as file:
        # Through JSON: what an alias shares becomes a copy, and nothing but JSON is left.
        source: Schema = json.loads(json.dumps(YAML(typ="safe").load(file)))
    return source


def _read_imported(path: str) -> Schema:
    """Return the definitions of an imported catalogue, each of them a map."""
    with open(path, encoding="utf-8") as file:
        imported = json.load(file)
    found = imported.get("$defs") if isinstance(imported, dict) else None
    definitions: Schema = found if isinstance(found, dict) else {}
    wrong = [name for name, schema in definitions.items() if not isinstance(schema, dict)]
    if wrong or not definitions:
        raise ValueError(f"`{wrong[0]}` is no map" if wrong else "there are no definitions")
    return definitions


def _add(catalogue: Schema, source: Schema) -> None:
    twice = set(catalogue["$defs"]) & set(source.get("$defs", {}))
    if twice:
        raise ValueError(f"defined twice: {', '.join(sorted(twice))}")
    for word, value in source.items():
        if word in (*_LISTED, "$defs"):
            catalogue.setdefault(word, {}).update(value)
        else:
            catalogue.setdefault(word, value)


def _with_imported(catalogue: Schema, imported: Schema) -> Schema:
    ours = catalogue["$defs"]
    found = {name: schema for name, schema in imported.items() if name not in ours}
    for name, change in catalogue.pop("x-amend", {}).items():
        for target in _targets(name, found):
            found[target] = amend(found[target], change)
    definitions = {**ours, **found}
    schemas = {name: schema for name, schema in definitions.items() if name not in DATA}
    reached = reach([ours[root] for root in catalogue["x-roots"].values()], schemas)
    kept = {name: each for name, each in found.items() if name in reached or name in DATA}
    return {**catalogue, "$defs": {**ours, **kept}, "x-imported": list(kept)}


def _targets(name: str, found: Schema) -> list[str]:
    """Return the definitions that a name means; `step.*` are all that begin with `step.`."""
    if not name.endswith("*"):
        return [name] if name in found else []
    return [each for each in found if each.startswith(name[:-1]) and each not in DATA]


def amend(value: Any, change: Any) -> Any:
    """Merge a change into a value: maps key by key, lists get what they lack, null takes away."""
    if isinstance(value, list) and isinstance(change, list):
        return value + [each for each in change if each not in value]
    if not isinstance(value, dict) or not isinstance(change, dict):
        return change
    made = dict(value)
    for key, part in change.items():
        if part is None:
            made.pop(key, None)
        else:
            made[key] = amend(made[key], part) if key in made else part
    return made
