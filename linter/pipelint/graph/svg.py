"""The pipeline as an image that needs nothing else: no script, no font, no program to make it.

Its colours are variables, with a second set for dark surroundings; a page that it is put into may
set them (`svg.pipelint { --ink: … }`). Every node has a title with its problems, and says on which
line of the file it begins (`data-line`).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING
from pipelint.graph.box import Badge, Box
from pipelint.graph.layout import WIDEST, Layout, lay_out
from pipelint.graph.make import only_stages
from pipelint.graph.metrics import clip
from pipelint.graph.svg_style import STYLE
from pipelint.graph.value import PARALLEL, SECTION, STAGE, STEP, Graph, Node, said
from pipelint.graph.wire import Wire
from pipelint.graph.words import one_line
from pipelint.report.markup import escape

MOST_BOXES = 3_000
"""A picture with more of them shows only the stages, and of those the first so many."""

LEAST_WIDTH = 420.0
_TITLE_SIZE, _REMARK_SIZE = 16, 11
_EDGE, _LINE = 24, 17
_TITLE_ROOM, _PROBLEM_ROOM, _MOST_TOLD = 300, 200, 20


def render(graph: Graph, widest: float = WIDEST) -> Iterator[str]:
    """Give the lines of the image, which is about as wide as `widest` at most."""
    graph = within(graph)
    remarks = list(_remarks(graph))
    top = _EDGE + 16.0 + _LINE * (1 + len(remarks) + bool(graph.root.problems))
    layout = lay_out(graph, top, widest)
    across = max(layout.width, min(LEAST_WIDTH, widest))
    down = layout.height + _EDGE
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="pipelint" role="img"'
        f' aria-labelledby="pipelint-title pipelint-about" width="{_n(across)}" height="{_n(down)}"'
        f' viewBox="0 0 {_n(across)} {_n(down)}">'
    )
    yield f'<title id="pipelint-title">{escape(one_line(graph.title, _TITLE_ROOM))}</title>'
    yield f'<desc id="pipelint-about">{escape(describe(graph))}</desc>'
    yield f"<style>{STYLE}</style>"
    yield from _MARKERS
    yield f'<rect class="paper" width="{_n(across)}" height="{_n(down)}"/>'
    yield from _heading(graph, remarks, across - 2 * _EDGE)
    yield from _content(layout)
    yield "</svg>"


_MARKERS = tuple(
    f'<defs><marker id="pipelint-{kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"'
    f' markerHeight="7" orient="auto"><path class="head {kind}" d="M0 0.5 8 4 0 7.5Z"/></marker>'
    "</defs>"
    for kind in ("next", "needed", "ring")
)


def within(graph: Graph) -> Graph:
    """Return what of a graph is drawn: all of it, or so much that an image can be looked at."""
    number = _count(graph)
    if number <= MOST_BOXES:
        return graph
    small = only_stages(graph)
    shown = _count(small)
    if shown < number:
        remark = f"{number} boxes are too many for one picture: only the stages are drawn"
        small = small._replace(remarks=(*small.remarks, remark))
    return small if shown <= MOST_BOXES else _first(small, shown)


def _first(graph: Graph, number: int) -> Graph:
    """Return the first nodes below the root, as many as there may be."""
    kept: list[Node] = []
    room = MOST_BOXES
    for child in graph.root.children:
        room -= sum(1 for _ in child.walk())
        if room < 0:
            break
        kept.append(child)
    root = graph.root._replace(children=tuple(kept))
    keys = {node.key for node in root.walk()}
    edges = tuple(one for one in graph.edges if one.source in keys and one.target in keys)
    left = number - sum(1 for _ in root.walk()) + 1
    remark = f"{left} more of {number} are not drawn"
    return graph._replace(root=root, edges=edges, remarks=(*graph.remarks, remark))


def _count(graph: Graph) -> int:
    return sum(1 for _ in graph.root.walk()) - 1


# --- what is said of the whole -------------------------------------------------------------------


def describe(graph: Graph) -> str:
    """Say in a sentence what there is to see, for those who do not."""
    kinds = [node.kind for node in graph.root.walk()]
    parts = [
        f"{number} {kind}{'s' * (number > 1)}"
        for kind in (STAGE, STEP)
        if (number := kinds.count(kind))
    ]
    problems = said(graph.problems)
    told = f"{graph.what} with {' and '.join(parts) if parts else 'nothing in it'}"
    return f"{told}; {problems}" if problems else told


def _remarks(graph: Graph) -> Iterator[str]:
    yield describe(graph)
    yield from (note.text for note in graph.root.notes)
    yield from graph.remarks
    if not graph.complete:
        yield "A part of the file could not be read: it is not drawn."
    if not graph.root.children:
        yield "There is nothing to draw: what is in it stands somewhere else."


def _heading(graph: Graph, remarks: list[str], room: float) -> Iterator[str]:
    root, y = graph.root, _EDGE + 10.0
    title = clip(one_line(root.label, _TITLE_ROOM), _TITLE_SIZE, room)
    yield f'<text class="title" x="{_EDGE}" y="{_n(y)}">{escape(title)}</text>'
    for remark in remarks:
        y += _LINE
        yield _remark(remark, y, room)
    if root.problems:
        about = escape(_told(root, root.kind))
        text = f"{said(root.problems)} outside of what is drawn"
        line = _remark(text, y + _LINE, room, f" level-{_worst(root)}")
        yield f"<g><title>{about}</title>{line}</g>"


def _remark(text: str, y: float, room: float, more: str = "") -> str:
    shown = escape(clip(one_line(text, _TITLE_ROOM), _REMARK_SIZE, room))
    return f'<text class="remark{more}" x="{_EDGE}" y="{_n(y)}">{shown}</text>'


# --- boxes and wires -----------------------------------------------------------------------------


def _content(layout: Layout) -> Iterator[str]:
    for box in layout.boxes:
        yield from _box(box)
    for wire in layout.wires:
        yield _wire(wire)


def _box(box: Box) -> Iterator[str]:
    node = box.node
    about = escape(_told(node, node.kind))
    yield f'<g class="{_classes(node)}" data-line="{node.line}"><title>{about}</title>'
    place = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'
    yield f'<rect {place} rx="{4 if node.kind == STEP else 7}"/>'
    for words in box.words:
        x, y = _n(box.x + words.x), _n(box.y + words.y)
        yield f'<text class="{words.role}" x="{x}" y="{y}">{escape(words.text)}</text>'
    yield from _badges(box)
    for inner in box.boxes:
        yield from _box(inner)
    yield "</g>"


def _classes(node: Node) -> str:
    found = [node.kind.replace(" ", "-")]
    if node.is_open:
        found.append("open")
    if node.kind == SECTION and node.label == "rollback":
        found.append("rollback")
    if node.problems:
        found.append(f"has-{_worst(node)}")
    return " ".join(found)


def _worst(node: Node) -> str:
    return next((level for level in (ERROR, WARNING) if node.count(level)), "info")


def _badges(box: Box) -> Iterator[str]:
    x = box.x + box.width - box.pad
    for badge in reversed(box.badges):
        x -= badge.width
        yield from _badge(badge, x, box.y + min(box.pad, 4) + 1)
        x -= 4


def _badge(badge: Badge, x: float, y: float) -> Iterator[str]:
    yield (
        f'<rect class="badge {badge.level}" x="{_n(x)}" y="{_n(y)}" width="{_n(badge.width)}"'
        ' height="15" rx="7.5"/>'
    )
    middle = _n(x + badge.width / 2)
    yield f'<text class="count" x="{middle}" y="{_n(y + 11)}">{escape(badge.text)}</text>'


def _told(node: Node, what: str) -> str:
    """Write the title of a node: what it is, and the problems in it, line by line."""
    name = one_line(node.label, _TITLE_ROOM)
    first = name if node.kind in {PARALLEL, SECTION} else f"{what} {name}"
    if node.identifier and node.identifier != node.label:
        first += f" ({one_line(node.identifier, _TITLE_ROOM)})"
    lines = [f"{first}, line {node.line}"]
    lines += [one_line(text, _TITLE_ROOM) for text in (node.detail,) if text]
    lines += [one_line(note.text, _TITLE_ROOM) for note in node.notes]
    for problem in node.problems[:_MOST_TOLD]:
        message = one_line(problem.message, _PROBLEM_ROOM)
        lines.append(f"line {problem.line}: {problem.level}: {message} ({problem.rule})")
    if len(node.problems) > _MOST_TOLD:
        lines.append(f"and {len(node.problems) - _MOST_TOLD} more problems")
    return "\n".join(lines)


def _wire(wire: Wire) -> str:
    x, y = wire.points[0]
    path = [f"M{_n(x)} {_n(y)}"]
    for to_x, to_y in wire.points[1:]:
        if to_x == x:
            path.append(f"V{_n(to_y)}")
        elif to_y == y:
            path.append(f"H{_n(to_x)}")
        else:
            middle = _n((y + to_y) / 2)
            path.append(f"C{_n(x)} {middle} {_n(to_x)} {middle} {_n(to_x)} {_n(to_y)}")
        x, y = to_x, to_y
    head = f' marker-end="url(#pipelint-{wire.kind})"' if wire.has_head else ""
    return f'<path class="wire {wire.kind}" d="{"".join(path)}"{head}/>'


def _n(number: float) -> str:
    """Write a number, with one digit behind the point where it needs one."""
    return f"{number:.1f}".removesuffix(".0")
