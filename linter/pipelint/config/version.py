"""`required-version`: which versions of pipelint a configuration is written for."""

from __future__ import annotations

from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne

_Version = tuple[int, ...]
_OPERATORS: tuple[tuple[str, Callable[[_Version, _Version], bool]], ...] = (
    (">=", ge),
    ("<=", le),
    ("==", eq),
    ("!=", ne),
    (">", gt),
    ("<", lt),
    ("", eq),
)
_PARTS = 4
_DIGITS = 9


def satisfies(version: str, wanted: str) -> bool | None:
    """Tell whether `version` is what `wanted` asks for: `>=0.2, <1`, or a bare version.

    None where `wanted` cannot be read. Versions are up to four numbers; missing ones are 0.
    """
    verdicts = [_meets(version, part.strip()) for part in wanted.split(",")]
    if None in verdicts:
        return None
    return all(verdicts)


def _meets(version: str, condition: str) -> bool | None:
    sign, compare = next(one for one in _OPERATORS if condition.startswith(one[0]))
    have, want = numbers_of(version), numbers_of(condition[len(sign) :].strip())
    if have is None or want is None:
        return None
    return compare(have, want)


def numbers_of(version: str) -> _Version | None:
    """Return the four numbers of a version, or None where it is none."""
    parts = version.split(".")
    if len(parts) > _PARTS or not all(_is_number(part) for part in parts):
        return None
    return tuple(int(part) for part in parts) + (0,) * (_PARTS - len(parts))


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) <= _DIGITS
