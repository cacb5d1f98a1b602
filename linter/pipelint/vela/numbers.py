"""Whole numbers as the server's decoder (Go, yaml.v3) reads them where it wants one."""

from __future__ import annotations

import math

from pipelint.yaml.node import PLAIN, Node, Scalar
from pipelint.yaml.resolve import core, json_value


def whole_of(node: Node | None) -> int | None:
    """Return the number that a scalar gives: `1e3` is 1000, `010` is 8, `1.5` is cut to 1.

    None for all that is no number, and for what has quotes or a tag.
    """
    number = _number(node)
    return None if number is None else int(number)


def has_fraction(node: Node | None) -> bool:
    """Tell whether a part of a number is cut off where a whole one is wanted."""
    number = _number(node)
    return isinstance(number, float) and not number.is_integer()


def _number(node: Node | None) -> int | float | None:
    if not isinstance(node, Scalar) or node.style != PLAIN or node.tag or node.broken:
        return None
    if core(node.text) not in {"int", "float"}:
        return None
    number: int | float = json_value(node)
    return number if math.isfinite(number) else None
