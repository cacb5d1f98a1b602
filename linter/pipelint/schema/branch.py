"""Choosing among alternatives: the blame falls on what is wrong in the branch that is meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from pipelint.schema.shape import Alternatives, Shape
from pipelint.schema.state import State
from pipelint.schema.value import OBJECT, STRING, UNKNOWN
from pipelint.schema.violation import (
    MISSING_KEY,
    NO_ALTERNATIVE,
    UNKNOWN_KEY,
    UNKNOWN_VALUE,
    WRONG_TYPE,
    Fault,
    Found,
    join,
)
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence

Check: TypeAlias = Callable[[State, Node, Shape, int], "Found | None"]

_SHALLOW = frozenset({MISSING_KEY, UNKNOWN_KEY, WRONG_TYPE})


class _Tried:
    """What came of the branches: those that accept, and for the others what they found."""

    __slots__ = ("doubtful", "failed", "good")

    def __init__(self) -> None:
        self.good: list[int] = []
        self.failed: list[tuple[int, Found]] = []
        self.doubtful = False


def choose(
    state: State, node: Node, shape: Shape, alternatives: Alternatives, check: Check, steps: int
) -> Found | None:
    """Return what is wrong with a node in the branch that is meant, or None."""
    if alternatives.needs and isinstance(node, Mapping) and _has_keys(state, node, alternatives):
        return None
    candidates = alternatives.by_kind[state.kind(node)]
    if not candidates:
        return Found(node, Fault(WRONG_TYPE, node, shape))
    unknown: Fault | Found | None = None
    if alternatives.guide.key and isinstance(node, Mapping):
        named = _named(state, node, shape, alternatives)
        if named is None:
            state.doubts += 1
            return None
        candidates, unknown = named
        if not candidates and unknown is not None:
            return join(None, node, unknown)
    if len(candidates) == 1 and unknown is None:
        return check(state, node, alternatives.branches[candidates[0]], steps)
    tried = _try(state, node, alternatives, candidates, check, steps)
    return _judge(node, shape, alternatives, tried, unknown)


def _has_keys(state: State, node: Mapping, alternatives: Alternatives) -> bool:
    """Tell whether branches that ask for keys alone accept: they need not be tried."""
    if node.broken or state.partial:
        return False
    keys = node.fields.keys()
    good = 0
    for needs in alternatives.needs:
        good += needs <= keys
    return good == 1 or (good > 1 and not alternatives.exact)


def _named(
    state: State, node: Mapping, shape: Shape, alternatives: Alternatives
) -> tuple[tuple[int, ...], Fault | Found | None] | None:
    """Give the branches that the discriminator allows, and what is wrong if they all refuse.

    None where the discriminator cannot be judged.
    """
    guide = alternatives.guide
    field = node.fields.get(guide.key)
    if field is None:
        if state.partial:
            return None
        if not guide.needed:
            return alternatives.by_kind[OBJECT], None
        return None if node.broken else ((), Fault(MISSING_KEY, node, shape, (guide.key,)))
    key, value = field
    kind = state.kind(value)
    if kind == UNKNOWN:
        return None
    if kind == STRING and isinstance(value, Scalar) and value.text in guide.cases:
        return (*guide.cases[value.text], *guide.unpinned), None
    first = next(iter(guide.cases.values()))[0]
    site = _pin(alternatives.branches[first], guide.key) or shape
    word = UNKNOWN_VALUE if isinstance(value, Scalar) else WRONG_TYPE
    fault = Fault(word, value, site.real or site.open(), values=tuple(guide.cases))
    child = Found(value, fault)
    child.key, child.owner, child.site = key, node, site
    return guide.unpinned, child


def _pin(branch: Shape, key: str) -> Shape | None:
    """Return what a branch itself asks of the discriminator."""
    real = branch.real or branch.open()
    return real.properties.get(key)


def _try(
    state: State,
    node: Node,
    alternatives: Alternatives,
    candidates: tuple[int, ...],
    check: Check,
    steps: int,
) -> _Tried:
    tried = _Tried()
    # Of a part all branches may accept, since none misses anything.
    tried.doubtful = state.partial
    for at in candidates:
        before = state.doubts
        found = check(state, node, alternatives.branches[at], steps)
        tried.doubtful = tried.doubtful or state.doubts > before
        if found is not None:
            tried.failed.append((at, found))
            continue
        tried.good.append(at)
        if not alternatives.exact:
            break
    return tried


def _judge(
    node: Node,
    shape: Shape,
    alternatives: Alternatives,
    tried: _Tried,
    unknown: Fault | Found | None,
) -> Found | None:
    if len(tried.good) == 1 or (tried.good and (tried.doubtful or not alternatives.exact)):
        return None
    if tried.good:
        return _too_many(node, shape, [alternatives.branches[at] for at in tried.good])
    if unknown is not None:
        return join(None, node, unknown)
    needed = _one_of(tried.failed)
    if needed:
        return Found(node, Fault(MISSING_KEY, node, shape, needed))
    return min((found for _, found in tried.failed), key=lambda found: _rank(found, node))


def _too_many(node: Node, shape: Shape, branches: list[Shape]) -> Found:
    """Blame a node that several branches accept where one may; the last of their keys if any."""
    names = [name for branch in branches for name in (branch.real or branch).required]
    if isinstance(node, Mapping) and len(names) == len(branches):
        keys = [node.fields[name][0] for name in names if name in node.fields]
        last = max(keys, key=lambda key: key.start, default=None)
        return Found(node, Fault(NO_ALTERNATIVE, last or node, shape, tuple(names)))
    return Found(node, Fault(NO_ALTERNATIVE, node, shape))


def _one_of(failed: list[tuple[int, Found]]) -> tuple[str, ...]:
    """Return the keys of which one is needed, where that is all that each branch misses."""
    names: list[str] = []
    for _, found in failed:
        part = found.parts[0]
        if len(found.parts) > 1 or isinstance(part, Found) or part.kind != MISSING_KEY:
            return ()
        names += part.names
    return tuple(dict.fromkeys(names))


def _rank(found: Found, node: Node) -> tuple[int, int, int]:
    """Order branches by how near they are: faults at the surface count before those below.

    Of two branches for lists that as many items misfit, the one that the first item fits is meant.
    """
    shallow = [part for part in found.parts if _misfits(part, node)]
    places = [part.node.start for part in shallow]
    return len(shallow), -min(places, default=0), found.weight


def _misfits(part: Fault | Found, node: Node) -> bool:
    if isinstance(part, Fault):
        return part.kind in _SHALLOW
    if not isinstance(node, Sequence):
        return False
    first = part.parts[0]
    return isinstance(first, Fault) and first.kind == WRONG_TYPE and first.node is part.node
