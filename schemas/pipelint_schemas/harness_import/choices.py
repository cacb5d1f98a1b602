"""Alternatives without expressions: types that fit together become one, the rest stay apart."""

from __future__ import annotations

import json
from typing import Any

from pipelint_schemas.harness_import.bundle import Schema

_DEMANDS = {"required", "not", "oneOf", "anyOf", "allOf"}


def choose(branches: list[Schema]) -> Schema | None:
    """Join alternatives; None where none is left."""
    flat = _distinct(_flatten(branches))
    if not flat or {} in flat:
        return {} if flat else None
    texts = {"type": "string"}
    if texts in flat:
        flat = [branch for branch in flat if branch == texts or not _is_text(branch)]
    typed = [branch for branch in flat if set(branch) == {"type"}]
    others = [branch for branch in flat if set(branch) != {"type"}]
    joined = [_join_types(typed)] if typed else []
    made = [*joined, *others]
    return made[0] if len(made) == 1 else {"anyOf": made}


def is_demand(raw: Any) -> bool:
    """Tell whether an alternative asks for nothing but keys."""
    if not isinstance(raw, dict):
        return False
    words = set(raw) - ({"type"} if raw.get("type") == "object" else set())
    return bool(words) and words <= _DEMANDS and all(_demands(raw, word) for word in words)


def _demands(raw: Schema, word: str) -> bool:
    if word == "required":
        return True
    inside = raw[word]
    return all(is_demand(part) for part in (inside if isinstance(inside, list) else [inside]))


def _flatten(branches: list[Schema]) -> list[Schema]:
    flat: list[Schema] = []
    for branch in branches:
        flat += branch["anyOf"] if set(branch) == {"anyOf"} else [branch]
    return flat


def _distinct(branches: list[Schema]) -> list[Schema]:
    return list({json.dumps(branch, sort_keys=True): branch for branch in branches}.values())


def _is_text(branch: Schema) -> bool:
    values = branch.get("enum", ())
    of_texts = bool(values) and all(isinstance(value, str) for value in values)
    return branch.get("type") == "string" or of_texts


def _join_types(branches: list[Schema]) -> Schema:
    kinds: list[str] = []
    for branch in branches:
        kind = branch["type"]
        kinds += [kind] if isinstance(kind, str) else kind
    if "number" in kinds and "integer" in kinds:
        kinds.remove("integer")
    return {"type": kinds[0] if len(set(kinds)) == 1 else list(dict.fromkeys(kinds))}
