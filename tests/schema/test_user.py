"""Schemas of users: checked first, run like ours, and never a danger."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from pipelint.schema.user import SIZE_LIMIT, UserSchema, judge, load
from schema.reading import deferred, read, types


def made(schema: Any) -> UserSchema:
    """Load a schema from its JSON."""
    return load(json.dumps(schema), "rules/our.json", types)


def messages(schema: Any, text: str) -> list[str]:
    """Judge a text by a schema."""
    found = judge(made(schema), read(text), types, deferred)
    assert all(rule == "user-schema" for rule, _ in found)
    return [finding.message for _, finding in found]


def test_json_and_yaml_are_read() -> None:
    text = "type: object\nrequired: [owner]\n"
    assert load(text, "our.yaml", types).schema == {"type": "object", "required": ["owner"]}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"type": "strin"}', "this is no JSON Schema: `#/type`"),
        ('{"$ref": "#/$defs/x"}', "`#/$defs/x` in this schema names nothing"),
        ('{"$defs": {"a": {"$ref": "#/$defs/a"}}}', "`#/$defs/a` in this schema refers to itself"),
        ("[1]", "a schema is a map"),
        ("a: [", "this schema is neither JSON nor YAML"),
        (
            '{"patternProperties": {"^(a+)+$": true}, "unevaluatedProperties": false}',
            "this schema is not used: the pattern `^(a+)+$` is too powerful in it",
        ),
    ],
)
def test_a_wrong_schema_is_said_and_not_used(text: str, problem: str) -> None:
    user = load(text, "our.json", types)
    assert user.problem.startswith(problem)
    assert judge(user, read("a: 1"), types) == []


def test_findings_say_where_the_schema_says_so() -> None:
    schema = {"properties": {"steps": {"items": {"required": ["owner"]}}}}
    ((_, finding),) = judge(made(schema), read("steps: [{name: x}]"), types)
    assert finding.message == "this map needs `owner`"
    assert finding.notes == ("the schema `rules/our.json` says so at `#/properties/steps/items`",)


@pytest.mark.parametrize(
    ("schema", "text", "expected"),
    [
        # What the guided validator lacks, the reference implementation judges.
        ({"unevaluatedProperties": False, "properties": {"a": True}}, "{a: 1}", []),
        (
            {"unevaluatedProperties": False, "properties": {"a": True}},
            "{a: 1, b: 2}",
            ["the document holds a key that the schema does not know"],
        ),
        (
            {"dependencies": {"a": ["b"]}, "$schema": "http://json-schema.org/draft-07/schema#"},
            "{a: 1}",
            ["the document is not what the schema asks for"],
        ),
        (
            {
                "$schema": "http://json-schema.org/draft-07/schema#",
                "items": [{"type": "string"}],
            },
            "[1]",
            ["an item of the list must be text, found the number `1`"],
        ),
        ({"unevaluatedProperties": True, "properties": {"a": {"enum": [1]}}}, "{a: <+x>}", []),
        # References to elsewhere are never fetched.
        ({"properties": {"a": {"$ref": "https://example.com/a.json"}}}, "{a: 1}", []),
    ],
)
def test_fallback(schema: Any, text: str, expected: list[str]) -> None:
    assert messages(schema, text) == expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"properties": {"b": {"pattern": "^(a+)+$"}}}, ["`b` must match `^(a+)+$`"]),
        (
            {"properties": {"b": {"pattern": "^(a+)+$"}}, "unevaluatedProperties": True},
            ["`b` must match `^(a+)+$`"],
        ),
        ({"patternProperties": {"^(a+)+$": False}}, []),
    ],
)
def test_no_pattern_of_a_user_can_stop_the_run(schema: Any, expected: list[str]) -> None:
    """In `re` each of these takes longer than anybody waits."""
    word = "a" * 60 + "!"
    assert messages(schema, f"b: {word}\n{word}: 1\n") == expected


def test_bombs_are_not_handed_to_the_reference() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    bomb = "\n".join(lines)
    assert SIZE_LIMIT < 2**40
    assert messages({"unevaluatedProperties": True}, bomb) == []
    assert load(bomb, "our.yaml", types).problem == "this schema is too large"


def test_without_the_extra_a_schema_runs_unchecked() -> None:
    """As in the editor bundle: what the guided validator knows is judged, and the rest is said."""
    program = (
        "import sys; sys.modules['jsonschema'] = None\n"
        "from pipelint.schema.user import load\n"
        'for text in (\'{"type": "object"}\', \'{"unevaluatedItems": false}\'):\n'
        "    user = load(text, 'our.json', lambda scalar: 'string')\n"
        "    print(user.note, '|', user.problem)\n"
    )
    out = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    unchecked = "this schema is unchecked: install pipelint[schemas]"
    assert out.splitlines() == [
        f"{unchecked} | ",
        f"{unchecked} | this schema is not used: `unevaluatedItems` in it needs pipelint[schemas]",
    ]
