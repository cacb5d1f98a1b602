"""Events into nodes: one loop, no recursion, bounded depth and number."""

from __future__ import annotations

import re
from itertools import repeat
from typing import Any

from pipelint.source import Span
from pipelint.yaml.events import GetEvent, event
from pipelint.yaml.node import (
    MERGE,
    PLAIN,
    Alias,
    Anchor,
    Field,
    Mapping,
    Node,
    Problem,
    Repeated,
    Scalar,
    Sequence,
    Tree,
    Unreadable,
)
from pipelint.yaml.space import skip_space

DEPTH_LIMIT = 200
"""Deeper text is refused: libyaml needs quadratic time for it, and nobody writes it."""

EVENT_LIMIT = 250_000
"""Larger text is refused; a pipeline of 50 000 lines has half as many events."""

BLANKS = " \t\r\n\x85\u2028\u2029"
"""Blanks and line breaks: YAML 1.1 breaks lines at NEL, LS and PS, too."""

_SCALAR = event.ScalarEvent
_MAPPING, _MAPPING_END = event.MappingStartEvent, event.MappingEndEvent
_SEQUENCE, _SEQUENCE_END = event.SequenceStartEvent, event.SequenceEndEvent
_PROPERTY = re.compile(r"&[0-9A-Za-z_-]+|!<[^>\s]*>|![^\s,\[\]{}]*")
_TOO_DEEP = "too deep"
_MERGE_TAG = "tag:yaml.org,2002:merge"


class _Progress:
    """The collections that are open, outermost first, each with the children read so far."""

    __slots__ = ("anchored", "anchors", "children", "heights", "nodes", "text", "tree")

    def __init__(self, text: str, tree: Tree) -> None:
        self.text = text
        self.tree = tree
        self.nodes: list[Mapping | Sequence] = []
        self.children: list[list[Node]] = []
        self.anchors: dict[str, Node] = {}
        self.anchored: set[int] = set()  # ids of the open collections that have an anchor
        self.heights: dict[int, int] = {}  # how deep closed collections with an anchor are


def build(get: GetEvent, text: str, tree: Tree) -> None:
    """Read all events into `tree`.

    Raises YAMLError where the text is no YAML. What was read before is in the tree then; the
    collections that were open are marked broken.
    """
    opened = _Progress(text, tree)
    try:
        _read(get, opened)
    finally:
        while opened.nodes:
            opened.nodes[-1].broken = True
            _close(opened)


def _read(get: GetEvent, opened: _Progress) -> None:
    nodes, children = opened.nodes, opened.children
    here: list[Node] = opened.tree.documents
    say = opened.tree.words.add
    # The frequent cases stand first; `ctag` because `tag` is a slow property.
    for _ in repeat(None, EVENT_LIMIT):
        e = get()
        kind = type(e)
        if kind is _SCALAR:
            style, anchor, text = e.style, e.anchor, e.value
            node = Scalar(e.start_mark.index, e.end_mark.index, text, style, None, anchor)
            here.append(node)
            say(text)
            if anchor or e.ctag or (style and style in "|>"):
                _settle(node, e, opened)
        elif kind is _MAPPING_END or kind is _SEQUENCE_END:
            if nodes[-1].flow:
                nodes[-1].end = e.end_mark.index
            _close(opened)
            here = children[-1] if children else opened.tree.documents
        elif kind is _MAPPING or kind is _SEQUENCE:
            make = Mapping if kind is _MAPPING else Sequence
            here = _begin(make(e.start_mark.index, None, e.anchor, e.flow_style), e, here, opened)
            if len(nodes) > DEPTH_LIMIT:
                break
        elif e is None:
            break
        else:
            _note(e, here, opened)
    if nodes:
        opened.tree.problems.append(_stopped(nodes))


def _begin(node: Mapping | Sequence, e: Any, here: list[Node], opened: _Progress) -> list[Node]:
    """Open a collection, and return where its children go."""
    here.append(node)
    inside: list[Node] = []
    opened.nodes.append(node)
    opened.children.append(inside)
    if e.anchor or e.ctag:
        _settle(node, e, opened)
    return inside


def _note(e: Any, here: list[Node], opened: _Progress) -> None:
    if type(e) is event.AliasEvent:
        here.append(_alias(e, opened))
    elif type(e) is event.DocumentStartEvent:
        opened.anchors.clear()


def _settle(node: Node, e: Any, opened: _Progress) -> None:
    """Give a node its tag and anchor, and the place of its content: marks include too much.

    A node's mark stands before its properties, that of a block scalar after the lines below it.
    """
    node.tag = e.tag
    if node.anchor or node.tag:
        node.start = _after_properties(node, opened)
        node.end = max(node.end, node.start) if not isinstance(node, Scalar) else node.end
    if isinstance(node, Scalar):
        node.start = min(node.start, node.end)
        node.end = node.start + len(opened.text[node.start : node.end].rstrip(BLANKS))


def _after_properties(node: Node, opened: _Progress) -> int:
    text, at = opened.text, node.start
    # No more than are its own: those of its first key may follow.
    for _ in range(bool(node.anchor) + bool(node.tag)):
        found = _PROPERTY.match(text, at)
        if found is None:
            break
        if node.anchor and text[at] == "&":
            opened.tree.anchors.append(Anchor(node.anchor, Span(at, found.end()), node))
            opened.anchors[node.anchor] = node
            if not isinstance(node, Scalar):
                opened.anchored.add(id(node))
        elif text[at] == "!":
            opened.tree.tagged.append((node, Span(at, found.end())))
        at = skip_space(text, found.end())
    return at


def _alias(e: Any, opened: _Progress) -> Node:
    name, span = e.anchor, Span(e.start_mark.index, e.end_mark.index)
    target = opened.anchors.get(name)
    inside = id(target) in opened.anchored
    opened.tree.aliases.append(Alias(name, span, target))
    if inside:
        opened.tree.problems.append(_endless(name, span))
    elif len(opened.nodes) + opened.heights.get(id(target), 0) > DEPTH_LIMIT:
        if not any(problem.label == _TOO_DEEP for problem in opened.tree.problems[-1:]):
            opened.tree.problems.append(_too_deep(span))
        inside = True
    if target is None or inside:
        return Unreadable(span.start, span.end, "", PLAIN, None, None)
    if isinstance(target, Scalar) and _at_key(opened):
        return Scalar(span.start, span.end, target.text, target.style, target.tag, None)
    return target


def _at_key(opened: _Progress) -> bool:
    return type(opened.nodes[-1]) is Mapping and len(opened.children[-1]) % 2 == 0


def _close(opened: _Progress) -> None:
    node, children = opened.nodes.pop(), opened.children.pop()
    if node.anchor:
        opened.anchored.discard(id(node))
        opened.heights[id(node)] = _height(children, opened.heights)
    if children and not node.flow:
        # libyaml's mark lies before the next token, often lines below; an alias ends elsewhere.
        aliases = opened.tree.aliases
        node.end = max(children[-1].end, aliases[-1].span.end) if aliases else children[-1].end
    if type(node) is Mapping:
        fill(node, children, opened.tree)
    else:
        node.items = children  # type: ignore[union-attr]


def _height(children: list[Node], heights: dict[int, int]) -> int:
    """Count the levels of a collection, aliases included: whoever walks it may recurse."""
    deepest = 1
    waiting = [(child, 1) for child in children]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, Scalar):
            continue
        known = heights.get(id(node))
        deepest = max(deepest, depth + (known or 1))
        if known is None:
            below = children_of(node)
            waiting += [(child, depth + 1) for child in below]
    return deepest


def children_of(node: Mapping | Sequence) -> list[Node]:
    """Return keys and values in turn, or the items."""
    if isinstance(node, Sequence):
        return node.items
    return [part for pair in node.pairs for part in pair]


def fill(node: Mapping, children: list[Node], tree: Tree) -> None:
    """Put keys and values, in turn, into a mapping, and note repeated and merge keys.

    Keys are compared by their text, as yaml.v3 does: `1` and `"1"` repeat.
    """
    each = iter(children)
    node.pairs = pairs = list(zip(each, each, strict=False))  # a broken one may end with a key
    try:
        node.fields = {pair[0].text: pair for pair in pairs}  # type: ignore[union-attr,misc]
    except AttributeError:  # a key that is no scalar
        tree.odd_keys.append(node)
        _fill_slowly(node, tree)
    else:
        if len(node.fields) < len(pairs) or MERGE in node.fields:
            _fill_slowly(node, tree)


def _fill_slowly(node: Mapping, tree: Tree) -> None:
    fields: dict[str, Field] = {}
    node.fields = fields
    merges = False
    for key, value in node.pairs:
        if not isinstance(key, Scalar):
            continue
        if is_merge(key):
            merges = True
            fields.setdefault(key.text, (key, value))
        elif key.text in fields:
            tree.repeated.append(Repeated(node, fields[key.text][0], key))
        else:
            fields[key.text] = (key, value)
    if merges:
        tree.merging.append(node)


def is_merge(key: Node) -> bool:
    """Tell whether a key is `<<` as yaml.v3 sees it: quoted it is a key like any other."""
    if not isinstance(key, Scalar) or key.text != MERGE:
        return False
    return key.tag == _MERGE_TAG or (key.style == PLAIN and key.tag in {None, "!"})


def _endless(name: str, span: Span) -> Problem:
    return Problem(
        span,
        f"`*{name}` stands inside the value of its own anchor",
        "refers to itself",
        f"a value cannot contain itself; move `&{name}` to a part of it",
    )


def _stopped(nodes: list[Mapping | Sequence]) -> Problem:
    if len(nodes) > DEPTH_LIMIT:
        return _too_deep(Span(nodes[-1].start, nodes[-1].start + 1))
    return Problem(
        Span(nodes[0].start, nodes[0].start + 1),
        f"the text holds more than {EVENT_LIMIT // 2} values",
        "too large",
        "pipelint reads only the beginning of it",
    )


def _too_deep(span: Span) -> Problem:
    return Problem(
        span,
        f"the text is nested more than {DEPTH_LIMIT} levels deep",
        _TOO_DEEP,
        "what lies deeper is not checked",
    )
