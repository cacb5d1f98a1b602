"""What keeps a Java pattern from being compiled, as far as that is certain. It is never run."""

from __future__ import annotations

import re

_PIECE = r"\\Q[\s\S]*?(?:\\E|\Z)|\\[\s\S]|\(\?|[\s\S]"
_REPEATS = frozenset("*+?")


def broken_pattern(pattern: str) -> tuple[int, str] | None:
    """Return where a pattern is broken (0-based) and why, or None."""
    openings: list[int] = []
    at = 0
    before = ""
    tokens = re.compile(_PIECE)
    while at < len(pattern):
        token = tokens.match(pattern, at)
        piece = token[0] if token else pattern[at]
        if piece == "[":
            end = _class_end(pattern, at)
            if end < 0:
                return at, "`[` is never closed"
            piece = pattern[at : end + 1]
        elif reason := _reason(pattern, at, piece, before, openings):
            return at, reason
        at += len(piece)
        before = piece
    return (openings[-1], "`(` is never closed") if openings else None


def _reason(pattern: str, at: int, piece: str, before: str, openings: list[int]) -> str:
    """Judge one piece outside of a class, and keep track of the groups."""
    if piece == "\\":
        return "a backslash ends it"
    if piece[0] == "(":
        openings.append(at)
    elif piece == ")":
        if not openings:
            return "`)` closes nothing"
        openings.pop()
    elif piece in _REPEATS and before in {"", "(", "|"}:
        return f"`{pattern[at]}` repeats nothing"
    return ""


def _class_end(pattern: str, start: int) -> int:
    """Return the offset of the `]` that closes a class, -1 for none; classes nest in Java."""
    depth, at = 0, start
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            depth += 1
        elif sign == "]" and pattern[at - 1] != "[" and pattern[at - 2 : at] != "[^":
            depth -= 1
            if depth == 0:
                return at
        at += 1
    return -1
