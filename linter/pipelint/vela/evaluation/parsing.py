"""From text to tree. The tables are read when the first expression is met."""

from __future__ import annotations

from functools import lru_cache

from pipelint.grammar.driver import SyntaxProblem, Tables, Token, Tree
from pipelint.grammar.driver import parse as drive

Node = Tree | Token


@lru_cache(maxsize=128)
def parse(text: str) -> Tree | SyntaxProblem:
    """Parse an expression; the tree is that of `grammar.lark`, with offsets into the text."""
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


def literal(tree: Tree) -> str | None:
    """Return what stands between the quotes of a string without escapes; None for all else."""
    if tree.name != "string":
        return None
    written = word(tree)
    body, quote = written[1:-1], written[0]
    if quote == "`":
        return body.replace("``", "`")
    return None if "\\" in body else body
