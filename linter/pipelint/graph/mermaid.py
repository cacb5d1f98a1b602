"""The pipeline as a flowchart of Mermaid: for a README, an issue, a merge request.

No word of the user can end a label or begin anything: within quotes, everything that is not a
letter, a digit or harmless is written as its code. Facts: https://mermaid.js.org/syntax/flowchart
("Special characters that break syntax", "Entity codes to escape characters").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import ERROR
from pipelint.graph.value import (
    BY_NEEDS,
    INSERT,
    NEED,
    PARALLEL,
    PIPELINE,
    SECTION,
    Graph,
    Node,
    said,
)
from pipelint.graph.words import one_line

MOST_CHARACTERS, MOST_EDGES = 50_000, 500
"""What Mermaid draws where nobody has configured it otherwise."""

LABEL_ROOM, NOTE_ROOM = 50, 50
_HARMLESS = frozenset(" ,:/()=+._")
_NUMBERED = re.compile(r"(\d+)\.")
"""What begins a list of Markdown, which some versions of Mermaid refuse in a label."""

_STYLES = (
    "  classDef section stroke-dasharray: 5 4",
    "  classDef open stroke-dasharray: 2 3",
    "  classDef error stroke:#d1242f,stroke-width:3px",
    "  classDef warning stroke:#bf8700,stroke-width:3px",
)


def render(graph: Graph, *, unicode: bool = True) -> Iterator[str]:
    """Give the lines of the flowchart; without `unicode` in ASCII."""
    lines = _flowchart(graph)
    return lines if unicode else map(_in_ascii, lines)


def _in_ascii(line: str) -> str:
    """Write characters as their codes; a `&` of the user is none of them: it is escaped before."""
    return line.encode("ascii", "xmlcharrefreplace").decode().replace("&#", "#")


def _flowchart(graph: Graph) -> Iterator[str]:
    root = graph.root
    direction = "TB" if root.flow == BY_NEEDS else "LR"
    yield f"flowchart {direction}"
    yield f"  accTitle: {_escaped(one_line(graph.title, LABEL_ROOM))}"
    for remark in _remarks(graph):
        yield f"  %% {_escaped(one_line(remark, NOTE_ROOM * 2))}"
    if not root.children:
        yield f"  {root.key}[{_label(root)}]"
    for child in root.children:
        yield from _node(child, "  ")
    ring = []
    for number, edge in enumerate(graph.edges):
        yield f"  {edge.source} {'==>' if edge.kind == NEED else '-->'} {edge.target}"
        if edge.in_ring:
            ring.append(str(number))
    yield from _STYLES
    yield from _classes(root)
    if ring:
        yield f"  linkStyle {','.join(ring)} stroke:#d1242f,stroke-dasharray:4 3"


def limits(lines: list[str], graph: Graph) -> str:
    """Say that Mermaid will not draw a text as it comes configured; empty where it will."""
    characters = sum(len(line) + 1 for line in lines)
    if characters > MOST_CHARACTERS:
        return f"Mermaid draws at most {MOST_CHARACTERS} characters unless it is told otherwise"
    if len(graph.edges) > MOST_EDGES:
        return f"Mermaid draws at most {MOST_EDGES} arrows unless it is told otherwise"
    return ""


def _remarks(graph: Graph) -> Iterator[str]:
    yield from graph.remarks
    if not graph.complete:
        yield "a part of the file could not be read"
    if graph.root.problems:
        yield f"{said(graph.root.problems)} outside of what is drawn"


def _node(node: Node, lead: str) -> Iterator[str]:
    if not node.children:
        opening, closing = ("([", "])") if node.kind == INSERT else ("[", "]")
        yield f"{lead}{node.key}{opening}{_label(node)}{closing}"
        return
    yield f"{lead}subgraph {node.key}[{_label(node, ' · ')}]"
    yield f"{lead}  direction {'LR' if node.kind == PARALLEL else 'TB'}"
    for child in node.children:
        yield from _node(child, lead + "  ")
    yield f"{lead}end"


def _label(node: Node, between: str = "<br>") -> str:
    """Write a label: the name, then what there is to know, then how many problems.

    Of the label of a subgraph Mermaid shows one line.
    """
    facts = [node.detail if node.detail != node.label else ""]
    facts += [note.text for note in node.notes]
    lines = [_escaped(one_line(node.label, LABEL_ROOM))]
    lines += [_escaped(one_line(fact, NOTE_ROOM)) for fact in facts if fact]
    if node.problems and node.kind != PIPELINE:
        lines.append(f"⚠ {said(node.problems)}")
    return f'"{between.join(lines)}"'


def _classes(root: Node) -> Iterator[str]:
    """Say how nodes look that are not as all others; without words of the user."""
    named: dict[str, list[str]] = {}
    for node in root.walk():
        if node is root and root.children:
            continue
        if node.kind in {SECTION, PARALLEL}:
            named.setdefault("section", []).append(node.key)
        if node.is_open:
            named.setdefault("open", []).append(node.key)
        if node.count(ERROR):
            named.setdefault("error", []).append(node.key)
        elif node.problems:
            named.setdefault("warning", []).append(node.key)
    for name, keys in sorted(named.items()):
        yield f"  class {','.join(keys)} {name}"


def _escaped(text: str) -> str:
    head = _NUMBERED.match(text)
    start = f"{head[1]}#46;" if head else ""
    return start + "".join([
        one if one.isalnum() or one in _HARMLESS or not one.isascii() else f"#{ord(one)};"
        for one in text[head.end() if head else 0 :]
    ])  # fmt: skip
