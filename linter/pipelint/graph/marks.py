"""Which node a finding belongs to: the innermost one that it stands in."""

from __future__ import annotations

from collections.abc import Sequence

from pipelint.diagnostic import Diagnostic
from pipelint.graph.value import Node, Problem, change
from pipelint.source import Source


def mark(root: Node, diagnostics: Sequence[Diagnostic], source: Source) -> Node:
    """Put every finding on its node; what stands in none is the root's.

    One walk along the text: the extents of nodes lie in each other or beside each other. What an
    alias uses again is marked where it is drawn first.
    """
    if not diagnostics:
        return root
    found: dict[str, list[Problem]] = {}
    extents = _extents(root)
    inside: list[Node] = [root]
    for diagnostic in sorted(diagnostics, key=lambda one: one.finding.span):
        at = diagnostic.finding.span.start
        while extents and extents[-1].span.start <= at:
            inside.append(extents.pop())
        while len(inside) > 1 and inside[-1].span.end <= at:
            inside.pop()
        line = source.position(at).line
        problem = Problem(diagnostic.level, diagnostic.rule, diagnostic.finding.message, line)
        found.setdefault(inside[-1].key, []).append(problem)
    return change(root, lambda node: node._replace(problems=tuple(found.get(node.key, ()))))


def _extents(root: Node) -> list[Node]:
    """Return what is below the root, the first in the text last; equal places count once."""
    first: dict[tuple[int, int], Node] = {}
    for node in root.walk():
        if node is not root:
            first.setdefault((node.span.start, -node.span.end), node)
    return [first[place] for place in sorted(first, reverse=True)]
