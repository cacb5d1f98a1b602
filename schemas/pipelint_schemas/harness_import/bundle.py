"""Reading the official bundles: draft-07 documents with definitions in folders of folders."""

from __future__ import annotations

import json
import os
from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]

NAMES = ("pipeline", "template", "trigger")
"""The bundles there are; all but the first may be absent."""

_PREFIX = "#/definitions/"
_LISTS = ("allOf", "anyOf", "oneOf", "enum")
_MAPS = ("properties", "definitions", "patternProperties")


class Bundle:
    """One mended document, its definitions found by `$ref`."""

    __slots__ = ("root",)

    def __init__(self, root: Schema) -> None:
        self.root = mend(root)

    def get(self, ref: str) -> Schema:
        """Return what a `$ref` names; raises KeyError where there is none."""
        here: Any = self.root
        for part in ref.removeprefix("#/").split("/"):
            here = here[part]
        return here if isinstance(here, dict) else {}

    def has(self, ref: str) -> bool:
        """Tell whether a `$ref` names something."""
        try:
            self.get(ref)
        except (KeyError, TypeError):
            return False
        return True


def read_bundles(path: str) -> dict[str, Bundle]:
    """Read the bundles of a checkout, or of a folder that holds them directly, by their names.

    Raises OSError where a file cannot be read, and ValueError where `pipeline.json` is no bundle.
    """
    below = os.path.join(path, "v0")
    folder = below if os.path.isdir(below) else path
    bundles = {}
    for name in NAMES:
        file = os.path.join(folder, f"{name}.json")
        if name == "pipeline" or os.path.exists(file):
            bundles[name] = Bundle(_read(file))
    if not bundles["pipeline"].has("#/definitions/pipeline/stages/stages"):
        raise ValueError("`pipeline.json` is not the official schema of Harness pipelines")
    return bundles


def _read(file: str) -> Schema:
    with open(file, encoding="utf-8") as stream:
        root = json.load(stream)
    return root if isinstance(root, dict) else {}


def name_of(ref: str) -> str:
    """Make the name of a definition: its path, without the folder that all pipelines share."""
    return ref.removeprefix(_PREFIX).removeprefix("pipeline/").replace("/", ".")


def mend(schema: Any) -> Any:
    """Repair what is no JSON Schema: empty lists, nulls, lists for schemas, lost `then`s."""
    if isinstance(schema, list):
        return [mend(part) for part in schema if part is not None]
    if not isinstance(schema, dict):
        return schema
    made = {word: _mend_word(word, value) for word, value in schema.items() if value is not None}
    for word in _LISTS:
        if made.get(word) == []:
            del made[word]
    condition = made.get("if")
    if isinstance(condition, dict) and "then" in condition:
        made["then"] = condition.pop("then")
    return made


def _mend_word(word: str, value: Any) -> Any:
    if word not in _MAPS or not isinstance(value, dict):
        return mend(value)
    named = {key: _one(part) for key, part in value.items() if key != "$schema"}
    return {key: mend(part) for key, part in named.items() if part is not None}


def _one(part: Any) -> Any:
    """Take the first of a list where one schema must stand; the others only add expressions."""
    return (part[0] if part else {}) if isinstance(part, list) else part
