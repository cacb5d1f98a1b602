"""The guided validator decides as every JSON Schema validator does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelint.schema.support import unsupported
from schema.reading import as_yaml, read, shapes, types, value, violations

SUITE = "json/tests/draft2020-12"
RELEASE = "jsonschema==4.26.0"
"""Its source distribution carries the public test suite of JSON Schema."""

_CACHE = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
FOLDER = os.path.join(_CACHE, "pipelint-tests", RELEASE)

LEFT_OUT = {
    "anchor",  # references by name
    "content",
    "default",
    "defs",  # refers to the metaschema
    "dynamicRef",
    "format",
    "id",
    "infinite-loop-detection",
    "refRemote",
    "unevaluatedItems",
    "unevaluatedProperties",
    "vocabulary",
}


def suite() -> str:
    """Return the archive with the test suite; it is fetched once, with pip, into the cache.

    Skips where that cannot be done.
    """
    archive = _archive()
    if archive is None:
        os.makedirs(FOLDER, exist_ok=True)
        command = [*(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps")]
        command += ["--no-binary", ":all:", "--dest", FOLDER, RELEASE]
        subprocess.run(command, check=False, capture_output=True, timeout=300)
        archive = _archive()
    if archive is None:
        pytest.skip(f"the JSON Schema test suite is not here: pip cannot download {RELEASE}")
    return archive


def _archive() -> str | None:
    names = os.listdir(FOLDER) if os.path.isdir(FOLDER) else []
    return next((os.path.join(FOLDER, name) for name in names if name.endswith(".tar.gz")), None)


def groups(archive: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each group of tests with the name of its file."""
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            folder, name = os.path.split(member.name)
            file = tar.extractfile(member) if folder.endswith(SUITE) else None
            if file is not None and name.removesuffix(".json") not in LEFT_OUT:
                yield from ((name, group) for group in json.load(file))


def test_public_suite() -> None:
    """All groups whose keywords are supported, each test of them."""
    wrong, ran = [], 0
    for name, group in groups(suite()):
        schema = group["schema"]
        if unsupported(schema) or "$id" in json.dumps(schema) or "metaschema" in json.dumps(schema):
            continue
        for test in group["tests"]:
            ran += 1
            try:
                valid = not violations(schema, as_yaml(test["data"]))
            except KeyError:
                # A reference to a metaschema: nothing is ever fetched.
                continue
            if valid != test["valid"]:
                wrong.append(f"{name}: {group['description']}: {test['description']}")
    assert wrong == []
    assert ran > 700


# --- small schemas, small documents ---------------------------------------------------------------

KEYS = st.sampled_from(["a", "b", "type"])
ATOMS = st.sampled_from([None, True, False, 0, 1, 1.0, 1.5, "", "a", "ab", "x", "1"])
VALUES = st.recursive(
    ATOMS,
    lambda inside: st.one_of(
        st.lists(inside, max_size=3), st.dictionaries(KEYS, inside, max_size=3)
    ),
    max_leaves=6,
)
TYPES = st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"])


def _wider(inside: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(inside, min_size=1, max_size=3)
    small = st.integers(0, 2)
    return st.fixed_dictionaries(
        {},
        optional={
            "type": st.one_of(TYPES, st.lists(TYPES, min_size=1, max_size=3, unique=True)),
            "enum": st.lists(VALUES, min_size=1, max_size=3),
            "const": VALUES,
            "properties": st.dictionaries(KEYS, inside, max_size=2),
            "patternProperties": st.dictionaries(st.sampled_from(["^a", "b"]), inside, max_size=1),
            "additionalProperties": inside,
            "required": st.lists(KEYS, max_size=2, unique=True),
            "dependentRequired": st.dictionaries(
                KEYS, st.lists(KEYS, max_size=2, unique=True), max_size=1
            ),
            "propertyNames": inside,
            "items": inside,
            "prefixItems": some,
            "contains": inside,
            "minItems": small,
            "maxItems": small,
            "uniqueItems": st.booleans(),
            "minProperties": small,
            "maxProperties": small,
            "minLength": small,
            "maxLength": small,
            "minimum": small,
            "exclusiveMaximum": small,
            "multipleOf": st.sampled_from([1, 2, 0.5]),
            "pattern": st.sampled_from(["^a", "b$", "[0-9]"]),
            "allOf": some,
            "anyOf": some,
            "oneOf": some,
            "not": inside,
            "if": inside,
            "then": inside,
            "else": inside,
            "$ref": st.sampled_from(["#/$defs/one", "#/$defs/two"]),
        },
    ).map(_few)


def _few(schema: dict[str, Any]) -> dict[str, Any]:
    """Keep four keywords: schemas of all keywords refuse everything."""
    return dict(list(schema.items())[:4])


def _pinned(branches: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make alternatives that a key tells apart."""
    return {
        "oneOf": [
            {"properties": {"type": {"const": text}, "a": part}, "required": ["type"]}
            for text, part in branches
        ]
    }


PARTS = st.recursive(
    st.one_of(st.booleans(), st.builds(lambda kind: {"type": kind}, TYPES)),
    lambda inside: st.one_of(
        _wider(inside),
        st.lists(st.tuples(st.sampled_from(["a", "x", "ab"]), inside), min_size=1, max_size=3).map(
            _pinned
        ),
    ),
    max_leaves=8,
)
LEAVES = st.one_of(st.booleans(), st.builds(lambda kind: {"type": kind}, TYPES))


@settings(max_examples=1500, deadline=None)
@given(
    schema=PARTS.filter(lambda part: isinstance(part, dict)), one=LEAVES, two=LEAVES, data=VALUES
)
def test_same_verdict_as_the_reference(
    schema: dict[str, Any], one: Any, two: Any, data: Any
) -> None:
    """Equal verdicts, and a violation for every refusal."""
    whole = {**schema, "$defs": {"one": one, "two": two}}
    found = violations(whole, as_yaml(data))
    assert (not found) == jsonschema.Draft202012Validator(whole).is_valid(data)


@settings(max_examples=300, deadline=None)
@given(data=VALUES)
def test_values_survive_the_way_through_yaml(data: Any) -> None:
    """The differential test compares the same values on both sides."""
    assert value(read(as_yaml(data))) == data


@pytest.mark.parametrize(
    ("schema", "lacking"),
    [
        ({"type": "object", "unevaluatedProperties": False}, ["unevaluatedProperties"]),
        ({"$ref": "https://example.com/x.json"}, ["$ref"]),
        ({"$ref": "#name"}, ["$ref"]),
        ({"$dynamicRef": "#node"}, ["$dynamicRef"]),
        ({"properties": {"x": {"$id": "y"}}}, ["$id"]),
        ({"items": [{"type": "string"}]}, ["items"]),
        ({"$schema": "http://json-schema.org/draft-04/schema#"}, ["$schema"]),
        (
            {"$schema": "http://json-schema.org/draft-07/schema#", "prefixItems": [True]},
            ["prefixItems"],
        ),
        # `format` says something and checks nothing; words of nobody's are annotations.
        ({"format": "date", "x-foo": {"unevaluatedItems": False}, "$id": "x"}, []),
        # What a property is called is no keyword.
        ({"properties": {"unevaluatedProperties": {"type": "string"}}}, []),
    ],
)
def test_unsupported_keywords_are_listed(schema: dict[str, Any], lacking: list[str]) -> None:
    assert unsupported(schema) == lacking


def test_an_alias_bomb_takes_linear_time() -> None:
    """Forty levels, each holding the one before twice: 2^40 places, 40 nodes."""
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n}: &a{n} {{l: *a{n - 1}, r: *a{n - 1}}}" for n in range(1, 40)]
    branch = {"properties": {"l": {"$ref": "#/$defs/n"}, "r": {"$ref": "#/$defs/n"}}}
    named = {"x": {"type": "string"}, **branch["properties"]}
    schema = {
        "additionalProperties": {"$ref": "#/$defs/n"},
        "$defs": {"n": {"anyOf": [{"properties": named}, {"required": ["z"], **branch}]}},
    }
    found = violations(schema, "\n".join(lines))
    assert [each.kind for each in found] == ["wrong-type"]


def test_deep_text_is_safe() -> None:
    """As deep as the reader allows, under a schema that follows it all the way."""
    schema = {"anyOf": [{"type": "integer"}, {"type": "array", "items": {"$ref": "#"}}]}
    assert violations(schema, "[" * 190 + "x" + "]" * 190) == []
    assert len(violations(schema, "[" * 30 + "x" + "]" * 30)) == 1


def test_each_definition_is_noted_at_its_nodes() -> None:
    schema = {
        "properties": {"steps": {"type": "array", "items": {"$ref": "#/$defs/step"}}},
        "$defs": {
            "step": {"anyOf": [{"$ref": "#/$defs/call"}, {"$ref": "#/$defs/run"}]},
            "call": {"required": ["template"], "properties": {"template": {"type": "string"}}},
            "run": {"required": ["image"], "properties": {"image": {"type": "string"}}},
        },
    }
    root = read("steps:\n  - image: go\n  - template: x\n")
    from pipelint.schema.validate import validate

    assert validate(root, shapes(schema).at("#"), types).violations == []
    steps = root.get("steps").items  # type: ignore[union-attr]
    assert [step.shape for step in steps] == ["run", "call"]
