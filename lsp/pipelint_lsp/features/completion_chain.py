"""The path before a cursor in an expression: in `pipeline.stages.bu‸` a receiver and a word."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelint.expressions.scan import OPENER

_MARK = re.compile(r"<\+|(?<!\\)>")
_WORD_BEHIND = re.compile(r"[\w$]*")
_CALL = re.compile(r"([\w$.]+)\s*\(\s*$")
_PAIRS = {")": "(", "]": "[", "}": "{"}
_MOST = 4_000


class Chain(NamedTuple):
    """What stands before the cursor. `receiver` is empty for a first name.

    `word` is the part of the name that is typed. In a quoted argument `call` names the function,
    and `word` is what is quoted so far. `depth` counts the brackets that are open.
    """

    receiver: str
    word: str
    call: str = ""
    depth: int = 0


def find_opener(text: str, start: int, end: int) -> int | None:
    """Return where the innermost expression begins that is open at `end`; looks back to `start`."""
    depth = 0
    for mark in reversed(list(_MARK.finditer(text, max(start, end - _MOST), end))):
        if mark[0] != OPENER:
            depth += 1
        elif depth:
            depth -= 1
        else:
            return mark.start()
    return None


def is_closed(rest: str) -> bool:
    """Tell whether what follows the cursor on its line closes the expression.

    A `>` between blanks does not: it most likely sends an output to a file.
    """
    depth = 0
    for mark in _MARK.finditer(rest):
        if mark[0] == OPENER:
            depth += 1
        elif depth:
            depth -= 1
        else:
            around = rest[max(mark.start() - 1, 0) : mark.end() + 1]
            return not (around[:1] == " " and around[-1:] == " ")
    return False


def word_behind(rest: str) -> int:
    """Return how many characters behind the cursor belong to the same name."""
    match = _WORD_BEHIND.match(rest)
    return match.end() if match else 0


def read_chain(before: str) -> Chain | None:
    """Read an expression from behind its opener to the cursor; None where no name belongs there."""
    quote, depth, at = _state(before)
    if quote:
        call = _CALL.search(before[:at])
        return Chain("", before[at + 1 :], call[1], depth) if call else None
    begin = _start_of_name(before, len(before))
    head, word = before[:begin], before[begin:]
    if word[:1].isdigit():
        return None
    if not head.endswith("."):
        return None if head[-1:] in {")", "]", ">"} else Chain("", word, "", depth)
    head = head[:-1].removesuffix("?")
    start = _start_of_receiver(head)
    return Chain(head[start:], word, "", depth) if start < len(head) else None


def _state(text: str) -> tuple[str, int, int]:
    """Return the quote that is open at the end, how many brackets are, and where the quote is."""
    quote, depth, at = "", 0, 0
    escaped = False
    for place, sign in enumerate(text):
        if escaped:
            escaped = False
        elif quote:
            escaped = sign == "\\"
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote, at = sign, place
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            depth = max(depth - 1, 0)
    return quote, depth, at


def _start_of_receiver(text: str) -> int:
    """Return where the path begins that ends with a text."""
    at = len(text)
    while at > 0:
        begin = _start_of_part(text, at)
        if begin == at:
            return at
        at = begin
        if at > 0 and text[at - 1] == ".":
            at -= 2 if text[at - 2 : at] == "?." else 1
            continue
        if at > 0 and text[at - 1] in ")]" and text[begin] in "([":
            continue
        if text[begin] in "([" and at > 0 and (text[at - 1].isalnum() or text[at - 1] in "_$"):
            continue
        return at
    return at


def _start_of_part(text: str, end: int) -> int:
    """Return where a name, a bracket or a nested expression begins that ends at an offset."""
    sign = text[end - 1]
    if sign in ")]":
        return _start_of_bracket(text, end)
    if sign == ">":
        opener = find_opener(text, 0, end - 1)
        return end if opener is None else opener
    return _start_of_name(text, end)


def _start_of_name(text: str, end: int) -> int:
    at = end
    while at and (text[at - 1].isalnum() or text[at - 1] in "_$"):
        at -= 1
    return at


def _start_of_bracket(text: str, end: int) -> int:
    depth, quote = 0, ""
    for at in range(end - 1, -1, -1):
        sign = text[at]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign in _PAIRS:
            depth += 1
        elif sign in "([{":
            depth -= 1
            if depth == 0:
                return at
    return end
