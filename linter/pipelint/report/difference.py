"""What a fix changes, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelint.diagnostic import Edit
from pipelint.record import NamedTuple
from pipelint.report.drawing import line_span
from pipelint.report.run import clamped
from pipelint.source import Source, Span

WINDOW = 1_000
"""Code points kept on both sides of a change: a line may be the whole file."""

_LINE_END = re.compile(r"\r\n|\r|\n")


class Change(NamedTuple):
    """A line taken away (`-`) or put in (`+`), with its 1-based number before or after the fix.

    `focus` is the 0-based column near which the change lies.
    """

    sign: str
    number: int
    text: str
    focus: int


class _Hunk(NamedTuple):
    """Edits that touch the same lines, from line `first` to line `last`."""

    first: int
    last: int
    edits: list[Edit]


def changes_of(source: Source, edits: Sequence[Edit]) -> list[Change]:
    """List the lines that a fix takes away and puts in, in the order of the text."""
    changes: list[Change] = []
    moved = 0
    for hunk in _hunks(source, edits):
        start, before, after = _before_and_after(source, hunk)
        same = _shared(before, after)
        rest = _shared(before[same:][::-1], after[same:][::-1])
        focus = 0 if same else start
        changes += _numbered("-", hunk.first + same, before[same : len(before) - rest], focus)
        changes += _numbered("+", hunk.first + same + moved, after[same : len(after) - rest], focus)
        moved += len(after) - len(before)
    return changes


def _numbered(sign: str, first: int, lines: list[str], focus: int) -> Iterator[Change]:
    for index, line in enumerate(lines):
        yield Change(sign, first + index, line, 0 if index else focus)


def _hunks(source: Source, edits: Sequence[Edit]) -> list[_Hunk]:
    hunks: list[_Hunk] = []
    fitted = [Edit(clamped(edit.span, source), edit.text) for edit in edits]
    for edit in sorted(fitted, key=lambda edit: edit.span):
        first = source.position(edit.span.start).line
        last = source.position(edit.span.end).line
        if hunks and first <= hunks[-1].last:
            earlier = hunks.pop()
            hunks.append(_Hunk(earlier.first, max(last, earlier.last), [*earlier.edits, edit]))
        else:
            hunks.append(_Hunk(first, last, [edit]))
    return hunks


def _before_and_after(source: Source, hunk: _Hunk) -> tuple[int, list[str], list[str]]:
    """Return the column of the first change, the lines as they are and as they will be."""
    region = _region(source, hunk)
    text = source.text
    parts, done = [], region.start
    for edit in hunk.edits:
        start = max(edit.span.start, done)
        parts += [text[done:start], edit.text]
        done = max(edit.span.end, start)
    after = "".join([*parts, text[done : region.end]])
    before = text[region.start : region.end]
    column = hunk.edits[0].span.start - region.start
    return column, _LINE_END.split(before), _LINE_END.split(after)


def _region(source: Source, hunk: _Hunk) -> Span:
    first = hunk.edits[0].span.start
    last = max(edit.span.end for edit in hunk.edits)
    start = line_span(source, hunk.first).start
    end = max(line_span(source, hunk.last).end, last)
    return Span(max(start, first - WINDOW), min(end, last + WINDOW))


def _shared(one: list[str], other: list[str]) -> int:
    """Count the lines that both begin with."""
    size = min(len(one), len(other))
    return next((index for index in range(size) if one[index] != other[index]), size)
