"""Merging two statements about the same value into one that says both, as far as it can."""

from __future__ import annotations

from typing import Any

from pipelint_schemas.harness_import.bundle import Schema

_PLAIN = {"type"}


def merge(first: Schema, second: Schema) -> Schema:
    """Say both; where they cannot be said in one, the first is kept."""
    for one, other in ((first, second), (second, first)):
        if not one or one == other or (set(one) == _PLAIN and _fits(other, one["type"])):
            return other
    if "enum" in first and "enum" in second:
        both = [value for value in first["enum"] if value in second["enum"]]
        return {**first, "enum": both or first["enum"]}
    if first.get("type") == second.get("type") == "array":
        return {**second, **first, "items": merge(first.get("items", {}), second.get("items", {}))}
    if "properties" in first and "properties" in second:
        return _merge_maps(first, second)
    return first


def _merge_maps(first: Schema, second: Schema) -> Schema:
    properties = dict(first["properties"])
    for key, part in second["properties"].items():
        properties[key] = merge(properties.get(key, {}), part)
    required = list(dict.fromkeys([*first.get("required", ()), *second.get("required", ())]))
    made = {**second, **first, "properties": properties}
    return {**made, "required": required} if required else made


def _fits(schema: Schema, kinds: str | list[str]) -> bool:
    """Tell whether a schema says more than a plain type does."""
    allowed = {kinds} if isinstance(kinds, str) else set(kinds)
    if "type" in schema:
        said = schema["type"]
        return ({said} if isinstance(said, str) else set(said)) <= allowed
    if "enum" in schema:
        return all(_kind(value) in allowed for value in schema["enum"])
    if "anyOf" in schema:
        return all(_fits(branch, kinds) for branch in schema["anyOf"])
    return "$ref" in schema


def _kind(value: Any) -> str:
    return "string" if isinstance(value, str) else "other"
