"""Edits made one after the other are the same as their composition."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipelint.diagnostic import Edit
from pipelint.fixing.edits import apply, compose, moved
from pipelint.source import Span

TEXT = "version: 1\r\nsteps: [ä, 🙂]\n"


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    """Draw edits that do not overlap; they may touch, and two never insert at one place."""
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [Span(*places[at : at + 2]) for at in range(0, len(places) - 1, 2)]
    spans += [Span(one, one) for one in places[len(spans) * 2 :]]
    words = st.text("ab\n", max_size=4)
    return [Edit(span, draw(words)) for span in spans]


@given(st.data())
def test_a_composition_does_what_both_do(data: st.DataObject) -> None:
    first = data.draw(edits_of(TEXT))
    middle = apply(TEXT, first)
    second = data.draw(edits_of(middle))
    assert apply(TEXT, compose(first, second, middle)) == apply(middle, second)


@given(st.data())
def test_a_composition_touches_nothing_else(data: st.DataObject) -> None:
    first = data.draw(edits_of(TEXT))
    middle = apply(TEXT, first)
    whole = compose(first, data.draw(edits_of(middle)), middle)
    assert whole == sorted(whole)
    assert all(one.span.end < other.span.start for one, other in pairwise(whole))


def test_what_is_inserted_can_be_changed_again() -> None:
    first = [Edit(Span(0, 0), "abc")]
    assert compose(first, [Edit(Span(1, 2), "-")], "abc" + TEXT) == [Edit(Span(0, 0), "a-c")]


def test_offsets_move_with_what_stands_before_them() -> None:
    edits = [Edit(Span(2, 2), "xx"), Edit(Span(5, 8), "")]
    assert [moved(at, edits) for at in (0, 2, 4, 6, 9)] == [0, 4, 6, 7, 8]
    assert _kept(edits) == [0, 1, 2, 3, 4, 8, 9]


def _kept(edits: Sequence[Edit]) -> list[int]:
    """Return the offsets of digits that edits leave alone; they move as their digits do."""
    digits = "0123456789"
    after = apply(digits, edits)
    kept = [at for at in range(len(digits)) if digits[at] in after]
    assert all(after[moved(at, edits)] == digits[at] for at in kept)
    return kept
