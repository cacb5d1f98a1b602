"""From offsets in decoded text to places in the file, and back to how a text is written there."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipelint.source import Span
from pipelint.yaml.node import Scalar
from pipelint.yaml.written import place

Place = Callable[[Span], Span]

_ESCAPE = r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|[\s\S])"
_UNSAFE = r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]'


def locate(scalar: Scalar, text: str) -> tuple[Place, bool]:
    """Return a function that finds where a range of `scalar.text` is written in the file `text`.

    Also tell whether it is exact: where the way back cannot be told, it gives the whole scalar, and
    nothing may be changed there.
    """
    find = place(scalar, text)
    whole = Span(scalar.start, scalar.end)
    is_exact = len(scalar.text) < 2 or find(0, 1) != whole  # noqa: PLR2004 - one is the whole
    if scalar.style not in {"'", '"'} or not is_exact:
        return lambda span: find(*span), is_exact

    def exactly(span: Span) -> Span:
        start, end = find(*span)
        if span.end > span.start:
            end = max(end, _end_of_character(text, find(span.end - 1, span.end).start, scalar))
        return Span(start, end)

    return exactly, True


def _end_of_character(text: str, at: int, scalar: Scalar) -> int:
    r"""Return where the character ends that begins at an offset: `\"` and `''` are one."""
    if scalar.style == "'":
        return at + 2 if text.startswith("''", at) and at + 2 < scalar.end else at + 1
    escape = re.compile(_ESCAPE).match(text, at)
    return escape.end() if escape else at + 1


def write(text: str, style: str) -> str:
    """Write decoded text so that it can stand inside of a scalar of a style."""
    if style == "'":
        return text.replace("'", "''")
    return re.sub(_UNSAFE, _escape, text) if style == '"' else text


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    return f"\\{sign}" if sign in '\\"' else f"\\u{ord(sign):04x}"
