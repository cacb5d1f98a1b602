r"""Reads RE2 patterns as Go's `regexp.Compile` does, without recursion.

Facts are those of Go's `regexp/syntax` with the flags that `Compile` sets. Not repeated here: how
Go factors common beginnings out of a choice (it matters within a few levels of the deepest
nesting), and its limit on the memory of Unicode classes (some 80 kB of `\pL`).
"""

from __future__ import annotations

import re

from pipelint.patterns.problem import PatternError, quoted, refuse
from pipelint.patterns.re2_class import ClassReader, read_escape, read_named
from pipelint.patterns.re2_group import DOT_ALL, FOLD, MULTILINE, read_opening
from pipelint.patterns.re2_node import (
    ANY,
    ASSERT,
    SET,
    TEXT,
    CharSet,
    Node,
    make_choice,
    make_concat,
    make_group,
    make_repeat,
    make_set,
)
from pipelint.record import NamedTuple

MAX_REPEAT = 1000
MAX_HEIGHT = 1000
MAX_SIZE = (128 << 20) // 40

_PLAIN = re.compile(r"[^\\()\[{|^$.*+?]+")
_COUNT = re.compile(r"\{(0|[1-9][0-9]*)(,(0|[1-9][0-9]*)?)?\}")
_REPETITIONS = {"*": (0, -1), "+": (1, -1), "?": (0, 1)}


class Group(NamedTuple):
    """An open group, or the whole pattern: where it starts, in the text and in both lists."""

    start: int
    flags: int
    captures: bool
    first_item: int
    first_branch: int


class Parser:
    """The state of reading one pattern; `at` is the next character to read.

    The parts of all open groups lie in two lists, and equal leaves are one node: a pattern of
    a million signs makes few objects.
    """

    __slots__ = (
        "at",
        "branches",
        "classes",
        "flags",
        "groups",
        "items",
        "last_repeat",
        "leaves",
        "pattern",
    )

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.flags = 0
        self.items: list[Node] = []
        self.branches: list[Node] = []
        self.groups = [Group(0, 0, captures=False, first_item=0, first_branch=0)]
        self.last_repeat = (-1, -1)
        self.classes = ClassReader(pattern)
        self.leaves: dict[tuple[str, str, int], Node] = {}

    def push(self, node: Node, end: int) -> None:
        """Add a node that was read up to `end`."""
        self.items.append(node)
        self.at = end

    def push_leaf(self, kind: str, text: str, flag: int, end: int) -> None:
        """Add a node without parts; `flag` is what the flags in force mean for it."""
        key = (kind, text, flag)
        node = self.leaves.get(key)
        if not node:
            node = self.leaves[key] = Node(kind, text, bool(flag))
        self.push(node, end)

    def push_text(self, text: str, end: int) -> None:
        """Add text that stands for itself; a repetition takes its last character only."""
        fold = self.flags & FOLD
        if len(text) > 1:
            self.push(Node(TEXT, text[:-1], bool(fold)), end)
        if text:
            self.push_leaf(TEXT, text[-1], fold, end)
        self.at = end

    def end_branch(self) -> None:
        """Make one node of what was read since the last `(` or `|`."""
        first = self.groups[-1].first_item
        self.branches.append(make_concat(self.items[first:]))
        del self.items[first:]

    def open_group(self, *, captures: bool) -> None:
        """Open a group; when it closes, the flags of now are in force again."""
        group = Group(self.at, self.flags, captures, len(self.items), len(self.branches))
        self.groups.append(group)


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
        advice = "write `\\(` for the character itself"
        raise refuse(start, start + 1, "`(` is never closed", advice)
    return _finish(parser)


def _finish(parser: Parser) -> Node:
    """Take what the innermost group holds, and check what Go limits."""
    parser.end_branch()
    group = parser.groups[-1]
    node = make_choice(parser.branches[group.first_branch :])
    del parser.branches[group.first_branch :]
    end = parser.at + 1 if len(parser.groups) > 1 else parser.at
    _check_limits(node, group.start, end)
    return node


def _check_limits(node: Node, start: int, end: int) -> None:
    if node.height > MAX_HEIGHT:
        raise refuse(start, end, f"groups and repetitions nest more than {MAX_HEIGHT} deep")
    if node.size > MAX_SIZE:
        raise refuse(start, end, "the pattern is too large with its repetitions written out")


def _read_bar(parser: Parser) -> None:
    parser.end_branch()
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
    opening = read_opening(parser.pattern, parser.at, parser.flags)
    if opening.opens:
        parser.open_group(captures=opening.captures)
    parser.at = opening.end
    parser.flags = opening.flags


def _read_class(parser: Parser) -> None:
    chars, end = parser.classes.read(parser.at)
    parser.push(make_set(chars, bool(parser.flags & FOLD)), end)


def _read_dot(parser: Parser) -> None:
    parser.push_leaf(ANY, ".", parser.flags & DOT_ALL, parser.at + 1)


def _read_caret(parser: Parser) -> None:
    parser.push_leaf(ASSERT, "^" if parser.flags & MULTILINE else "A", 0, parser.at + 1)


def _read_dollar(parser: Parser) -> None:
    parser.push_leaf(ASSERT, "$" if parser.flags & MULTILINE else "z", 0, parser.at + 1)


def _read_backslash(parser: Parser) -> None:
    pattern, at = parser.pattern, parser.at
    letter = pattern[at + 1 : at + 2]
    if letter and letter in "AbBz":
        parser.push_leaf(ASSERT, letter, 0, at + 2)
        return
    if letter == "Q":
        end = pattern.find("\\E", at + 2)
        quote = pattern[at + 2 : end] if end >= 0 else pattern[at + 2 :]
        parser.push_text(quote, end + 2 if end >= 0 else len(pattern))
        return
    if _read_named_class(parser):
        return
    parser.push_text(*read_escape(pattern, at))


def _read_named_class(parser: Parser) -> bool:
    at, fold = parser.at, parser.flags & FOLD
    if known := parser.leaves.get((SET, parser.pattern[at : at + 2], fold)):
        parser.push(known, at + 2)
        return True
    chars = CharSet()
    end = read_named(parser.pattern, at, chars)
    if end > at:
        node = make_set(chars, bool(fold))
        parser.push(node, end)
        if end == at + 2:
            parser.leaves[SET, parser.pattern[at:end], fold] = node
    return end > at


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
    pattern, start, items = parser.pattern, parser.at, parser.items
    operator = pattern[start:end]
    end += pattern.startswith("?", end)
    if parser.last_repeat[1] == start:
        raise _stacked(pattern, parser.last_repeat[0], start, end)
    if len(items) == parser.groups[-1].first_item:
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
