"""Edits that take an item out of a list, or a key with its value out of a map.

Nothing is returned where that is not certain: where something else stands on the same lines, where
an alias stands beside it, and where nothing would be left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence as Many

from pipelint.diagnostic import Edit
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence

Edits = tuple[Edit, ...]

_COMMA = re.compile(r"[ \t]*,[ \t]*")
_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_DASH = re.compile(r"[ \t]*-[ \t]+")
_BLANK = re.compile(r"[ \t]*")


def remove_item(text: str, items: Node | None, item: Node) -> Edits:
    """Take a value out of a list that has others."""
    if not isinstance(items, Sequence) or items.broken or not isinstance(item, Scalar):
        return ()
    places = [one.span for one in items.items]
    at = [one is item for one in items.items].index(True) if item in items.items else -1
    if at < 0 or len(places) == 1 or item.anchor is not None or item.tag is not None:
        return ()
    return _between(text, places, at) if items.flow else _lines(text, item.span, _DASH)


def remove_key(text: str, owner: Node | None, name: str) -> Edits:
    """Take a key and its value out of a map that has others; it must stand there once."""
    if not isinstance(owner, Mapping) or owner.broken or len(owner.pairs) == 1:
        return ()
    same = [isinstance(key, Scalar) and key.text == name for key, _ in owner.pairs]
    if same.count(True) != 1:
        return ()
    at = same.index(True)
    key, value = owner.pairs[at]
    marks = (key.anchor, key.tag, value.anchor, value.tag)
    is_block = isinstance(value, Scalar) and value.style in {"|", ">"}
    if marks != (None,) * len(marks) or is_block or not key.end <= value.start <= value.end:
        return ()
    if owner.flow:
        return _between(text, [Span(key.start, value.end) for key, value in owner.pairs], at)
    return _lines(text, Span(key.start, value.end), _BLANK)


def _between(text: str, places: Many[Span], at: int) -> Edits:
    """Take one of several places away with one of the commas beside it."""
    here = places[at]
    if at:
        span = Span(places[at - 1].end, here.end)
        comma = Span(span.start, here.start)
    else:
        span = Span(here.start, places[1].start)
        comma = Span(here.end, span.end)
    return (Edit(span, ""),) if _COMMA.fullmatch(text, *comma) else ()


def _lines(text: str, span: Span, before: re.Pattern[str]) -> Edits:
    """Take whole lines away, where nothing but `before` and a comment stands on them besides."""
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    rest = _REST.match(text, span.end)
    if rest is None or not before.fullmatch(text, start, span.start):
        return ()
    if rest.end() == len(text) and not rest[0].endswith(("\r", "\n")):  # it ends without one
        start -= len("\r\n") if text.endswith("\r\n", 0, start) else min(start, 1)
    return (Edit(Span(start, rest.end()), ""),)
