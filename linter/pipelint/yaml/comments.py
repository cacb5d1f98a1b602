"""Comments for pipelint."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelint.source import Source
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence, Tree

_COMMENT = re.compile(r"(?:^|(?<=[ \t\r\n]))#[^\r\n]*")


class Comment(NamedTuple):
    """A comment; `own_line` says that nothing but blanks stands before it."""

    start: int
    end: int
    text: str
    own_line: bool


def comments(source: Source, tree: Tree, marker: str = "pipelint:") -> tuple[Comment, ...]:
    """Return the comments that contain the marker, none of those that are text of a scalar."""
    text = source.text
    if marker not in text:
        return ()
    scalars = sorted((n.start, n.end) for n in _scalars(tree) if n.end > n.start)
    from bisect import bisect_right

    found = []
    for match in _COMMENT.finditer(text):
        if marker not in match.group():
            continue
        at = bisect_right(scalars, (match.start(), len(text))) - 1
        if at >= 0 and scalars[at][1] > match.start():
            continue
        line = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
        own = not text[line : match.start()].strip()
        found.append(Comment(match.start(), match.end(), match.group(), own))
    return tuple(found)


def _scalars(tree: Tree) -> list[Scalar]:
    found: list[Scalar] = []
    seen: set[int] = set()
    waiting: list[Node] = list(tree.documents)
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            found.append(node)
        elif isinstance(node, Mapping):
            for pair in node.pairs:
                waiting += pair
        elif isinstance(node, Sequence):
            waiting += node.items
    return found
