"""Looking at a node as what it should be: nothing where it is something else."""

from __future__ import annotations

from pipelint.source import Span
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence


def mapping_of(node: Node | None) -> Mapping | None:
    """Return a value when it is a mapping."""
    return node if isinstance(node, Mapping) else None


def items_of(node: Node | None) -> list[Node]:
    """Return the items of a list, none for anything else."""
    return node.items if isinstance(node, Sequence) else []


def inner(node: Scalar) -> Span:
    """Return the place of a scalar's text without its quotes, if it is written out plainly."""
    if node.style in {"'", '"'} and node.end - node.start == len(node.text) + 2:
        return Span(node.start + 1, node.end - 1)
    return Span(node.start, node.end)
