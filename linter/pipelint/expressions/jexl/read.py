"""Parse a block: plain paths by their shape, all else by the grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pipelint.expressions.block import INNER, INNER_MORE, Block, refuse
from pipelint.expressions.tables import LazyTables
from pipelint.expressions.tree import (
    Call,
    Chain,
    Literal,
    Member,
    Name,
    Nested,
    Node,
    Opaque,
)
from pipelint.grammar.driver import SyntaxProblem, Token, Tree, parse

DEPTH_LIMIT = 60
"""A deeper tree is not looked at: brackets in brackets, or as many operators in a row."""

WORDS = frozenset(
    (
        "and", "break", "continue", "div", "else", "empty", "eq", "false", "for", "function",
        "ge", "gt", "if", "le", "lt", "mod", "ne", "new", "not", "null", "or", "return", "size",
        "true", "var", "while", "NaN",
    )
)  # fmt: skip
"""Reserved words. None can be a name, not even behind a dot."""

CALLABLE = frozenset({"empty", "size"})
"""Reserved words that are methods too."""

_BLANK = " \t\n\r\f"
_DIGITS = "0123456789"
_STATEMENT = r"[;{]|\b(?:return|var|if|for|while)\b"


def read(block: Block) -> None:
    """Parse the text of a block and note its tree, or why there is none."""
    text = block.masked.strip(_BLANK)
    start = block.masked.find(text)
    if not text:
        return  # empty: neither a tree nor a mistake of syntax
    if text[0] == INNER and not text[1:].strip(INNER_MORE):
        inner = block.inner[0]
        block.tree = Nested(inner, inner.start, inner.end)
    elif names := _plain_path(text):
        block.tree, block.is_plain = _read_path(block, start, names), True
    elif names := _plain_call(text):
        block.tree, block.is_plain = _read_call(block, start, names, text), True
    else:
        _parse(block, block.masked)


def _plain_path(text: str) -> list[str]:
    """Cut `pipeline.stages.build` into its names; nothing for what needs the grammar."""
    names = text.split(".")
    letters = "".join(names).replace("_", "a")
    is_plain = letters.isalnum() and letters.isascii() and text[0] not in _DIGITS
    return names if is_plain and "" not in names and WORDS.isdisjoint(names) else []


def _plain_call(text: str) -> list[str]:
    """Cut the path off `secrets.getValue("token")`; nothing for what needs the grammar."""
    quote = text[-2:-1]
    if text[-1] != ")" or quote not in "\"'":
        return []
    path, _, value = text[:-2].partition("(" + quote)
    if not path or not value.isprintable() or quote in value or "\\" in value:
        return []
    names = _plain_path(path)
    return names if len(names) > 1 else []


def _read_path(block: Block, at: int, names: list[str]) -> Any:
    place = block.place
    root = Name(names[0], (), place(at), place(at + len(names[0])))
    if len(names) == 1:
        return root
    steps = []
    at += len(names[0]) + 1
    for name in names[1:]:
        end = at + len(name)
        steps.append(Member(name, False, (), place(at), place(end)))  # noqa: FBT003 - a tuple
        at = end + 1
    return Chain(root, tuple(steps), root.start, steps[-1].end)


def _read_call(block: Block, start: int, names: list[str], text: str) -> Node:
    place = block.place
    path = _read_path(block, start, names)
    open_at, end = start + len(".".join(names)), start + len(text)
    first, last = open_at + 1, end - 1
    value = Literal("string", text[first + 1 - start : -2], (), place(first), place(last))
    call = Call((value,), place(open_at), place(end))
    return Chain(path.root, (*path.steps, call), path.start, call.end)


def _parse(block: Block, text: str) -> None:
    """Parse by the grammar: as an expression, or else as statements."""
    result = parse(_tables(), text)
    if isinstance(result, Tree):
        from pipelint.expressions.jexl.build import build

        built = build(block, result)
        if isinstance(built, SyntaxProblem):
            block.refusal = refuse(block, built)
        else:
            block.tree = built
    elif re.search(_STATEMENT, text) is None:
        block.refusal = refuse(block, result)
    else:
        _parse_script(block, text, result)


def _parse_script(block: Block, text: str, refusal: SyntaxProblem) -> None:
    script = parse(_script_tables(), text)
    if isinstance(script, SyntaxProblem):  # the one that came farther is nearer to what was meant
        block.refusal = refuse(block, max(script, refusal, key=lambda problem: problem.start))
    elif any(token.text in WORDS for token in _names(script)):
        block.refusal = refuse(block, refusal)
    else:
        block.is_script = True
        parts = tuple(Nested(inner, inner.start, inner.end) for inner in block.inner)
        block.tree = Opaque("script", parts, block.place(script.start), block.place(script.end))


def _names(tree: Tree) -> Iterator[Token]:
    """Give the names in a script; its methods `size()` and `empty()` are none."""
    waiting: list[Tree | Token] = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Tree):
            waiting += one.children
        elif one.kind in {"NAME", "SEGMENT"} and one.text not in CALLABLE:
            yield one


@lru_cache(maxsize=1)
def _tables() -> LazyTables:
    from pipelint.expressions.jexl._tables import TABLES

    return LazyTables(TABLES)


@lru_cache(maxsize=1)
def _script_tables() -> LazyTables:
    from pipelint.expressions.statements._tables import TABLES

    return LazyTables(TABLES)
