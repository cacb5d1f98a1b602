"""Numbers and strings that look right but that the server cannot read."""

from __future__ import annotations

import re

from pipelint.record import NamedTuple
from pipelint.vela.evaluation.problem import SYNTAX, EvaluationProblem, quoted

_LARGEST = 2**63 - 1
_DIGITS_READ = 400  # a longer number is not judged
_BASES = {"0x": 16, "0o": 8, "0b": 2}

_ESCAPE = re.compile(r"\\.", re.DOTALL)
_KNOWN_ESCAPE = re.compile(
    r"\\(?:[abfnrtv\\]|[0-3][0-7]{2}|x[0-9a-fA-F]{2}"
    r"|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|U[0-9a-fA-F]{8})"
)
_LAST_CHARACTER = 0x10FFFF
# Eight hexadecimal digits are read as a signed number: the negative ones pass.
_FIRST_NEGATIVE = 0x80000000


_SIMPLE_ESCAPES = {
    **dict(zip("abfnrtv", "\a\b\f\n\r\t\v", strict=True)),
    **{each: each for each in "\\'\"`"},
}


class Written(NamedTuple):
    """The value of a string literal; `places[i]` is where its i-th character is written.

    The offsets are 0-based and count from the opening quote; one more is that of the closing one.
    """

    value: str
    places: list[int]


def read_string(text: str) -> Written | None:
    """Read a string literal; None where it has an escape for a code point by its number."""
    raw = text.startswith("`")
    characters: list[str] = []
    places: list[int] = []
    at, end = 1, len(text) - 1
    while at < end:
        places.append(at)
        if raw or text[at] != "\\":
            characters.append(text[at])
            at += 2 if raw and text[at] == "`" else 1
        elif (character := _SIMPLE_ESCAPES.get(text[at + 1])) is not None:
            characters.append(character)
            at += 2
        else:
            return None
    return Written("".join(characters), [*places, end])


def number_fault(text: str, start: int) -> EvaluationProblem | None:
    """Say what is wrong with a number that begins at `start`."""
    digits = text.replace("_", "").lower()
    if len(digits) > _DIGITS_READ or _is_readable(digits):
        return None
    message = f"{quoted(text)} is not a number of 64 bits"
    return EvaluationProblem(start, start + len(text), message, SYNTAX)


def _is_readable(digits: str) -> bool:
    base = _BASES.get(digits[:2])
    try:
        if base:
            return int(digits[2:], base) <= _LARGEST
        if digits.isdigit():
            return int(digits) <= _LARGEST
        return float(digits) != float("inf")
    except ValueError:
        return False


def string_fault(text: str, start: int) -> EvaluationProblem | None:
    """Say which escape of a quoted string, or of `b"…"`, the server does not know."""
    if "\\" not in text or text.startswith("`"):
        return None
    quote = text[-1]
    is_bytes = text[0] in "bB"
    end = 0
    while (escape := _ESCAPE.search(text, end)) is not None:
        known = _KNOWN_ESCAPE.match(text, escape.start())
        end = known.end() if known else escape.end()
        if escape[0][1] == quote or (known and _is_character(known[0], is_bytes)):
            continue
        where, until = start + escape.start(), start + end
        advice = "write two backslashes for a backslash, or put the string in back-ticks"
        return EvaluationProblem(
            where, until, f"{quoted(text[escape.start() : end])} is no escape", SYNTAX, advice
        )
    return None


def _is_character(escape: str, is_bytes: bool) -> bool:
    if escape[1] not in "uU":
        return True
    value = int(escape[2:].strip("{}"), 16)
    return not is_bytes and not _LAST_CHARACTER < value < _FIRST_NEGATIVE
