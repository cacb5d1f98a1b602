r"""The pipeline in the language of Graphviz: `pipelint graph --format dot FILE | dot -Tpng`.

Identifiers are our own, and every word of the user stands in quotes, where nothing but `"`, `\` and
`&` means anything (https://graphviz.org/doc/info/lang.html, and `escString` there).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR
from pipelint.graph.value import (
    BY_NEEDS,
    NEED,
    PARALLEL,
    SECTION,
    Edge,
    Graph,
    Node,
    said,
)
from pipelint.graph.words import one_line

LABEL_ROOM, NOTE_ROOM, TITLE_ROOM = 50, 50, 200
_RED, _AMBER = "#d1242f", "#bf8700"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;"})


def render(graph: Graph, *, unicode: bool = True) -> Iterator[str]:
    """Give the lines of the graph; what holds others is a cluster. Without `unicode` in ASCII."""
    for line in _digraph(graph):
        yield line if unicode else line.encode("ascii", "xmlcharrefreplace").decode()


def _digraph(graph: Graph) -> Iterator[str]:
    root = graph.root
    yield f"digraph {_quoted(one_line(graph.title, TITLE_ROOM))} {{"
    yield f"  rankdir={'TB' if root.flow == BY_NEEDS else 'LR'}; compound=true;"
    yield '  node [shape=box, style="rounded", fontname="Helvetica,Arial,sans-serif", fontsize=11];'
    yield '  graph [style="rounded", fontname="Helvetica,Arial,sans-serif", fontsize=12];'
    yield f'  label={_lines(_heading(graph))}; labelloc="t";'
    for child in root.children:
        yield from _node(child, "  ")
    ends = {node.key: node for node in root.walk()}
    for edge in graph.edges:
        yield f"  {_edge(edge, ends)}"
    yield "}"


def _heading(graph: Graph) -> list[str]:
    lines = [graph.title, *(note.text for note in graph.root.notes), *graph.remarks]
    if not graph.complete:
        lines.append("a part of the file could not be read")
    if graph.root.problems:
        lines.append(f"{said(graph.root.problems)} outside of what is drawn")
    return lines


def _node(node: Node, lead: str) -> Iterator[str]:
    if not node.children:
        yield f"{lead}{node.key} [{', '.join(_attributes(node))}];"
        return
    yield f"{lead}subgraph cluster_{node.key} {{"
    yield from (f"{lead}  {attribute};" for attribute in _attributes(node))
    for child in node.children:
        yield from _node(child, lead + "  ")
    yield f"{lead}}}"


def _attributes(node: Node) -> Iterator[str]:
    yield f"label={_lines(_words(node))}"
    if node.is_open or node.kind in {PARALLEL, SECTION}:
        yield 'style="rounded,dashed"'
    if node.problems:
        yield f'color="{_RED if node.count(ERROR) else _AMBER}"'
        told = (f"{one.line}: {one.message}" for one in node.problems)
        yield f"tooltip={_lines(list(told), TITLE_ROOM)}"


def _words(node: Node) -> list[str]:
    lines = [node.label, node.detail if node.detail != node.label else ""]
    lines += [note.text for note in node.notes]
    return [*filter(None, lines), *([f"⚠ {said(node.problems)}"] if node.problems else [])]


def _edge(edge: Edge, ends: dict[str, Node]) -> str:
    """Write an arrow; between clusters it goes from node to node and is cut at their borders."""
    source, target = ends[edge.source], ends[edge.target]
    attributes = []
    if source.children and source is not target:
        attributes.append(f"ltail=cluster_{source.key}")
    if target.children and source is not target:
        attributes.append(f"lhead=cluster_{target.key}")
    if edge.kind == NEED:
        attributes.append("style=bold")
    if edge.in_ring:
        attributes.append(f'color="{_RED}", constraint=false')
    told = f" [{', '.join(attributes)}]" if attributes else ""
    return f"{_leaf(source, -1)} -> {_leaf(target, 0)}{told};"


def _leaf(node: Node, at: int) -> str:
    """Return a node without others in it: the first or the last in a node."""
    while node.children:
        inner = [one for one in node.children if one.kind != SECTION] or list(node.children)
        node = inner[at]
    return node.key


def _lines(lines: list[str], room: int = LABEL_ROOM) -> str:
    return _quoted(*(one_line(line, room) for line in lines))


def _quoted(*lines: str) -> str:
    inside = "\\n".join(line.translate(_ESCAPES) for line in lines)
    return f'"{inside}"'
