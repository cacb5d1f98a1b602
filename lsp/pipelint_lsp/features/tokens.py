"""What each name of a pipeline stands for, so that an editor can colour it."""

from __future__ import annotations

from typing import NamedTuple

from pipelint.source import Span
from pipelint_lsp.features.occurrences import occurrences
from pipelint_lsp.snapshot import Snapshot

STAGE, GROUP, STEP, VARIABLE, AXIS, OUTPUT, TEMPLATE, OTHER = (
    "class", "namespace", "function", "variable", "parameter", "property", "type", "variable",
)  # fmt: skip
KINDS = tuple(dict.fromkeys((STAGE, GROUP, STEP, VARIABLE, AXIS, OUTPUT, TEMPLATE)))
"""What names stand for, in the protocol's own terms."""

_KIND_OF = {
    "stage": STAGE,
    "step group": GROUP,
    "insert": GROUP,
    "step": STEP,
    "service": STEP,
    "variable": VARIABLE,
    "axis": AXIS,
    "output variable": OUTPUT,
    "template": TEMPLATE,
}


class Token(NamedTuple):
    """A name on one line. `is_definition` tells that it is declared there."""

    span: Span
    kind: str
    is_definition: bool


def tokens(snapshot: Snapshot) -> list[Token]:
    """Return the names that the text defines and uses, in its order; none lies in another."""
    found: list[Token] = []
    for one in occurrences(snapshot):
        free = not found or found[-1].span.end <= one.span.start
        if free and one.span.start < one.span.end and _is_on_one_line(snapshot, one.span):
            found.append(Token(one.span, _KIND_OF.get(one.kind, OTHER), one.is_definition))
    return found


def _is_on_one_line(snapshot: Snapshot, span: Span) -> bool:
    source = snapshot.source
    return source.position(span.start).line == source.position(span.end).line
