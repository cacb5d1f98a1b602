"""Which fixes are made together: those that are wanted and do not get into each other's way."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Sequence

from pipelint.diagnostic import Diagnostic, Edit, Fix
from pipelint.engine import Checked
from pipelint.record import NamedTuple
from pipelint.report.masking import hide_in_diagnostics
from pipelint.source import Span


class Mark(NamedTuple):
    """What a fix is known by, as long as `start`, the offset of its first edit, is kept right."""

    start: int
    rule: str
    title: str


class Chosen(NamedTuple):
    """A fix to make, with all that it is offered for; `edits` are ordered by position."""

    edits: tuple[Edit, ...]
    title: str
    mends: tuple[Diagnostic, ...]

    @property
    def mark(self) -> Mark:
        """What it is known by."""
        return Mark(self.edits[0].span.start, self.mends[0].rule, self.title)


def wanted(checked: Checked, *, unsafe: bool, without: Collection[Mark] = ()) -> list[Chosen]:
    """Return one fix for each finding that has any, by position; equal ones are one.

    A finding that is hidden keeps its mistake. A fix that would write a credential anew is none,
    as in every report.
    """
    shown = [one for one in checked.diagnostics if not one.suppressed]
    if checked.masked:
        shown = hide_in_diagnostics(shown, checked.source.text, checked.masked)
    found: dict[tuple[Edit, ...], Chosen] = {}
    for one in shown:
        chosen = _first(one, checked.source.text, unsafe=unsafe, without=without)
        if chosen is not None:
            known = found.get(chosen.edits)
            mends = (*known.mends, one) if known is not None else (one,)
            found[chosen.edits] = chosen._replace(mends=mends)
    return sorted(found.values(), key=lambda one: one.edits)


def _first(one: Diagnostic, text: str, *, unsafe: bool, without: Collection[Mark]) -> Chosen | None:
    """Make the first fix of a finding that may be made."""
    for fix in one.finding.fixes:
        edits = _ordered(fix, text)
        if edits and (fix.safe or unsafe):
            chosen = Chosen(edits, fix.title, (one,))
            if chosen.mark not in without:
                return chosen
    return None


def _ordered(fix: Fix, text: str) -> tuple[Edit, ...]:
    """Order the edits; those that change nothing go. Nothing is left where two of them collide."""
    edits = sorted(edit for edit in set(fix.edits) if text[slice(*edit.span)] != edit.text)
    before = Span(-1, 0)
    for span, _ in edits:
        if span == before or not before.end <= span.start <= span.end <= len(text):
            return ()
        before = span
    return tuple(edits)


def together(fixes: Sequence[Chosen]) -> list[Chosen]:
    """Choose by position those that touch no other; the rest waits for the next round.

    So two that insert at the same place are made one after the other: the one whose text comes
    first in the alphabet, then the other if it is still wanted.
    """
    chosen: list[Chosen] = []
    taken: list[Span] = []
    for fix in fixes:
        if all(_is_free(edit.span, taken) for edit in fix.edits):
            chosen.append(fix)
            for edit in fix.edits:
                insort(taken, edit.span)
    return chosen


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    """Tell whether a span touches none of the others; those are ordered and touch no other."""
    at = bisect_left(taken, span)
    around = taken[max(at - 1, 0) : at + 1]
    return all(other.end < span.start or span.end < other.start for other in around)
