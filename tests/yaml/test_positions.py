"""Where nodes begin and end: offsets in code points, the content without what surrounds it."""

from __future__ import annotations

import pytest

from pipelint.source import Source, decode
from pipelint.yaml import parse
from pipelint.yaml.node import Mapping, Scalar, Sequence
from trees import nodes, read, root


def covered(text: str, *path: str | int) -> str:
    """Return the text that a node covers; a path of keys and indexes leads to it."""
    node = root(text)
    for step in path:
        if isinstance(node, Mapping):
            node = node.pairs[step][0] if isinstance(step, int) else node.fields[step][1]
        else:
            assert isinstance(node, Sequence)
            assert isinstance(step, int)
            node = node.items[step]
    return text[node.start : node.end]


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        # Scalars, quotes included.
        ("a: b\n", ("a",), "b"),
        ("a: b  # c\n", ("a",), "b"),
        ("a: 'b'  \n", ("a",), "'b'"),
        ('a: "b\n  c"\n', ("a",), '"b\n  c"'),
        ("a: b\n  c  \n\n# d\n", ("a",), "b\n  c"),
        ("'a b' : c\n", (0,), "'a b'"),
        ("😀: é\n", ("😀",), "é"),
        # A block ends with its last text, not with the blank lines below it.
        ("a: |\n  b\n\n  c\n\n\nd: e\n", ("a",), "|\n  b\n\n  c"),
        ("a: >-\n  b\n# c\n", ("a",), ">-\n  b"),
        ("a: |+\n  b\n\n\n", ("a",), "|+\n  b"),
        ("a: |\n\nb: c\n", ("a",), "|"),
        ("a: |\n  b\xa0\n", ("a",), "|\n  b\xa0"),
        # Empty values stand behind their colon or dash.
        ("a:\nb: c\n", ("a",), ""),
        ("a: # c\n\n", ("a",), ""),
        # Anchors, tags and comments are not part of the content.
        ("a: &x b\n", ("a",), "b"),
        ("a: &x !!str b\n", ("a",), "b"),
        ("a: !!str &x b\n", ("a",), "b"),
        ("a: !<tag:b,c> d\n", ("a",), "d"),
        ("a: &x # c\n  b: c\n", ("a",), "b: c"),
        ("a: &x # &no\n  # !no\n  - b\n", ("a",), "- b"),
        ("a: &x [b, c]\n", ("a",), "[b, c]"),
        ("a: &x |\n  b\n\n", ("a",), "|\n  b"),
        ("&x a: b\n", (0,), "a"),
        ("a: &x\nb: c\n", ("a",), ""),
        ("a: !!null\n&x b: c\n", ("a",), ""),
        ("a: &x\n  &y b: c\n", ("a",), "&y b: c"),
        # Collections end with their last child.
        ("a:\n  b: c\n\n\nd: e\n", ("a",), "b: c"),
        ("a:\n- b\n- c  # d\n\ne: f\n", ("a",), "- b\n- c"),
        ("a:\n  b: &x c\n  d: *x\ne: f\n", ("a",), "b: &x c\n  d: *x"),
        ("a: [b,\n  c ] # d\n", ("a",), "[b,\n  c ]"),
        ("a: { b: c }\n", ("a",), "{ b: c }"),
        ("- - a\n  - b\n- c\n", (0,), "- a\n  - b"),
        ("- a: b\n  c: d\n- e\n", (0,), "a: b\n  c: d"),
        # Other line ends; to libyaml NEL, LS and PS end lines, too.
        ("a: b\r\nc: d\r\n", ("c",), "d"),
        ("a: b\rc: d\r", ("c",), "d"),
        ("a: |\r\n  b\r\n\r\nc: d\r\n", ("a",), "|\r\n  b"),
        ("a: b\x85c: d\x85", ("c",), "d"),
        ("a: b\u2028c: d\u2029", ("c",), "d"),
    ],
)
def test_what_a_node_covers(text: str, path: tuple[str | int, ...], expected: str) -> None:
    assert covered(text, *path) == expected


def test_a_byte_order_mark_is_not_counted() -> None:
    source = Source("\ufeffa: b\n")
    node = parse(source).root
    assert node is not None
    assert source.text[node.start : node.end] == "a: b"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_offsets_are_the_same_in_every_encoding(encoding: str) -> None:
    text = "é: 😀\nb: c\n"
    source = Source(decode(text.encode(encoding)))
    spans = sorted(node.start for node in nodes(parse(source)) if isinstance(node, Scalar))
    assert spans == [0, 3, 5, 8]


def test_styles_and_texts() -> None:
    node = root("- a\n- 'b'\n- \"\\x63\"\n- |\n  d\n- >\n  e\n  f\n")
    assert isinstance(node, Sequence)
    found = [(item.style, item.text) for item in node.items if isinstance(item, Scalar)]
    assert found == [("", "a"), ("'", "b"), ('"', "c"), ("|", "d\n"), (">", "e f\n")]


def test_tags_are_written_out() -> None:
    assert root("!!str 1\n").tag == "tag:yaml.org,2002:str"
    assert root("!foo 1\n").tag == "!foo"
    assert root("1\n").tag is None


def test_several_documents() -> None:
    tree = read("a: 1\n---\nb: 2\n---\n")
    assert len(tree.documents) == 3


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("a: 1\nb: 2\na: 3\n", ["a: 3"]),
        ("a: 1\na: 2\na: 3\n", ["a: 2\n", "a: 3"]),
        ("1: a\n'1': b\n", ["'1'"]),
        ("&x a: 1\n*x : 2\n", ["*x"]),
        ("a: {b: 1, b: 2}\n", ["b: 2"]),
        ("a: 1\n? [a]\n: 2\n? [a]\n: 3\n", []),
        ("<<: {a: 1}\n<<: {b: 1}\n", []),
    ],
)
def test_repeated_keys(text: str, again: list[str]) -> None:
    found = read(text).repeated
    assert len(found) == len(again)
    assert all(
        text.startswith(words.strip(), repeated.again.start)
        for repeated, words in zip(found, again, strict=True)
    )


def test_the_first_of_repeated_keys_is_the_field() -> None:
    node = root("a: 1\na: 2\n")
    assert isinstance(node, Mapping)
    value = node.get("a")
    assert isinstance(value, Scalar)
    assert value.text == "1"
    assert len(node.pairs) == 2
