"""What the names of a path stand for: the common part of all values."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pipelint.expressions.types import (
    INVALID,
    NOTHING_KNOWN,
    OBJECT,
    RESOLVED,
    UNKNOWN,
    Plain,
    Reason,
)
from pipelint.expressions.types import Value as Value  # noqa: PLC0414 - all of scope imports it here
from pipelint.name import nearest
from pipelint.record import NamedTuple
from pipelint.source import Span


class Symbol(NamedTuple):
    """Which definition of `context.symbols` a value stands for; `scope` as in `Definition`."""

    kind: str
    name: str
    scope: str = ""


class Known:
    """A value of which something is known. Those that have members override the two methods."""

    __slots__ = ("definition", "documentation", "static", "symbol", "type")
    status = RESOLVED
    reason: Reason | None = None

    def __init__(
        self,
        type_: str = OBJECT,
        documentation: str = "",
        definition: Span | None = None,
        static: str | None = None,
        symbol: Symbol | None = None,
    ) -> None:
        self.type = type_
        self.documentation = documentation
        self.definition = definition
        self.static = static
        self.symbol = symbol

    def member(self, _: str) -> Value | None:
        """Return nothing that is known."""
        return NOTHING_KNOWN

    def members(self) -> Iterable[str]:
        """Give no names."""
        return ()


class Holder:
    """A value that leads to others, and is most often only passed on the way to them."""

    __slots__ = ()
    type = OBJECT
    status = RESOLVED
    documentation = ""
    definition: Span | None = None
    static: str | None = None
    reason: Reason | None = None
    symbol: Symbol | None = None


class Missing:
    """A value that does not exist. Why not, and what was meant, is worked out if somebody asks."""

    __slots__ = ("_explain", "_reason")
    type = UNKNOWN
    status = INVALID
    documentation = ""
    definition: Span | None = None
    static: str | None = None

    def __init__(self, explain: Callable[[], Reason | None]) -> None:
        self._explain = explain
        self._reason: Reason | None = None

    @property
    def reason(self) -> Reason | None:
        """Why there is none."""
        if self._reason is None:
            self._reason = self._explain()
        return self._reason

    def member(self, _: str) -> Value | None:
        """Return nothing that is known."""
        return NOTHING_KNOWN

    def members(self) -> Iterable[str]:
        """Give no names."""
        return ()


def refused(reason: Reason) -> Value:
    """Return the value that cannot be had."""
    return Plain(status=INVALID, reason=reason)


def unknown(
    rule: str, message: str, name: str, names: Iterable[str], label: str, help_text: str = ""
) -> Value:
    """Return the value of a name that does not exist; near names are offered."""

    def explain() -> Reason:
        near = nearest(name, names)
        if not near:
            return Reason(rule, message, label, help_text)
        listed = ", ".join(f"`{one}`" for one in near)
        said = f"a similar name exists: {listed}" if len(near) == 1 else f"similar: {listed}"
        return Reason(rule, message, label, said, near[0])

    return Missing(explain)
