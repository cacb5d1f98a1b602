"""The keywords of JSON Schema (draft 2020-12), by what they speak about."""

from __future__ import annotations

ANY_KIND = ("enum", "const", "allOf", "anyOf", "oneOf", "not", "if", "$ref")
TEXT_LIMITS = ("minLength", "maxLength", "pattern")
NUMBER_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
LIST_WORDS = ("items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems")
NAMED = ("properties", "patternProperties", "additionalProperties", "propertyNames")
MAP_WORDS = (
    *NAMED,
    "required",
    "dependentRequired",
    "dependentSchemas",
    "minProperties",
    "maxProperties",
)

SIZES = ("dependentRequired", "minProperties", "maxProperties")
COUNTED = (
    *("required", "propertyNames", *SIZES),
    *("contains", "minItems", "maxItems", "uniqueItems"),
)

ASSERTIONS = (
    "type",
    *(word for word in ANY_KIND if word != "$ref"),
    *TEXT_LIMITS,
    *NUMBER_LIMITS,
    *LIST_WORDS,
    *MAP_WORDS,
)

SCHEMA_MAPS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
SCHEMAS = (
    *("items", "contains", "additionalProperties", "propertyNames", "unevaluatedProperties"),
    *("unevaluatedItems", "not", "if", "then", "else"),
)
"""Keywords that hold schemas: by name, in a list, or one."""
