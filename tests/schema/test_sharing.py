"""Without aliases less is remembered: the verdicts are the same, and cycles still end."""

from __future__ import annotations

from typing import Any

import pytest

from pipelint.schema.validate import validate
from schema.reading import deferred, read, shapes, types

TREE = {
    "$ref": "#/$defs/tree",
    "$defs": {
        "tree": {
            "type": "object",
            "properties": {"left": {"$ref": "#/$defs/tree"}, "n": {"type": "integer"}},
        }
    },
}
ITSELF = {
    "$ref": "#/$defs/a",
    "$defs": {"a": {"required": ["n"], "allOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}]}},
}
KEYS = {"oneOf": [{"required": ["a"]}, {"required": ["b", "c"]}]}
SOME = {"anyOf": [{"required": ["a"]}, {"type": "object", "required": ["b"]}]}
WHEN = {"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}


@pytest.mark.parametrize(
    ("schema", "text", "kinds"),
    [
        (TREE, "{left: {left: {n: 1}}}", []),
        (TREE, "{left: {left: {n: x}}}", ["wrong-type"]),
        (TREE, "{left: {left: {n: <+x>}}}", []),
        (ITSELF, "{n: 1}", []),
        (ITSELF, "{m: 1}", ["missing-key"]),
        (KEYS, "{a: 1}", []),
        (KEYS, "{a: 1, b: 1}", []),
        (KEYS, "{b: 1}", ["missing-key"]),
        (KEYS, "{a: 1, b: 1, c: 1}", ["no-alternative"]),
        (KEYS, "[a]", ["no-alternative"]),  # to what is no map both apply
        (SOME, "{a: 1, b: 1}", []),
        (SOME, "{c: 1}", ["missing-key"]),
        (SOME, "[a]", []),
        (WHEN, "{a: 1, b: 1}", []),
        (WHEN, "{a: 1, c: 1}", ["missing-key"]),
        (WHEN, "{b: 1}", ["missing-key"]),
        (WHEN, "text", []),
    ],
)
def test_verdict(schema: dict[str, Any], text: str, kinds: list[str]) -> None:
    for shared in (True, False):
        shape = shapes(schema).at("#")
        found = validate(read(text), shape, types, deferred, shared=shared).violations
        assert [each.kind for each in found] == kinds


@pytest.mark.parametrize("schema", [KEYS, SOME, WHEN])
def test_a_text_that_breaks_off_misses_no_keys(schema: dict[str, Any]) -> None:
    root = read("{d: 1}")
    root.broken = True
    assert not validate(root, shapes(schema).at("#"), types, shared=False).violations
