"""What one run of the validator knows and remembers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from pipelint.schema.shape import Shape
from pipelint.schema.value import ARRAY, OBJECT, STRING, UNKNOWN, Equality
from pipelint.schema.violation import Found
from pipelint.yaml.node import Mapping, Node, Scalar

Types: TypeAlias = Callable[[Scalar], str]
"""Names the JSON type of a scalar, as its dialect reads it."""

Deferred: TypeAlias = Callable[[Scalar], bool]
"""Tells whether a scalar stands for a value that is only known later, by its text and quotes."""


class State:
    """One run over one document.

    `doubts` counts what was let through because it cannot be judged: where the number rose, a
    negation or a condition decides nothing. `memo` keeps what was found for a node and a shape.
    `strays` are unknown keys in mappings that may hold keys of the user's own. `partial` tells that
    the walk is inside of what only completes another document, so that nothing is missing. `shared`
    tells that nodes may stand in several places, so that all that is found must be remembered.
    """

    __slots__ = (
        *("_deferred", "_plain", "_quoted"),
        *("doubts", "equality", "memo", "partial", "shared", "strays", "types"),
    )

    def __init__(
        self, types: Types, deferred: Deferred | None = None, *, shared: bool = True
    ) -> None:
        self.types = types
        self.shared = shared
        self._deferred = deferred
        self._plain: dict[str, str] = {}
        self._quoted: dict[str, str] = {}
        self.doubts = 0
        self.memo: dict[tuple[int, int, bool], tuple[Found | None, bool]] = {}
        self.partial = False
        self.equality = Equality(self.kind)
        self.strays: list[tuple[Mapping, Scalar, Shape]] = []

    def kind(self, node: Node) -> str:
        """Name the JSON type of a node; `unknown` where nothing may be said about it."""
        if not isinstance(node, Scalar):
            return OBJECT if isinstance(node, Mapping) else ARRAY
        if node.broken or node.tag is not None:
            return UNKNOWN if node.broken else self._read(node)
        known = self._quoted if node.style else self._plain
        kind = known.get(node.text)
        if kind is None:
            kind = known[node.text] = self._read(node)
        return kind

    def _read(self, node: Scalar) -> str:
        if self._deferred is not None and self._deferred(node):
            return UNKNOWN
        return STRING if node.style and node.tag is None else self.types(node)
