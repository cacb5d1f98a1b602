"""Walking over schemas: what is directly inside one, and what it reaches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from pipelint.schema.keywords import SCHEMA_LISTS, SCHEMA_MAPS, SCHEMAS
from pipelint.schema.shape import DEFINITIONS

Schema: TypeAlias = dict[str, Any]


def over_parts(schema: Schema, change: Any) -> Schema:
    """Apply a change to each schema directly inside this one."""
    made: Schema = {}
    for word, value in schema.items():
        if word in SCHEMA_MAPS:
            made[word] = {key: change(part) for key, part in value.items()}
        elif word in SCHEMA_LISTS:
            made[word] = [change(part) for part in value]
        else:
            made[word] = change(value) if word in SCHEMAS else value
    return made


def parts(schema: Schema) -> list[Any]:
    """Return each schema directly inside this one."""
    inside: list[Any] = []
    over_parts(schema, inside.append)
    return inside


def strip(schema: Any, prefixes: tuple[str, ...]) -> Any:
    """Leave out the annotations whose keys begin so; keys of the described documents stay."""
    if not isinstance(schema, dict):
        return schema
    kept = {key: part for key, part in schema.items() if not key.startswith(prefixes)}
    return over_parts(kept, lambda part: strip(part, prefixes))


def reach(tops: Iterable[Any], definitions: Schema) -> set[str]:
    """Return the names of all definitions that schemas reach.

    Raises KeyError with the names of those that are not there.
    """
    reached: set[str] = set()
    work: list[Any] = list(tops)
    while work:
        schema = work.pop()
        if not isinstance(schema, dict):
            continue
        name = name_of(schema.get("$ref", ""))
        if name and name not in reached:
            reached.add(name)
            work.append(definitions.get(name))
        work += parts(schema)
    missing = reached - set(definitions)
    if missing:
        raise KeyError(f"no definition of {', '.join(sorted(missing))}")
    return reached


def name_of(ref: str) -> str:
    """Return the name of the definition that a reference names."""
    return ref.removeprefix(DEFINITIONS)
