"""Pair each `${` with its `}` before anything is understood, so that one error hides no other."""

from __future__ import annotations

import re
from bisect import bisect_left

LIMIT = 10_000
"""So many `${` of one value are looked at; no pipeline that a person wrote comes near."""

# A whole run of `$` at a time keeps the search linear.
_BRACE = re.compile(r"(\$+)(?:(\{)(\w+/)?)?|\}")


class Opening:
    """A `${` of a text.

    `end` lies behind its `}`, or is the end of the text if there is none. `after` is the index of
    the first opening that is not inside, `parent` that of the one around it, or -1.
    `is_escaped` holds for `$${`, which opens inside an argument, and nowhere else.
    """

    __slots__ = ("after", "end", "is_closed", "is_escaped", "parent", "start")

    def __init__(self, start: int, parent: int, is_escaped: bool) -> None:
        self.start = start
        self.parent = parent
        self.is_escaped = is_escaped
        self.is_closed = False
        self.end = self.after = 0

    def close(self, end: int, after: int, is_closed: bool) -> None:
        """Note where it ends."""
        self.end, self.after, self.is_closed = end, after, is_closed


def find_openings(text: str) -> list[Opening]:
    """List the `${` of a text from left to right, up to the first beyond the limit.

    What is open then has its `after` beyond the limit.
    """
    openings: list[Opening] = []
    around: list[tuple[int, bool]] = []  # index; does `$$` escape in its arguments
    for match in _BRACE.finditer(text):
        if match[0] == "}":
            if around:
                openings[around.pop()[0]].close(match.end(), len(openings), is_closed=True)
        elif match[2]:
            is_escaped = len(match[1]) % 2 == 0
            if is_escaped and (not around or around[-1][1]):
                continue
            parent = around[-1][0] if around else -1
            around.append((len(openings), bool(match[3])))
            openings.append(Opening(match.end(1) - 1, parent, is_escaped))
            if len(openings) > LIMIT:
                break
    for index, _ in around:
        openings[index].close(len(text), len(openings), is_closed=False)
    return openings


def innermost(openings: list[Opening], top: int, offset: int) -> int:
    """Return the index of the innermost opening around an offset, inside that at `top`."""
    index = bisect_left(openings, offset, lo=top, key=lambda opening: opening.start) - 1
    while index > top and openings[index].is_closed and openings[index].end <= offset:
        index = openings[index].parent
    return index


def path_to(openings: list[Opening], top: int, index: int) -> list[Opening]:
    """List the openings from the one at `top` down to the one at `index`."""
    path = [openings[index]]
    while index != top:
        index = openings[index].parent
        path.append(openings[index])
    return path[::-1]
