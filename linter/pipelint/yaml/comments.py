"""The comments that speak to pipelint."""

from __future__ import annotations

import re

from pipelint.record import NamedTuple
from pipelint.source import Source
from pipelint.yaml.node import PLAIN, Scalar, Tree, Unreadable
from pipelint.yaml.place import Router

_SIGN = re.compile(r"(?<![^ \t\r\n\x85\u2028\u2029])#")
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
    if marker not in text:
        return ()
    router = Router(tree)
    found: list[Comment] = []
    # Every position only moves forward: long lines with many signs stay linear.
    marked, end, at = text.find(marker), -1, 0
    while marked >= 0 and (sign := _SIGN.search(text, at)):
        start = sign.start()
        end = end if start < end else _end_of_line(text, start)
        marked = marked if marked > start else text.find(marker, start)
        scalar = _text_around(text, start, router)
        if scalar is not None:
            at = scalar.end
            continue
        if start < marked < end:
            found.append(Comment(start, end, text[start:end], _is_alone(text, start)))
        at = end
    return tuple(found)


def _end_of_line(text: str, at: int) -> int:
    found = _BREAK.search(text, at)
    return found.start() if found else len(text)


def _is_alone(text: str, start: int) -> bool:
    """Tell whether only blanks stand before a comment on its line."""
    while start > 0 and text[start - 1] in " \t":
        start -= 1
    return start == 0 or _BREAK.match(text, start - 1) is not None


def _text_around(text: str, at: int, router: Router) -> Scalar | None:
    """Return the scalar to which a `#` belongs as text, None where it begins a comment."""
    scalar = router.scalar(at)
    if scalar is None:
        return None
    if scalar.style in {"|", ">"}:  # on the line of the sign itself it begins a comment
        is_text = _BREAK.search(text, scalar.start, at) is not None
    else:
        is_text = scalar.style != PLAIN or isinstance(scalar, Unreadable)
    return scalar if is_text else None
