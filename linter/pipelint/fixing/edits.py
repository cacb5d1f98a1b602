"""Edits of a text: made at once, followed by others, and what becomes of an offset.

Edits are those of one text, ordered by position; none touches another.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelint.diagnostic import Edit
from pipelint.record import NamedTuple
from pipelint.source import Span


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with all edits made; every other character stays what it is."""
    parts, done = [], 0
    for span, new in edits:
        parts += [text[done : span.start], new]
        done = span.end
    return "".join([*parts, text[done:]])


def growth(edit: Edit) -> int:
    """Say how much longer a text becomes, in code points."""
    return len(edit.text) - (edit.span.end - edit.span.start)


def moved(offset: int, edits: Sequence[Edit]) -> int:
    """Return where an offset is after the edits; one that an edit swallows is at its beginning."""
    shift = 0
    for edit in edits:
        if edit.span.end > offset:
            return min(offset, edit.span.start) + shift
        shift += growth(edit)
    return offset + shift


class _Part(NamedTuple):
    """What edits touch of the text between two rounds.

    `before` is how much longer all earlier ones made it, `own` how much these did.
    """

    span: Span
    before: int
    own: int


def compose(first: Sequence[Edit], second: Sequence[Edit], middle: str) -> list[Edit]:
    """Return the edits that do in one go what `first` does and then `second`.

    `second` are edits of `middle`, the text after `first`.
    """
    made = []
    coming = 0
    for part in _parts(first, second):
        (start, end), last = part.span, coming
        while last < len(second) and second[last].span.end <= end:
            last += 1
        inside = [
            Edit(Span(span.start - start, span.end - start), text)
            for span, text in second[coming:last]
        ]
        coming = last
        origin = Span(start - part.before, end - part.before - part.own)
        made.append(Edit(origin, apply(middle[start:end], inside)))
    return made


def _parts(first: Sequence[Edit], second: Sequence[Edit]) -> list[_Part]:
    """Find what the edits of both rounds touch, in the text between them; neighbours are one."""
    touched = [(edit.span, 0) for edit in second]
    shift = 0
    for edit in first:
        start = edit.span.start + shift
        touched.append((Span(start, start + len(edit.text)), growth(edit)))
        shift += growth(edit)
    parts: list[_Part] = []
    grown = 0
    for span, own in sorted(touched):
        if parts and span.start <= parts[-1].span.end:
            last = parts[-1]
            end = max(last.span.end, span.end)
            parts[-1] = _Part(Span(last.span.start, end), last.before, last.own + own)
        else:
            parts.append(_Part(span, grown, own))
        grown += own
    return parts
