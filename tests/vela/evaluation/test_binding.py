"""How tightly operators bind: as in the server's parser, which climbs precedences."""

from __future__ import annotations

import pytest

from pipelint.grammar.driver import Token, Tree
from pipelint.vela.evaluation.binding import Mixture, bind
from pipelint.vela.evaluation.parsing import branches, parse

GROUPED = [
    ("a + b * c", "(a + (b * c))"),
    ("a * b + c", "((a * b) + c)"),
    ("a - b - c", "((a - b) - c)"),
    ("a ** b ** c", "(a ** (b ** c))"),
    ("a or b and c", "(a or (b and c))"),
    ("a == b && c != d", "((a == b) && (c != d))"),
    ("a in b..c + d", "(a in (b .. (c + d)))"),
    ("-a ** b", "(- (a ** b))"),
    ("-a * b", "((- a) * b)"),
    ("not a == b", "((not a) == b)"),
    ("not a * b", "(not (a * b))"),
    ("a * not b * c", "(a * (not (b * c)))"),
    ("a * not b + c", "((a * (not b)) + c)"),
    ("!!a", "(! (! a))"),
    ("a not in b and c", "((a not in b) and c)"),
    ("a + b not contains c", "((a + b) not contains c)"),
    ("a ?? b ?? c", "((a ?? b) ?? c)"),
    ("-a ?? b", "(- (a ?? b))"),
    ("c + a ?? b + d", "((c + (a ?? b)) + d)"),
    ("a + b | f() == c", "(((a + b) | f()) == c)"),
    ("not a | f() | g()", "(((not a) | f()) | g())"),
    ("a < b <= c", "((a < b) <= c)"),
    ("a and not b or c", "((a and (not b)) or c)"),
]


def _show(tree: Tree | Token, text: str) -> str:
    if isinstance(tree, Token):
        return tree.text
    if tree.name not in {"prefix", "binary", "negated", "comparison", "pipe"}:
        return text[tree.start : tree.end]
    parts = [_show(child, text) for child in tree.children]
    return f"({(' | ' if tree.name == 'pipe' else ' ').join(parts)})"


def _bind(text: str) -> Tree | Mixture:
    tree = parse(text)
    assert isinstance(tree, Tree)
    return bind(branches(tree)[0])


@pytest.mark.parametrize(("text", "grouped"), GROUPED)
def test_grouping(text: str, grouped: str) -> None:
    bound = _bind(text)
    assert isinstance(bound, Tree)
    assert _show(bound, text) == grouped


@pytest.mark.parametrize(
    ("text", "place"),
    [("a ?? b + c", 7), ("a + b ?? c * d", 11), ("a ?? not b == c", 11), ("a ?? b not in c", 7)],
)
def test_an_operator_beside_a_coalescing_one_needs_parentheses(text: str, place: int) -> None:
    bound = _bind(text)
    assert isinstance(bound, Mixture)
    assert bound.operator.start == place
