"""Go template actions (`{{ … }}`) in a pipeline: left out, so that the rest can be read.

A line of actions alone makes no text of its own; it is replaced by blanks. An action inside a value
is replaced by letters that nobody writes. Every place keeps its offset.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.source import Source, Span
from pipelint.vela.values import FILLER
from pipelint.yaml.node import Mapping, Node, Sequence, Tree

OPEN, CLOSE = "{{", "}}"

_LINE = re.compile(r"[^\r\n]*")
_LETTER = re.compile(r"[^\r\n]")
_ACTION = re.compile(r"\{\{.*?\}\}")


def is_value(tree: Tree, text: str) -> bool:
    """Tell whether an action stands where YAML reads a value: `image: {{ .image }}`."""
    seen: set[int] = set()
    waiting: list[Node] = list(tree.documents)
    while waiting:
        node = waiting.pop()
        if id(node) in seen or not isinstance(node, (Mapping, Sequence)):
            continue
        seen.add(id(node))
        if isinstance(node, Sequence):
            waiting += node.items
        elif node.flow and text.startswith(OPEN, node.start):
            return True
        else:
            waiting += (value for _, value in node.pairs)
    return False


def read(source: Source) -> Tree:
    """Read a text without its actions: values that hold one are unreadable, what they may add to is broken."""
    from pipelint.yaml.mistake import Patch
    from pipelint.yaml.repair import read_patched

    text = source.text
    return read_patched(source, [Patch(span, _stand_in(text, span)) for span in _actions(text)])


def blank(text: str) -> str:
    """Return the text with its actions replaced, of the same length."""
    pieces: list[str] = []
    at = 0
    for span in _actions(text):
        pieces += [text[at : span.start], _stand_in(text, span)]
        at = span.end
    return "".join([*pieces, text[at:]])


def _actions(text: str) -> Iterator[Span]:
    at = text.find(OPEN)
    while at >= 0:
        end = text.find(CLOSE, at)
        if end < 0:
            return
        yield Span(at, end + 2)
        at = text.find(OPEN, end + 2)


def _stand_in(text: str, span: Span) -> str:
    """Return blanks for an action that fills its lines, letters for one inside a value."""
    hidden = text[span.start : span.end]
    if _is_alone(text, span):
        return _LETTER.sub(" ", hidden)
    first = _LINE.match(hidden).end()  # type: ignore[union-attr] - matches nothing, too
    return FILLER * first + _LETTER.sub(" ", hidden[first:])


def _is_alone(text: str, span: Span) -> bool:
    """Tell whether nothing but actions and blanks stands on the lines of an action."""
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    end = _LINE.match(text, span.end).end()  # type: ignore[union-attr] - matches nothing, too
    around = (text[start : span.start], text[span.end : end])
    return not any(_ACTION.sub("", part).strip() for part in around)
