"""What becomes of plain values where the server has no type for them: in `parameters` and `vars`.

It resolves them as YAML (Go, yaml.v3: numbers as in YAML 1.1 and 1.2, dates, but no `yes` and no
base 60), and makes text of the result again. The text may be another one then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipelint.record import NamedTuple
from pipelint.yaml.node import PLAIN, Mapping, Node, Scalar, Sequence

PARAMETER, ITEM, MEMBER, TEMPLATE = "parameter", "item", "member", "template"
"""Where a value stands: a parameter, in a list, in a map that becomes JSON, for a template."""

_INTEGER = re.compile(
    r"(?P<sign>[-+]?)(?:0[xX](?P<hex>[0-9a-fA-F]+)|0[bB](?P<bin>[01]+)|0[oO]?(?P<oct>[0-7]+)"
    r"|(?P<dec>0|[1-9][0-9]*))"
)
_BASES = {"hex": 16, "bin": 2, "oct": 8, "dec": 10}
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DATE = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})"
    r"(?:(?P<letter>[Tt ])(?P<time>[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2})(?:\.(?P<part>[0-9]{1,9}))?"
    r"(?P<zone>Z|[-+][0-9]{2}:[0-9]{2})?)?"
)
_LONGEST = 100
_SMALLEST, _LARGEST, _UNSIGNED = -(2**63), 2**63, 2**64
_EXPONENTS = {PARAMETER: (-4, 6), ITEM: (-4, 6), MEMBER: (-6, 21), TEMPLATE: (-4, 6)}
"""From which power of ten and up to which a number is written without an exponent."""


def changed(roots: Iterable[tuple[Mapping, str]]) -> Iterator[tuple[Scalar, str, str]]:
    """Give the plain values that become another text, each once, with that text.

    A root goes with the word for what gets it, `plugin` or `template`, which comes out again.
    """
    seen: set[int] = set()
    for root, what in roots:
        for scalar, where in _scalars(root, PARAMETER if what == "plugin" else TEMPLATE, seen):
            made = becomes(scalar.text, where)
            if made is not None:
                yield scalar, made, what


def _scalars(root: Mapping, where: str, seen: set[int]) -> Iterator[tuple[Scalar, str]]:
    """Give the plain values below a map, with where they stand."""
    waiting: list[tuple[Node, str]] = [(root, where)]
    while waiting:
        node, place = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            if node.style == PLAIN and not node.tag and not node.broken:
                yield node, place
        elif isinstance(node, Sequence):
            inside = ITEM if place == PARAMETER else place
            waiting += ((item, inside) for item in node.items)
        else:
            inside = place if node is root or place == TEMPLATE else MEMBER
            waiting += ((value, inside) for _, value in node.fields.values())


def becomes(text: str, where: str = PARAMETER) -> str | None:
    """Return what a plain value becomes when that is another text, else None."""
    if not 0 < len(text) <= _LONGEST or not (text[0].isdigit() or text[0] in "+-."):
        return None
    made = _date(text, where) or _number(text, where)
    if made is None or made == text or made == text.removeprefix("+"):
        return None
    return made


def _number(text: str, where: str) -> str | None:
    plain = text if text[0] == "." else text.replace("_", "")
    integer = _integer(plain)
    if integer is not None:
        return str(integer)
    special = _SPECIAL.fullmatch(plain)
    if special and where in {PARAMETER, TEMPLATE}:
        return "NaN" if special[1] is None else f"{special[1] or '+'}Inf"
    value = float(plain) if _FLOAT.fullmatch(plain) else None
    return None if value is None or value - value != 0 else _written(value, where)


def _integer(plain: str) -> int | None:
    match = _INTEGER.fullmatch(plain)
    if match is None:
        return None
    kind = next(kind for kind in _BASES if match[kind])
    value = int(match["sign"] + match[kind], _BASES[kind])
    largest = _LARGEST if match["sign"] else _UNSIGNED
    return value if _SMALLEST <= value < largest else None


def _written(value: float, where: str) -> str:
    """Write a number as Go does: the shortest digits, an exponent where it is large or small."""
    digits, exponent = _digits(abs(value))
    sign = "-" if str(value).startswith("-") else ""
    lowest, highest = _EXPONENTS[where]
    if lowest <= exponent < highest:
        return sign + _without_exponent(digits, exponent)
    mantissa = digits[0] + ("." + digits[1:] if digits[1:] else "")
    width = 1 if where == MEMBER else 2
    return f"{sign}{mantissa}e{'-' if exponent < 0 else '+'}{abs(exponent):0{width}}"


def _digits(value: float) -> tuple[str, int]:
    """Return the shortest digits of a number, and the power of ten of the first."""
    mantissa, _, exponent = f"{value!r}".partition("e")
    whole, _, part = mantissa.partition(".")
    digits = (whole + part).lstrip("0")
    power = len(whole) - 1 - (len(whole + part) - len(digits)) + int(exponent or 0)
    return digits.rstrip("0") or "0", power if digits else 0


def _without_exponent(digits: str, exponent: int) -> str:
    if exponent < 0:
        return "0." + "0" * (-exponent - 1) + digits
    whole = digits[: exponent + 1].ljust(exponent + 1, "0")
    part = digits[exponent + 1 :]
    return f"{whole}.{part}" if part else whole


class _Moment(NamedTuple):
    day: str
    clock: str
    zone: str


def _date(text: str, where: str) -> str | None:
    moment = _moment(text)
    if moment is None:
        return None
    if where == TEMPLATE:
        is_utc = moment.zone == "Z"
        return f"{moment.day} {moment.clock} +0000 UTC" if is_utc else None
    made = f"{moment.day}T{moment.clock}{moment.zone}"
    return made if where == ITEM else f'"{made}"'


def _moment(text: str) -> _Moment | None:
    """Read a date; one with `T` needs a zone, one with a blank has none."""
    match = _DATE.fullmatch(text)
    if match is None or (match["zone"] is None) != (match["letter"] in {None, " "}):
        return None
    from datetime import datetime

    day = [int(number) for number in match["date"].split("-")]
    clock = [int(number) for number in (match["time"] or "0:0:0").split(":")]
    try:
        datetime(*day, *clock)  # type: ignore[arg-type]  # noqa: DTZ001 - is there such a day
    except ValueError:
        return None
    part = (match["part"] or "").rstrip("0")
    return _Moment(
        f"{day[0]:04}-{day[1]:02}-{day[2]:02}",
        f"{clock[0]:02}:{clock[1]:02}:{clock[2]:02}" + (f".{part}" if part else ""),
        match["zone"] or "Z",
    )
