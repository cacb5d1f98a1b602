r"""The values in `allowedValues(…)` and its like: apart at commas, but for `\'a,b\'`."""

from __future__ import annotations

import re

_PIECE = r"""(?s)\\'.*?\\'|\\".*?\\"|"(?:[^"\\]|\\.)*"|[^,]"""
_NUMBER = r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?"


def split_values(text: str) -> list[str]:
    """Return the values of a list, without blanks and quotes around them."""
    values: list[str] = []
    pieces = re.compile(_PIECE)
    at = start = 0
    while at < len(text):
        if text[at] == ",":
            values.append(unquote(text[start:at]))
            at = start = at + 1
            continue
        piece = pieces.match(text, at)
        at = piece.end() if piece else at + 1
    return [*values, unquote(text[start:])]


def unquote(text: str) -> str:
    """Remove blanks and one pair of quotes, escaped or not."""
    text = text.strip()
    for quote in ("\\'", '\\"', '"', "'"):
        if len(text) >= 2 * len(quote) and text.startswith(quote) and text.endswith(quote):
            return text[len(quote) : -len(quote)]
    return text


def same_value(one: str, other: str) -> bool:
    """Tell whether two values are equal; numbers are compared as numbers."""
    if one == other:
        return True
    return bool(
        re.fullmatch(_NUMBER, one) and re.fullmatch(_NUMBER, other) and float(one) == float(other)
    )
