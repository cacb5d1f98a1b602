"""`matrix` and `repeat`: what a loop around a place gives to each of its runs."""

from __future__ import annotations

from collections.abc import Iterable

from pipelint.expressions.types import MAP, NOTHING_KNOWN, UNKNOWN, Reason
from pipelint.harness.build import NOT_AXES
from pipelint.harness.model import Unit
from pipelint.harness.scope.facts import fact, node
from pipelint.harness.scope.value import Known, Symbol, Value, refused, unknown
from pipelint.harness.scope.world import may_loop
from pipelint.yaml.node import MERGE, Scalar

AXIS = "axis"
"""The kind of the symbol of an axis of a matrix."""


class Axes(Known):
    """The axes of the matrices around a place."""

    __slots__ = ("_by_name", "_is_open")

    def __init__(self, units: Iterable[Unit], *, is_open: bool) -> None:
        super().__init__(MAP, "The values of this run of the matrix, by axis.")
        self._by_name: dict[str, tuple[Scalar, Unit]] = {}
        self._is_open = is_open
        for unit in units:
            for name, (key, _) in unit.looping.axes.items() if unit.looping else ():
                self._by_name.setdefault(name, (key, unit))

    def member(self, name: str) -> Value | None:
        """Return an axis."""
        found = self._by_name.get(name)
        if found is not None:
            key, unit = found
            symbol = Symbol(AXIS, name, unit.id)
            return Known(UNKNOWN, "An axis of the matrix.", key.span, None, symbol)
        if name in NOT_AXES and self._by_name:
            message = f"`{name}` is a setting of the matrix, no axis"
            return refused(Reason("unknown-axis", message, "cannot be read"))
        if self._is_open:
            return NOTHING_KNOWN
        message = f"the matrix has no axis `{name}`"
        return unknown("unknown-axis", message, name, self._by_name, "no such axis")

    def members(self) -> Iterable[str]:
        """Give the names of the axes."""
        return self._by_name


def matrix(units: Iterable[Unit], *, sees_all: bool, where: str = "here") -> Value:
    """Return the axes of the loops of some units; `sees_all` where there can be no others."""
    units = list(units)
    is_open = not sees_all or any(map(_may_have_axes, units))
    if is_open or any(unit.looping is not None and unit.looping.matrix for unit in units):
        return Axes(units, is_open=is_open)
    message = f"there is no matrix {where}"
    return refused(Reason("value-outside-loop", message, "no loop gives it", _HELP["matrix"]))


def repeat(units: Iterable[Unit], *, sees_all: bool, where: str = "here") -> Value:
    """Return the item of the loops of some units."""
    units = list(units)
    is_open = not sees_all or any(map(_may_repeat, units))
    if is_open or any(unit.looping is not None and unit.looping.repeat for unit in units):
        return fact(node("loop")["repeat"])
    message = f"nothing is repeated {where}"
    return refused(Reason("value-outside-loop", message, "no loop gives it", _HELP["repeat"]))


_HELP = {
    "matrix": "`matrix` is known in what has `strategy: {matrix: …}`, and below",
    "repeat": "`repeat` is known in what has `strategy: {repeat: …}`, and below",
}


def _may_have_axes(unit: Unit) -> bool:
    """Tell whether a unit may give axes that the document does not show."""
    looping = unit.looping
    if looping is None:
        return may_loop(unit)
    if looping.node.broken or MERGE in looping.node.fields:
        return True
    mapping = looping.matrix
    if mapping is None:
        return "matrix" in looping.node.fields
    return mapping.broken or MERGE in mapping.fields


def _may_repeat(unit: Unit) -> bool:
    looping = unit.looping
    if looping is None:
        return may_loop(unit)
    fields = looping.node.fields
    return looping.node.broken or MERGE in fields or ("repeat" in fields and not looping.repeat)
