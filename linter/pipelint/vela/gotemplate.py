"""Go template actions (`{{ … }}`) in a pipeline: blanked out, so that the rest can be read.

A line of actions alone makes no text of its own; it is replaced by blanks. An action inside a value
is replaced by a letter, and the value is unknown. Every place keeps its offset.
"""

from __future__ import annotations

import re

from pipelint.source import Span

_OPEN, _CLOSE = "{{", "}}"
_LINE = re.compile(r"[^\r\n]*")
FILLER = "\ue000"
"""Stands for an action inside a value: a letter that nobody writes."""


def has_actions(text: str) -> bool:
    """Tell whether a text may hold actions."""
    return _OPEN in text


def blank(text: str) -> tuple[str, list[Span]]:
    """Return the text with its actions blanked, of the same length, and where they were."""
    spans = list(_actions(text))
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces.append(text[at : span.start])
        pieces.append(_stand_in(text, span))
        at = span.end
    pieces.append(text[at:])
    return "".join(pieces), spans


def _actions(text: str) -> list[Span]:
    spans = []
    at = text.find(_OPEN)
    while at >= 0:
        end = text.find(_CLOSE, at)
        if end < 0:
            break
        spans.append(Span(at, end + 2))
        at = text.find(_OPEN, end + 2)
    return spans


def _stand_in(text: str, span: Span) -> str:
    """Blanks for an action that fills its lines, letters for one inside a value."""
    hidden = text[span.start : span.end]
    if _alone(text, span):
        return re.sub(r"[^\r\n]", " ", hidden)
    first, *rest = hidden.splitlines(keepends=True)
    return (
        FILLER * len(first.rstrip("\r\n"))
        + first[len(first.rstrip("\r\n")) :]
        + "".join(re.sub(r"[^\r\n]", " ", line) for line in rest)
    )


def _alone(text: str, span: Span) -> bool:
    """Tell whether nothing but actions and blanks stands on the lines of an action."""
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    end = _LINE.match(text, span.end).end()  # type: ignore[union-attr] - matches nothing, too
    before, after = text[start : span.start], text[span.end : end]
    return not _without_actions(before).strip() and not _without_actions(after).strip()


def _without_actions(line: str) -> str:
    return re.sub(r"\{\{.*?\}\}", "", line)
