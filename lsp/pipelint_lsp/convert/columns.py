"""Places of one text as an editor counts them: 0-based lines, columns in units of an encoding."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from pipelint.source import BOM, Source, utf16_length

UTF8, UTF16, UTF32 = "utf-8", "utf-16", "utf-32"
_ASTRAL = 0x10000


class Columns:
    """Turns places of a text into offsets (0-based, in code points), and back.

    A line ends where `Source` says, as in the protocol, and nowhere else. Places that do not exist
    are moved to the nearest one before them: the end of the line or of the text. A byte order mark
    is a character for editors, and no part of our texts: `marked` says it is there.
    """

    __slots__ = ("_ascii", "encoding", "marked", "source")

    def __init__(self, source: Source, encoding: str = UTF16, *, marked: bool = False) -> None:
        self.source = source
        self.encoding = encoding
        self.marked = marked
        self._ascii = source.text.isascii()

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place."""
        starts = self.source.line_starts
        if line >= len(starts):
            return len(self.source.text)
        line = max(line, 0)
        column -= self._mark(line)
        text = self.source.line(line + 1)
        if self._ascii or self.encoding == UTF32:
            return starts[line] + min(max(column, 0), len(text))
        return starts[line] + _points(text, column, self.encoding)

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset."""
        starts = self.source.line_starts
        line = bisect_right(starts, offset) - 1
        column = offset - starts[line]
        if not self._ascii and self.encoding != UTF32:
            column = length(self.source.text[starts[line] : offset], self.encoding)
        return line, column + self._mark(line)

    def _mark(self, line: int) -> int:
        return length(BOM, self.encoding) if self.marked and line == 0 else 0


def length(text: str, encoding: str) -> int:
    """Count the units of a text."""
    if encoding == UTF16:
        return utf16_length(text)
    return len(text.encode("utf-8", "surrogatepass")) if encoding == UTF8 else len(text)


def _points(text: str, column: int, encoding: str) -> int:
    """Count the code points in so many units; a place inside of a character is before it."""
    taken = 0
    for at, sign in enumerate(text):
        taken += _width(sign, encoding)
        if taken > column:
            return at
    return len(text)


def _width(sign: str, encoding: str) -> int:
    if encoding == UTF16:
        return 2 if ord(sign) >= _ASTRAL else 1
    return len(sign.encode("utf-8", "surrogatepass"))


class Change(NamedTuple):
    """A change of a text. The places are a line and a column each; without them all is new."""

    text: str
    start: tuple[int, int] | None = None
    end: tuple[int, int] | None = None


def apply(text: str, changes: Iterable[Change], encoding: str) -> str:
    """Apply changes one after the other, each to what the one before it has made."""
    for change in changes:
        text = _apply(text, change, encoding)
    return text


def _apply(text: str, change: Change, encoding: str) -> str:
    if change.start is None or change.end is None:
        return change.text
    columns = Columns(Source(text), encoding, marked=text.startswith(BOM))
    places = (_whole_offset(columns, *place) for place in (change.start, change.end))
    start, end = sorted(places)
    return text[:start] + change.text + text[end:]


def _whole_offset(columns: Columns, line: int, column: int) -> int:
    """Return the offset of a place in a text with its mark, which can be replaced too."""
    if columns.marked and line <= 0 and column < length(BOM, columns.encoding):
        return 0
    return columns.offset(line, column) + columns.marked
