r"""What fixes change as a unified diff, made from the edits: no two texts are compared.

Lines end at `\n` alone, as for `patch` and `git apply`. What could act on a terminal is written as
its code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from pipelint.diagnostic import Edit
from pipelint.fixing.edits import apply
from pipelint.record import NamedTuple
from pipelint.source import Span

CONTEXT = 3
"""Unchanged lines shown before and after a change."""

_ACTING = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters and those that change the direction of writing."""

_NO_END = "\\ No newline at end of file"


class Change(NamedTuple):
    """Lines that go and come: `first` is the number of lines before them."""

    first: int
    gone: list[str]
    come: list[str]

    @property
    def end(self) -> int:
        """The number of lines before the first that stays."""
        return self.first + len(self.gone)


def patch(path: str, text: str, edits: Sequence[Edit]) -> Iterator[str]:
    """Yield the lines of a diff without their ends; nothing where nothing changes.

    The edits are ordered and apart. Credentials in `text` are to be hidden by the caller.
    """
    lines = _lines(text)
    changes = list(_changes(text, lines, edits))
    if not changes:
        return
    yield f"--- {_shown(path)}"
    yield f"+++ {_shown(path)}"
    grown = 0
    for hunk in _hunks(changes):
        yield from _draw(lines, hunk, grown)
        grown += sum(len(one.come) - len(one.gone) for one in hunk)


def _lines(text: str) -> list[str]:
    *whole, rest = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([rest] if rest else [])]


def _changes(text: str, lines: Sequence[str], edits: Sequence[Edit]) -> Iterator[Change]:
    """Find the lines that differ; edits of the same lines are one change."""
    starts = [0, *accumulate(len(line) for line in lines)][: max(len(lines), 1)]
    for first, last, inside in _by_lines(starts, edits):
        start = starts[first]
        gone = list(lines[first : last + 1])
        end = start + sum(map(len, gone))
        moved = [Edit(Span(at - start, to - start), new) for (at, to), new in inside]
        come = _lines(apply(text[start:end], moved))
        same = _shared(gone, come)
        rest = _shared(gone[same:][::-1], come[same:][::-1])
        change = Change(first + same, gone[same : len(gone) - rest], come[same : len(come) - rest])
        if change.gone or change.come:
            yield change


def _by_lines(
    starts: Sequence[int], edits: Sequence[Edit]
) -> Iterator[tuple[int, int, list[Edit]]]:
    """Group the edits that touch the same lines: the first line, the last, the edits."""
    first, last = 0, -1
    group: list[Edit] = []
    for edit in edits:
        begins, ends = (bisect_right(starts, offset) - 1 for offset in edit.span)
        if begins > last:
            if group:
                yield first, last, group
            first, group = begins, []
        group.append(edit)
        last = ends
    if group:
        yield first, last, group


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the lines that both begin with."""
    size = min(len(one), len(other))
    return next((index for index in range(size) if one[index] != other[index]), size)


def _hunks(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Put changes together between which there is nothing to leave out."""
    hunk = [changes[0]]
    for change in changes[1:]:
        if change.first - hunk[-1].end > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    yield hunk


def _draw(lines: Sequence[str], hunk: Sequence[Change], grown: int) -> Iterator[str]:
    """Draw a hunk; `grown` is how many lines the ones before it have added."""
    start = max(hunk[0].first - CONTEXT, 0)
    end = min(hunk[-1].end + CONTEXT, len(lines))
    more = sum(len(one.come) - len(one.gone) for one in hunk)
    old, new = _range(start, end - start), _range(start + grown, end - start + more)
    yield f"@@ -{old} +{new} @@"
    done = start
    for change in hunk:
        yield from _signed(" ", lines[done : change.first])
        yield from _signed("-", change.gone)
        yield from _signed("+", change.come)
        done = change.end
    yield from _signed(" ", lines[done:end])


def _range(start: int, size: int) -> str:
    """Write lines `start` to `start + size`, counted from 0, in the way of diffs."""
    if size == 1:
        return str(start + 1)
    return f"{start + 1 if size else start},{size}"


def _signed(sign: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        content = line.removesuffix("\n")
        end = "\r" if content.endswith("\r") and content != line else ""
        yield f"{sign}{_shown(content.removesuffix(end))}{end}"
        if content == line:
            yield _NO_END


def _shown(text: str) -> str:
    return _ACTING.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
