"""Places (draft)."""

from __future__ import annotations

from pipelint.source import Source, Span
from pipelint.yaml.node import Tree


def extent(tree: Tree, source: Source, offset: int) -> Span:
    """Draft."""
    del tree
    return Span(offset, len(source.text))


class Router:
    """Draft."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def route(self, offset: int) -> str:
        """Draft."""
        return ""
