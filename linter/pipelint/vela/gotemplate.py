"""Go template actions (`{{ … }}`) in a pipeline: left out, so that the rest can be read.

A line of actions alone makes no text of its own; it is replaced by blanks. An action inside a value
is replaced by letters that nobody writes. Every place keeps its offset.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.record import NamedTuple
from pipelint.source import Source, Span
from pipelint.vela.values import FILLER
from pipelint.yaml.node import Mapping, Node, Sequence, Tree

OPEN, CLOSE = "{{", "}}"

_LINE = re.compile(r"[^\r\n]*")
_LETTER = re.compile(r"[^\r\n]")


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
    """Read a text without its actions; values that hold one are unreadable then."""
    from pipelint.yaml.mistake import Patch
    from pipelint.yaml.repair import read_patched

    tree = read_patched(source, [Patch(span, text) for span, text in _stand_ins(source.text)])
    tree.templated = True
    return tree


def blank(text: str) -> str:
    """Return the text with its actions replaced, of the same length."""
    pieces: list[str] = []
    at = 0
    for span, stand_in in _stand_ins(text):
        pieces += [text[at : span.start], stand_in]
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


class _Lines(NamedTuple):
    """Whole lines, and the actions that stand on them."""

    start: int
    end: int
    actions: list[Span]


def _lines(text: str) -> Iterator[_Lines]:
    """Give the lines that hold actions; those together that an action joins. Linear."""
    found = _Lines(0, 0, [])
    for span in _actions(text):
        if span.start > found.end or not found.actions:
            if found.actions:
                yield found
            broken = max(text.rfind(sign, found.end, span.start) for sign in "\r\n")
            found = _Lines(max(broken + 1, found.end), span.end, [])
        if span.end >= found.end:
            end = _LINE.match(text, span.end).end()  # type: ignore[union-attr] # matches nothing, too
            found = found._replace(end=end)
        found.actions.append(span)
    if found.actions:
        yield found


def _stand_ins(text: str) -> Iterator[tuple[Span, str]]:
    """Give blanks for actions that fill their lines, letters for those inside values."""
    for lines in _lines(text):
        alone = _is_blank(text, lines)
        for span in lines.actions:
            hidden = text[span.start : span.end]
            first = 0 if alone else _LINE.match(hidden).end()  # type: ignore[union-attr]
            yield span, FILLER * first + _LETTER.sub(" ", hidden[first:])


def _is_blank(text: str, lines: _Lines) -> bool:
    """Tell whether nothing but actions and blanks stands on lines."""
    at = lines.start
    for span in lines.actions:
        if text[at : span.start].strip():
            return False
        at = span.end
    return not text[at : lines.end].strip()
