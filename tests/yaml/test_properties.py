"""Whatever the text: no exception, every place inside it, words for people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelint.source import Source, UndecodableError, decode
from pipelint.yaml import merge, parse
from pipelint.yaml.build import children_of
from pipelint.yaml.comments import comments
from pipelint.yaml.node import Mapping, Scalar, Tree
from pipelint.yaml.place import Router
from pipelint.yaml.resolve import core, json_value
from trees import nodes

PIECES = [
    *("a", "b: ", "- ", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", ": ", ":", '"', "'", "[", "]"),
    *("{", "}", ",", "&x ", "*x", "*", "&", "!", "!!str ", "!x!", "|", ">", "|\n", ">-\n", "\t"),
    *("#", " # c", "\r\n", "\r", "\x85", "\u2028", "\ufeff", "😀", "é", "\0", "\x07", "\ud800"),
    *("%", "@", "`", "---\n", "...\n", "? ", "<<: ", "key: v", "\nkey: v", "\n  key: v", "{{ x }}"),
    *("{{", "}}", "\\", "\\d", "\\x1", "~", "- - ", "  ", "x:y", "::", "[a:b]", "# pipelint: x"),
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


def check(source: Source, tree: Tree) -> None:
    """Compare a tree with its text."""
    size = len(source.text)
    for node in nodes(tree):
        assert 0 <= node.start <= node.end <= size
        if isinstance(node, Mapping):
            assert all(key.text == name for name, (key, _) in node.fields.items())
    for problem in tree.problems:
        assert 0 <= problem.span.start <= problem.span.end <= size
        assert problem.message
    for span in tree.repaired:
        assert 0 <= span.start < span.end <= size
    signs = [(each.name, each.span) for each in tree.anchors]
    signs += [(each.name, each.span) for each in tree.aliases]
    for name, span in signs:
        assert source.text[span.start + 1 : span.end] == name


@pytest.mark.parametrize("pure", [False, True])
@given(text=TEXTS)
def test_any_text(text: str, *, pure: bool) -> None:
    source = Source(text)
    tree = parse(source, pure=pure)
    check(source, tree)
    merge.apply(tree)
    router = Router(tree)
    for offset in range(0, len(source.text) + 1, 3):
        router.route(offset)
        found = router.extent(source, offset)
        assert 0 <= found.start <= found.end <= len(source.text)
    for comment in comments(source, tree):
        assert comment.text.startswith("#")
    for document in tree.documents:
        json_value(document)


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    try:
        source = Source(decode(data))
    except UndecodableError:
        return
    check(source, parse(source))


@given(TEXTS)
def test_a_text_without_problems_was_not_touched(text: str) -> None:
    tree = parse(Source(text))
    if not tree.problems:
        assert tree.repaired == []
        unknown = [alias for alias in tree.aliases if alias.target is None]
        assert bool(unknown) == any(node.broken for node in nodes(tree))


@given(TEXTS)
def test_children_lie_inside_their_collection(text: str) -> None:
    tree = parse(Source(text))
    if tree.problems or tree.aliases:
        return
    for node in nodes(tree):
        if not isinstance(node, Scalar):
            inner = children_of(node)
            assert all(node.start <= child.start <= child.end <= node.end for child in inner)
            ends = [child.end for child in inner]
            assert ends == sorted(ends)


@given(st.text(alphabet="0123456789+-._eExobnaifNAIF:TZ ~"))
def test_any_scalar_is_something(text: str) -> None:
    assert core(text) in {"null", "bool", "int", "float", "str", "timestamp", "merge"}
