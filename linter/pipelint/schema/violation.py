"""What the guided validator finds: places where a document leaves its shape, not yet in words."""

from __future__ import annotations

from typing import Any, TypeAlias

from pipelint.record import NamedTuple
from pipelint.schema.shape import Shape
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence

UNKNOWN_KEY = "unknown-key"
MISSING_KEY = "missing-key"
WRONG_TYPE = "wrong-type"
UNKNOWN_VALUE = "unknown-value"
BAD_FORMAT = "bad-format"
TOO_MANY = "too-many"
TOO_FEW = "too-few"
NO_ALTERNATIVE = "no-alternative"

_ON_VALUE = frozenset({WRONG_TYPE, UNKNOWN_VALUE, BAD_FORMAT, NO_ALTERNATIVE})
_HEAVY = 1_000_000


class Fault(NamedTuple):
    """One thing wrong with `node`, said by `shape`.

    `names` are keys: those of which one is needed, or that exclude each other. `values` are what is
    allowed, as in the schema; `limit` is a keyword and its value.
    """

    kind: str
    node: Node
    shape: Shape
    names: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()
    limit: tuple[str, Any] | None = None


class Found:
    """The faults of one node and of what it holds; shared where nodes are shared.

    `key` and `site` say under which key of `owner` the node was met, and what was asked there.
    `weight` counts the faults, each as often as it can be reached.
    """

    __slots__ = ("key", "node", "owner", "parts", "site", "weight")

    def __init__(self, node: Node, fault: Fault | None = None) -> None:
        self.node = node
        self.parts: list[Fault | Found] = [] if fault is None else [fault]
        self.weight = len(self.parts)
        self.key: Scalar | None = None
        self.owner: Mapping | Sequence | None = None
        self.site: Shape | None = None

    def add(self, part: Fault | Found) -> None:
        """Add a fault of the node itself, or the faults of a child."""
        self.parts.append(part)
        weight = part.weight if isinstance(part, Found) else 1
        self.weight = min(self.weight + weight, _HEAVY)


def join(found: Found | None, node: Node, part: Fault | Found) -> Found:
    """Add a part to what was found at a node so far; the first part makes the record."""
    if found is None:
        found = Found(node)
    found.add(part)
    return found


def absorb(found: Found | None, other: Found | None, node: Node) -> Found | None:
    """Add to what was found at a node what another shape found there."""
    if other is None:
        return found
    found = found or Found(node)
    found.parts.extend(other.parts)
    found.weight = min(found.weight + other.weight, _HEAVY)
    return found


class Place(NamedTuple):
    """How a value was reached: its key, what holds it, its shape there, and the list around it."""

    node: Node | None = None
    key: Scalar | None = None
    owner: Mapping | Sequence | None = None
    site: Shape | None = None
    outer: Place | None = None


class Violation(NamedTuple):
    """A fault with the place where it was found."""

    fault: Fault
    place: Place

    @property
    def kind(self) -> str:
        """One of the kinds above."""
        return self.fault.kind

    @property
    def node(self) -> Node:
        """The node to blame: a key for an unknown key, the mapping for a missing one."""
        return self.fault.node

    @property
    def span(self) -> Span:
        """The text to blame: never more than the first entry of a block."""
        return smallest(self.fault.node)


_Work: TypeAlias = list[tuple[Found, Place | None]]


def flatten(found: Found | None) -> list[Violation]:
    """List every fault once, in the order of the text; at most one for a value."""
    violations: dict[object, Violation] = {}
    visited: set[int] = set()
    work: _Work = [(found, None)] if found is not None else []
    while work:
        here, outer = work.pop()
        if id(here) in visited:
            continue
        visited.add(id(here))
        place = Place(here.node, here.key, here.owner, here.site, outer)
        below = place if isinstance(here.node, Sequence) else None
        work += [(part, below) for part in reversed(here.parts) if isinstance(part, Found)]
        for part in here.parts:
            if isinstance(part, Fault):
                violations.setdefault(_identity(part), Violation(part, place))
    return sorted(violations.values(), key=lambda violation: violation.span)


def smallest(node: Node) -> Span:
    """Narrow a node to what a caret can stand under: of a block, its first key or item."""
    end = node
    while not isinstance(end, Scalar) and not end.flow:
        first = _first(end)
        if first is None:
            break
        end = first
    return Span(node.start, max(end.end, node.start))


def _first(node: Mapping | Sequence) -> Node | None:
    if isinstance(node, Mapping):
        return node.pairs[0][0] if node.pairs else None
    return node.items[0] if node.items else None


def _identity(fault: Fault) -> object:
    if fault.kind in _ON_VALUE:
        return id(fault.node)
    return fault.kind, id(fault.node), fault.names if fault.kind == MISSING_KEY else fault.limit
