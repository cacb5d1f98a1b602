"""One wrong value is one violation, on that value, in the branch that is meant."""

from __future__ import annotations

from typing import Any

import pytest

from schema.reading import blamed

STEPS = {
    "type": "array",
    "items": {
        "oneOf": [
            {
                "type": "object",
                "required": ["type", "image"],
                "additionalProperties": False,
                "properties": {"type": {"const": "Run"}, "image": {"type": "string"}},
            },
            {
                "type": "object",
                "required": ["type", "for"],
                "additionalProperties": False,
                "properties": {"type": {"enum": ["Wait", "Sleep"]}, "for": {"type": "integer"}},
            },
        ]
    },
}
SECRETS = {
    "anyOf": [
        {"type": "string"},
        {"type": "array", "items": {"type": "string"}},
        {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["source", "target"],
                "properties": {"source": {"type": "string"}, "target": {"type": "string"}},
            },
        },
    ]
}


@pytest.mark.parametrize(
    ("schema", "text", "expected"),
    [
        # A key that all branches pin names the branch.
        (STEPS, "- {type: Run, image: [a]}", ["wrong-type: [a]"]),
        (STEPS, "- {type: Wait, for: x}", ["wrong-type: x"]),
        (STEPS, "- {type: Rnu, image: a}", ["unknown-value: Rnu"]),
        (STEPS, "- {type: Rnu, image: [a], fro: b}", ["unknown-value: Rnu"]),
        (STEPS, "- {image: a}", ["missing-key: {image: a}"]),
        (STEPS, "- {type: Run, image: a, for: 1}", ["unknown-key: for"]),
        (STEPS, "- {type: [Run], image: a}", ["wrong-type: [Run]"]),
        # Of alternatives of other kinds the kind of the node decides.
        (SECRETS, "{a: b}", ["wrong-type: {a: b}"]),
        (SECRETS, "[a, [b]]", ["wrong-type: [b]"]),
        # Of lists of two kinds the majority decides, else the first item.
        (SECRETS, "[a, b, {source: x, target: y}]", ["wrong-type: {source: x, target: y}"]),
        (SECRETS, "[a, {source: x, target: y}]", ["wrong-type: {source: x, target: y}"]),
        (SECRETS, "[{source: x, target: y}, a]", ["wrong-type: a"]),
        (
            SECRETS,
            "[{source: x}, {source: x, target: y}, a]",
            ["missing-key: {source: x}", "wrong-type: a"],
        ),
        # Values that are known later satisfy everything, also a discriminator.
        (STEPS, "- {type: <+x>, image: [a]}", []),
        (STEPS, "- {type: Run, image: <+x>}", []),
        ({"not": {"type": "string"}}, "<+x>", []),
        ({"if": {"properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}}, "a: <+x>", []),
        ({"oneOf": [{"type": "integer"}, {"type": "boolean"}]}, "<+x>", []),
        # Where branches differ in one key that they need, one of them is missing.
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, "c: 1", ["missing-key: c"]),
        (
            {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
            "{a: 1, b: 2}",
            ["no-alternative: b"],
        ),
        ({"not": {"required": ["a", "b"]}}, "{a: 1, b: 2}", ["no-alternative: b"]),
        # Two keywords that say the same of one value say it once.
        (
            {
                "properties": {"a": {"enum": [1, 2]}},
                "allOf": [{"properties": {"a": {"type": "integer"}}}],
            },
            "a: x",
            ["unknown-value: x"],
        ),
        # What is written is blamed: a block at its first key, a flow collection as a whole.
        ({"type": "string"}, "a: 1\nb: 2\n", ["wrong-type: a"]),
        ({"items": {"type": "string"}}, "- - x\n  - y\n", ["wrong-type: - x"]),
        # Limits.
        ({"maxItems": 2}, "[a, b, c, d]", ["too-many: c"]),
        ({"uniqueItems": True}, "[a, b, a]", ["too-many: a"]),
        ({"minItems": 1}, "[]", ["too-few: []"]),
        ({"contains": {"type": "integer"}}, "[a]", ["too-few: [a]"]),
        ({"properties": {"a": {"minimum": 3}}}, "a: 2", ["bad-format: 2"]),
        ({"propertyNames": {"pattern": "^[a-z]+$"}}, "{ab: 1, A1: 2}", ["bad-format: A1"]),
        ({"properties": {"a": False}}, "{a: 1}", ["unknown-key: a"]),
        ({"dependentRequired": {"a": ["b"]}}, "a: 1", ["missing-key: a"]),
        ({"type": "integer"}, "1.0", []),
        ({"type": "integer"}, "1.5", ["wrong-type: 1.5"]),
        ({"type": "integer"}, "'1'", ["wrong-type: '1'"]),
    ],
)
def test_blame(schema: dict[str, Any], text: str, expected: list[str]) -> None:
    assert blamed(schema, text) == expected


def test_a_shared_node_is_blamed_once() -> None:
    """An anchored list under two keys, and a merged mapping under three."""
    schema = {
        "additionalProperties": {
            "additionalProperties": False,
            "properties": {"n": {"type": "integer"}},
        }
    }
    text = "a: &a {n: x}\nb: *a\nc: {<<: *a}\nd: {<<: *a, n: 1}\n"
    assert blamed(schema, text) == ["wrong-type: x"]


def test_nothing_is_missing_from_what_could_not_be_read() -> None:
    """A text that breaks off: what stands there is judged, what does not is not missed."""
    schema = {"required": ["a", "b"], "properties": {"a": {"type": "integer"}}}
    from pipelint.schema.validate import validate
    from schema.reading import read, shapes, types

    root = read("{a: x}")
    root.broken = True
    found = validate(root, shapes(schema).at("#"), types).violations
    assert [each.kind for each in found] == ["wrong-type"]


def test_a_value_may_be_compared_as_it_is_written() -> None:
    """For a reader of YAML 1.1 `yes` is true; a platform that takes it as text knows no `yes`."""
    from pipelint.schema.validate import validate
    from schema.reading import read, shapes

    allowed = {"enum": ["always", True]}
    for schema, expected in ((allowed, []), ({**allowed, "x-as-written": True}, ["unknown-value"])):
        verdict = validate(read("yes"), shapes(schema).at("#"), lambda _: "boolean")
        assert [each.kind for each in verdict.violations] == expected
