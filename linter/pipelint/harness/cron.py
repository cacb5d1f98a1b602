"""Cron expressions of triggers: `UNIX` with five fields, `QUARTZ` with six or seven.

What only some readers of such expressions take (ranges that go backwards, nicknames such as
`@daily`) is let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipelint.record import NamedTuple

UNIX = "UNIX"
QUARTZ = "QUARTZ"

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_LONGEST = 300


class Part(NamedTuple):
    """A kind of field: what it is called, its limits, the names of its values, its own signs."""

    name: str
    least: int
    most: int
    names: tuple[str, ...] = ()
    signs: str = ""


class Fault(NamedTuple):
    """What is wrong; the place is 0-based in the expression, half-open."""

    start: int
    end: int
    message: str


class Cron(NamedTuple):
    """An expression that can be read: its values of seconds, minutes and hours."""

    seconds: frozenset[int]
    minutes: frozenset[int]
    hours: frozenset[int]


_MINUTE = Part("minute", 0, 59)
_HOUR = Part("hour", 0, 23)
_MONTH = Part("month", 1, 12, _MONTHS)
_FIELDS = {
    UNIX: (_MINUTE, _HOUR, Part("day of month", 1, 31), _MONTH, Part("day of week", 0, 7, _DAYS)),
    QUARTZ: (
        Part("second", 0, 59),
        _MINUTE,
        _HOUR,
        Part("day of month", 1, 31, (), "?LW"),
        _MONTH,
        Part("day of week", 1, 7, _DAYS, "?L#"),
        Part("year", 1970, 2099),
    ),
}
_LEAST = {UNIX: 5, QUARTZ: 6}
_COUNT = {UNIX: "5 fields", QUARTZ: "6 or 7 fields"}
_WORD = re.compile(r"\S+")
_SPECIAL = re.compile(r"\?|L(-\d{1,2})?|LW|W|\d{1,2}W|\d?L|[A-Z]{3}L|([1-7]|[A-Z]{3})#[1-5]")


def read(expression: str, dialect: str) -> Cron | Fault | None:
    """Read an expression of a dialect; None where nothing can be said about it."""
    words = list(_WORD.finditer(expression[:_LONGEST]))
    if len(expression) > _LONGEST or not words or words[0][0].startswith("@"):
        return None
    parts = _FIELDS[dialect]
    if not _LEAST[dialect] <= len(words) <= len(parts):
        message = f"a {dialect} expression has {_COUNT[dialect]}, not {len(words)}"
        return Fault(words[0].start(), words[-1].end(), message)
    fields: list[frozenset[int]] = []
    for part, word in zip(parts, words, strict=False):
        message = _fault(word[0], part)
        if message:
            return Fault(word.start(), word.end(), message)
        fields.append(frozenset(_values(word[0].upper(), part)))
    if dialect == UNIX:
        return Cron(frozenset({0}), fields[0], fields[1])
    return Cron(fields[0], fields[1], fields[2])


def shortest_gap(cron: Cron) -> int:
    """Return the minutes between two runs that follow each other fastest; 60 for an hour or more.

    Runs within the same minute count as no minutes.
    """
    if len(cron.seconds) > 1:
        return 0
    minutes = sorted(cron.minutes)
    gaps = [after - before for before, after in pairwise(minutes)]
    if minutes and any((hour + 1) % 24 in cron.hours for hour in cron.hours):
        gaps.append(minutes[0] + 60 - minutes[-1])
    return min(gaps, default=60)


def _fault(field: str, part: Part) -> str:
    """Say what is wrong with a field, or nothing."""
    for item in field.split(","):
        base, slash, step = item.partition("/")
        if (
            part.signs
            and _SPECIAL.fullmatch(item.upper())
            and any(sign in item.upper() for sign in part.signs)
        ):
            continue
        for value in [] if base == "*" else base.split("-", 1):
            message = _wrong_value(value, part)
            if message:
                return message
        if slash and not (step.isascii() and step.isdigit() and 0 < int(step) <= part.most):
            return f"the {part.name} cannot go in steps of `{step}`"
    return ""


def _wrong_value(value: str, part: Part) -> str:
    if value.upper() in part.names:
        return ""
    if not (value.isascii() and value.isdigit()):
        return f"`{value}` is no {part.name}" if value else f"the {part.name} is incomplete"
    if not part.least <= int(value) <= part.most:
        return f"the {part.name} is {part.least} to {part.most}, not `{value}`"
    return ""


def _values(field: str, part: Part) -> Iterator[int]:
    """Give the values of a field of numbers; names and signs of days do not matter here."""
    for item in field.split(","):
        base, slash, step = item.partition("/")
        first, dash, last = base.partition("-")
        if base == "*":
            first, last = str(part.least), str(part.most)
        elif slash and not dash:
            last = str(part.most)
        else:
            last = last or first
        if first.isdigit() and last.isdigit():
            yield from range(int(first), int(last) + 1, int(step) if slash else 1)
