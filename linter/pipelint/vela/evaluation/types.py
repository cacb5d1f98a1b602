"""What an expression can be, as far as it is known before the build runs."""

from __future__ import annotations

from pipelint.record import NamedTuple


class Type(NamedTuple):
    """A type by its name in expr-lang; `element` is what an array holds."""

    name: str
    element: Type | None = None


UNKNOWN = Type("unknown")
NIL = Type("nil")
BOOL = Type("bool")
INT = Type("int")
FLOAT = Type("float")
STRING = Type("string")
MAP = Type("map")
TIME = Type("time")
DURATION = Type("duration")
FUNCTION = Type("function")

NUMBERS = frozenset({"int", "float"})

_WORDS = {
    "unknown": "an unknown value",
    "bool": "a boolean",
    "int": "a number",
    "float": "a decimal number",
    "string": "a string",
    "array": "an array",
    "map": "a map",
    "time": "a time",
    "duration": "a duration",
    "function": "a function",
}


def array(element: Type) -> Type:
    """Make the type of an array."""
    return Type("array", element)


def item(collection: Type) -> Type:
    """Return the type of what an array holds; unknown for all else."""
    return collection.element or UNKNOWN


def in_words(kind: Type) -> str:
    """Say what a value is, with its article."""
    return _WORDS.get(kind.name, kind.name)


def is_unknown(kind: Type) -> bool:
    """Tell whether nothing is known; only the name is compared, since arrays nest deeply."""
    return kind.name == "unknown"


def either(first: Type, second: Type) -> Type:
    """Return the type of a value that is one or the other."""
    if first.name == "nil":
        return second
    if second.name == "nil" or first.name == second.name != "array":
        return first
    if first.name != second.name:
        return UNKNOWN
    same = item(first).name == item(second).name != "array"
    return first if same else array(UNKNOWN)
