"""What is written in the document, as values; most of it is worked out when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable

from pipelint.expressions.types import NOTHING_KNOWN, RESOLVED, STRING, UNKNOWN, Reason
from pipelint.harness.scope.value import Symbol, Value
from pipelint.harness.values import Text, value_of
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Scalar
from pipelint.yaml.node import Node as Yaml


class TextValue:
    """A text of a unit or of the pipeline."""

    __slots__ = ("_name", "_node")
    type = STRING
    status = RESOLVED
    reason: Reason | None = None
    symbol: Symbol | None = None

    def __init__(self, found: Yaml | None, name: str = "") -> None:
        self._node = found
        self._name = name

    @property
    def documentation(self) -> str:
        """Which text it is."""
        return f"The {self._name}." if self._name else "What is written there."

    @property
    def definition(self) -> Span | None:
        """Where it is written."""
        return self._node.span if isinstance(self._node, Scalar) else None

    @property
    def static(self) -> str | None:
        """The text, where it is a literal."""
        value = value_of(self._node)
        return value.value if isinstance(value, Text) else None

    def member(self, _: str) -> Value | None:
        """Return nothing that is known."""
        return NOTHING_KNOWN

    def members(self) -> Iterable[str]:
        """Give no names."""
        return ()


class YamlValue(TextValue):
    """What is written in the document, as it is."""

    __slots__ = ()
    type = UNKNOWN

    def member(self, name: str) -> Value | None:
        """Return a field; one that is not written may have a default."""
        found = self._node.get(name) if isinstance(self._node, Mapping) else None
        return NOTHING_KNOWN if found is None else YamlValue(found)

    def members(self) -> Iterable[str]:
        """Give the names of the fields."""
        return self._node.fields if isinstance(self._node, Mapping) else ()
