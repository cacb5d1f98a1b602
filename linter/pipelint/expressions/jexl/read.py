"""Parse a block by the grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipelint.expressions.block import Block, refuse
from pipelint.expressions.tree import Nested, Opaque
from pipelint.expressions.vocabulary import CALLABLE, WORDS
from pipelint.grammar.driver import SyntaxProblem, Tables, Token, Tree, explain
from pipelint.grammar.driver import read as drive

DEPTH_LIMIT = 60
"""A deeper tree is not looked at: brackets in brackets, or as many operators in a row."""

_STATEMENT = r"[;{]|\b(?:return|var|if|for|while)\b"


def read(block: Block) -> None:
    """Parse the text of a block, as an expression or else as statements.

    Note its tree, or why there is none.
    """
    text = block.masked
    result = drive(_tables(), text)
    if isinstance(result, Tree):
        from pipelint.expressions.jexl.build import build

        built = build(block, result)
        if isinstance(built, SyntaxProblem):
            block.refusal = refuse(block, built)
        else:
            block.tree = built
    elif re.search(_STATEMENT, text) is None or not _is_script(block, text, result):
        block.refusal = block.refusal or refuse(block, explain(_tables(), text, result))


def _is_script(block: Block, text: str, refused: int) -> bool:
    """Parse statements; `refused` is where they are no expression."""
    script = drive(_script_tables(), text)
    if not isinstance(script, Tree):
        if script >= refused:  # it came as far, and is nearer to what was meant
            block.refusal = refuse(block, explain(_script_tables(), text, script))
        return False
    if any(token.text in WORDS for token in _names(script)):
        return False
    block.is_script = True
    parts = tuple(Nested(inner, inner.start, inner.end) for inner in block.inner)
    block.tree = Opaque("script", parts, block.place(script.start), block.place(script.end))
    return True


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
def _tables() -> Tables:
    from pipelint.expressions.jexl._tables import TABLES

    return Tables(TABLES)


@lru_cache(maxsize=1)
def _script_tables() -> Tables:
    from pipelint.expressions.statements._tables import TABLES

    return Tables(TABLES)
