"""Each place where a name stands, and where it is defined: one list for many features."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from pipelint.source import Span
from pipelint.symbols import Reference, Symbols
from pipelint.yaml.node import Tree
from pipelint_lsp.snapshot import Snapshot

ANCHOR = "anchor"


class Occurrence(NamedTuple):
    """A name at a place. `target` is where it is defined: None where that cannot be seen."""

    span: Span
    kind: str
    name: str
    target: Span | None
    is_definition: bool


def occurrences(snapshot: Snapshot) -> tuple[Occurrence, ...]:
    """Return every name that the text defines or uses, in the order of the text."""
    document = snapshot.document
    return _of(_Key(document)) if document is not None else ()


def occurrence_at(snapshot: Snapshot, offset: int) -> Occurrence | None:
    """Return the name at an offset, its end included; the innermost of several."""
    found = [one for one in occurrences(snapshot) if one.span.start <= offset <= one.span.end]
    return min(found, key=lambda one: one.span.end - one.span.start, default=None)


def same(snapshot: Snapshot, one: Occurrence) -> list[Occurrence]:
    """Return all places of the thing that a name stands for; it alone where nothing is known."""
    if one.target is None:
        known = [other for other in occurrences(snapshot) if other.target is None]
        return [other for other in known if (other.kind, other.name) == (one.kind, one.name)]
    return [other for other in occurrences(snapshot) if other.target == one.target]


class _Key:
    """A document by its identity: it cannot be hashed by what is in it."""

    __slots__ = ("document",)

    def __init__(self, document: Any) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.document is self.document


@lru_cache(maxsize=8)
def _of(key: _Key) -> tuple[Occurrence, ...]:
    document = key.document
    found: dict[Span, Occurrence] = {}
    for one in _all(document.context, document.tree):
        known = found.get(one.span)
        if known is None or (known.target is None and one.target is not None):
            found[one.span] = one
    return tuple(found[span] for span in sorted(found))


def _all(context: Any, tree: Tree) -> Iterator[Occurrence]:
    yield from _anchors(tree)
    if context is None:
        return
    uses = list(_uses(context))
    symbols: Symbols = context.symbols
    for each in symbols.definitions:
        yield Occurrence(each.span, each.kind, each.name, each.span, is_definition=True)
    yield from uses
    yield from _references(symbols, {one.span for one in uses})


def _anchors(tree: Tree) -> Iterator[Occurrence]:
    by_node = {}
    for anchor in tree.anchors:
        span = Span(anchor.span.start + 1, anchor.span.end)
        by_node[id(anchor.node)] = span
        yield Occurrence(span, ANCHOR, anchor.name, span, is_definition=True)
    for alias in tree.aliases:
        span = Span(alias.span.start + 1, alias.span.end)
        target = by_node.get(id(alias.target)) if alias.target is not None else None
        yield Occurrence(span, ANCHOR, alias.name, target, is_definition=False)


def _uses(context: Any) -> Iterator[Occurrence]:
    """Give the names in expressions; only Harness has such."""
    if not hasattr(context, "expressions"):
        return
    from pipelint.harness.scope.uses import uses_of

    for use in uses_of(context):
        if use.symbol is not None:
            yield Occurrence(
                use.span,
                use.symbol.kind,
                use.symbol.name,
                use.value.definition,
                False,  # noqa: FBT003
            )


def _references(symbols: Symbols, known: Iterable[Span]) -> Iterator[Occurrence]:
    covered = set(known)
    for each in symbols.references:
        if each.span not in covered:
            yield Occurrence(each.span, each.kind, each.name, _target(symbols, each), False)  # noqa: FBT003


def _target(symbols: Symbols, reference: Reference) -> Span | None:
    found = symbols.find(reference.kind, reference.name)
    near = [one for one in found if one.scope == reference.scope]
    return next((one.span for one in near or found), None)
