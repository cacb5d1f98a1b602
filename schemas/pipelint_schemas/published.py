"""Ordinary JSON Schemas (draft 2020-12) that any tool can use, made of a catalogue.

Other tools know nothing of expressions, so each value may also be one; and a mapping takes keys
that the catalogue does not know, since products move on.
"""

from __future__ import annotations

import json
from typing import Any

from pipelint.schema.guide import make_guide
from pipelint_schemas.parts import Schema, name_of, over_parts, reach, strip

DIALECT = "https://json-schema.org/draft/2020-12/schema"
EXPRESSION = "expression"
"""The definition of an expression; a catalogue that has it lets every value be one."""

_MAPS = ("properties", "patternProperties")
_VALUES = ("items", "additionalProperties")
_BOUNDS = ("enum", "const", "pattern", "minLength", "maxLength")


def publish(catalogue: Schema, root: str) -> Schema:
    """Make an ordinary JSON Schema of one root, with the definitions that it reaches."""
    definitions = _plain_definitions(catalogue)
    top = definitions[root]
    reached = reach([top], definitions)
    return {
        "$schema": DIALECT,
        "title": _title(catalogue["$defs"][root], catalogue),
        **top,
        "$defs": {name: schema for name, schema in definitions.items() if name in reached},
    }


def write_schema(schema: Schema) -> str:
    """Write a published schema; a long one with a line for each definition."""
    text = json.dumps(schema, indent=2, ensure_ascii=False)
    if len(schema["$defs"]) < LONG:
        return text + "\n"
    head = {word: part for word, part in schema.items() if word != "$defs"}
    lines = [
        f"  {json.dumps(name)}: {json.dumps(part, ensure_ascii=False, separators=(',', ':'))}"
        for name, part in schema["$defs"].items()
    ]
    opening = json.dumps(head, indent=2, ensure_ascii=False).removesuffix("\n}")
    return opening + ',\n  "$defs": {\n' + ",\n".join(lines) + "\n  }\n}\n"


LONG = 200
"""How many definitions make a schema too long for a line for each word."""


def _plain_definitions(catalogue: Schema) -> Schema:
    definitions = catalogue["$defs"]
    texts = catalogue.get("x-descriptions", {})
    made = {}
    for name, schema in definitions.items():
        whole = _described(_loosened(schema), texts)
        if EXPRESSION in definitions and name != EXPRESSION:
            whole = _with_expressions(whole, definitions)
        made[name] = strip(whole, ("x-",))
    return made


def _loosened(schema: Any) -> Any:
    """Let a part of a document be any map, and add the keys that are used and not described."""
    if not isinstance(schema, dict):
        return schema
    if schema.get("x-partial"):
        kept = {word: part for word, part in schema.items() if word == "description"}
        return {**kept, "type": "object"}
    made = over_parts(schema, _loosened)
    extra = dict.fromkeys(schema.get("x-extra", ()), True)
    return {**made, "properties": {**made.get("properties", {}), **extra}} if extra else made


def _described(schema: Any, texts: dict[str, str]) -> Any:
    """Say of each key what is said of all keys of its name, where nothing else is said of it."""
    if not isinstance(schema, dict) or not texts or "x-described" in schema:
        return schema
    made = over_parts(schema, lambda part: _described(part, texts))
    properties = made.get("properties", {})
    for key, part in properties.items():
        if key in texts and isinstance(part, dict) and not {"description", "$ref"} & set(part):
            properties[key] = {"description": texts[key], **part}
    return made


# --- expressions ---------------------------------------------------------------------------------


def _with_expressions(schema: Any, definitions: Schema) -> Any:
    """Let every value inside be an expression; not where a condition asks for it."""
    if not isinstance(schema, dict):
        return schema
    made = dict(schema)
    for word in ("allOf", "anyOf", "oneOf"):
        if word in made:
            made[word] = [_with_expressions(part, definitions) for part in made[word]]
    for word in ("then", "else"):
        if word in made:
            made[word] = _with_expressions(made[word], definitions)
    for word in _MAPS:
        if word in made:
            made[word] = {key: _value(part, definitions) for key, part in made[word].items()}
    for word in _VALUES:
        if isinstance(made.get(word), dict):
            made[word] = _value(made[word], definitions)
    return _tolerant(made, schema, definitions)


def _tolerant(made: Schema, schema: Schema, definitions: Schema) -> Schema:
    """Let several branches fit where an expression stands for what tells them apart."""
    branches = schema.get("oneOf")
    if not branches or not make_guide(branches, lambda ref: definitions[name_of(ref)]).key:
        return made
    return {"anyOf" if word == "oneOf" else word: part for word, part in made.items()}


def _value(schema: Any, definitions: Schema) -> Any:
    inner = _with_expressions(schema, definitions)
    if not isinstance(schema, dict) or schema.get("x-literal") or takes_text(schema, definitions):
        return inner
    expression = {"$ref": f"#/$defs/{EXPRESSION}"}
    if set(strip(inner, ("x-", "description"))) == {"anyOf"}:
        return {**inner, "anyOf": [*inner["anyOf"], expression]}
    described = {word: part for word, part in inner.items() if word == "description"}
    rest = {word: part for word, part in inner.items() if word != "description"}
    return {**described, "anyOf": [rest, expression]}


def takes_text(schema: Any, definitions: Schema, seen: tuple[str, ...] = ()) -> bool:
    """Tell whether a schema takes any text as it is."""
    if not isinstance(schema, dict):
        return schema is not False
    kinds = schema.get("type", "string")
    if "string" not in ([kinds] if isinstance(kinds, str) else kinds):
        return False
    if schema.get("x-literal") or any(word in schema for word in _BOUNDS):
        return False
    ref = schema.get("$ref", "")
    if ref and ref not in seen:
        target = takes_text(definitions[name_of(ref)], definitions, (*seen, ref))
        return target and takes_text({**schema, "$ref": ""}, definitions, seen)
    return all(
        any(takes_text(branch, definitions, seen) for branch in schema[word])
        for word in ("anyOf", "oneOf")
        if word in schema
    ) and all(takes_text(part, definitions, seen) for part in schema.get("allOf", ()))


def _title(root: Schema, catalogue: Schema) -> str:
    noun = str(root.get("x-noun", catalogue["title"]))
    return noun.removeprefix("a ").removeprefix("an ")
