"""The comments that speak to pipelint."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelint.source import Source
from pipelint.yaml.node import PLAIN, Tree, Unreadable
from pipelint.yaml.place import Router

_COMMENT = re.compile(r"(?<![^ \t\r\n\x85\u2028\u2029\ufeff])#[^\r\n\x85\u2028\u2029]*")
_BREAK = re.compile(r"[\r\n\x85\u2028\u2029]")


class Comment(NamedTuple):
    """A comment: its place, its text with the `#`, and whether nothing else is on its line."""

    start: int
    end: int
    text: str
    own_line: bool


def comments(source: Source, tree: Tree, marker: str = "pipelint:") -> tuple[Comment, ...]:
    """Return the comments whose text holds a marker.

    `#` inside a scalar is text: in a block, in quotes, and where repair left something unreadable.
    """
    text = source.text
    at = text.find(marker)
    if at < 0:
        return ()
    router = Router(tree)
    found: list[Comment] = []
    while at >= 0:
        comment = _around(text, at, router)
        if comment is not None:
            found.append(comment)
        at = text.find(marker, comment.end if comment else at + len(marker))
    return tuple(found)


def _around(text: str, at: int, router: Router) -> Comment | None:
    """Find the comment in which a marker stands: the first on its line that is no text."""
    start = at
    while start > 0 and not _BREAK.match(text, start - 1):
        start -= 1
    ...


def _is_text(text: str, at: int, router: Router) -> bool:
    """Tell whether a `#` belongs to a scalar."""
    scalar = router.scalar(at)
    if scalar is None:
        return False
    if scalar.style in {"|", ">"}:  # on the line of the sign itself it begins a comment
        return _BREAK.search(text, scalar.start, at) is not None
    return scalar.style != PLAIN or isinstance(scalar, Unreadable)
