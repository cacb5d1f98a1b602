"""What can be folded, and what to select next: both follow the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelint.source import Source, Span
from pipelint.yaml.node import Mapping, Node, Scalar, Tree
from pipelint.yaml.place import Router
from pipelint_lsp.snapshot import Snapshot

REGION, COMMENT = "region", "comment"
_COMMENTS = re.compile(r"(?:^[ \t]*#[^\r\n]*(?:\r\n|\r|\n|\Z)){2,}", re.MULTILINE)


class Fold(NamedTuple):
    """Lines to fold, 0-based, the last one included."""

    start: int
    end: int
    kind: str


def folds(snapshot: Snapshot) -> list[Fold]:
    """Return what goes over several lines: one fold for each first line, the longest."""
    if snapshot.document is None:
        return []
    source = snapshot.source
    longest: dict[int, Fold] = {}
    for start, end, kind in (*_pairs(snapshot.document.tree), *_comments(source)):
        first, last = source.position(start).line - 1, _last_line(source, start, end)
        if last > first and (first not in longest or longest[first].end < last):
            longest[first] = Fold(first, last, kind)
    return [longest[line] for line in sorted(longest)]


def _last_line(source: Source, start: int, end: int) -> int:
    """Return the last line with anything on it: a block scalar ends behind its line end."""
    text = source.text
    while end > start and text[end - 1].isspace():
        end -= 1
    return source.position(max(start, end - 1)).line - 1


def _pairs(tree: Tree) -> Iterator[tuple[int, int, str]]:
    """Give each pair and each item with its place; what aliases bring in is written elsewhere."""
    seen: set[int] = set()
    waiting: list[Node] = list(tree.documents)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar) or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Mapping):
            for key, value in node.pairs:
                if value.start >= key.end:
                    yield key.start, value.end, REGION
                    waiting.append(value)
        else:
            for item in node.items:
                yield item.start, item.end, REGION
                waiting.append(item)


def _comments(source: Source) -> Iterator[tuple[int, int, str]]:
    for match in _COMMENTS.finditer(source.text):
        yield match.start(), match.end(), COMMENT


def selections(snapshot: Snapshot, offset: int) -> list[Span]:
    """Return what to select around an offset, from the inside out, each wider than the last."""
    size = len(snapshot.source.text)
    spans = [Span(offset, offset)]
    if snapshot.document is not None:
        spans += _around(snapshot.document.tree, offset)
    spans.append(Span(0, size))
    return _growing(spans)


def _around(tree: Tree, offset: int) -> Iterator[Span]:
    router = Router(tree)
    scalar = router.scalar(offset)
    if scalar is not None:
        yield scalar.span
    for container, at in reversed(router.path(offset)):
        if isinstance(container, Mapping):
            field = container.fields.get(str(at))
            if field is not None and field[1].start >= field[0].end:
                yield Span(field[0].start, field[1].end)
        elif isinstance(at, int) and at < len(container.items):
            yield container.items[at].span
        yield container.span


def _growing(spans: list[Span]) -> list[Span]:
    kept = [spans[0]]
    for span in spans[1:]:
        last = kept[-1]
        if span != last and span.start <= last.start and span.end >= last.end:
            kept.append(span)
    return kept
