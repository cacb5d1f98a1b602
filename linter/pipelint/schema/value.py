"""Values as JSON compares them: `1` equals `1.0`, `true` equals nothing but `true`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any, TypeAlias

from pipelint.yaml.node import MERGE, PLAIN, Field, Mapping, Node, Scalar, Sequence

NULL = "null"
BOOLEAN = "boolean"
INTEGER = "integer"
NUMBER = "number"
STRING = "string"
ARRAY = "array"
OBJECT = "object"
UNKNOWN = "unknown"
"""The kind of what cannot be judged: half-typed text, a value that is known later."""

SCALARS = frozenset({NULL, BOOLEAN, INTEGER, NUMBER, STRING})
NUMBERS = frozenset({INTEGER, NUMBER})
KINDS = SCALARS | {ARRAY, OBJECT}

Kind: TypeAlias = Callable[[Node], str]

_TRUE = frozenset({"true", "yes", "on", "y"})


def entries(mapping: Mapping) -> Iterator[tuple[str, Field]]:
    """Give the fields of a mapping, merged ones included, without the merge key itself."""
    for name, field in mapping.fields.items():
        if not merges(name, field[0]):
            yield name, field


def merges(name: str, key: Scalar) -> bool:
    """Tell whether a key is `<<`, which stands for what it brings in."""
    return name == MERGE and key.style == PLAIN


def number(text: str) -> float | None:
    """Read the text of an integer or number, as YAML writes it; None if it is neither."""
    digits = text.replace("_", "")
    try:
        return int(digits)
    except ValueError:
        pass
    try:
        return int(digits, 0)
    except ValueError:
        pass
    try:
        return float(digits.lower().replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        return None


def scalar_key(kind: str, text: str) -> Hashable:
    """Make a key that equal scalars share."""
    if kind in NUMBERS:
        return NUMBER, number(text)
    if kind == BOOLEAN:
        return BOOLEAN, text.lower() in _TRUE
    return (kind, text) if kind == STRING else kind


def value_key(value: Any) -> Hashable:
    """Make the same key for a scalar value of a schema."""
    kind = value_kind(value)
    if kind == NULL:
        return NULL
    return (NUMBER if kind in NUMBERS else kind), value


def value_kind(value: Any) -> str:
    """Name the kind of a value of a schema."""
    if value is None:
        return NULL
    names = {bool: BOOLEAN, int: INTEGER, float: NUMBER, str: STRING, list: ARRAY, dict: OBJECT}
    return names[type(value)]


def plain(node: Node, kind: Kind) -> Any:
    """Turn a node into a value as `json` makes it; shared nodes become shared values.

    What cannot be judged becomes None.
    """
    return _plain(node, kind, {})


def _plain(node: Node, kind: Kind, made: dict[int, Any]) -> Any:
    if id(node) not in made:
        if isinstance(node, Mapping):
            fields = entries(node)
            made[id(node)] = {name: _plain(field[1], kind, made) for name, field in fields}
        elif isinstance(node, Sequence):
            made[id(node)] = [_plain(item, kind, made) for item in node.items]
        else:
            made[id(node)] = _plain_scalar(kind(node), node.text)
    return made[id(node)]


def _plain_scalar(kind: str, text: str) -> Any:
    if kind in NUMBERS:
        return number(text)
    if kind == BOOLEAN:
        return text.lower() in _TRUE
    return text if kind == STRING else None


def expanded_size(node: Node) -> int:
    """Count nodes as if every alias were written out."""
    return _size(node, {})


def _size(node: Node, sizes: dict[int, int]) -> int:
    if id(node) not in sizes:
        inside: list[Node] = []
        if isinstance(node, Mapping):
            inside = [field[1] for field in node.fields.values()]
        elif isinstance(node, Sequence):
            inside = node.items
        sizes[id(node)] = 1 + sum(_size(part, sizes) for part in inside)
    return sizes[id(node)]


class Equality:
    """Gives equal values the same number, in linear time also for nodes that share parts."""

    __slots__ = ("_kind", "_nodes", "_numbers")

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._numbers: dict[Hashable, int] = {}
        self._nodes: dict[int, int] = {}

    def of_node(self, node: Node) -> int:
        """Return the number of a node's value."""
        known = self._nodes.get(id(node))
        if known is None:
            known = self._nodes[id(node)] = self._number(self._node_key(node))
        return known

    def of_value(self, value: Any) -> int:
        """Return the number of a value of a schema."""
        if isinstance(value, dict):
            return self._number(frozenset((k, self.of_value(v)) for k, v in value.items()))
        if isinstance(value, list):
            return self._number((ARRAY, *(self.of_value(item) for item in value)))
        return self._number(value_key(value))

    def _number(self, key: Hashable) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def _node_key(self, node: Node) -> Hashable:
        if isinstance(node, Mapping):
            return frozenset((name, self.of_node(value)) for name, (_, value) in entries(node))
        if isinstance(node, Sequence):
            return (ARRAY, *(self.of_node(item) for item in node.items))
        kind = self._kind(node)
        # What cannot be judged equals nothing but itself.
        return (UNKNOWN, id(node)) if kind == UNKNOWN else scalar_key(kind, node.text)
