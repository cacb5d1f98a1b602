"""What a repair leaves in the tree: unreadable values, broken collections, moved keys."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from pipelint.source import Span
from pipelint.yaml.build import BLANKS, children_of, fill
from pipelint.yaml.lines import Lines
from pipelint.yaml.mistake import Patch
from pipelint.yaml.node import PLAIN, Mapping, Node, Scalar, Sequence, Tree, Unreadable

_FEW = 5_000_000
"""How much tracing of places is worth its time (places times characters); else all is broken."""


_GAP = 10_000
"""How far behind an empty value a change may lie that made it empty."""


class _Scars:
    __slots__ = ("moves", "patched", "spans", "starts")

    def __init__(self, patched: str, patches: list[Patch]) -> None:
        self.patched = patched
        self.moves = {move.at: move for patch in patches for move in patch.moves}
        self.spans = _joined([patch.span for patch in patches])
        self.starts = [span.start for span in self.spans]

    def touch(self, span: Span) -> bool:
        """Tell whether a place was changed."""
        at = bisect_right(self.starts, max(span.end - 1, span.start)) - 1
        return at >= 0 and self.spans[at].end > span.start


def mark(tree: Tree, original: Lines, patched: Lines, patches: list[Patch]) -> None:
    """Mark what repair made up: values, and every collection on the way to a changed place."""
    scars = _Scars(patched.text, patches)
    tree.repaired = scars.spans
    tree.documents = [_healed(node, scars) for node in tree.documents]
    tree.anchors = [each for each in tree.anchors if not scars.touch(each.span)]
    tree.aliases = [each for each in tree.aliases if not scars.touch(each.span)]
    collections = list(_collections(tree))
    _heal(collections, scars, tree)
    if len(scars.spans) * len(original.text) > _FEW:
        for node in collections:
            node.broken = True
        return
    for span in scars.spans:
        column = original.indent(original.number(span.start))
        number = patched.number(span.start)
        if not patched.is_blank(number):
            column = max(column, patched.indent(number))
        for document in tree.documents:
            _break(document, span, column, patched)


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _collections(tree: Tree) -> Iterator[Mapping | Sequence]:
    seen: set[int] = set()
    waiting = list(tree.documents)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar) or id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        waiting += children_of(node)


def _heal(nodes: list[Mapping | Sequence], scars: _Scars, tree: Tree) -> None:
    """Replace made-up scalars in collections, and name moved keys as they are written."""
    changed: dict[int, tuple[Mapping, list[Node]]] = {}
    for node in nodes:
        children = children_of(node)
        healed = [_healed(child, scars) for child in children]
        if isinstance(node, Sequence):
            node.items = healed
        elif healed != children:
            changed[id(node)] = (node, healed)
    tree.repeated = [each for each in tree.repeated if id(each.mapping) not in changed]
    merging = tree.merging
    for node, healed in changed.values():
        fill(node, healed, tree)
        if not node.flow:
            node.start = min(node.start, healed[0].start)
    tree.merging = list({id(node): node for node in merging}.values())


def _healed(node: Node, scars: _Scars) -> Node:
    """Return what stands for a node that may have been made by a patch."""
    if not isinstance(node, Scalar):
        return node
    if scars.touch(node.span):
        move = scars.moves.get(node.start)
        if move is None:
            return _unreadable(Span(node.start, node.end))
        if move.text is None:
            return _unreadable(move.span)
        return Scalar(*move.span, move.text, node.style, node.tag, node.anchor)
    return _unreadable(Span(node.start, node.end)) if _is_void(node, scars) else node


def _is_void(node: Scalar, scars: _Scars) -> bool:
    """Tell whether a patch blanked what followed an empty value, or a text block."""
    if node.style not in {"|", ">"} and (node.text or node.style != PLAIN):
        return False
    following = bisect_right(scars.starts, max(node.end - 1, node.start))
    if following == len(scars.spans):
        return False
    gap = scars.patched[node.end : min(scars.starts[following], node.end + _GAP)]
    return not gap.strip(BLANKS)


def _unreadable(span: Span) -> Unreadable:
    return Unreadable(span.start, span.end, "", PLAIN, None, None)


def _break(root: Node, span: Span, column: int, lines: Lines) -> None:
    """Mark the collections that a change at a span may have touched.

    It may have touched those around it, and those beside it that do not begin to its right.
    """
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            continue
        node.broken = True
        start, end = node.start, node.end
        children = [child for child in children_of(node) if start <= child.start <= end]
        inside = [child for child in children if child.start < span.end and child.end > span.start]
        waiting += inside
        if not node.flow:
            before = [child for child in children if child.end <= span.start][-1:]
            behind = [child for child in children if child.start >= span.end][:1]
            waiting += [child for child in before + behind if _begins_within(child, column, lines)]


def _begins_within(node: Node, column: int, lines: Lines) -> bool:
    flow = isinstance(node, Scalar) or node.flow
    return not flow and lines.column(node.start) <= column
