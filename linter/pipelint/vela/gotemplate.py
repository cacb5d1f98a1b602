"""Go template actions (`{{ … }}`) in a pipeline: blanked out, so that the rest can be read.

A line of actions alone makes no text of its own; it is replaced by blanks. An action inside a value
is replaced by a letter, and the value is unknown. Every place keeps its offset.
"""

from __future__ import annotations

import re

from pipelint.source import Source, Span
from pipelint.yaml.mistake import Patch
from pipelint.yaml.node import Tree
from pipelint.yaml.repair import read_patched

_OPEN, _CLOSE = "{{", "}}"
_LINE = re.compile(r"[^\r\n]*")
FILLER = "\ue000"
"""Stands for an action inside a value: a letter that nobody writes."""


def patches(text: str) -> list[Patch]:
    """Return what to put in place of each action, of the same length."""
    return [Patch(span, _stand_in(text, span)) for span in _actions(text)]


def read(source: Source) -> Tree:
    """Read a text without its actions."""
    return read_patched(source, patches(source.text))


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
