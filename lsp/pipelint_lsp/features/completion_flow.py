"""Where a cursor stands inside of brackets: `{a: [b, ‸`."""

from __future__ import annotations

import re
from typing import NamedTuple

_PART = re.compile(
    r"""
    [\[\]{},] | :(?=[\s,\[\]{}]|$)
    | "(?:[^"\\]|\\.)*"? | '(?:[^']|'')*'?
    | \#[^\n]* | \s+ | [^\s\[\]{},"':\#]+(?::[^\s,\[\]{}]+)* | .
    """,
    re.VERBOSE,
)
_MOST = 20_000

KEY = "key"
DASH = "dash"

Step = tuple[str, str, dict[str, "str | None"]]


class Flow(NamedTuple):
    """The way into brackets, what belongs there (`map`, `list`, `value`), and the word begun."""

    steps: list[Step]
    what: str
    fields: dict[str, str | None]
    word: str
    quoted: bool


class _Level:
    """A bracket that is open. `key` is the last key of a mapping, None where one is awaited."""

    __slots__ = ("awaits_value", "fields", "is_map", "last")

    def __init__(self, sign: str) -> None:
        self.is_map = sign == "{"
        self.fields: dict[str, str | None] = {}
        self.last = ""
        self.awaits_value = False

    def step(self) -> Step:
        return (KEY, self.last, self.fields) if self.is_map else (DASH, "", {})


def inside_flow(text: str) -> Flow | None:
    """Read a text from a bracket to the cursor; None where that is closed before the end."""
    if len(text) > _MOST:
        return None
    levels: list[_Level] = []
    word = ""
    for match in _PART.finditer(text):
        part = match[0]
        if part in "[{":
            levels.append(_Level(part))
            word = ""
        elif part in "]}":
            levels.pop()
            if not levels:
                return None
            word = ""
        elif part == ",":
            levels[-1].awaits_value = False
            word = ""
        elif part == ":":
            levels[-1].last, levels[-1].awaits_value, word = _plain(word), True, ""
            levels[-1].fields.setdefault(levels[-1].last, None)
        elif not part.isspace() and not part.startswith("#"):
            word = part
            if levels[-1].awaits_value and match.end() < len(text):
                levels[-1].fields[levels[-1].last] = _plain(part)
    return _flow(levels, "" if text[-1:].isspace() else word)


def _flow(levels: list[_Level], word: str) -> Flow:
    last = levels[-1]
    quoted = word[:1] in {"'", '"'}
    steps = [level.step() for level in levels[:-1]]
    if not last.is_map:
        return Flow([*steps, last.step()], "list", {}, word[quoted:], quoted)
    if last.awaits_value:
        return Flow([*steps, last.step()], "value", last.fields, word[quoted:], quoted)
    return Flow(steps, "map", last.fields, word[quoted:], quoted)


def _plain(word: str) -> str:
    return word.strip("\"'")
