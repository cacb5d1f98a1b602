r"""How a user's text is drawn: every code point has a piece of output and a number of cells.

Whatever has no glyph of its own is written as its code: `\x1b`, `\u202e`. So no text can
move the cursor, reorder what surrounds it or hide in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from pipelint.record import NamedTuple
from pipelint.source import Source, Span

TAB = {True: "⇥ ", False: "->"}
ELLIPSIS = {True: "…", False: "..."}
REACH = 2
"""Code points looked at for each column: a glyph may be made of several that take no room."""

LEAST = 8
"""Cells that a line is given in the narrowest terminal."""


class Drawn(NamedTuple):
    """The visible part of a line.

    `start` is the offset of its first code point. `edges[i]` is the cell, counted from 0, where
    code point `start + i` begins; one more edge says where the last one ends.
    """

    text: str
    start: int
    edges: Sequence[int]

    def shows(self, span: Span) -> bool:
        """Tell whether all of a span is visible."""
        return self.start <= span.start and span.end < self.start + len(self.edges)

    def cells(self, span: Span) -> tuple[int, int]:
        """Return the first cell of a span and how many it takes: at least one."""
        last = len(self.edges) - 1
        left = self.edges[min(max(span.start - self.start, 0), last)]
        right = self.edges[min(max(span.end - self.start, 0), last)]
        return left, max(right - left, 1)


def printable(text: str, unicode: bool = True) -> str:
    """Write a text on one line, with everything that has no glyph as its code."""
    if text.isprintable() and (unicode or text.isascii()):
        return text
    return "".join(_piece(character, unicode) for character in text)


def line_span(source: Source, number: int) -> Span:
    """Return where a 1-based line lies in the text, without its line end; copies nothing."""
    starts, text = source.line_starts, source.text
    end = starts[number] if number < len(starts) else len(text)
    start = starts[number - 1]
    while end > start and text[end - 1] in "\r\n":
        end -= 1
    return Span(start, end)


def draw_line(text: str, line: Span, focus: Span, room: int, unicode: bool = True) -> Drawn:
    """Draw a line of a text in `room` cells (at least 8), clipped around what it is shown for.

    `line` is where it lies in the text, without its line end; `focus` lies inside `line`.
    However long the line is, only what may be visible is looked at.
    """
    room = max(room, LEAST)
    reach = REACH * room
    near = Span(max(line.start, focus.start - reach), min(line.end, focus.start + reach))
    pieces, edges = _pieces(text[near.start : near.end], unicode)
    if near == line and edges[-1] <= room:
        return Drawn("".join(pieces), line.start, edges)
    shown = Span(focus.start - near.start, min(focus.end, near.end) - near.start)
    left, right = _clip(edges, shown, room - 2 * len(ELLIPSIS[unicode]))
    before = ELLIPSIS[unicode] if near.start + left > line.start else ""
    after = ELLIPSIS[unicode] if near.start + right < line.end else ""
    shift = len(before) - edges[left]
    return Drawn(
        before + "".join(pieces[left:right]) + after,
        near.start + left,
        [edge + shift for edge in edges[left : right + 1]],
    )


def _clip(edges: Sequence[int], shown: Span, room: int) -> tuple[int, int]:
    """Choose the code points that fit: what is shown first, then as much on both sides."""
    spare = max(room - (edges[shown.end] - edges[shown.start]), 0)
    left = min(_whole(edges, edges[shown.start] - spare // 2), shown.start)
    right = max(bisect_right(edges, edges[left] + room) - 1, left)
    if right == len(edges) - 1:
        left = min(_whole(edges, edges[right] - room), shown.start)
    return left, right


def _whole(edges: Sequence[int], cell: int) -> int:
    """Find the first glyph at or after a cell, past the marks that belong to the one before."""
    first = bisect_left(edges, cell)
    return bisect_right(edges, edges[first]) - 1


def _pieces(text: str, unicode: bool) -> tuple[Sequence[str], Sequence[int]]:
    if text.isascii() and text.isprintable():
        return text, range(len(text) + 1)
    glyphs = [_glyph(character, unicode) for character in text]
    return [piece for piece, _ in glyphs], [0, *accumulate(cells for _, cells in glyphs)]


@lru_cache(maxsize=4096)
def _glyph(character: str, unicode: bool) -> tuple[str, int]:
    piece = TAB[unicode] if character == "\t" else _piece(character, unicode)
    return piece, len(piece) if piece.isascii() else sum(map(_cells, piece))


def _piece(character: str, unicode: bool) -> str:
    if character.isprintable() and (unicode or character.isascii()):
        return character
    if character == "…":
        return ELLIPSIS[False]
    return character.encode("unicode_escape").decode("ascii")


def _cells(character: str) -> int:
    """Count the terminal cells of a character: two for a wide glyph, none for a combining mark."""
    from unicodedata import category, east_asian_width  # most files never need the tables

    if category(character) in {"Mn", "Me"} or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
