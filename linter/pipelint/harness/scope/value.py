"""What the names of a path stand for: the common part of all values."""

from __future__ import annotations

from collections.abc import Iterable

from pipelint.expressions.types import INVALID, NOTHING_KNOWN, OBJECT, RESOLVED, Plain, Reason
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


def refused(reason: Reason) -> Value:
    """Return the value that cannot be had."""
    return Plain(status=INVALID, reason=reason)


def unknown(
    rule: str, message: str, name: str, names: Iterable[str], label: str, help_text: str = ""
) -> Value:
    """Return the value of a name that does not exist; near names are offered."""
    near = nearest(name, names)
    if near:
        listed = ", ".join(f"`{one}`" for one in near)
        help_text = f"a similar name exists: {listed}" if len(near) == 1 else f"similar: {listed}"
    return refused(Reason(rule, message, label, help_text, near[0] if near else ""))
