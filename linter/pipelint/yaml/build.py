"""Events into nodes: one loop, no recursion, bounded depth."""

from __future__ import annotations

import re
from typing import Any

from pipelint.source import Span
from pipelint.yaml.events import GetEvent, event
from pipelint.yaml.node import (
    MERGE,
    PLAIN,
    Alias,
    Anchor,
    Mapping,
    Node,
    Problem,
    Repeated,
    Scalar,
    Sequence,
    Tree,
    Unreadable,
)

DEPTH_LIMIT = 200
"""Deeper text is refused: libyaml needs quadratic time for it, and nobody writes it."""

_SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)*")
_PROPERTY = re.compile(r"&[^\s,\[\]{}]+|!<[^>\s]*>|![^\s,\[\]{}]*")

_Children = list[Node]


class _Open:
    """The collections that are open, outermost first, each with the children read so far."""

    __slots__ = ("anchors", "children", "nodes")

    def __init__(self) -> None:
        self.nodes: list[Mapping | Sequence] = []
        self.children: list[_Children] = []
        self.anchors: dict[str, Node] = {}


def build(get: GetEvent, text: str, tree: Tree) -> None:
    """Read all events into `tree`.

    Raises YAMLError where the text is no YAML. What was read before is in the tree then; the
    collections that were open are marked broken.
    """
    opened = _Open()
    try:
        _read(get, text, tree, opened)
    finally:
        while opened.nodes:
            node = opened.nodes.pop()
            node.broken = True
            _close(node, opened.children.pop(), tree)


def _read(get: GetEvent, text: str, tree: Tree, opened: _Open) -> None:
    scalar, alias = event.ScalarEvent, event.AliasEvent
    starts = {event.MappingStartEvent: Mapping, event.SequenceStartEvent: Sequence}
    ends = {event.MappingEndEvent, event.SequenceEndEvent}
    nodes, children = opened.nodes, opened.children
    here: _Children = tree.documents
    while (e := get()) is not None:
        kind = type(e)
        if kind is scalar:
            here.append(_scalar(e, text, tree, opened))
        elif kind in starts:
            made = starts[kind](_start(e, text), e.tag, e.anchor, flow=bool(e.flow_style))
            here.append(made)
            if e.anchor:
                _bind(made, e, tree, opened)
            nodes.append(made)
            here = []
            children.append(here)
            if len(nodes) > DEPTH_LIMIT:
                tree.problems.append(_too_deep(made))
                return
        elif kind in ends:
            closed = nodes.pop()
            if closed.flow:
                closed.end = e.end_mark.index
            _close(closed, children.pop(), tree)
            here = children[-1] if children else tree.documents
        elif kind is alias:
            here.append(_alias(e, tree, opened))


def _scalar(e: Any, text: str, tree: Tree, opened: _Open) -> Scalar:
    start, end, style = e.start_mark.index, e.end_mark.index, e.style or PLAIN
    if e.anchor is None and e.tag is None:
        if style == "|" or style == ">":  # noqa: PLR1714 - the hot loop
            end = start + len(text[start:end].rstrip())
        return Scalar(start, end, e.value, style, None, None)
    start = min(_start(e, text), end)
    end = max(start, start + len(text[start:end].rstrip()))
    node = Scalar(start, end, e.value, style, e.tag, e.anchor)
    if e.anchor:
        _bind(node, e, tree, opened)
    return node


def _start(e: Any, text: str) -> int:
    """Find where the content begins: a node's mark stands before its anchor and tag."""
    at: int = e.start_mark.index
    if e.anchor is None and e.tag is None:
        return at
    while found := _PROPERTY.match(text, at):
        at = _SPACE.match(text, found.end()).end()  # type: ignore[union-attr] - matches nothing, too
    return at


def _bind(node: Node, e: Any, tree: Tree, opened: _Open) -> None:
    name = e.anchor
    # After `&name` a tag may stand, or before it: the sign is looked for, not computed.
    at = e.start_mark.index
    span = Span(at, at + 1 + len(name)) if not e.tag else Span(node.start, node.end)
    tree.anchors.append(Anchor(name, span, node))
    opened.anchors[name] = node


def _alias(e: Any, tree: Tree, opened: _Open) -> Node:
    name, span = e.anchor, Span(e.start_mark.index, e.end_mark.index)
    target = opened.anchors.get(name)
    inside = target is not None and any(target is node for node in opened.nodes)
    tree.aliases.append(Alias(name, span, target))
    if inside:
        tree.problems.append(
            Problem(span, f"`*{name}` stands inside the value of its own anchor", "refers to itself")
        )
    if target is None or inside:
        return Unreadable(span.start, span.end, "", PLAIN, None, None)
    return target


def _close(node: Mapping | Sequence, children: _Children, tree: Tree) -> None:
    if children and not node.flow:
        node.end = max(children[-1].end, node.start)
    if type(node) is Sequence:
        node.items = children
        return
    assert type(node) is Mapping  # noqa: S101
    _fill(node, children, tree)


def _fill(node: Mapping, children: _Children, tree: Tree) -> None:
    fields = node.fields
    keys, values = children[::2], children[1::2]
    node.pairs = list(zip(keys, values, strict=False))  # a broken mapping may end with a key
    merges = False
    for pair in node.pairs:
        key = pair[0]
        if not isinstance(key, Scalar):
            continue
        name = key.text
        if name == MERGE and key.style == PLAIN:
            merges = True
            fields.setdefault(name, pair)  # type: ignore[arg-type]
        elif name in fields:
            tree.repeated.append(Repeated(node, fields[name][0], key))
        else:
            fields[name] = pair  # type: ignore[assignment]
    if merges:
        tree.merging.append(node)


def _too_deep(node: Node) -> Problem:
    return Problem(
        Span(node.start, node.start + 1),
        f"the text is nested more than {DEPTH_LIMIT} levels deep",
        "too deep",
        "pipelint does not read on from here",
    )
