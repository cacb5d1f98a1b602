"""Mappings: one list of keys, and what else depends on the text of one of them."""

from __future__ import annotations

import json
from typing import Any, Protocol

from pipelint_schemas.harness_import.bundle import Schema
from pipelint_schemas.harness_import.choices import is_demand
from pipelint_schemas.harness_import.merge import merge


class Parts:
    """What is said of one mapping, collected from everywhere."""

    __slots__ = ("additional", "choices", "conditions", "names", "needs", "properties", "required")

    def __init__(self) -> None:
        self.properties: dict[str, Schema] = {}
        self.required: list[str] = []
        self.choices: list[tuple[str, list[Any]]] = []
        self.conditions: list[Schema] = []
        self.needs: dict[str, list[str]] = {}
        self.additional: Any = None
        self.names: Any = None

    def add_property(self, key: str, schema: Schema) -> None:
        """Add what a key holds to what is known of it."""
        known = self.properties.get(key)
        self.properties[key] = schema if known is None else merge(known, schema)

    def add(self, raw: Schema) -> None:
        """Add what a schema says beside its properties."""
        self.required += [name for name in raw.get("required", ()) if name not in self.required]
        for word in ("oneOf", "anyOf"):
            if word in raw and (word, raw[word]) not in self.choices:
                self.choices.append((word, raw[word]))
        if "if" in raw:
            condition: Schema = {word: raw[word] for word in ("if", "then", "else") if word in raw}
            if condition not in self.conditions:
                self.conditions.append(condition)
        for name, needed in raw.get("dependencies", {}).items():
            self.needs[name] = needed if isinstance(needed, list) else needed.get("required", [])
        if "additionalProperties" in raw:
            self.additional = raw["additionalProperties"]
        self.names = raw.get("propertyNames", self.names)


class Convert(Protocol):
    """What assembling needs of the converter."""

    def value(self, raw: Any) -> Schema:
        """Convert the schema of a value."""
        ...

    def demand(self, raw: Schema) -> Schema:
        """Copy an alternative that only asks for keys."""
        ...

    def gather(self, raw: Schema, parts: Parts) -> None:
        """Collect what a schema says of a mapping."""
        ...


def assemble(parts: Parts, convert: Convert) -> Schema:
    """Make the schema of a mapping, closed where its keys are known."""
    made = _open(parts, convert)
    free = parts.additional is not None and parts.additional is not False
    if made.get("properties") and not free:
        made["x-closed"] = True
    return made


def _open(parts: Parts, convert: Convert) -> Schema:
    said: list[Schema] = []
    for word, branches in parts.choices:
        said += _choice(word, branches, parts, convert)
    for key, cases in _cases(parts):
        said += _discriminated(key, cases, parts, convert)
    said += [_conditional(each, parts, convert) for each in _others(parts)]
    made: Schema = {"type": "object"}
    if parts.required:
        made["required"] = parts.required
    if parts.needs:
        made["dependentRequired"] = parts.needs
    if parts.properties:
        made["properties"] = parts.properties
    if isinstance(parts.additional, dict):
        value = convert.value(parts.additional)
        made.update({"additionalProperties": value} if value else {})
    if isinstance(parts.names, dict) and "pattern" in parts.names:
        made["propertyNames"] = {"pattern": parts.names["pattern"]}
    said = [each for each in said if each]
    return {**made, **said[0]} if len(said) == 1 else {**made, **({"allOf": said} if said else {})}


def _choice(word: str, branches: list[Any], parts: Parts, convert: Convert) -> list[Schema]:
    """Make alternatives of a mapping; their keys are keys of the mapping."""
    if all(is_demand(branch) for branch in branches):
        return [{word: [convert.demand(branch) for branch in branches]}]
    made = [_branch(branch, parts, convert) for branch in branches if isinstance(branch, dict)]
    if any(branch == {} for branch in made):
        return []
    return [made[0]] if len(made) == 1 else [{"anyOf": made}]


def _branch(raw: Schema, parts: Parts, convert: Convert) -> Schema:
    """Make one alternative that stays open, and tell the mapping its keys."""
    inner = Parts()
    convert.gather(raw, inner)
    made = _open(inner, convert)
    for key in inner.properties:
        parts.properties.setdefault(key, {})
    del made["type"]
    if "properties" in made:
        properties = {key: part for key, part in made["properties"].items() if part}
        made["properties"] = properties
        if not properties:
            del made["properties"]
    return made


# --- conditions ----------------------------------------------------------------------------------


def _simple(condition: Schema) -> tuple[str, list[str]] | None:
    """Return key and texts of a condition that asks for one key's text and for nothing else."""
    asked = condition["if"].get("properties", {})
    if len(asked) != 1 or "else" in condition or set(condition["if"]) - {"properties", "required"}:
        return None
    key, part = next(iter(asked.items()))
    values = part.get("enum", [part["const"]] if "const" in part else [])
    return (key, values) if values and all(isinstance(each, str) for each in values) else None


def _cases(parts: Parts) -> list[tuple[str, dict[str, list[Schema]]]]:
    """Group the simple conditions: for each key its texts, and what holds for each of them."""
    keys: dict[str, dict[str, list[Schema]]] = {}
    for condition in parts.conditions:
        simple = _simple(condition)
        if simple is None or not _adds_keys(condition):
            continue
        for value in simple[1]:
            keys.setdefault(simple[0], {}).setdefault(value, []).append(condition["then"])
    return [each for each in keys.items() if _is_table(each[0], each[1], parts)]


def _adds_keys(condition: Schema) -> bool:
    then = condition.get("then", {})
    return "properties" in then or "$ref" in then


def _is_table(key: str, cases: dict[str, list[Schema]], parts: Parts) -> bool:
    """Tell whether the texts of a key are all known: listed, or more than one distinguished."""
    return bool(_listed(key, parts)) or len(cases) > 1


def _listed(key: str, parts: Parts) -> list[str]:
    schema = parts.properties.get(key, {})
    values: list[str] = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return values


def _others(parts: Parts) -> list[Schema]:
    tables = {key for key, _ in _cases(parts)}
    left = []
    for condition in parts.conditions:
        simple = _simple(condition)
        if simple is None or simple[0] not in tables or not _adds_keys(condition):
            left.append(condition)
    return left


def _discriminated(
    key: str, cases: dict[str, list[Schema]], parts: Parts, convert: Convert
) -> list[Schema]:
    """Make one branch for each text of the key; equal branches are one."""
    listed = _listed(key, parts) or list(cases)
    made: dict[str, tuple[Schema, list[str]]] = {}
    for value in listed:
        raw: Schema = {"allOf": cases.get(value, [])}
        branch = _branch(raw, parts, convert)
        branch.get("properties", {}).pop(key, None)
        made.setdefault(json.dumps(branch, sort_keys=True), (branch, []))[1].append(value)
    if len(made) == 1:
        return _always(next(iter(made.values()))[0], parts)
    parts.properties[key] = {"type": "string"} if not _listed(key, parts) else parts.properties[key]
    return [{"anyOf": [_pinned(key, values, branch) for branch, values in made.values()]}]


def _always(branch: Schema, parts: Parts) -> list[Schema]:
    """Let what holds for every text of a key hold for the mapping."""
    for name, schema in branch.pop("properties", {}).items():
        parts.add_property(name, schema)
    parts.required += [name for name in branch.pop("required", ()) if name not in parts.required]
    return [branch]


def _pinned(key: str, values: list[str], branch: Schema) -> Schema:
    pin = {"const": values[0]} if len(values) == 1 else {"enum": values}
    return {**branch, "properties": {key: pin, **branch.get("properties", {})}}


def _conditional(condition: Schema, parts: Parts, convert: Convert) -> Schema:
    """Keep a condition of another form; it decides nothing while its keys are not there."""
    made: Schema = {"if": _asked(condition["if"])}
    for word in ("then", "else"):
        if word in condition:
            made[word] = _branch(condition[word], parts, convert)
    return made if made.get("then") or made.get("else") else {}


def _asked(raw: Schema) -> Schema:
    properties = {}
    for key, part in raw.get("properties", {}).items():
        properties[key] = _asked(part) if "properties" in part else part
    required = list(dict.fromkeys([*raw.get("required", ()), *properties]))
    return {"properties": properties, "required": required}
