"""The length of headlines: a long word of the user's must not push out what is said about it."""

from __future__ import annotations

LONGEST = 80
"""A headline, in code points."""

SHORTEST = 16
"""No word of the user's is cut shorter than this, in code points."""

MOST_PARTS = 20
"""With more back-ticks than we write, nobody knows whose they are."""

CUT = "…"
"""Stands where a word was cut."""


def fit(headline: str) -> str:
    """Cut the words in back-ticks, the longest first, until the headline is short enough.

    What stands outside of back-ticks is ours, and stays.
    """
    if len(headline) <= LONGEST:
        return headline
    parts = headline.split("`")
    if len(parts) > MOST_PARTS:
        return headline[: LONGEST - 1] + CUT
    quoted = range(1, len(parts) - 1, 2)
    for at in quoted:
        parts[at] = parts[at][: LONGEST + 1]  # more never fits, and takes long to cut bit by bit
    over = sum(map(len, parts)) + len(parts) - 1 - LONGEST
    while over > 0 and any(len(parts[at]) > SHORTEST for at in quoted):
        longest = max(quoted, key=lambda at: len(parts[at]))
        second = max((len(parts[at]) for at in quoted if at != longest), default=0)
        size = max(len(parts[longest]) - over, min(second, len(parts[longest]) - 1), SHORTEST)
        over -= len(parts[longest]) - size
        parts[longest] = parts[longest][: size - 1] + CUT
    return "`".join(parts)
