"""What the build makes of annotations, for the slices and for other tools."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from pipelint_schemas import build
from pipelint_schemas.sources import amend

EXPRESSION = {"type": "string", "pattern": "<\\+"}
MAP = {
    "type": "object",
    "required": ["size"],
    "x-closed": True,
    "x-extra": ["since"],
    "properties": {
        "size": {"type": "integer"},
        "text": {"type": "string"},
        "id": {"x-literal": True, "type": "string", "pattern": "^[a-z]+$"},
        "type": {"enum": ["a", "b"]},
        "spec": {},
        "part": {"$ref": "#/$defs/map", "x-partial": True},
    },
    "oneOf": [
        {"required": ["type"], "properties": {"type": {"const": "a"}, "spec": {"type": "integer"}}},
        {"required": ["type"], "properties": {"type": {"const": "b"}, "spec": {"type": "array"}}},
    ],
}
CATALOGUE: dict[str, Any] = {
    "title": "Map",
    "x-roots": {"map": "map"},
    "x-descriptions": {"size": "How much."},
    "$defs": {"map": MAP, "expression": EXPRESSION},
}


def test_a_closed_map_is_closed_for_us_and_open_for_others() -> None:
    ours = build.slice_of(MAP, CATALOGUE["$defs"])
    assert ours["additionalProperties"] is False
    assert ours["properties"]["since"] is True
    assert "x-closed" not in ours
    assert "additionalProperties" not in build.publish(CATALOGUE, "map")


@pytest.mark.parametrize(
    ("value", "valid"),
    [
        ({"size": 1, "type": "a", "spec": 1}, True),
        ({"size": "x", "type": "a"}, False),
        ({"size": "<+input>", "type": "a"}, True),
        ({"size": 1, "type": "<+input>", "spec": 1}, True),
        ({"size": 1, "type": "b", "spec": 1}, False),
        ({"size": 1, "type": "b", "spec": "<+input>"}, True),
        ({"size": 1, "type": "a", "id": "<+input>"}, False),
        ({"size": 1, "type": "a", "new": True}, True),
        ({"size": 1, "type": "a", "part": {"size": []}}, True),
        ({"size": 1, "type": "a", "part": 5}, False),
    ],
)
def test_other_tools_take_an_expression_for_any_value(value: Any, valid: bool) -> None:
    schema = build.publish(CATALOGUE, "map")
    assert jsonschema.Draft202012Validator(schema).is_valid(value) is valid


def test_a_key_is_described_by_its_name_where_nothing_else_says_it() -> None:
    size = build.publish(CATALOGUE, "map")["properties"]["size"]
    assert size["description"] == "How much."
    assert build.describe(CATALOGUE)[""] == {"size": "How much."}


def test_what_many_say_alike_is_said_once() -> None:
    mistakes = {f"key{at}": "another" for at in range(50)}
    named = {f"map{at}": {**MAP, "x-mistakes": mistakes} for at in range(50)}
    text = build.slice_up({**CATALOGUE, "$defs": {**CATALOGUE["$defs"], **named}})
    assert text.count('"key49"') == 1


@pytest.mark.parametrize(
    ("value", "change", "amended"),
    [
        ({"a": {"b": 1}}, {"a": {"c": 2}}, {"a": {"b": 1, "c": 2}}),
        ({"a": [1, 2]}, {"a": [2, 3]}, {"a": [1, 2, 3]}),
        ({"a": 1, "b": 2}, {"a": None}, {"b": 2}),
        ({"a": 1}, {"a": 2}, {"a": 2}),
    ],
)
def test_amending(value: Any, change: Any, amended: Any) -> None:
    assert amend(value, change) == amended
    assert json.dumps(value) != json.dumps(amended)
