"""The functions that an expression can call: what they take and what they give."""

from __future__ import annotations

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
)


class Predicate(NamedTuple):
    """A function with a predicate, `filter(list, # > 1)`: how many arguments it takes.

    `pointers` are the named ones, as in `#index`. `is_test`: the predicate must give a boolean.
    """

    least: int
    most: int
    is_test: bool
    pointers: tuple[str, ...] = ()


class Signature(NamedTuple):
    """What a function takes: the kinds of its parameters, the first `least` of them needed.

    `result` None: it gives a value of the kind of its first argument. `repeats`: the last
    parameter may come again.
    """

    parameters: tuple[str, ...]
    result: Type | None
    least: int
    repeats: bool = False


_TEST = Predicate(2, 2, is_test=True)

PREDICATES = {
    **dict.fromkeys(("all", "none", "any", "one", "filter"), _TEST),
    **dict.fromkeys(("find", "findIndex", "findLast", "findLastIndex"), _TEST),
    "map": Predicate(2, 2, is_test=False, pointers=("index",)),
    "count": Predicate(1, 2, is_test=True),
    "sum": Predicate(1, 2, is_test=False),
    "groupBy": Predicate(2, 2, is_test=False),
    "sortBy": Predicate(2, 3, is_test=False),
    "reduce": Predicate(2, 3, is_test=False, pointers=("index", "acc")),
}

ACCEPTED = {
    "string": frozenset({"string"}),
    "number": NUMBERS,
    "whole number": frozenset({"int"}),
    "number or string": NUMBERS | {"string"},
    "array": frozenset({"array"}),
    "number or array": NUMBERS | {"array"},
    "map": frozenset({"map"}),
    "string, array or map": frozenset({"string", "array", "map"}),
}
"""The kinds of parameters, and the types that fit them. `value` is not among them: all fit it."""


def _takes(*parameters: str, gives: Type | None, least: int | None = None) -> Signature:
    return Signature(parameters, gives, len(parameters) if least is None else least)


_ANYTHING = array(UNKNOWN)

SIGNATURES = {
    "len": _takes("string, array or map", gives=INT),
    "type": _takes("value", gives=STRING),
    "abs": _takes("number", gives=None),
    **dict.fromkeys(("ceil", "floor", "round"), _takes("number", gives=FLOAT)),
    "int": _takes("number or string", gives=INT),
    "float": _takes("number or string", gives=FLOAT),
    **dict.fromkeys(("string", "toJSON"), _takes("value", gives=STRING)),
    **dict.fromkeys(
        ("trim", "trimPrefix", "trimSuffix"), _takes("string", "string", gives=STRING, least=1)
    ),
    **dict.fromkeys(("upper", "lower", "toBase64", "fromBase64"), _takes("string", gives=STRING)),
    **dict.fromkeys(
        ("split", "splitAfter"),
        _takes("string", "string", "whole number", gives=array(STRING), least=2),
    ),
    "replace": _takes("string", "string", "string", "whole number", gives=STRING, least=3),
    "repeat": _takes("string", "whole number", gives=STRING),
    "join": _takes("array", "string", gives=STRING, least=1),
    **dict.fromkeys(("indexOf", "lastIndexOf"), _takes("string", "string", gives=INT)),
    **dict.fromkeys(("hasPrefix", "hasSuffix"), _takes("string", "string", gives=BOOL)),
    "fromJSON": _takes("string", gives=UNKNOWN),
    "duration": _takes("string", gives=DURATION),
    "timezone": _takes("string", gives=UNKNOWN),
    # Both may begin with a time zone, whose type is unknown here.
    "now": _takes("time zone", gives=TIME, least=0),
    "date": _takes("value", "value", "value", "value", gives=TIME, least=1),
    **dict.fromkeys(("first", "last"), _takes("array", gives=UNKNOWN)),
    "take": _takes("array", "whole number", gives=None),
    "get": _takes("value", "value", gives=UNKNOWN),
    **dict.fromkeys(("keys", "values", "toPairs"), _takes("map", gives=_ANYTHING)),
    "fromPairs": _takes("array", gives=UNKNOWN),
    **dict.fromkeys(("reverse", "uniq", "flatten"), _takes("array", gives=_ANYTHING)),
    "concat": Signature(("array",), _ANYTHING, 1, repeats=True),
    "sort": _takes("array", "string", gives=_ANYTHING, least=1),
    **dict.fromkeys(
        ("max", "min", "mean", "median"), Signature(("number or array",), UNKNOWN, 1, repeats=True)
    ),
    **dict.fromkeys(
        ("bitand", "bitor", "bitxor", "bitnand", "bitshl", "bitshr", "bitushr"),
        _takes("whole number", "whole number", gives=INT),
    ),
    "bitnot": _takes("whole number", gives=INT),
}

NAMES = frozenset(SIGNATURES) | frozenset(PREDICATES)


def fits(given: Type, parameter: str) -> bool:
    """Tell whether a function may take a value of this type."""
    if parameter == "value" or given.name == "unknown":
        return True
    return given.name in ACCEPTED.get(parameter, ())
