"""What operators there are, and where their sides stand."""

from __future__ import annotations

from pipelint.expressions.block import Block
from pipelint.expressions.tree import Index, Member, Name, Node
from pipelint.source import Span

EQUALITY = frozenset({"==", "!=", "eq", "ne"})
COMPARISON = EQUALITY | {"<", ">", "<=", ">=", "lt", "gt", "le", "ge"}
COMPARISON |= {"=~", "!~", "=^", "!^", "=$", "!$"}
ASSIGNMENT = frozenset({"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="})
LOGIC = frozenset({"&&", "||", "and", "or"})


class Place:
    """The block in which a node stands, and where that is."""

    __slots__ = ("base", "block")

    def __init__(self, block: Block, base: int) -> None:
        self.block = block
        self.base = base

    def span(self, node: Node | Member | Index) -> Span:
        """Return where a node stands in the decoded text."""
        return Span(self.base + node.start, self.base + node.end)

    def source(self, node: Node) -> str:
        """Return how a node is written in the block."""
        block = self.block
        return block.text[block.offset(node.start) : block.offset(node.end)]


def name_of(step: Name | Member) -> str:
    """Return the name that a part of a path has."""
    return step.text if isinstance(step, Name) else step.name
