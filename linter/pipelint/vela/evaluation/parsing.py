"""From text to tree. The tables are read when the first expression is met."""

from __future__ import annotations

from functools import lru_cache

from pipelint.grammar.driver import SyntaxProblem, Tables, Token, Tree
from pipelint.grammar.driver import parse as drive

Node = Tree | Token


_LONGEST = 100_000
_REMEMBERED = 1_000


def parse(text: str) -> Tree | SyntaxProblem | None:
    """Parse an expression; the tree is that of `grammar.lark`, with offsets into the text.

    A text of more than 100 000 code points is not read: None.
    """
    if len(text) > _LONGEST:
        return None
    return _remember(text) if len(text) <= _REMEMBERED else drive(_tables(), text)


@lru_cache(maxsize=128)
def _remember(text: str) -> Tree | SyntaxProblem:
    return drive(_tables(), text)


@lru_cache(maxsize=1)
def _tables() -> Tables:
    from pipelint.vela.evaluation._tables import TABLES

    return Tables(TABLES)


def branches(tree: Tree) -> list[Tree]:
    """Return the children that are trees: what is left without the tokens."""
    return [child for child in tree.children if isinstance(child, Tree)]


def word(tree: Tree) -> str:
    """Return the text of the first token of a tree: a name, a literal, an operator."""
    return next((child.text for child in tree.children if isinstance(child, Token)), "")
