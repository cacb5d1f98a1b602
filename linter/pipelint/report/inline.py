"""The user's words in Markdown: as code, where nothing in them means anything.

Whatever does not look like plain words is written as code: no link, image, mention or tag of HTML
can come of it, in any dialect of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipelint.report.drawing import printable

_TICKS = re.compile("`+")
_QUOTED = re.compile(r"`([^`]+)`(?!`)")
_PLAIN = re.compile(
    r"[(\"']?[^\W\d_]+(?:[-'][^\W\d_]+)*[)\"']?[,.;:?]?|\d+[,.;:)]?|[\u2014\u2026,;:]"
)


def prose(text: str) -> str:
    """Write a sentence: what it quotes in back-ticks is code, and so is every odd word."""
    parts, done = [], 0
    line = printable(text)
    for quoted in _QUOTED.finditer(line):
        parts += [_words(line[done : quoted.start()]), code(quoted[1])]
        done = quoted.end()
    return _joined([*parts, _words(line[done:])])


def _joined(parts: Iterable[str]) -> str:
    """Join parts; two pieces of code must not touch, or their back-ticks would become one."""
    text = ""
    for part in parts:
        text += f" {part}" if text.endswith("`") and part.startswith("`") else part
    return text


def _words(text: str) -> str:
    return " ".join(_word(word) for word in text.split(" "))


def _word(word: str) -> str:
    return word if not word or _PLAIN.fullmatch(word) else code(word)


def code(text: str) -> str:
    """Write a text as code, within back-ticks that are more than it holds in a row."""
    line = printable(text)
    ticks = "`" * (_longest(line) + 1)
    space = " " if line.startswith("`") or line.endswith("`") or line.isspace() else ""
    return f"{ticks}{space}{line or ' '}{space}{ticks}"


def fenced(lines: Iterable[str]) -> Iterator[str]:
    """Write lines as a block of code; they must have no line ends in them."""
    block = list(lines)
    fence = "`" * max([3, *(_longest(line) + 1 for line in block)])
    yield f"{fence}text"
    yield from block
    yield fence


def _longest(line: str) -> int:
    return max((len(ticks) for ticks in _TICKS.findall(line)), default=0)
