"""The pure-Python parser, made to say what libyaml says: same events, same marks, same verdicts."""

from __future__ import annotations

import re
from typing import Any

from pipelint.yaml.events import GetEvent, MarkedYAMLError, event
from pipelint.yaml.space import skip_space

_STARTS = {event.MappingStartEvent, event.SequenceStartEvent}
_ENDS = {event.MappingEndEvent, event.SequenceEndEvent}
_NAME = re.compile(r"[0-9A-Za-z_-]+")


class _Mark:
    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index


def pure_reader(text: str) -> GetEvent:
    """Return a function that gives the next event of a text, and None at its end."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 1)  # libyaml's grammar is that of YAML 1.1
    events = yaml.parse(text)
    last = 0  # where the event before ends
    flows: list[bool] = []  # of the collections that are open

    def get() -> Any:
        nonlocal last
        e = next(events, None)
        if e is None:
            return None
        if getattr(e, "anchor", None):
            _refuse_odd_name(e, text)
        if type(e) in _STARTS:
            flows.append(bool(e.flow_style))
        elif type(e) in _ENDS:
            flows.pop()
        elif type(e) is event.ScalarEvent:
            e.style = e.style or ""
            empty = not e.value and not e.style and e.start_mark.index == e.end_mark.index
            if empty and flows and flows[-1]:
                e.start_mark = e.end_mark = _Mark(skip_space(text, e.end_mark.index))
            elif empty:
                e.start_mark = e.end_mark = _Mark(_place(text, last, e.end_mark.index))
        last = max(last, _end(e))
        return e

    return get


def _refuse_odd_name(e: Any, text: str) -> None:
    """Refuse what libyaml refuses: `*.js`."""
    if _NAME.fullmatch(e.anchor):
        return
    sign = "*" if type(e) is event.AliasEvent else "&"
    start = text.index(sign, e.start_mark.index)
    good = _NAME.match(e.anchor)
    at = start + 1 + (good.end() if good else 0)
    raise MarkedYAMLError(
        "while scanning an alias" if sign == "*" else "while scanning an anchor",
        _Mark(start),
        "did not find expected alphabetic or numeric character",
        _Mark(at),
    )


def _end(e: Any) -> int:
    # An end event of a block collection is marked at the next token.
    block_end = type(e) in _ENDS
    index: int = e.start_mark.index if block_end else e.end_mark.index
    return index


def _place(text: str, start: int, end: int) -> int:
    """Find where an empty value stands: libyaml puts it right behind its `:`, `-` or `?`.

    Between brackets it puts it before the next word instead.
    """
    place = end
    at = skip_space(text, start)
    while at < end and text[at] in (":?-" if place == end else ":-"):
        place = at + 1
        at = skip_space(text, place)
    return place
