"""What a plain scalar is to yaml.v3, the YAML reader of Go programs, and nodes as JSON data."""

from __future__ import annotations

import math
import re
from typing import Any, Literal

from pipelint.yaml.build import is_merge
from pipelint.yaml.node import PLAIN, Node, Scalar, Sequence

Core = Literal["null", "bool", "int", "float", "str", "timestamp", "merge"]

_WORDS: dict[str, Core] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), "null"),
    **dict.fromkeys(("true", "True", "TRUE", "false", "False", "FALSE"), "bool"),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), "float"),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), "float"),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), "float"),
    "<<": "merge",
}
_NUMERIC = frozenset("0123456789+-.")
_OLD_TRUE = frozenset({"y", "Y", "yes", "Yes", "YES", "on", "On", "ON"})
_OLD_FALSE = frozenset({"n", "N", "no", "No", "NO", "off", "Off", "OFF"})

# Few scalars begin with a digit, and compiling takes as long as reading a small file.
_INT = r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))\Z"
_FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"
_DATE = (
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})"
    r"| ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?)?\Z"
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_TAG = "tag:yaml.org,2002:"
_LONGEST = 70
"""No integer that Go reads has more characters, but for zeros and underscores."""


def core(text: str) -> Core:
    """Return what a plain scalar is, as yaml.v3 resolves it.

    Only true and false are bools, `0777` and `0o777` are octal, underscores are dropped, and an
    integer that does not fit into 64 bits is a float.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC:
        return "str"
    if text[4:5] == "-" and _is_date(text):
        return "timestamp"
    return _number(text if text[0] == "." else text.replace("_", ""))


def is_yaml11_bool(text: str) -> bool:
    """Tell whether yaml.v3 takes a plain scalar for a bool where a bool is wanted: `yes`, `off`."""
    return text in _OLD_TRUE or text in _OLD_FALSE


_JSON_TYPES = {"null": "null", "bool": "boolean", "int": "integer", "float": "number"}


def json_type(scalar: Scalar) -> str:
    """Return the JSON type of a scalar without quotes."""
    return _JSON_TYPES.get(core(scalar.text), "string")


def json_value(node: Node) -> Any:
    """Return a node as JSON data; what is anchored once is made once.

    Merged keys are included, merge keys and keys that are no scalars are not.
    """
    return _value(node, {})


def _value(node: Node, made: dict[int, Any]) -> Any:
    if isinstance(node, Scalar):
        return _scalar(node)
    if id(node) in made:
        return made[id(node)]
    if isinstance(node, Sequence):
        items: list[Any] = []
        made[id(node)] = items
        items += [_value(item, made) for item in node.items]
        return items
    pairs: dict[str, Any] = {}
    made[id(node)] = pairs
    for name, (key, value) in node.fields.items():
        if not is_merge(key):
            pairs[name] = _value(value, made)
    return pairs


def _scalar(node: Scalar) -> Any:
    if node.tag and node.tag.startswith(_TAG):
        kind: str = node.tag[len(_TAG) :]
    else:
        kind = core(node.text) if node.style == PLAIN and not node.tag else "str"
    found = core(node.text)
    if kind == "null":
        return None
    if kind == "bool" and found == "bool":
        return node.text[0] in "tT"
    if kind == "int" and found == "int":
        return _integer(node.text.replace("_", ""))
    if kind == "float" and found in {"int", "float"}:
        return _float(node.text)
    return node.text


def _number(text: str) -> Core:
    if _integer(text) is not None:
        return "int"
    # Go refuses a float that is too large; it stays text.
    return "float" if re.match(_FLOAT, text) and not math.isinf(float(text)) else "str"


def _integer(text: str) -> int | None:
    """Read an integer of 64 bits, its sign bit free for numbers without a sign."""
    found = re.match(_INT, text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    sign, *digits = found.groups()
    base, number = next(
        (base, digit) for base, digit in zip((16, 2, 8, 10), digits, strict=True) if digit
    )
    value = int(number, base)
    limit = {"": 1 << 64, "+": 1 << 63, "-": (1 << 63) + 1}[sign]
    if value >= limit:
        return None
    return -value if sign == "-" else value


def _float(text: str) -> float:
    plain = text.replace("_", "")
    integer = _integer(plain)
    if integer is not None:
        return float(integer)
    return float(plain.replace(".", "") if plain[-1].isalpha() else plain)


def _is_date(text: str) -> bool:
    found = re.match(_DATE, text)
    if found is None:
        return False
    year, month, day = (int(part) for part in found.groups()[:3])
    if not (1 <= month <= len(_DAYS) and 1 <= day <= _DAYS[month - 1]):
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    times = [int(part) for part in found.groups()[3:] if part]
    return (leap or (month, day) != (2, 29)) and all(
        part < limit for part, limit in zip(times, (24, 60, 60), strict=False)
    )
