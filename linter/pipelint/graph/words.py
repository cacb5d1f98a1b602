"""The user's words in a picture: on one line, printable, and not longer than there is room."""

from __future__ import annotations

import re

from pipelint.report.drawing import printable

FILLER = "\ue000"
"""Stands for what a template makes (see `values` of the dialects)."""

ELLIPSIS = "…"
_LONG_PATH = re.compile(r"<\+[\w$-]+(?:\.[\w$-]+){2,}\.([\w$-]+\.[\w$-]+)>")
_PATH_ROOM = 30
_LOOKED_AT = 4
"""So many times the room is looked at: spaces and long expressions take more than they show."""


def one_line(text: str, room: int) -> str:
    """Write a text on one line, in at most `room` characters; long expressions lose their head.

    What has no glyph (controls, changes of direction, half characters) is written as its code.
    """
    near = text[: room * _LOOKED_AT].replace(FILLER, ELLIPSIS)
    shown = printable(" ".join(near.split()))
    if len(shown) > room:
        shown = _LONG_PATH.sub(_shortened, shown)
    is_cut = len(shown) > room or len(text) > room * _LOOKED_AT
    return shown[: room - 1].rstrip() + ELLIPSIS if is_cut else shown


def _shortened(path: re.Match[str]) -> str:
    """Keep the end of a path: that is what differs."""
    return f"<+{ELLIPSIS}{path[1]}>" if len(path[0]) > _PATH_ROOM else path[0]
