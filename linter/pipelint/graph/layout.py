"""Where everything stands in a picture of bounded width: boxes in boxes, and the wires between.

A sequence at the top runs from left to right and breaks like text; in a stage it runs downwards.
What runs together stands across. Places are in pixels, from the upper left corner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelint.graph.box import LEAST_WIDTH, Box, open_box, settle
from pipelint.graph.layers import arrange
from pipelint.graph.value import BY_NEEDS, IN_SEQUENCE, PARALLEL, SECTION, TOGETHER, Graph, Node
from pipelint.graph.wire import Wire, down, straight, turn
from pipelint.record import NamedTuple

WIDEST, NARROWEST = 1200, 360
MARGIN = 24
"""Free on all sides: wires that turn, and those that run beside, have their place there."""

STEP_GAP, SIDE_GAP, STAGE_GAP, LINE_GAP = 14.0, 8.0, 30.0, 36.0
MOST_STACKED = 6
"""So many stages that run together stand below each other; more stand in rows."""

FIRST_LINE = 16.0
"""How far below the upper border of a box a wire enters from the side."""

DOWN_AT = 18.0
"""How far from the left border a wire leaves downwards."""


class Layout(NamedTuple):
    """A picture: `boxes` are those at the top, each with all that is in it; places are settled."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]

    def walk(self) -> Iterator[Box]:
        """Give every box."""
        for box in self.boxes:
            yield from box.walk()


def lay_out(graph: Graph, top: float = 0.0, widest: float = WIDEST) -> Layout:
    """Find a place for every node below the root; the picture begins at `top`.

    It is no wider than `widest`, if that is at least 1200; in a narrower one there may not be room
    for boxes in many boxes.
    """
    root = graph.root
    room = max(widest, NARROWEST) - 2.0 * MARGIN
    aside = [_sized(node, room, 0) for node in root.children if node.kind == SECTION]
    boxes = [node for node in root.children if node.kind != SECTION]
    wires: list[Wire] = []
    y = top
    for box in aside:
        settle(box, MARGIN, y)
        y = box.bottom + STAGE_GAP
    if root.flow == BY_NEEDS:
        drawn, width, height = _by_needs(boxes, graph, room, y, wires)
    else:
        drawn, width, height = _in_lines(boxes, room, y, wires)
    width = max([width, *(box.x + box.width + MARGIN for box in aside)])
    everything = (*aside, *drawn)
    for box in (inner for one in everything for inner in one.walk()):
        wires += _inside(box)
    return Layout(width, max(height, y), everything, tuple(wires))


# --- boxes ---------------------------------------------------------------------------------------


def _sized(node: Node, room: float, depth: int, *, stacked: bool = False) -> Box:
    """Make a box with all that is in it, no wider than `room`; `stacked`: parts stand in a row."""
    box = open_box(node, max(room, LEAST_WIDTH), depth)
    if not node.children:
        return box
    inside = max(room, LEAST_WIDTH) - 2 * box.pad
    inner = [_sized(child, inside, depth + 1) for child in node.children]
    box.boxes = inner
    if node.flow == TOGETHER and not stacked:
        width, bottom = _rows(inner, inside, box)
    else:
        width, bottom = _stack(inner, box, STEP_GAP if node.flow == IN_SEQUENCE else SIDE_GAP)
    box.width = max(box.width, width + 2 * box.pad)
    box.height = bottom + box.pad
    _stretch(box, box.width)
    return box


def _stretch(box: Box, width: float) -> None:
    """Widen a box; what stands in it below each other fills it."""
    box.width = width
    if all(one.x == box.pad for one in box.boxes):
        for one in box.boxes:
            _stretch(one, width - 2 * box.pad)


def _stack(boxes: Sequence[Box], around: Box, gap: float) -> tuple[float, float]:
    """Put boxes below each other; return the width and where they end."""
    y = around.head
    for box in boxes:
        box.x, box.y = around.pad, y
        y += box.height + gap
    return max(box.width for box in boxes), y - gap


def _rows(boxes: Sequence[Box], room: float, around: Box) -> tuple[float, float]:
    """Put boxes beside each other, in as many rows as it takes; return width and end."""
    x, y, height, widest = 0.0, around.head, 0.0, 0.0
    for box in boxes:
        if x and x + box.width > room:
            x, y, height = 0.0, y + height + SIDE_GAP, 0.0
        box.x, box.y = around.pad + x, y
        x += box.width + SIDE_GAP
        widest, height = max(widest, x - SIDE_GAP), max(height, box.height)
    return widest, y + height


def _inside(box: Box) -> Iterator[Wire]:
    """Give the wires between the parts of a sequence that runs downwards."""
    if box.node.flow != IN_SEQUENCE:
        return
    row = [inner for inner in box.boxes if inner.node.kind != SECTION]
    for above, below in pairwise(row):
        at = above.x + min(DOWN_AT, above.width / 2)
        yield down(at, above.bottom, below.y)


# --- a sequence at the top -----------------------------------------------------------------------


def _in_lines(
    nodes: Sequence[Node], room: float, top: float, wires: list[Wire]
) -> tuple[list[Box], float, float]:
    """Put a sequence into lines; return the boxes, the width of the picture and its end."""
    boxes = [_sized(node, room, 0, stacked=_is_stack(node)) for node in nodes]
    lines = _broken(boxes, room)
    y = top
    for line in lines:
        x = float(MARGIN)
        for box in line:
            settle(box, x, y)
            x += box.width + STAGE_GAP
        y += max(box.height for box in line) + LINE_GAP
    width = max((box.x + box.width for box in boxes), default=0.0) + MARGIN
    wires += _between(lines, width)
    return boxes, width, y - LINE_GAP if lines else top


def _is_stack(node: Node) -> bool:
    return node.kind == PARALLEL and len(node.children) <= MOST_STACKED


def _broken(boxes: Sequence[Box], room: float) -> list[list[Box]]:
    lines: list[list[Box]] = []
    left = 0.0
    for box in boxes:
        if not lines or left < box.width:
            lines.append([])
            left = room
        lines[-1].append(box)
        left -= box.width + STAGE_GAP
    return lines


def _between(lines: Sequence[Sequence[Box]], width: float) -> Iterator[Wire]:
    """Give the wires from box to box, and from the end of a line to the next one."""
    for number, line in enumerate(lines):
        for left, right in pairwise(line):
            yield straight(left.x + left.width, right.x, left.y + FIRST_LINE)
        if number + 1 == len(lines):
            return
        end, start = line[-1], lines[number + 1][0]
        if len(line) == 1:
            yield down(end.x + DOWN_AT, end.bottom, start.y)
        else:
            between = start.y - LINE_GAP / 2
            sides = (width - MARGIN / 2, MARGIN / 2)
            yield turn(end, start, sides, between, FIRST_LINE)


# --- by needs ------------------------------------------------------------------------------------


def _by_needs(
    nodes: Sequence[Node], graph: Graph, room: float, top: float, wires: list[Wire]
) -> tuple[list[Box], float, float]:
    """Put what needs something below it; return the boxes, the width and the end."""
    layers = arrange(
        lambda inside: [_sized(node, inside, 0) for node in nodes],
        list(graph.needs),
        room,
        top,
    )
    for box in layers.boxes:
        settle(box, MARGIN, 0)
    wires += [wire.moved(MARGIN) for wire in layers.wires]
    return layers.boxes, layers.width + 2 * MARGIN, layers.bottom
