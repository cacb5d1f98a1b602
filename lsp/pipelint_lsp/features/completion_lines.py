"""What one line of a YAML text opens: dashes and a key, each with its column.

Completion reads lines, not nodes: where somebody is typing there often is no tree, and indentation
alone tells what a new line will belong to.
"""

from __future__ import annotations

import re
from typing import NamedTuple

DASH = "dash"
KEY = "key"

_START = re.compile(r"( *)((?:-(?: +|$))*)")
_KEY = re.compile(
    r"""
    "((?:[^"\\]|\\.)*)"[ \t]*:(?=\s|$)
    | '((?:[^']|'')*)'[ \t]*:(?=\s|$)
    | ([^\s\#'"\[\]{},&*!|>%@`?:-][^\#\n]*? | -[^\s\#][^\#\n]*?):(?=\s|$)
    """,
    re.VERBOSE,
)
_PROPERTIES = re.compile(r"(?:[&!][^\s]*(?:[ \t]+|$))+")
_HEADER = re.compile(r"[|>][0-9+-]{0,2}[ \t]*(?:#.*)?$")
_LONGEST = 2_000
"""A longer line opens nothing that a person would complete below."""


_DEEPEST = 60
"""Lists right in lists; nobody writes more of them."""


class Entry(NamedTuple):
    """A dash or a key. `value` is what stands behind it on its line, without a comment.

    `column` and `value_at` are 0-based columns in code points.
    """

    column: int
    kind: str
    name: str
    value: str
    value_at: int

    @property
    def opens_text(self) -> bool:
        """Whether a text block follows."""
        return bool(_HEADER.match(self.value))

    @property
    def is_empty(self) -> bool:
        """Whether the value is still to come, or stands below."""
        return not self.value


def entries(line: str) -> list[Entry]:
    """Return what a line opens, from left to right; nothing for a comment or an empty line."""
    start = _START.match(line)
    if start is None or len(line) > _LONGEST or start[2].count("-") > _DEEPEST:
        return []
    at = start.end()
    body = line[at:]
    dashes = [column for column in range(start.end(1), at) if line[column] == "-"]
    if not dashes and (not body or body.startswith(("#", "---", "...", "%"))):
        return []
    key = _KEY.match(body)
    value, value_at = _value(line, at + (key.end() if key else 0))
    # A dash with another one or a key behind it is not empty, but what it has stands there.
    found = [Entry(column, DASH, "", "-", value_at) for column in dashes]
    if dashes and not key:
        found[-1] = Entry(dashes[-1], DASH, "", value, value_at)
    if key is not None:
        found.append(Entry(at, KEY, _name(key), value, value_at))
    return found


def _name(key: re.Match[str]) -> str:
    return next((text for text in key.groups() if text is not None), "").strip()


def _value(line: str, at: int) -> tuple[str, int]:
    """Return the value that begins at a column or behind it, without anchor, tag and comment."""
    at += len(line[at:]) - len(line[at:].lstrip(" \t"))
    named = _PROPERTIES.match(line, at)
    at = named.end() if named else at
    end = comment_start(line, at)
    return line[at : len(line) if end is None else end].strip(), at


def comment_start(line: str, at: int = 0) -> int | None:
    """Return the column of the comment of a line, None where it has none."""
    if "#" not in line:
        return None
    quote = ""
    was_space = True
    while at < len(line):
        sign = line[at]
        if quote:
            if sign == "\\" and quote == '"':
                at += 1
            elif sign == quote:
                quote = ""
        elif sign in "\"'" and (was_space or line[at - 1 : at] in "[{,:"):
            quote = sign
        elif sign == "#" and was_space:
            return at
        was_space = sign in " \t"
        at += 1
    return None


def plain(value: str) -> str | None:
    """Return a value that is written on its line, without quotes; None where it is none."""
    if not value or value[0] in "[{|>*":
        return None
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
