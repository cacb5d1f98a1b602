"""What an operator makes of two types, and what it refuses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import product

from pipelint.record import NamedTuple
from pipelint.vela.evaluation.types import (
    BOOL,
    DURATION,
    FLOAT,
    INT,
    NUMBERS,
    STRING,
    TIME,
    UNKNOWN,
    Type,
    array,
    in_words,
    is_unknown,
    item,
)

_Results = Mapping[tuple[str, str], Type]


class _Operator(NamedTuple):
    """The pairs of types that an operator takes; `uncertain` is the result if one is unknown."""

    results: _Results
    uncertain: Type

    def apply(self, left: Type, right: Type) -> Type | None:
        if is_unknown(left) and is_unknown(right):
            return self.uncertain
        if is_unknown(left) or is_unknown(right):
            known = right.name if is_unknown(left) else left.name
            return self.uncertain if any(known in pair for pair in self.results) else None
        return self.results.get((left.name, right.name))


def _pairs(names: Collection[str], result: Type) -> _Results:
    return dict.fromkeys(product(names, names), result)


_NUMERIC = {**_pairs(NUMBERS, FLOAT), ("int", "int"): INT}
_TIMES = {("time", "duration"): TIME, ("duration", "duration"): DURATION}

_LOGIC = _Operator(_pairs(("bool",), BOOL), BOOL)
_ORDER = _Operator(
    {
        **_pairs(NUMBERS, BOOL),
        **_pairs(("string",), BOOL),
        **_pairs(("time",), BOOL),
        **_pairs(("duration",), BOOL),
    },
    BOOL,
)
_TEXT = _Operator(_pairs(("string",), BOOL), BOOL)
_DIVISION = _Operator(_pairs(NUMBERS, FLOAT), FLOAT)

_OPERATORS = {
    **dict.fromkeys(("and", "&&", "or", "||"), _LOGIC),
    **dict.fromkeys(("<", ">", "<=", ">="), _ORDER),
    **dict.fromkeys(("matches", "contains", "startsWith", "endsWith"), _TEXT),
    **dict.fromkeys(("/", "**", "^"), _DIVISION),
    "%": _Operator(_pairs(("int",), INT), INT),
    "..": _Operator(_pairs(("int",), array(INT)), array(INT)),
    "+": _Operator(
        {**_NUMERIC, ("string", "string"): STRING, **_TIMES, ("duration", "time"): TIME}, UNKNOWN
    ),
    "-": _Operator({**_NUMERIC, **_TIMES, ("time", "time"): DURATION}, UNKNOWN),
    "*": _Operator(
        {
            **_NUMERIC,
            **_pairs(("duration",), DURATION),
            **dict.fromkeys(product(NUMBERS, ("duration",)), DURATION),
            **dict.fromkeys(product(("duration",), NUMBERS), DURATION),
        },
        UNKNOWN,
    ),
}

_NEEDS = {
    **dict.fromkeys(("and", "&&", "or", "||"), "booleans"),
    **dict.fromkeys(("matches", "contains", "startsWith", "endsWith"), "strings"),
    **dict.fromkeys(("/", "**", "^"), "numbers"),
    **dict.fromkeys(("%", ".."), "whole numbers"),
}


def combine(operator: str, left: Type, right: Type) -> Type | None:
    """Return the type of `left operator right`, or None where the server refuses it."""
    if operator in {"==", "!="}:
        return BOOL if _equal(left, right) else None
    if operator == "in":
        return BOOL if _is_in(left, right) else None
    if operator == "??":
        return _first_of(left, right)
    return _OPERATORS[operator].apply(left, right)


def _equal(left: Type, right: Type) -> bool:
    names = {left.name, right.name}
    return len(names) == 1 or bool(names & {"unknown", "nil"}) or names <= NUMBERS


def _is_in(left: Type, right: Type) -> bool:
    if right.name == "array":
        return _equal(left, item(right))
    if right.name == "map":
        return left.name in {"unknown", "string"}
    return (
        is_unknown(right) or right.name == "time" or (is_unknown(left) and right.name == "string")
    )


def _first_of(left: Type, right: Type) -> Type:
    if left.name == "nil":
        return right
    same = left.name == right.name != "array"
    return left if same or right.name == "nil" else UNKNOWN


def refusal(operator: str, left: Type, right: Type) -> str:
    """Say why an operator does not take two types."""
    one, other = in_words(left), in_words(right)
    if operator in {"==", "!=", "<", ">", "<=", ">="}:
        return f"`{operator}` cannot compare {one} with {other}"
    if operator == "in":
        return f"`in` cannot look for {one} in {other}"
    if operator in _NEEDS:
        return f"`{operator}` needs two {_NEEDS[operator]}, not {one} and {other}"
    return f"`{operator}` cannot combine {one} and {other}"
