"""Ignores: `# pipelint: ignore[rule] reason` at a line or above a node; `ignore-file` for all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from pipelint.diagnostic import Edit, Finding, Fix
from pipelint.name import nearest
from pipelint.record import NamedTuple
from pipelint.rule import Rule
from pipelint.source import Source, Span
from pipelint.suppression import INVALID_IGNORE

_SIGN = re.compile(r"#[ \t]*pipelint:[ \t]*")
_WORD = re.compile(r"[A-Za-z_-]*")
_HEADER = re.compile(r"[|>][0-9+-]{0,2}$")
_FILE = "ignore-file"
_WORDS = ("ignore", _FILE)
_EXAMPLE = "write `# pipelint: ignore[rule] reason`"
_SHOWN = 60

Extent = Callable[[int], Span]
"""Gives the extent of the node that begins at an offset or after it."""

Found = tuple[Rule, Finding]


class Comment(Protocol):
    """A comment of the text, from its `#` to the end of its line; offsets as in a span."""

    @property
    def start(self) -> int: ...  # noqa: D102 - the class says it

    @property
    def end(self) -> int: ...  # noqa: D102

    @property
    def own_line(self) -> bool:
        """Tell whether nothing but space stands before it."""


class Name:
    """A name in the brackets of an ignore, and whether it has hidden anything.

    `reason` is that of the ignore.
    """

    __slots__ = ("reason", "span", "text", "used")

    def __init__(self, text: str, span: Span, reason: str) -> None:
        self.text = text
        self.span = span
        self.reason = reason
        self.used = False


class Ignore(NamedTuple):
    """One comment. `span` goes from its sign to the end of the reason.

    `reach` is the text that it is about. With `by_line`, a finding that ends in it is meant as well
    as one that starts in it.
    """

    span: Span
    comment: Comment
    names: tuple[Name, ...]
    reason: str
    reach: Span
    whole_file: bool
    by_line: bool


def read(
    source: Source, comments: Sequence[Comment], extent: Extent
) -> tuple[list[Ignore], list[Found]]:
    """Return the ignores of a text, and what is wrong with those that cannot be read."""
    ignores: list[Ignore] = []
    wrong: list[Found] = []
    for comment in comments:
        sign = _SIGN.search(source.text, comment.start, comment.end)
        if sign is None:
            continue
        made = _ignore(source, comment, Span(sign.start(), sign.end()), extent)
        if isinstance(made, Ignore):
            ignores.append(made)
        else:
            wrong.append((INVALID_IGNORE, made))
    return ignores, wrong


def clip(name: str) -> str:
    """Shorten a word of the user for a message."""
    return name if len(name) <= _SHOWN else name[:_SHOWN] + "…"


def _ignore(source: Source, comment: Comment, sign: Span, extent: Extent) -> Ignore | Finding:
    text, end = source.text, comment.end
    matched = _WORD.match(text, sign.end, end)
    at = matched.end() if matched else sign.end
    word = text[sign.end : at]
    if word not in _WORDS:
        return _unknown_word(word, Span(sign.start, max(at, sign.start + 1)))
    rest = text[at:end]
    opened = at + len(rest) - len(rest.lstrip(" \t"))
    closed = text.find("]", opened, end)
    if text[opened : opened + 1] != "[" or opened >= end or closed < 0:
        return Finding(Span(sign.start, at), "this ignore names no rule", "no `[rule]`", _EXAMPLE)
    reason = text[closed + 1 : end].strip(" \t:-#")
    names = tuple(_names(text, Span(opened + 1, closed), reason))
    if not names:
        brackets = Span(opened, closed + 1)
        return Finding(brackets, "this ignore names no rule", "nothing in brackets", _EXAMPLE)
    reach, by_line = _reach(source, comment, extent)
    return Ignore(
        span=Span(sign.start, comment.end),
        comment=comment,
        names=names,
        reason=reason,
        reach=reach,
        whole_file=word == _FILE,
        by_line=by_line,
    )


def _unknown_word(word: str, span: Span) -> Finding:
    near = nearest(word, _WORDS)
    hint = f"write `# pipelint: {near[0]}[rule] reason`" if near else _EXAMPLE
    return Finding(span, f"unknown comment `pipelint: {clip(word)}`", "neither ignore", hint)


def _names(text: str, brackets: Span, reason: str) -> Iterator[Name]:
    start, end = brackets
    for part in text[start:end].split(","):
        name = part.strip()
        if name:
            at = start + part.index(name)
            yield Name(name, Span(at, at + len(name)), reason)
        start += len(part) + 1


def _reach(source: Source, comment: Comment, extent: Extent) -> tuple[Span, bool]:
    """Find the text that an ignore is about.

    Alone on its line it is the node below; behind a text it is that line, and behind the header of
    a block scalar its whole content, in which no comment can stand.
    """
    if comment.own_line:
        return Span(comment.start, max(extent(comment.end).end, comment.end)), False
    place = source.position(comment.start)
    start = comment.start - place.column + 1
    before = source.text[start : comment.start].rstrip(" \t")
    header = _HEADER.search(before)
    if header:
        scalar = extent(start + header.start())
        if scalar.start == start + header.start():  # else it is the end of a plain text
            return Span(start, max(scalar.end, comment.end)), False
    return Span(start, comment.end), True


def removal(source: Source, ignore: Ignore) -> Fix:
    """Take a whole ignore out of the text, with its line where nothing else stands on it."""
    text, (start, end) = source.text, ignore.span
    if ignore.comment.own_line and start == ignore.comment.start:
        start -= source.position(start).column - 1
        end += 2 if text.startswith("\r\n", end) else end < len(text)
    else:
        start = len(text[:start].rstrip(" \t")) if start else 0
    return Fix("remove this ignore", (Edit(Span(start, end), ""),))


def name_removal(ignore: Ignore, name: Name) -> Fix:
    """Take one name out of the list of an ignore that has others."""
    at = ignore.names.index(name)
    if at + 1 < len(ignore.names):
        span = Span(name.span.start, ignore.names[at + 1].span.start)
    else:
        span = Span(ignore.names[at - 1].span.end, name.span.end)
    return Fix(f"remove `{clip(name.text)}`", (Edit(span, ""),))
