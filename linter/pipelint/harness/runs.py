"""How many runs a loop has, as far as the file says."""

from __future__ import annotations

from itertools import product

from pipelint.harness.model import Looping
from pipelint.harness.values import (
    is_deferred,
    is_null,
    is_untyped,
    json_type,
    text_of,
    whole_of,
)
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence

_MOST_COMPARED = 10_000
"""Combinations that are compared one by one with `exclude`."""


def runs_of(looping: Looping) -> int | None:
    """Return how many runs a loop has, None where that is not in the file."""
    if looping.parallelism is not None:
        return whole_of(looping.parallelism)
    repeat = looping.repeat
    if repeat is not None:
        items = repeat.get("items")
        if "partitionSize" in repeat.fields or "start" in repeat.fields or "end" in repeat.fields:
            return None
        if isinstance(items, Sequence):
            return None if any(_is_open(item) for item in items.items) else len(items.items)
        return whole_of(repeat.get("times"))
    axes = [
        (name, values_of(value))
        for name, (_, value) in looping.axes.items()
        if not is_ignored(value)
    ]
    known = [(name, values) for name, values in axes if values]
    if not axes or len(known) < len(axes):
        return None
    return _combinations(known, looping)


def excluded(looping: Looping) -> list[Mapping]:
    """Return what `exclude` of a matrix holds."""
    node = looping.matrix.get("exclude") if looping.matrix else None
    items = node.items if isinstance(node, Sequence) else []
    return [item for item in items if isinstance(item, Mapping) and not item.broken]


def values_of(node: Node) -> list[str] | None:
    """Return the values of an axis, None where not all of them are in the file."""
    if not isinstance(node, Sequence) or node.broken:
        return None
    texts = [text_of(item) for item in node.items]
    return None if None in texts else [text.value for text in texts if text]


def is_ignored(value: Node) -> bool:
    """Tell whether Harness drops a value of a matrix: a map, a number or a flag."""
    if not isinstance(value, Scalar):
        return isinstance(value, Mapping) and not value.broken
    if value.broken or value.style or is_untyped(value) or is_null(value):
        return False
    return json_type(value) != "string"


def _is_open(item: Node) -> bool:
    return isinstance(item, Scalar) and (item.broken or is_deferred(item))


def _combinations(axes: list[tuple[str, list[str]]], looping: Looping) -> int | None:
    total = 1
    for _, values in axes:
        total = min(total * len(values), 10**9)
    exclude = looping.matrix.get("exclude") if looping.matrix else None
    if exclude is None:
        return total
    if not isinstance(exclude, Sequence) or total * max(len(exclude.items), 1) > _MOST_COMPARED:
        return None
    out = []
    for item in excluded(looping):
        pairs = {name: text_of(value) for name, (_, value) in item.fields.items()}
        if not pairs or None in pairs.values():
            return None
        out.append({name: text.value for name, text in pairs.items() if text})
    names = [name for name, _ in axes]
    made = (dict(zip(names, one, strict=True)) for one in product(*(v for _, v in axes)))
    return sum(not any(one.items() >= gone.items() for gone in out) for one in made)
