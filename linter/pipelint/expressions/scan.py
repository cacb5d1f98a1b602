r"""Find the expressions of a text by the engine's own rules.

The engine counts `<+` and `>`. Quotes, brackets and comments mean nothing to it; only `\>` does
not count inside of an expression. An opener that nothing closes leaves all behind it literal.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelint.record import NamedTuple
from pipelint.source import Span

OPENER = "<+"

MOST = 2_000
"""So many expressions of one text are looked at: nobody wrote more."""

_MARK = r"<\+|\\>|>"


class Found(NamedTuple):
    """The outermost expressions of a text, delimiters included, and the opener without an end."""

    spans: tuple[Span, ...]
    unclosed: int | None


NOTHING = Found((), None)


def find_expressions(text: str) -> Found:
    """Find the outermost expressions of a decoded text; offsets are 0-based, in code points."""
    start = text.find(OPENER)
    if start < 0:
        return NOTHING
    spans: list[Span] = []
    while start >= 0:
        end = _close(text, start + 2)
        if end is None:
            return Found(tuple(spans), start)
        spans.append(Span(start, end))
        start = text.find(OPENER, end) if len(spans) < MOST else -1
    return Found(tuple(spans), None)


def is_single(text: str) -> bool:
    """Tell whether a text is one expression and nothing else, so that a value keeps its type."""
    return text.startswith(OPENER) and _close(text, 2) == len(text)


def _close(text: str, start: int) -> int | None:
    """Return the offset behind the `>` that ends what was opened before `start`."""
    end = text.find(">", start)
    if end < 0 or (text[end - 1] != "\\" and text.find(OPENER, start, end) < 0):
        return end + 1 if end >= 0 else None  # nothing in it that counts
    depth = 0
    for mark in _mark().finditer(text, start):
        if mark[0] == OPENER:
            depth += 1
        elif mark[0] == ">":
            if depth == 0:
                return mark.end()
            depth -= 1
    return None


@lru_cache(maxsize=1)
def _mark() -> re.Pattern[str]:
    return re.compile(_MARK)
