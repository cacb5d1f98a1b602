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
"""Tells whether a scalar stands for a value that is only known later."""


class State:
    """One run over one document.

    `doubts` counts what was let through because it cannot be judged: where the number rose, a
    negation or a condition decides nothing. `memo` keeps what was found for a node and a shape.
    `strays` are unknown keys in mappings that may hold keys of the user's own.
    """

    __slots__ = ("_deferred", "_kinds", "doubts", "equality", "memo", "strays", "types")

    def __init__(self, types: Types, deferred: Deferred | None = None) -> None:
        self.types = types
        self._deferred = deferred
        self._kinds: dict[str, str] = {}
        self.doubts = 0
        self.memo: dict[tuple[int, int], tuple[Found | None, bool]] = {}
        self.equality = Equality(self.kind)
        self.strays: list[tuple[Mapping, Scalar, Shape]] = []

    def kind(self, node: Node) -> str:
        """Name the JSON type of a node; `unknown` where nothing may be said about it."""
        if not isinstance(node, Scalar):
            return OBJECT if isinstance(node, Mapping) else ARRAY
        if node.broken or (self._deferred is not None and self._deferred(node)):
            return UNKNOWN
        if node.tag is not None:
            return self.types(node)
        if node.style:
            return STRING
        kind = self._kinds.get(node.text)
        if kind is None:
            kind = self._kinds[node.text] = self.types(node)
        return kind
