"""The guided validator: walks nodes along a schema, so that one wrong value is one violation.

It decides as any JSON Schema validator does (draft 2020-12); what it adds is whom to blame.
"""

from __future__ import annotations

from typing import Any

from pipelint.record import NamedTuple
from pipelint.schema.branch import choose
from pipelint.schema.counts import count_items, count_keys
from pipelint.schema.limits import UNSURE, broken_limit
from pipelint.schema.shape import Listed, Shape
from pipelint.schema.state import Deferred, State, Types
from pipelint.schema.value import (
    BOOLEAN,
    NULL,
    OBJECT,
    STRING,
    UNKNOWN,
    entries,
    merges,
    scalar_key,
)
from pipelint.schema.violation import (
    BAD_FORMAT,
    NO_ALTERNATIVE,
    TOO_FEW,
    TOO_MANY,
    UNKNOWN_KEY,
    UNKNOWN_VALUE,
    WRONG_TYPE,
    Fault,
    Found,
    Violation,
    absorb,
    flatten,
    join,
)
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence

STEPS_LIMIT = 150
"""How many shapes deep the walk goes, for the sake of the stack; below, all is let through."""

FAULTS_LIMIT = 10_000
"""How many faults are enough: a collection with as many is wrong, and is read no further."""

_MISSING = object()


class Stray(NamedTuple):
    """A key that a loose mapping does not know: no violation, perhaps a slip of the pen."""

    owner: Mapping
    key: Scalar
    shape: Shape


class Verdict(NamedTuple):
    """All violations in the order of the text, and the strays."""

    violations: list[Violation]
    strays: list[Stray]


def validate(
    node: Node,
    shape: Shape,
    types: Types,
    deferred: Deferred | None = None,
    *,
    shared: bool = True,
) -> Verdict:
    """Check a node against a shape; notes in `shape` of each collection the definition it met.

    `shared` tells that aliases may let a node stand in several places.
    """
    state = State(types, deferred, shared=shared)
    found = check(state, node, shape, 0)
    if found is not None:
        found.site = shape
    strays = [Stray(*stray) for stray in state.strays]
    return Verdict(flatten(found) if found is not None else [], strays)


def check(state: State, node: Node, shape: Shape, steps: int) -> Found | None:
    """Return what is wrong with a node, or None. `steps` counts the shapes around this one."""
    shape = shape.real or shape.open()
    kind = OBJECT if type(node) is Mapping else state.kind(node)
    if kind in shape.easy:
        return None
    if shape.never or kind not in shape.kinds or steps > STEPS_LIMIT:
        return _unfit(state, node, shape, kind)
    if kind in shape.sole:
        return check(state, node, shape.sole[kind], steps + 1)
    if isinstance(node, Scalar):
        return _scalar(state, node, shape, kind, steps)
    return _collection(state, node, shape, steps)


def _unfit(state: State, node: Node, shape: Shape, kind: str) -> Found | None:
    """Refuse a node of a kind that cannot stand here; what cannot be judged is let through."""
    if shape.never:
        return Found(node, Fault(NO_ALTERNATIVE, node, shape))
    if kind == UNKNOWN or kind in shape.kinds:
        state.doubts += 1
        return None
    return Found(node, Fault(WRONG_TYPE, node, shape))


def _scalar(state: State, node: Scalar, shape: Shape, kind: str, steps: int) -> Found | None:
    for listed in shape.listed:
        if kind == STRING and node.text in listed.texts:
            continue
        if scalar_key(_as_listed(kind, node, shape), node.text) not in listed.keys:
            return Found(node, _unlisted(node, shape, listed))
    limit = broken_limit(shape, kind, node.text)
    if limit is UNSURE:
        state.doubts += 1
    elif limit is not None:
        word = WRONG_TYPE if limit[0] == "type" else BAD_FORMAT
        return Found(node, Fault(word, node, shape, limit=limit))
    return _applied(state, node, shape, None, steps) if shape.applies else None


def _as_listed(kind: str, node: Scalar, shape: Shape) -> str:
    """Where a platform compares what is written, a `yes` that means true elsewhere is text."""
    if shape.as_written and kind == BOOLEAN and node.text.lower() not in {"true", "false"}:
        return STRING
    return kind


def _unlisted(node: Node, shape: Shape, listed: Listed) -> Fault:
    return Fault(UNKNOWN_VALUE, node, shape, values=tuple(listed.values))


def _collection(state: State, node: Mapping | Sequence, shape: Shape, steps: int) -> Found | None:
    if shape.partial and not state.partial:
        return _partly(state, node, shape, steps, partial=True)
    if shape.bare and isinstance(node, Mapping):
        return count_keys(state, node, shape, None)
    if not (shape.shared or state.shared):
        return _inside(state, node, shape, steps)
    key = id(node), id(shape), state.partial
    known = state.memo.get(key)
    if known is not None:
        state.doubts += known[1]
        return known[0]
    # A definition that comes back to itself at the same node asks nothing new.
    state.memo[key] = None, False
    before = state.doubts
    found = _inside(state, node, shape, steps)
    state.memo[key] = found, state.doubts > before
    return found


def _inside(state: State, node: Mapping | Sequence, shape: Shape, steps: int) -> Found | None:
    """Check a collection with all that it holds, and note that it met a definition."""
    found = _listed_collection(state, node, shape) if shape.listed else None
    if found is None:
        if isinstance(node, Mapping):
            found = _mapping(state, node, shape, steps)
        else:
            found = _sequence(state, node, shape, steps)
        if shape.applies:
            found = _applied(state, node, shape, found, steps)
    if shape.marks and (found is None or node.shape is None):
        node.shape = shape.name
    return found


def _partly(state: State, node: Node, shape: Shape, steps: int, *, partial: bool) -> Found | None:
    """Check a node as a part of a document, of which nothing must be there, or as a whole."""
    before, state.partial = state.partial, partial
    found = check(state, node, shape, steps)
    state.partial = before
    return found


def _listed_collection(state: State, node: Node, shape: Shape) -> Found | None:
    equality = state.equality
    for listed in shape.listed:
        if equality.of_node(node) not in {equality.of_value(value) for value in listed.values}:
            if all(not isinstance(value, (dict, list)) for value in listed.values):
                return Found(node, Fault(WRONG_TYPE, node, shape))
            return Found(node, _unlisted(node, shape, listed))
    return None


# --- mappings ------------------------------------------------------------------------------------


def _mapping(state: State, node: Mapping, shape: Shape, steps: int) -> Found | None:
    found: Found | None = None
    if shape.walks:
        properties, steps = shape.properties, steps + 1
        for name, (key, value) in node.fields.items():
            part: Any = properties.get(name, _MISSING)
            if part is None and not shape.patterns:
                continue
            if part is _MISSING or shape.patterns:
                found = _other_field(state, node, shape, key, found, steps)
            else:
                child = check(state, value, part, steps)
                if child is not None:
                    found = join(found, node, _at(child, node, shape, key, part))
            if found is not None and len(found.parts) >= FAULTS_LIMIT:
                break
    if shape.counts:
        found = count_keys(state, node, shape, found)
    return _names(state, node, shape, found, steps) if shape.names is not None else found


def _at(child: Found, node: Mapping, shape: Shape, key: Scalar, part: Shape) -> Found | Fault:
    """Say under which key a child was met; a key whose value is never right is itself unknown."""
    if part.real is not None and part.real.never:
        return Fault(UNKNOWN_KEY, key, shape)
    if child.key is None:
        child.key, child.owner, child.site = key, node, part
    return child


def _other_field(
    state: State, node: Mapping, shape: Shape, key: Scalar, found: Found | None, steps: int
) -> Found | None:
    """Check a field that patterns or `additionalProperties` may speak about."""
    name = key.text
    if merges(name, key) or _is_dropped(state, key, shape):
        return found
    before = state.doubts
    for part in _parts_for(state, shape, name):
        child = check(state, node.fields[name][1], part, steps) if part is not None else None
        if child is not None and part is not None:
            found = join(found, node, _at(child, node, shape, key, part))
    if shape.loose and state.doubts == before and name not in shape.properties:
        state.strays.append((node, key, shape))
    return found


def _is_dropped(state: State, key: Scalar, shape: Shape) -> bool:
    """Tell whether the platform reads nothing under a key: it is null, where names are wanted."""
    return state.kind(key) == NULL and bool(shape.note("x-drops-null-keys"))


def _parts_for(state: State, shape: Shape, name: str) -> list[Shape | None]:
    parts = [shape.properties[name]] if name in shape.properties else []
    sure = True
    for pattern, part in shape.patterns:
        matches = shape.match(pattern, name)
        if matches is None:
            sure = False
        elif matches:
            parts.append(part)
    if not sure:
        state.doubts += 1
    return parts or ([shape.additional] if sure else [])


def _names(
    state: State, node: Mapping, shape: Shape, found: Found | None, steps: int
) -> Found | None:
    names = shape.names
    for name, (key, _) in entries(node):
        # A key is text, whatever it looks like.
        quoted = Scalar(key.start, key.end, name, "'", None, None)
        child = check(state, quoted, names, steps) if names is not None else None
        if child is not None:
            fault = _first_fault(child)
            kind = UNKNOWN_KEY if fault.kind != BAD_FORMAT else BAD_FORMAT
            found = join(
                found, node, Fault(kind, key, shape, values=fault.values, limit=fault.limit)
            )
    return found


def _first_fault(found: Found) -> Fault:
    part = found.parts[0]
    return _first_fault(part) if isinstance(part, Found) else part


# --- sequences -----------------------------------------------------------------------------------


def _sequence(state: State, node: Sequence, shape: Shape, steps: int) -> Found | None:
    found: Found | None = None
    parts, prefix = shape.items, shape.prefix
    for at, item in enumerate(node.items if parts is not None or prefix else ()):
        part = prefix[at] if at < len(prefix) else parts
        if part is None:
            continue
        child = check(state, item, part, steps + 1)
        if child is not None:
            if part.real is not None and part.real.never:
                fault = Fault(TOO_MANY, item, shape, limit=("maxItems", at))
                return join(found, node, fault)
            if child.site is None:
                child.owner, child.site = node, part
            found = join(found, node, child)
            if len(found.parts) >= FAULTS_LIMIT:
                break
    if not shape.counts:
        return found
    found = count_items(state, node, shape, found)
    return _contained(state, node, shape, found, steps) if shape.contains is not None else found


def _contained(
    state: State, node: Sequence, shape: Shape, found: Found | None, steps: int
) -> Found | None:
    contains = shape.contains
    if contains is None:
        return found
    before = state.doubts
    good = sum(check(state, item, contains, steps + 1) is None for item in node.items)
    if state.doubts > before:
        return found
    least, most = shape.schema.get("minContains", 1), shape.schema.get("maxContains")
    if good < least and (node.broken or state.partial):
        state.doubts += 1
    elif good < least:
        found = join(found, node, Fault(TOO_FEW, node, shape, limit=("minContains", least)))
    if most is not None and good > most:
        found = join(found, node, Fault(TOO_MANY, node, shape, limit=("maxContains", most)))
    return found


# --- shapes applied to the same node -------------------------------------------------------------


def _applied(
    state: State, node: Node, shape: Shape, found: Found | None, steps: int
) -> Found | None:
    """Check what `allOf`, `anyOf`, `oneOf`, `not`, `if` and `dependentSchemas` say."""
    steps += 1
    for part in shape.every:
        found = absorb(found, check(state, node, part, steps), node)
    for alternatives in shape.alternatives:
        found = absorb(found, choose(state, node, shape, alternatives, check, steps), node)
    if shape.dependent and isinstance(node, Mapping):
        for name, dependent in shape.dependent.items():
            if dependent is not None and name in node.fields:
                found = absorb(found, check(state, node, dependent, steps), node)
    if shape.condition is not None:
        found = absorb(found, _conditional(state, node, shape.condition, steps), node)
    if shape.negated is not None:
        found = absorb(found, _negated(state, node, shape, shape.negated, steps), node)
    return found


def _conditional(
    state: State, node: Node, condition: tuple[Shape, Shape | None, Shape | None], steps: int
) -> Found | None:
    test = condition[0].real or condition[0].open()
    before = state.doubts
    if test.bare and isinstance(node, Mapping) and not node.broken:
        failed = not test.needs <= node.fields.keys()
    else:
        failed = _partly(state, node, test, steps, partial=False) is not None
    part = condition[2] if failed else condition[1]
    if state.doubts > before or part is None:
        return None
    return check(state, node, part, steps)


def _negated(state: State, node: Node, shape: Shape, negated: Shape, steps: int) -> Found | None:
    before = state.doubts
    met = _partly(state, node, negated, steps, partial=False) is None
    if not met or state.doubts > before:
        return None
    real = negated.real or negated.open()
    if isinstance(node, Mapping) and set(real.schema) == {"required"}:
        names = tuple(real.required)
        last = max(
            (node.fields[name][0] for name in names), key=lambda key: key.start, default=None
        )
        return Found(node, Fault(NO_ALTERNATIVE, last or node, shape, names))
    kind = UNKNOWN_VALUE if real.listed else NO_ALTERNATIVE
    return Found(node, Fault(kind, node, shape))
