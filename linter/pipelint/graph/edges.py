"""The arrows of a picture: what comes next, and what is needed, rings among it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipelint.graph.value import IN_SEQUENCE, NEED, SECTION, THEN, Edge, Node
from pipelint.ring import components


def next_ones(root: Node) -> Iterator[Edge]:
    """Give an edge from each node of a sequence to the one behind it; sections stand aside."""
    for node in root.walk():
        if node.flow == IN_SEQUENCE:
            row = [child.key for child in node.children if child.kind != SECTION]
            for source, target in pairwise(row):
                yield Edge(source, target, THEN)


def needed(needs: Mapping[str, Sequence[str]]) -> Iterator[Edge]:
    """Give the edges of needs (key of a node → the keys that it needs), each once."""
    ring_of = {key: number for number, ring in enumerate(components(needs)) for key in ring}
    for target, sources in needs.items():
        for source in dict.fromkeys(sources):
            together = source in ring_of and ring_of[source] == ring_of.get(target, -1)
            yield Edge(source, target, NEED, in_ring=together or source == target)
