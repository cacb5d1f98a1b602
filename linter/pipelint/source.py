"""The text of one file, and how offsets in it become lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right

from pipelint.record import NamedTuple

BOM = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n")


class Span(NamedTuple):
    """A half-open range of a text: 0-based offsets in code points."""

    start: int
    end: int


class Position(NamedTuple):
    """A place in a text: 1-based line, 1-based column in code points."""

    line: int
    column: int


class UndecodableError(ValueError):
    """Bytes that are not the encoding they claim to be; `line` is 1-based."""

    def __init__(self, line: int, encoding: str) -> None:
        super().__init__(f"not {encoding} text (line {line})")
        self.line = line
        self.encoding = encoding


class Source:
    r"""A file's text with its path. A byte order mark is not part of `text`.

    Lines end at `\\n`, `\\r\\n` or a lone `\\r`, as in YAML. The index of line starts is made
    when it is first asked for: most files have nothing to report.
    """

    __slots__ = ("_starts", "path", "text")

    def __init__(self, text: str, path: str = "<text>") -> None:
        self.text = text.removeprefix(BOM)
        self.path = path
        self._starts: list[int] | None = None

    @property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins; the first is 0."""
        if self._starts is None:
            self._starts = _line_starts(self.text)
        return self._starts

    def position(self, offset: int) -> Position:
        """Turn an offset into a line and a column, both 1-based, in code points."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def offset(self, line: int, column: int) -> int:
        """Turn a 1-based line and column into an offset, clamped to the line and the text."""
        starts = self.line_starts
        line = min(max(line, 1), len(starts))
        end = len(self.line(line))
        return starts[line - 1] + min(max(column - 1, 0), end)

    def line(self, number: int) -> str:
        """Return the text of a 1-based line, without its line end."""
        starts = self.line_starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def utf16_column(self, offset: int) -> int:
        """Return the 0-based column of an offset in UTF-16 code units, as editors count."""
        start = self.line_starts[self.position(offset).line - 1]
        return utf16_length(self.text[start:offset])

    def inside(self, span: Span) -> Span:
        """Fit a span into the text and make it non-empty, as reports require.

        An empty span takes the next character of its line, else the one before it.
        """
        size = len(self.text)
        start = min(max(span.start, 0), size)
        end = min(max(span.end, start), size)
        if start < end:
            return Span(start, end)
        if start < size and self.text[start] not in "\r\n":
            return Span(start, start + 1)
        if start > 0:
            return Span(start - 1, start)
        return Span(0, min(1, size))


def decode(data: bytes) -> str:
    """Read bytes as YAML does: UTF-8, or UTF-16 when a byte order mark says so.

    Raises UndecodableError with the first line that cannot be read.
    """
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UndecodableError(line, encoding.upper()) from None


def utf16_length(text: str) -> int:
    """Count the UTF-16 code units of a text."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _line_starts(text: str) -> list[int]:
    return [0, *(end.end() for end in _LINE_END.finditer(text))]
