"""The text around a mistake, line by line: where keys, values and comments stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from pipelint.record import NamedTuple

_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_BLANKS = re.compile(r"[ \t]*")
_DASHES = re.compile(r"(?:-(?:[ \t]+|$))*")
_QUOTED = re.compile(r"""'[^']*(?:''[^']*)*'|"[^"\\]*(?:\\.[^"\\]*)*\"""")
_COLON = re.compile(r":(?=[ \t]|$)")
_COMMENT = re.compile(r"(?<![^ \t])#")


class Line(NamedTuple):
    """One line. The numbers are offsets in the text, in code points.

    In `- key: value  # comment`, `content` is the dash, `item` the `k`, `colon` the colon, `value`
    the `v` and `stop` the end of the value. Without a key, `colon` is -1 and `value` is `item`.
    """

    start: int
    content: int
    item: int
    colon: int
    value: int
    stop: int

    @property
    def column(self) -> int:
        """The 0-based column of the first character."""
        return self.content - self.start

    @property
    def item_column(self) -> int:
        """The 0-based column of what stands behind the dashes."""
        return self.item - self.start

    @property
    def blank(self) -> bool:
        """Whether nothing stands here, or only a comment."""
        return self.content >= self.stop

    @property
    def has_key(self) -> bool:
        """Whether a colon ends a key here."""
        return self.colon >= 0

    @property
    def has_dash(self) -> bool:
        """Whether a list item begins here."""
        return self.item > self.content

    @property
    def has_value(self) -> bool:
        """Whether something stands behind the key, or behind the dash."""
        return self.value < self.stop


class Lines:
    """A text cut into lines (0-based) as libyaml does, each looked at when it is asked for.

    `starts` are those of a text that was cut before, where this one has the same lines.
    """

    __slots__ = ("starts", "text")

    def __init__(self, text: str, starts: list[int] | None = None) -> None:
        self.text = text
        self.starts = starts or _starts(text)

    def number(self, offset: int) -> int:
        """Return the line in which an offset lies."""
        return bisect_right(self.starts, offset) - 1

    def at(self, offset: int) -> Line:
        """Return the parts of the line in which an offset lies."""
        return self.line(self.number(offset))

    def column(self, offset: int) -> int:
        """Return the 0-based column of an offset."""
        return offset - self.starts[self.number(offset)]

    def end(self, number: int) -> int:
        """Return the offset at which a line ends, before its break."""
        if number + 1 >= len(self.starts):
            return len(self.text)
        end = self.starts[number + 1] - 1
        return end - 1 if self.text[end - 1 : end + 1] == "\r\n" else end

    def raw(self, number: int) -> str:
        """Return the text of a line, without its break."""
        return self.text[self.starts[number] : self.end(number)]

    def indent(self, number: int) -> int:
        """Return the 0-based column of the first character of a line that is no blank."""
        text = self.raw(number)
        return len(text) - len(text.lstrip(" \t"))

    def is_blank(self, number: int) -> bool:
        """Tell whether nothing stands on a line, or only a comment."""
        text = self.raw(number).lstrip(" \t")
        return text.startswith("#") or not text.strip()

    def line(self, number: int) -> Line:
        """Return the parts of a line."""
        start = self.starts[number]
        text = self.raw(number)
        content = _skip(_BLANKS, text, 0)
        item = _skip(_DASHES, text, content)
        colon = _find_colon(text, item)
        value = item if colon < 0 else _skip(_BLANKS, text, colon + 1)
        stop = max(_find_stop(text, value), colon + 1, 0)
        parts = (0, content, item, colon, min(value, stop), stop)
        return Line(*(part if part < 0 else start + part for part in parts))


def _starts(text: str) -> list[int]:
    if text.isascii() and "\r" not in text:
        return [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]
    return [0, *(found.end() for found in _BREAK.finditer(text))]


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _find_colon(text: str, item: int) -> int:
    """Find the colon that ends a key which begins at `item`."""
    if text[item : item + 1] in {"", "#", "[", "{"}:
        return -1
    if text[item] in "'\"":
        end = _skip(_QUOTED, text, item)
        found = _COLON.match(text, _skip(_BLANKS, text, end)) if end > item else None
    else:
        found = _COLON.search(text, item, _comment(text, item))
    return found.start() if found else -1


def _find_stop(text: str, value: int) -> int:
    """Find where a value ends that begins at `value`: before the blanks and the comment."""
    behind = value
    if text[value : value + 1] in {"'", '"'}:
        behind = _skip(_QUOTED, text, value)
        if behind == value:  # never closed
            return len(text.rstrip())
    return len(text[: _comment(text, behind)].rstrip())


def _comment(text: str, start: int) -> int:
    found = _COMMENT.search(text, start)
    return found.start() if found else len(text)
