"""The keys of `pipelint.yaml`, from the JSON Schema of the configuration."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from pipelint.registry import all_rules
from pipelint_schemas.load import HERE

Schema = Mapping[str, Any]
NAMED = {
    "rules": "map: rule or family → level, or a map with `level` and options",
    "level": "level",
    "glob": "pattern",
    "globs": "list of patterns",
    "path": "path",
    "texts": "list of texts",
    "count": "whole number, 0 or more",
    "kind": "kind of document",
}
"""What the definitions of the schema are called for people."""

TYPES = {"boolean": "`true` or `false`", "string": "text", "array": "list", "object": "map"}


def keys() -> str:
    """Write every key with what it takes, in Markdown."""
    with open(os.path.join(HERE, "config.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    lines = [*_keys(schema["properties"], (), 3), *_values(schema["$defs"]), *_options()]
    return "\n".join(lines)


def _keys(properties: Schema, above: tuple[str, ...], depth: int) -> Iterator[str]:
    for key, schema in properties.items():
        path = (*above, key)
        dotted = ".".join(path)
        yield f"{'#' * min(depth, 5)} `{dotted}` {{#{dotted.replace('[]', '')}}}\n"
        yield f"{schema.get('description', '')}\n"
        yield " · ".join(_facts(schema)) + "\n{ .facts }\n"
        yield from _keys(schema.get("properties", {}), path, depth + 1)
        items = schema.get("items", {})
        yield from _keys(items.get("properties", {}), (*above, f"{key}[]"), depth + 1)


def _facts(schema: Schema) -> Iterator[str]:
    yield f"Takes: {phrase(schema)}"
    if "default" in schema:
        yield f"default: `{json.dumps(schema['default']).strip(chr(34))}`"
    for example in schema.get("examples", ()):
        yield f"example: `{example}`"


def phrase(schema: Schema) -> str:
    """Say in words which values a schema takes."""
    if "$ref" in schema:
        return NAMED[schema["$ref"].removeprefix("#/$defs/")]
    if "enum" in schema:
        return _either([f"`{value}`" for value in schema["enum"]])
    if "oneOf" in schema:
        return _either([phrase(one) for one in schema["oneOf"]])
    if "propertyNames" in schema:
        return f"map: {phrase(schema['propertyNames'])} → {phrase(schema['additionalProperties'])}"
    if "$ref" in schema.get("items", {}):
        return f"list of {phrase(schema['items'])}s"
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return _either([TYPES[kind] for kind in kinds if kind != "null"])


def _either(words: list[str]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1])) if words[1:] else words[0]


def _values(definitions: Schema) -> Iterator[str]:
    yield "## Values {#values}\n"
    for name in ("level", "glob", "path", "kind"):
        schema = definitions[name]
        values = f" {_either([f'`{one}`' for one in schema['enum']])}." if "enum" in schema else ""
        yield f"**{NAMED[name].capitalize()}**\n:   {schema['description']}{values}\n"


def _options() -> Iterator[str]:
    yield "## Options of rules {#options}\n"
    yield "They stand beside `level`: `rules: {RULE: {level: warning, OPTION: VALUE}}`.\n"
    yield "| rule | option | default | |\n|---|---|---|---|"
    for rule in all_rules():
        for option in rule.options:
            default = json.dumps(option.default)
            link = f"[{rule.name}](rules/{rule.name}.md)"
            yield f"| {link} | `{option.name}` | `{default}` | {option.meaning} |"
