"""A part of a document: what is there is judged, what is not is not missed."""

from __future__ import annotations

from typing import Any

import pytest

from schema.reading import blamed

STEP = {
    "type": "object",
    "required": ["name", "type"],
    "properties": {"name": {"type": "string"}, "type": {"type": "string"}, "spec": {}},
    "anyOf": [
        {
            "required": ["spec", "type"],
            "properties": {"type": {"const": "Run"}, "spec": {"$ref": "#/$defs/run"}},
        },
        {"required": ["type"], "properties": {"type": {"const": "Wait"}}},
    ],
    "additionalProperties": False,
}
SCHEMA: dict[str, Any] = {
    "properties": {
        "whole": {"$ref": "#/$defs/step"},
        "part": {"$ref": "#/$defs/step", "x-partial": True},
        "steps": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/step"}},
        "parts": {"x-partial": True, "$ref": "#/properties/steps"},
        "choice": {"$ref": "#/$defs/choice"},
        "partly": {"$ref": "#/$defs/choice", "x-partial": True},
        "linked": {"$ref": "#/$defs/linked", "x-partial": True},
    },
    "$defs": {
        "step": STEP,
        "run": {
            "type": "object",
            "required": ["command"],
            "properties": {"command": {"type": "string"}, "shell": {"enum": ["Sh", "Bash"]}},
            "additionalProperties": False,
        },
        "choice": {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        "linked": {
            "if": {"required": ["link"]},
            "then": {"properties": {"link": {"type": "string"}}},
            "else": {"$ref": "#/$defs/step"},
        },
    },
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("whole: {spec: {}}", ["missing-key: {spec: {}}"] * 2),
        ("part: {spec: {}}", []),
        ("part: {type: Run, spec: {}}", []),
        ("part: {type: Run, spec: {shell: Zsh}}", ["unknown-value: Zsh"]),
        ("part: {type: Rnu}", ["unknown-value: Rnu"]),
        ("part: {nmae: a}", ["unknown-key: nmae"]),
        ("part: {name: [a]}", ["wrong-type: [a]"]),
        ("part: []", ["wrong-type: []"]),
        ("part: {spec: {what: ever}}", []),
        ("steps: []", ["too-few: []"]),
        ("parts: []", []),
        ("parts: [{name: a}]", []),
        ("choice: {c: 1}", ["missing-key: {c: 1}"]),
        ("partly: {c: 1}", []),
        ("partly: {a: 1}", []),
        ("linked: {name: a}", []),
        ("linked: {nmae: a}", ["unknown-key: nmae"]),
        ("linked: {link: [], nmae: a}", ["wrong-type: []"]),
    ],
)
def test_nothing_is_missed_in_a_part(text: str, found: list[str]) -> None:
    assert sorted(blamed(SCHEMA, text)) == sorted(found)


def test_one_map_can_be_a_whole_and_a_part() -> None:
    """What was found of it in one place does not count in the other."""
    missing = ["missing-key: {type: Run, spec: {shell: Sh}}", "missing-key: {shell: Sh}"]
    assert blamed(SCHEMA, "part: &a {type: Run, spec: {shell: Sh}}\nwhole: *a\n") == missing
    assert blamed(SCHEMA, "whole: &a {type: Run, spec: {shell: Sh}}\npart: *a\n") == missing
