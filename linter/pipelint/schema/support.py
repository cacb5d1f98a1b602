"""Which keywords of a schema the guided validator cannot judge, so that another must.

`format` is not among them: since draft 2020-12 it says something and checks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipelint.schema.keywords import SCHEMA_LISTS, SCHEMA_MAPS, SCHEMAS

CURRENT = "https://json-schema.org/draft/2020-12/schema"
NEAR = ("https://json-schema.org/draft/2019-09/schema", "http://json-schema.org/draft-07/schema")
"""Drafts that mean the same by the keywords that are not in `_CHANGED`."""

_LACKING = (
    "unevaluatedProperties",
    "unevaluatedItems",
    "$dynamicRef",
    "$recursiveRef",
    "additionalItems",
    "dependencies",
)
_CHANGED = (
    "prefixItems",
    "dependentRequired",
    "dependentSchemas",
    "minContains",
    "maxContains",
)


def unsupported(schema: Any) -> list[str]:
    """List what the guided validator lacks, each once, in the order of the schema."""
    draft = _draft(schema)
    if draft not in {"", CURRENT, *NEAR}:
        return ["$schema"]
    lacking: dict[str, None] = {}
    for pointer, part in subschemas(schema):
        lacking.update(dict.fromkeys(_lacking(part, draft, root=pointer == "#")))
    return list(lacking)


def subschemas(schema: Any, pointer: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every schema inside a schema that is a map, itself first, with its JSON pointer."""
    work = [(pointer, schema)]
    while work:
        here, part = work.pop()
        if not isinstance(part, dict):
            continue
        yield here, part
        work += reversed(list(_inside(here, part)))


def escape(key: str) -> str:
    """Write a key as a part of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def _inside(pointer: str, schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for word, value in schema.items():
        at = f"{pointer}/{escape(word)}"
        if word in SCHEMA_MAPS and isinstance(value, dict):
            yield from ((f"{at}/{escape(key)}", part) for key, part in value.items())
        elif (word in SCHEMA_LISTS or word == "items") and isinstance(value, list):
            yield from ((f"{at}/{index}", part) for index, part in enumerate(value))
        elif word in SCHEMAS:
            yield at, value


def _draft(schema: Any) -> str:
    draft = schema.get("$schema", "") if isinstance(schema, dict) else ""
    return draft.rstrip("#") if isinstance(draft, str) else "?"


def _lacking(schema: dict[str, Any], draft: str, *, root: bool) -> Iterator[str]:
    for word in _LACKING:
        if word in schema:
            yield word
    if isinstance(schema.get("items"), list):
        yield "items"
    ref = schema.get("$ref", "#")
    if ref != "#" and not ref.startswith("#/"):
        yield "$ref"
    # Below the root these change what a reference means, or which draft is spoken.
    for word in ("$id", "$schema"):
        if word in schema and not root:
            yield word
    if draft in NEAR:
        yield from (word for word in _CHANGED if word in schema)
        if "$ref" in schema and len(schema) > 1:
            yield "$ref"
