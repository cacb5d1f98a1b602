"""What aliases share: where a place inside an anchored node is used again."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from pipelint.source import Span
from pipelint.yaml.node import Node, Tree

MOST = 2
"""Aliases that are named for one place."""


class Sharing:
    """The anchored nodes of a tree that aliases use, each with the first of its aliases."""

    __slots__ = ("_holders", "_outer", "_starts", "_uses")

    def __init__(self, tree: Tree) -> None:
        self._uses = _first_uses(tree)
        used = (anchor.node for anchor in tree.anchors if id(anchor.node) in self._uses)
        self._holders = sorted(used, key=lambda node: (node.start, -node.end))
        self._starts = [node.start for node in self._holders]
        self._outer = _enclosing(self._holders)

    def uses(self, offset: int) -> list[Span]:
        """Return the first aliases, in their order, that bring in what is at an offset."""
        found: list[Span] = []
        at = bisect_right(self._starts, offset) - 1
        while at >= 0:
            node = self._holders[at]
            if offset < node.end:
                found += self._uses[id(node)]
            at = self._outer[at]
        return sorted(found)[:MOST]


@lru_cache(maxsize=1)
def sharing_of(tree: Tree) -> Sharing:
    """Return the sharing of a tree; looked at once, as several ask one after the other."""
    return Sharing(tree)


def _first_uses(tree: Tree) -> dict[int, list[Span]]:
    uses: dict[int, list[Span]] = {}
    for alias in tree.aliases:
        if alias.target is not None:
            known = uses.setdefault(id(alias.target), [])
            if len(known) < MOST:
                known.append(alias.span)
    return uses


def _enclosing(nodes: list[Node]) -> list[int]:
    """Return for each node, outer ones first, the place of the one around it; -1 without one."""
    outer: list[int] = []
    around: list[int] = []
    for at, node in enumerate(nodes):
        while around and nodes[around[-1]].end <= node.start:
            around.pop()
        outer.append(around[-1] if around else -1)
        around.append(at)
    return outer
