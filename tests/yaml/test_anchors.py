"""Anchors, aliases and merge keys."""

from __future__ import annotations

import time
from typing import Any

import pytest

from pipelint.yaml import merge
from pipelint.yaml.node import Mapping, Scalar, Sequence, Tree
from pipelint.yaml.resolve import json_value
from trees import read, root


@pytest.mark.parametrize(
    "text",
    [
        "a: &name b\n",
        "a: &name !!str b\n",
        "a: !!str &name b\n",
        "a: !!map &name\n  b: c\n",
        "a: &name\n  &other b: c\n",
        "a: &name # &no\n  - b\n",
        "a: &name\nb: c\n",
        "&name a: b\n",
        "[&name a, &other b]\n",
        "&name\na: b\n",
        "a: &name |\n  &no\n",
    ],
)
def test_an_anchor_covers_its_sign_and_name(text: str) -> None:
    anchor = next(anchor for anchor in read(text).anchors if anchor.name == "name")
    assert text[slice(*anchor.span)] == "&name"


def test_where_an_alias_stands_the_node_itself_stands() -> None:
    tree = read("a: &x {b: c}\nd: *x\n")
    node = tree.root
    assert isinstance(node, Mapping)
    assert node.get("a") is node.get("d")
    (alias,) = tree.aliases
    assert (alias.name, alias.span, alias.target) == ("x", (16, 18), node.get("a"))


def test_an_alias_that_is_a_key_keeps_its_place() -> None:
    text = "a: &x b\n*x : c\n"
    node = root(text)
    assert isinstance(node, Mapping)
    key = node.key("b")
    assert key is not None
    assert text[key.start : key.end] == "*x"


def test_an_unknown_alias_is_unreadable() -> None:
    tree = read("a: *x\n")
    assert tree.aliases[0].target is None
    assert tree.problems == []
    node = tree.root
    assert isinstance(node, Mapping)
    value = node.get("a")
    assert value is not None
    assert value.broken


def test_anchors_end_with_their_document() -> None:
    assert read("a: &x 1\n---\nb: *x\n").aliases[0].target is None


def test_the_latest_anchor_of_a_name_counts() -> None:
    node = root("- &x a\n- &x b\n- *x\n")
    assert isinstance(node, Sequence)
    assert node.items[2] is node.items[1]


@pytest.mark.parametrize("text", ["a: &x [*x]\n", "a: &x\n  b: *x\n", "&x a:\n- &y {b: [*y]}\n"])
def test_a_value_cannot_contain_itself(text: str) -> None:
    tree = read(text)
    (problem,) = tree.problems
    assert problem.label == "refers to itself"
    assert text[slice(*problem.span)] in {"*x", "*y"}


def test_aliases_do_not_nest_deeper_than_brackets_may() -> None:
    lines = [f"- &a{at} [*a{at - 1}]\n" for at in range(1, 1000)]
    tree = read("- &a0 [x]\n" + "".join(lines))
    (problem,) = tree.problems
    assert problem.message == "the text is nested more than 200 levels deep"
    assert _depth(tree) <= 200


def _depth(tree: Tree) -> int:
    deepest, level = 0, list(tree.documents)
    while True:
        seen = {id(node): node for node in level if isinstance(node, Sequence)}
        if not seen:
            return deepest
        deepest += 1
        level = [item for node in seen.values() for item in node.items]


# Merge keys


def merged(text: str) -> Any:
    """Return a text as JSON data, its merge keys applied."""
    tree = read(text)
    merge.apply(tree)
    assert tree.root is not None
    return json_value(tree.root)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("<<: {a: 1}\nb: 2\n", {"a": 1, "b": 2}),
        ("a: 3\n<<: {a: 1}\n", {"a": 3}),
        ("<<: [{a: 1}, {a: 2, b: 2}]\n", {"a": 1, "b": 2}),
        ("<<: {a: {b: 1}}\na: {c: 1}\n", {"a": {"c": 1}}),
        ("<<: {<<: {a: 1}, b: 2}\n", {"a": 1, "b": 2}),
        ("<<: {a: 1}\n<<: {a: 2, b: 2}\n", {"a": 1, "b": 2}),
        ("!!merge <<: {a: 1}\n", {"a": 1}),
        ("'<<': {a: 1}\n", {"<<": {"a": 1}}),
        ("<<: text\na: 1\n", {"a": 1}),
    ],
)
def test_what_a_merge_brings_in(text: str, result: object) -> None:
    assert merged(text) == result


def test_a_merged_mapping_is_complete_when_it_is_merged() -> None:
    text = "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}\n"
    assert merged(text)["c"] == {"x": 1, "y": 2, "z": 3}


def test_merged_fields_keep_their_places() -> None:
    text = "a: &a {x: 1}\nb: {<<: *a}\n"
    tree = read(text)
    merge.apply(tree)
    node = tree.root
    assert isinstance(node, Mapping)
    inner = node.get("b")
    assert isinstance(inner, Mapping)
    key = inner.key("x")
    assert key is not None
    assert not inner.owns(key)
    assert [pair[0].start for pair in inner.pairs] == [text.index("<<")]


def test_a_mapping_may_be_left_out() -> None:
    tree = read("a: &a {x: 1}\nstages:\n  <<: *a\n")
    assert isinstance(tree.root, Mapping)
    stages = tree.root.get("stages")
    assert isinstance(stages, Mapping)
    merge.apply(tree, without=[stages])
    assert list(stages.fields) == ["<<"]


@pytest.mark.parametrize("text", ["<<: *x\na: 1\n", "a: &a {<<: *x}\n<<: *a\n"])
def test_a_merge_of_something_unknown_is_broken(text: str) -> None:
    tree = read(text)
    merge.apply(tree)
    assert isinstance(tree.root, Mapping)
    assert tree.root.broken


def test_sources_come_in_their_order() -> None:
    tree = read("a: &a {x: 1}\nb: &b {x: 2}\nc: {<<: [*b, text, *a]}\n")
    names = [source.fields["x"][1] for source in merge.sources(tree.merging[0])]
    assert [value.text for value in names if isinstance(value, Scalar)] == ["2", "1"]


def test_a_bomb_of_merges_stops() -> None:
    keys = ", ".join(f"k{at}: 1" for at in range(1000))
    merging = "".join(f"b{at}: {{<<: *a}}\n" for at in range(20_000))
    tree = read(f"a: &a {{{keys}}}\n{merging}")
    before = time.process_time()
    merge.apply(tree)
    assert time.process_time() - before < 2
    (problem,) = tree.problems
    assert problem.message == "this text merges more than 20000 keys in all"
    assert tree.merging[-1].broken
    assert not tree.merging[0].broken
