"""Limits of texts and numbers: each keyword and how it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from pipelint.schema.shape import Match, Shape
from pipelint.schema.value import NUMBERS, STRING, number

Limit: TypeAlias = tuple[str, Any]

UNSURE: Limit = ("", None)
"""A pattern that cannot be run was asked for."""


def divides(value: float, step: float) -> bool:
    """Tell whether `value` is a multiple of `step`, as the reference implementation computes it."""
    if not isinstance(step, float):
        return not value % step
    quotient = value / step
    if quotient in {float("inf"), float("-inf")}:
        from fractions import Fraction

        return not Fraction(value) % Fraction(step)
    return int(quotient) == quotient


_LENGTHS: dict[str, Callable[[int, float], bool]] = {
    "minLength": lambda size, limit: size >= limit,
    "maxLength": lambda size, limit: size <= limit,
}
_RANGES: dict[str, Callable[[float, float], bool]] = {
    "minimum": lambda value, limit: value >= limit,
    "maximum": lambda value, limit: value <= limit,
    "exclusiveMinimum": lambda value, limit: value > limit,
    "exclusiveMaximum": lambda value, limit: value < limit,
    "multipleOf": divides,
}


def broken_limit(shape: Shape, kind: str, text: str) -> Limit | None:
    """Return the first keyword, with its value, that a scalar does not keep; or UNSURE."""
    if kind == STRING:
        return _of_text(shape.texts, text, shape.match)
    if kind in NUMBERS and (shape.numbers or shape.integral):
        value = number(text)
        return None if value is None else _of_number(shape, value)
    return None


def _of_text(limits: list[Limit], text: str, match: Match) -> Limit | None:
    for word, limit in limits:
        if word == "pattern":
            found = match(limit, text)
            if not found:
                return UNSURE if found is None else (word, limit)
        elif not _LENGTHS[word](len(text), limit):
            return word, limit
    return None


def _of_number(shape: Shape, value: float) -> Limit | None:
    if shape.integral and not is_whole(value):
        return "type", "integer"
    for word, limit in shape.numbers:
        if not _RANGES[word](value, limit):
            return word, limit
    return None


def is_whole(value: float) -> bool:
    """Tell whether a number is an integer for JSON, as `1.0` is."""
    return isinstance(value, int) or value.is_integer()
