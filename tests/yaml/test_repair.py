"""What is left of a text after a mistake: everything before it, and what stands beside it below."""

from __future__ import annotations

from typing import Any

import pytest

from pipelint.source import Source
from pipelint.yaml import parse
from pipelint.yaml.node import Mapping, Scalar, Unreadable
from trees import broken, nodes, read, root, written


@pytest.mark.parametrize(
    ("text", "left"),
    [
        # The value is lost, its key is not.
        ("a: x: y\nb: 1\n", {"a": "?", "b": "1"}),
        ("a: @x\nb: 1\n", {"a": "?", "b": "1"}),
        ("a: [x] y\nb: 1\n", {"a": "?", "b": "1"}),
        ("a: 'x\nb: 1\n", {"a": "?", "b": "1"}),
        ('a: "x\nb: "y"\nc: 1\n', {"a": "?", "b": "y", "c": "1"}),
        ("a: [x\nb: 1\n", {"a": "?", "b": "1"}),
        ("a: [x,\n  y\nb: 1\n", {"a": "?", "b": "1"}),
        ("a: |x\n  y\nb: 1\n", {"a": "?", "b": "1"}),
        ("a:b\nc: 1\n", {"a": "?", "c": "1"}),
        ("version '1'\nc: 1\n", {"version": "?", "c": "1"}),
        ('a: "\\d"\nb: 1\n', {"a": "?", "b": "1"}),
        # Nothing is lost.
        ("a: [x, , y]\n", {"a": ["x", "y"]}),
        ('a: ["x" "y"]\n', {"a": ["x", "y"]}),
        ("a: [\n  'x'\n  'y'\n]\n", {"a": ["x", "y"]}),
        ("a: [x, y}\nb: 1\n", {"a": ["x", "y"], "b": "1"}),
        ("aa: 1\n\tbb: 2\ncc: 3\n", {"aa": "1", "bb": "2", "cc": "3"}),
        ("aa:\n  bb: 1\n\tcc: 2\n  dd: 3\n", {"aa": {"bb": "1", "cc": "2", "dd": "3"}}),
        ("aa:\n\t- bb: 1\n\t- cc: 2\n", {"aa": [{"bb": "1"}, {"cc": "2"}]}),
        ("a: 1\n  b: 2\nc: 3\n", {"a": "1", "b": "2", "c": "3"}),
        ("aa:\n  bb: 1\n cc: 2\n  dd: 3\n", {"aa": {"bb": "1", "cc": "2", "dd": "3"}}),
        ("  aa: 1\nbbbb: 2\ncccc: 3\n", {"aa": "1", "bbbb": "2", "cccc": "3"}),
        ("a:\n  bb\n    c: 1\n  dd: 2\n", {"a": {"bb": {"c": "1"}, "dd": "2"}}),
        (
            "aa:\n  - bb: 1\n- cccc: 2\neeee:\n  - f: 4\n",
            {"aa": [{"bb": "1"}, {"cccc": "2"}], "eeee": [{"f": "4"}]},
        ),
        # The line is lost.
        ("a: 1\nhalf\nb: 2\n", {"a": "1", "b": "2"}),
        ("a:\n  - b: 1\n    ha\n  - c: 2\n", {"a": [{"b": "1"}, {"c": "2"}]}),
        ("a:\n  {{ range }}\n  - b\n  {{ end }}\nc: 1\n", {"a": ["b"], "c": "1"}),
        ("a: |\n  text\nmore\nb: 1\n", {"a": "?", "b": "1"}),
        ("a: 1\n- b\nc: 2\n", {"a": "1", "c": "2"}),
        ("a: 1\n: b\nc: 2\n", {"a": "1", "c": "2"}),
        ("a: 1\n  - b: 2\n    c: 3\n  - d\ne: 4\n", {"a": "1", "e": "4"}),
        # Half a key at the end of what has been typed.
        ("a:\n  - b: 1\n    im", {"a": [{"b": "1"}]}),
        # Several mistakes.
        ("a: x: y\nb: @z\nc: 'x\nd: 1\n", {"a": "?", "b": "?", "c": "?", "d": "1"}),
    ],
)
def test_what_is_left(text: str, left: Any) -> None:
    assert written(text) == left


def test_what_stands_before_a_mistake_is_read_as_ever() -> None:
    before = "a: &x\n  b: |\n    text  # no comment\nc: [*x, {d: 'e'}]\n"
    whole, cut = read(before), read(before + "f: g: h\n")
    assert isinstance(cut.root, Mapping)
    assert isinstance(whole.root, Mapping)
    spans = [(key.span, value.span) for key, value in whole.root.pairs]
    assert [(key.span, value.span) for key, value in cut.root.pairs[:2]] == spans
    assert [each.span for each in cut.anchors] == [each.span for each in whole.anchors]


def test_offsets_below_a_mistake_stay_true() -> None:
    text = "a:\n\tbbb: x\nc: d: e\nf: 'g'\n"
    last = [node for node in nodes(read(text)) if isinstance(node, Scalar) and node.text == "g"]
    assert [text[node.start : node.end] for node in last] == ["'g'"]


def test_a_moved_key_stands_where_it_is_written() -> None:
    text = "steps:\n\timage: golang\n\tname: build\n"
    node = root(text)
    assert isinstance(node, Mapping)
    steps = node.get("steps")
    assert isinstance(steps, Mapping)
    assert [text[key.start : key.end] for key, _ in steps.pairs] == ["image", "name"]
    assert list(steps.fields) == ["image", "name"]


@pytest.mark.parametrize(
    ("text", "beginnings"),
    [
        # The way from the root to the mistake is broken, and nothing beside it.
        ("a:\n  b: @x\nc:\n  d: 1\n", ["a:", "b:"]),
        ("a:\n  - b: @x\n  - c: 1\nd:\n  e: 1\n", ["a:", "-", "b:"]),
        # A line that was taken out may have belonged to what stands around it.
        ("a:\n  b: 1\n  half\nc:\n  d: 1\n", ["a:", "b:"]),
        ("a:\n  b: 1\nhalf\nc:\n  d: 1\n", ["a:"]),
        ("half it\nc:\n  d: 1\n", ["half"]),
        ("a:\n  half\n  b: 1\n", ["a:", "b:"]),
        ("a: [x, , y]\nb: {c: 1}\n", ["a:", "[x,"]),
        ("a: {b: 1}\n", []),
    ],
)
def test_what_is_broken(text: str, beginnings: list[str]) -> None:
    assert broken(text) == beginnings


def test_what_repair_touched_is_told() -> None:
    text = "a: 1\nb: c: d\n"
    assert [text[slice(*span)] for span in read(text).repaired] == ["c: d"]
    assert read("a: 1\n").repaired == []


def test_a_value_that_a_mistake_made_empty_is_unreadable() -> None:
    node = root("a:\n  {{ if .x }}\n  {{ end }}\nb: 1\n")
    assert isinstance(node, Mapping)
    assert isinstance(node.get("a"), Unreadable)


def test_too_deep_text_is_not_repaired() -> None:
    tree = read("[" * 1000)
    assert [problem.message for problem in tree.problems] == [
        "the text is nested more than 200 levels deep"
    ]
    assert tree.repaired == []


def test_repeated_keys_are_those_that_are_written() -> None:
    # To move them, both keys are cut down to one letter.
    text = "aa:\n      name: 1\n\tnames: 2\n      x: 1\n"
    assert read(text).repeated == []


def test_another_way_to_read_is_asked_for_before_repair() -> None:
    other = read("a: 1\n")
    broken_text, sound_text = Source("a: b: c\n"), Source("a: b\n")
    assert parse(broken_text, instead=lambda: other) is other
    assert parse(broken_text, instead=lambda: None).problems
    assert parse(sound_text, instead=lambda: other) is not other
