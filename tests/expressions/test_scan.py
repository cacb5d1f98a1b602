"""Where expressions begin and end: the engine's rules, which know no quotes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expressions.facts import cases, real_expressions, reference_scanner
from pipelint.expressions.block import Block, read_expression
from pipelint.expressions.scan import NOTHING, find_expressions, is_single


@pytest.mark.parametrize(
    ("text", "expressions", "unclosed"),
    [
        ("no expression > here < + <", [], None),
        ("<+a>", ["<+a>"], None),
        ("a <+b> c <+d> e", ["<+b>", "<+d>"], None),
        ("<+<+a> == <+b>>", ["<+<+a> == <+b>>"], None),
        ("<+a>>>", ["<+a>"], None),
        ("<+>", ["<+>"], None),
        ("<+a \\> 5>", ["<+a \\> 5>"], None),
        ('<+f("<(.*)>", x)>', ['<+f("<(.*)>'], None),  # quotes protect nothing
        ("\\<+a>", ["<+a>"], None),  # nor does a backslash before it
        ("<+a\\\\> b>", ["<+a\\\\> b>"], None),  # the last of two backslashes counts
        ("<+a> <+b", ["<+a>"], 5),
        ("<+b <+c> d", [], 0),  # all behind it is lost
        ("<+ a\n>", ["<+ a\n>"], None),
        ("< +a>", [], None),
    ],
)
def test_expressions_of_a_text(text: str, expressions: list[str], unclosed: int | None) -> None:
    found = find_expressions(text)
    assert [text[span.start : span.end] for span in found.spans] == expressions
    assert found.unclosed == unclosed


def test_a_text_without_an_opener_makes_nothing() -> None:
    assert find_expressions("echo > file") is NOTHING


@pytest.mark.parametrize(
    ("text", "single"),
    [("<+a>", True), ("<+<+a>>", True), ("<+a> ", False), ("<+a><+b>", False), ("a", False)],
)
def test_an_expression_that_is_the_whole_text_keeps_its_type(text: str, single: bool) -> None:
    assert is_single(text) is single


def test_each_level_takes_one_backslash_and_keeps_the_places() -> None:
    text = '<+<+json.select("v[?(@.n \\\\> 3)]", <+a>)>.size()>'
    block = read_expression(text)
    inner = block.inner[0]
    assert block.text == '<+json.select("v[?(@.n \\> 3)]", <+a>)>.size()'
    assert inner.text == 'json.select("v[?(@.n > 3)]", <+a>)'
    assert text[inner.place(inner.text.index(">"))] == ">"
    assert text[inner.start : inner.end] == '<+json.select("v[?(@.n \\\\> 3)]", <+a>)>'
    assert text[inner.inner[0].start : inner.inner[0].end] == "<+a>"


def same(nodes: list[Any], blocks: tuple[Block, ...], base: int) -> bool:
    """Compare with what the reference scanner found."""
    return len(nodes) == len(blocks) and all(
        (node.start - base, node.end - base, node.block) == (block.start, block.end, block.text)
        and same(node.children, block.inner, base)
        for node, block in zip(nodes, blocks, strict=True)
    )


def agree(scanner: Any, text: str) -> None:
    """Hold our scanner to the reference."""
    nodes, unclosed = scanner.scan(text)
    found = find_expressions(text)
    assert found.unclosed == unclosed
    assert [(node.start, node.end) for node in nodes] == list(found.spans)
    for node, span in zip(nodes, found.spans, strict=True):
        block = read_expression(text[span.start : span.end])
        assert same([node], (block,), span.start), text


def test_the_reference_scanner_agrees_on_all_that_is_known() -> None:
    scanner = reference_scanner()
    for text in [*(case.text for case in cases()), *real_expressions()]:
        agree(scanner, text)


@given(st.lists(st.sampled_from(["<+", ">", "\\", "\\>", "a", '"', " ", "<", "+"]), max_size=30))
def test_the_reference_scanner_agrees_on_anything(pieces: list[str]) -> None:
    agree(reference_scanner(), "".join(pieces))
