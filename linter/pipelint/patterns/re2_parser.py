r"""Reads RE2 patterns as Go's `regexp.Compile` does, without recursion.

Facts are those of Go's `regexp/syntax` with the flags that `Compile` sets. Not repeated here: how
Go factors common beginnings out of a choice (it matters within a few levels of the deepest nesting),
and its limit on the memory of Unicode classes (some 80 kB of `\pL`).
"""

from __future__ import annotations

import re

from pipelint.patterns.problem import PatternError, quoted, refuse
from pipelint.patterns.re2_class import ClassReader, read_escape, read_named
from pipelint.patterns.re2_node import (
    ANY,
    ASSERT,
    TEXT,
    CharSet,
    Node,
    make_choice,
    make_concat,
    make_group,
    make_repeat,
    make_set,
)

MAX_REPEAT = 1000
MAX_HEIGHT = 1000
MAX_SIZE = (128 << 20) // 40

FOLD = 1
MULTILINE = 2
DOT_ALL = 4
UNGREEDY = 8
_FLAGS = {"i": FOLD, "m": MULTILINE, "s": DOT_ALL, "U": UNGREEDY}

_PLAIN = re.compile(r"[^\\()\[{|^$.*+?]+")
_COUNT = re.compile(r"\{(0|[1-9][0-9]*)(,(0|[1-9][0-9]*)?)?\}")
_FLAG_GROUP = re.compile(r"\(\?([imsU]*)(?:-([imsU]+))?([:)])")
_FLAG_RUN = re.compile(r"\(\?[imsU-]*")
_NAME = re.compile(r"[0-9A-Za-z_]+")
_REPETITIONS = {"*": (0, -1), "+": (1, -1), "?": (0, 1)}
_EXCEPT = "put what must not match under `unless`"
_UNSUPPORTED_GROUPS = (
    ("(?=", "look-ahead (`(?=`) is not supported by RE2", "write the text without `(?=` and `)`"),
    ("(?!", "negative look-ahead (`(?!`) is not supported by RE2", _EXCEPT),
    (
        "(?<=",
        "look-behind (`(?<=`) is not supported by RE2",
        "write the text without `(?<=` and `)`",
    ),
    ("(?<!", "negative look-behind (`(?<!`) is not supported by RE2", _EXCEPT),
    ("(?>", "an atomic group (`(?>`) is not supported by RE2", "write `(?:`: RE2 never goes back"),
    ("(?|", "a branch reset (`(?|`) is not supported by RE2", "write `(?:`"),
    ("(?#", "comments (`(?#`) are not supported by RE2", "write it as a YAML comment"),
    ("(?(", "conditions (`(?(`) are not supported by RE2", ""),
    ("(?'", "a name in quotes (`(?'`) is not supported by RE2", "write `(?P<name>`"),
    ("(?P=", "back-references (`(?P=`) are not supported by RE2", ""),
    ("(?P>", "recursion (`(?P>`) is not supported by RE2", ""),
    ("(?&", "recursion (`(?&`) is not supported by RE2", ""),
    ("(?R", "recursion (`(?R`) is not supported by RE2", ""),
)


class Group:
    """An open group, or the whole pattern: what was read of it so far."""

    __slots__ = ("branches", "captures", "flags", "items", "start")

    def __init__(self, start: int, flags: int, captures: bool) -> None:
        self.start = start
        self.flags = flags
        self.captures = captures
        self.branches: list[Node] = []
        self.items: list[Node] = []


class Parser:
    """The state of reading one pattern; `at` is the next character to read."""

    __slots__ = ("at", "classes", "flags", "groups", "last_repeat", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.flags = 0
        self.groups = [Group(0, 0, captures=False)]
        self.last_repeat = (-1, -1)
        self.classes = ClassReader(pattern)

    def push(self, node: Node, end: int) -> None:
        """Add a node that was read up to `end`."""
        self.groups[-1].items.append(node)
        self.at = end

    def push_text(self, text: str, end: int) -> None:
        """Add text that stands for itself; a repetition takes its last character only."""
        fold = bool(self.flags & FOLD)
        if len(text) > 1:
            self.push(Node(TEXT, text[:-1], fold), end)
        if text:
            self.push(Node(TEXT, text[-1], fold), end)
        self.at = end


def parse(pattern: str) -> Node:
    """Read a pattern; raises PatternError at the first mistake."""
    parser = Parser(pattern)
    while parser.at < len(pattern):
        character = pattern[parser.at]
        if read := _READERS.get(character):
            read(parser)
        else:
            run = _PLAIN.match(pattern, parser.at)
            parser.push_text(run.group() if run else character, run.end() if run else parser.at + 1)
    if len(parser.groups) > 1:
        start = parser.groups[-1].start
        raise refuse(
            start, start + 1, "`(` is never closed", "write `\\(` for the character itself"
        )
    return _finish(parser)


def _finish(parser: Parser) -> Node:
    """Take what the innermost group holds, and check what Go limits."""
    group = parser.groups[-1]
    group.branches.append(make_concat(group.items))
    node = make_choice(group.branches)
    end = parser.at + 1 if len(parser.groups) > 1 else parser.at
    _check_limits(node, group.start, end)
    return node


def _check_limits(node: Node, start: int, end: int) -> None:
    if node.height > MAX_HEIGHT:
        raise refuse(start, end, f"groups and repetitions nest more than {MAX_HEIGHT} deep")
    if node.size > MAX_SIZE:
        raise refuse(start, end, "the pattern is too large with its repetitions written out")


def _read_bar(parser: Parser) -> None:
    group = parser.groups[-1]
    group.branches.append(make_concat(group.items))
    group.items = []
    parser.at += 1


def _read_close(parser: Parser) -> None:
    if len(parser.groups) == 1:
        at = parser.at
        raise refuse(at, at + 1, "`)` closes no group", "write `\\)` for the character itself")
    node = _finish(parser)
    group = parser.groups.pop()
    parser.flags = group.flags
    if group.captures:
        node = make_group(node)
        _check_limits(node, group.start, parser.at + 1)
    parser.push(node, parser.at + 1)


def _read_open(parser: Parser) -> None:
    pattern, at = parser.pattern, parser.at
    if not pattern.startswith("(?", at):
        _open_group(parser, at + 1, captures=True)
        return
    for opening, message, advice in _UNSUPPORTED_GROUPS:
        if pattern.startswith(opening, at):
            raise refuse(at, at + len(opening), message, advice)
    for opening in ("(?P<", "(?<"):
        if pattern.startswith(opening, at):
            _open_group(parser, _read_name(pattern, at, at + len(opening)), captures=True)
            return
    _read_flags(parser)


def _open_group(parser: Parser, end: int, *, captures: bool) -> None:
    parser.groups.append(Group(parser.at, parser.flags, captures))
    parser.at = end


def _read_name(pattern: str, start: int, at: int) -> int:
    end = pattern.find(">", at)
    if end < 0:
        message = f"the name after `{pattern[start:at]}` is never closed"
        raise refuse(start, at, message, "write `>` after the name")
    if not _NAME.fullmatch(pattern, at, end):
        shown = quoted(pattern[start : end + 1])
        advice = "a name holds letters `a` to `z`, digits and `_`"
        raise refuse(start, end + 1, f"{shown} has no valid name", advice)
    return end + 1


def _read_flags(parser: Parser) -> None:
    pattern, at = parser.pattern, parser.at
    found = _FLAG_GROUP.match(pattern, at)
    if not found:
        raise _bad_flags(pattern, at)
    flags = parser.flags
    for letter in found.group(1):
        flags |= _FLAGS[letter]
    for letter in found.group(2) or "":
        flags &= ~_FLAGS[letter]
    if found.group(3) == ":":
        _open_group(parser, found.end(), captures=False)
    parser.at = found.end()
    parser.flags = flags


def _bad_flags(pattern: str, at: int) -> PatternError:
    run = _FLAG_RUN.match(pattern, at)
    end = run.end() if run else at
    shown = quoted(pattern[at : end + 1])
    if end == len(pattern):
        return refuse(at, end, f"the group {shown} is never closed", "write `(?i)` or `(?i:…)`")
    if pattern[end].isascii() and pattern[end].isalpha():
        message = f"the flag `{pattern[end]}` in {shown} is not supported by RE2"
        return refuse(at, end + 1, message, "the flags are `i`, `m`, `s` and `U`")
    return refuse(
        at, end + 1, f"{shown} is not supported by RE2", "write `(?:…)` for a plain group"
    )


def _read_class(parser: Parser) -> None:
    chars, end = parser.classes.read(parser.at)
    parser.push(make_set(chars, bool(parser.flags & FOLD)), end)


def _read_dot(parser: Parser) -> None:
    parser.push(Node(ANY, fold=bool(parser.flags & DOT_ALL)), parser.at + 1)


def _read_caret(parser: Parser) -> None:
    parser.push(Node(ASSERT, "^" if parser.flags & MULTILINE else "A"), parser.at + 1)


def _read_dollar(parser: Parser) -> None:
    parser.push(Node(ASSERT, "$" if parser.flags & MULTILINE else "z"), parser.at + 1)


def _read_backslash(parser: Parser) -> None:
    pattern, at = parser.pattern, parser.at
    letter = pattern[at + 1 : at + 2]
    if letter and letter in "AbBz":
        parser.push(Node(ASSERT, letter), at + 2)
        return
    if letter == "Q":
        end = pattern.find("\\E", at + 2)
        quote = pattern[at + 2 : end] if end >= 0 else pattern[at + 2 :]
        parser.push_text(quote, end + 2 if end >= 0 else len(pattern))
        return
    chars = CharSet()
    end = read_named(pattern, at, chars)
    if end > at:
        parser.push(make_set(chars, bool(parser.flags & FOLD)), end)
        return
    parser.push_text(*read_escape(pattern, at))


def _read_repetition(parser: Parser) -> None:
    low, high = _REPETITIONS[parser.pattern[parser.at]]
    _repeat(parser, low, high, parser.at + 1)


def _read_count(parser: Parser) -> None:
    found = _COUNT.match(parser.pattern, parser.at)
    if not found:
        # Go takes a brace that begins no count as the character.
        parser.push_text("{", parser.at + 1)
        return
    low, comma, high = found.groups()
    counts = [text for text in (low, high) if text]
    # The length goes first: Python takes its time with a number of many digits.
    if any(len(count) > len("1000") or int(count) > MAX_REPEAT for count in counts):
        raise refuse(
            *found.span(), f"the repeat count {quoted(found.group())} is more than {MAX_REPEAT}"
        )
    if high and int(low) > int(high):
        advice = f"write `{{{high},{low}}}`"
        raise refuse(
            *found.span(), f"the repeat count {quoted(found.group())} runs backwards", advice
        )
    most = int(high) if high else -1 if comma else int(low)
    _repeat(parser, int(low), most, found.end())


def _repeat(parser: Parser, low: int, high: int, end: int) -> None:
    """Repeat the last item; `end` is the end of the operator without its `?`."""
    pattern, start, items = parser.pattern, parser.at, parser.groups[-1].items
    operator = pattern[start:end]
    end += pattern.startswith("?", end)
    if parser.last_repeat[1] == start:
        raise _stacked(pattern, parser.last_repeat[0], start, end)
    if not items:
        raise _nothing_to_repeat(operator, start, end)
    node = make_repeat(items[-1], low, high)
    if max(low, high) > 1 and node.copies > MAX_REPEAT:
        message = f"nested repeat counts multiply to {node.copies}, more than {MAX_REPEAT}"
        raise refuse(start, end, message)
    _check_limits(node, start, end)
    items[-1] = node
    parser.last_repeat = (start, end)
    parser.at = end


def _stacked(pattern: str, first: int, second: int, end: int) -> PatternError:
    shown = quoted(pattern[first:end])
    if pattern[second] == "+":
        message = f"the possessive repetition {shown} is not supported by RE2"
        return refuse(first, end, message, f"write `{pattern[first:second]}`: RE2 never goes back")
    advice = "write `.*` for any text, `(?:…)*` to repeat a repetition"
    return refuse(first, end, f"{shown} repeats a repetition", advice)


def _nothing_to_repeat(operator: str, start: int, end: int) -> PatternError:
    advice = f"write `\\{operator}` for the character itself"
    if operator == "*":
        advice = "write `.*` for any text"
    return refuse(start, end, f"`{operator}` has nothing to repeat", advice)


_READERS = {
    "(": _read_open,
    ")": _read_close,
    "|": _read_bar,
    "[": _read_class,
    ".": _read_dot,
    "^": _read_caret,
    "$": _read_dollar,
    "\\": _read_backslash,
    "*": _read_repetition,
    "+": _read_repetition,
    "?": _read_repetition,
    "{": _read_count,
}
