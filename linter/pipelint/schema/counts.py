"""How many: keys that must be there, sizes of collections, repeated items.

Of what is broken, or only a part, nothing is said to be missing.
"""

from __future__ import annotations

from pipelint.schema.shape import Shape
from pipelint.schema.state import State
from pipelint.schema.value import entries
from pipelint.schema.violation import MISSING_KEY, TOO_FEW, TOO_MANY, Fault, Found, join
from pipelint.yaml.node import Mapping, Sequence


def count_keys(state: State, node: Mapping, shape: Shape, found: Found | None) -> Found | None:
    """Check which keys must be there, and how many may."""
    if shape.sized or not shape.needs <= node.fields.keys():
        for fault in (*_missing(state, node, shape), *_size(state, node, shape)):
            found = join(found, node, fault)
    return found


def count_items(state: State, node: Sequence, shape: Shape, found: Found | None) -> Found | None:
    """Check how many items there are, and whether one is repeated."""
    fault = _length(state, node, shape) or _repeated(state, node, shape)
    return found if fault is None else join(found, node, fault)


def _missing(state: State, node: Mapping, shape: Shape) -> list[Fault]:
    fields = node.fields
    missing = [name for name in shape.required if name not in fields]
    for name, needed in shape.schema.get("dependentRequired", {}).items():
        if name in fields:
            missing += [other for other in needed if other not in fields]
    if missing and (node.broken or state.partial):
        state.doubts += 1
        return []
    return [Fault(MISSING_KEY, node, shape, (name,)) for name in missing]


def _size(state: State, node: Mapping, shape: Shape) -> list[Fault]:
    least, most = shape.schema.get("minProperties"), shape.schema.get("maxProperties")
    if least is None and most is None:
        return []
    size = sum(1 for _ in entries(node))
    if most is not None and size > most:
        return [Fault(TOO_MANY, node, shape, limit=("maxProperties", most))]
    if least is None or size >= least:
        return []
    if node.broken or state.partial:
        state.doubts += 1
        return []
    return [Fault(TOO_FEW, node, shape, limit=("minProperties", least))]


def _length(state: State, node: Sequence, shape: Shape) -> Fault | None:
    size = len(node.items)
    least, most = shape.schema.get("minItems"), shape.schema.get("maxItems")
    if most is not None and size > most:
        return Fault(TOO_MANY, node.items[int(most)], shape, limit=("maxItems", most))
    if least is not None and size < least:
        if not (node.broken or state.partial):
            return Fault(TOO_FEW, node, shape, limit=("minItems", least))
        state.doubts += 1
    return None


def _repeated(state: State, node: Sequence, shape: Shape) -> Fault | None:
    seen: set[int] = set()
    for item in node.items if shape.schema.get("uniqueItems") else ():
        value = state.equality.of_node(item)
        if value in seen:
            return Fault(TOO_MANY, item, shape, limit=("uniqueItems", True))
        seen.add(value)
    return None
