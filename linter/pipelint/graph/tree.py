"""The pipeline as a tree in a terminal: a line for each node."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, INFO, WARNING
from pipelint.graph.value import (
    GROUP,
    PARALLEL,
    SECTION,
    STAGE,
    Graph,
    Node,
    Problem,
    said,
)
from pipelint.graph.words import one_line
from pipelint.record import NamedTuple
from pipelint.report.drawing import draw_line, printable
from pipelint.report.terminal import PLAIN, Style, paint
from pipelint.source import Span

LABEL_ROOM, NOTE_ROOM = 60, 60
_SPACE = "  "
_ASCII = str.maketrans({"·": "-", "→": ">", "\u00d7": "x", "…": "~"})


class Lines(NamedTuple):
    """What lines are drawn with."""

    branch: str
    last: str
    through: str


_UNICODE_LINES = Lines("├─ ", "└─ ", "│  ")
_ASCII_LINES = Lines("|- ", "`- ", "|  ")


def render(graph: Graph, style: Style = PLAIN) -> Iterator[str]:
    """Give the lines of the tree: sequences from top to bottom, what runs together below a word."""
    lines = _UNICODE_LINES if style.unicode else _ASCII_LINES
    needs: dict[str, list[str]] = {}
    labels = {node.key: node.identifier or node.label for node in graph.root.walk()}
    for edge in graph.needs:
        ring = " (in a ring)" if edge.in_ring else ""
        needs.setdefault(edge.target, []).append(labels[edge.source] + ring)
    yield _root(graph, style)
    waiting = [(child, "", at == 0) for at, child in enumerate(reversed(graph.root.children))]
    while waiting:
        node, lead, is_last = waiting.pop()
        yield _line(node, lead + (lines.last if is_last else lines.branch), needs, style)
        below = lead + ("   " if is_last else lines.through)
        waiting += [(one, below, at == 0) for at, one in enumerate(reversed(node.children))]


def _root(graph: Graph, style: Style) -> str:
    root = graph.root
    facts = [graph.what, *(note.text for note in root.notes)]
    return _row("", root, facts, style)


def _line(node: Node, lead: str, needs: dict[str, list[str]], style: Style) -> str:
    facts = [node.detail] if node.detail and node.detail != node.label else []
    if node.kind == GROUP or (not facts and node.kind not in {STAGE, PARALLEL, SECTION}):
        facts.append(node.kind)
    facts += [note.text for note in node.notes]
    if node.key in needs:
        facts.append(f"needs {', '.join(needs[node.key])}")
    return _row(lead, node, facts, style)


def _row(lead: str, node: Node, facts: list[str], style: Style) -> str:
    """Write a line; what there is to know gets the room that name and problems leave."""
    label = _written(one_line(node.label, LABEL_ROOM), style)
    marks = said(node.problems)
    is_name = node.kind not in {PARALLEL, SECTION}
    head = paint(style, "gutter", lead) + (paint(style, "bold", label) if is_name else label)
    used = len(lead) + len(label) + len(_SPACE) + (len(_SPACE + marks) if marks else 0)
    told = _written(" · ".join(one_line(fact, NOTE_ROOM) for fact in facts if fact), style)
    shown = _fit(told, style.width - used, style)
    row = head + (_SPACE + shown if shown else "")
    return f"{row}{_SPACE}{paint(style, worst(node.problems), marks)}" if marks else row


def worst(problems: tuple[Problem, ...]) -> str:
    """Return the most severe level of these problems, of which there are some."""
    levels = {problem.level for problem in problems}
    return next(level for level in (ERROR, WARNING, INFO) if level in levels)


def _written(text: str, style: Style) -> str:
    return text if style.unicode else printable(text.translate(_ASCII), unicode=False)


def _fit(text: str, room: int, style: Style) -> str:
    if len(text) * 2 <= room:
        return text
    return draw_line(text, Span(0, len(text)), Span(0, 0), room, style.unicode).text
