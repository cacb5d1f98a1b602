"""Boxes in layers: what needs something stands below it.

Linear but for sorting: each box has one row, each source at most one line downwards, and lines
that would fill a row (or all of them together the picture) run beside the rows instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipelint.graph.box import Box
from pipelint.graph.plan import BOX_GAP, Plan, choose_lanes, fill_rows, mean, plan_of
from pipelint.graph.value import Edge
from pipelint.graph.wire import NEEDED, RING, Point, Wire
from pipelint.record import NamedTuple

ROW_GAP = 44.0
LANE, LANE_GAP = 10.0, 6.0
"""The room that a line takes which passes a row."""

LANES_SHARE = 1 / 6
"""How much of the width is kept for lines that pass a row."""

RING_AT = 12.0
"""How far beside the middle of a box a line of a ring leaves and enters."""

ASIDE = 10.0
"""How far beside the rows the lines run for which there was no room, and those of rings."""


class Layers(NamedTuple):
    """Boxes with their places, from 0 to `width`; lines may run a little beside."""

    boxes: list[Box]
    wires: list[Wire]
    width: float
    bottom: float


class Item:
    """What takes room in a row: a box, or a line that passes (`box` is None)."""

    __slots__ = ("box", "wish", "x")

    def __init__(self, box: Box | None) -> None:
        self.box = box
        self.wish: float | None = None
        self.x = 0.0

    @property
    def width(self) -> float:
        """The room it takes."""
        return self.box.width if self.box is not None else LANE

    @property
    def gap(self) -> float:
        """The room behind it."""
        return BOX_GAP if self.box is not None else LANE_GAP


def arrange(
    sized: Callable[[float], list[Box]], edges: Sequence[Edge], room: float, top: float
) -> Layers:
    """Give every box a row and a place in it; `sized` makes the boxes for a width."""
    for_lanes = room * LANES_SHARE
    boxes = sized(room - for_lanes)
    plan = plan_of(boxes, edges)
    fill_rows(plan, boxes, room - for_lanes)
    beside = choose_lanes(plan, int((for_lanes - BOX_GAP) / (LANE + LANE_GAP)))
    items = [_items(plan, boxes, number) for number in range(len(plan.rows))]
    width = max((_width(row) for row in items), default=0.0)
    for number, row in enumerate(items):
        _place(row, width, plan, number)
    bottom = _set_heights(plan, boxes, top + (ROW_GAP / 2 if plan.back else 0.0))
    return Layers(boxes, _wires(plan, boxes, beside, width), width, bottom)


# --- where in the row ----------------------------------------------------------------------------


def _items(plan: Plan, boxes: Sequence[Box], number: int) -> list[Item]:
    """Return what stands in a row, lines last; a wish is found when the rows above are placed."""
    own = [Item(boxes[at]) for at in plan.rows[number]]
    return own + [Item(None) for _ in plan.passing[number]]


def _width(row: Sequence[Item]) -> float:
    return sum(item.width + item.gap for item in row) - row[-1].gap


def _place(row: list[Item], width: float, plan: Plan, number: int) -> None:
    """Place a row, everything below what it comes from as far as there is room."""
    passing = plan.passing[number]
    own, lines = row[: len(plan.rows[number])], row[len(plan.rows[number]) :]
    for at, item in zip(plan.rows[number], own, strict=True):
        item.wish = mean([_above(plan, source, number) for source in plan.sources[at]])
    for at, item in zip(passing, lines, strict=True):
        item.wish = _above(plan, at, number)
    if any(item.wish is not None for item in row):
        row = sorted(row, key=lambda item: width if item.wish is None else item.wish)
    _spread(row, width)
    for at, item in zip(plan.rows[number], own, strict=True):
        assert item.box is not None  # noqa: S101 - boxes come first
        item.box.x = item.x
        plan.lanes[at, number] = item.box.middle
    for at, item in zip(passing, lines, strict=True):
        plan.lanes[at, number] = item.x + LANE / 2


def _above(plan: Plan, source: int, number: int) -> float:
    """Return where the line from a source stands in the row above a row."""
    place = plan.lanes.get((source, number - 1))
    return plan.lanes[source, plan.row_of[source]] if place is None else place


def _spread(row: Sequence[Item], width: float) -> None:
    """Place items from left to right near their wishes, then move the row to where most are met."""
    taken = _width(row)
    x, rest = 0.0, taken
    for item in row:
        wish = (width - taken) / 2 if item.wish is None else item.wish - item.width / 2
        item.x = max(x, min(wish, width - rest))
        x = item.x + item.width + item.gap
        rest -= item.width + item.gap
    moves = [one.wish - one.width / 2 - one.x for one in row if one.wish is not None]
    if not moves:
        move = (width - (row[-1].x + row[-1].width) - row[0].x) / 2
    else:
        move = sum(moves) / len(moves)
    move = min(max(move, -row[0].x), width - row[-1].x - row[-1].width)
    for item in row:
        item.x += move


def _set_heights(plan: Plan, boxes: Sequence[Box], top: float) -> float:
    y = top
    for row in plan.rows:
        for at in row:
            boxes[at].y = y
        y += max(boxes[at].height for at in row) + ROW_GAP
    return y - ROW_GAP + (ROW_GAP / 2 if plan.back else 0.0)


# --- wires ---------------------------------------------------------------------------------------


def _wires(plan: Plan, boxes: Sequence[Box], beside: set[int], width: float) -> list[Wire]:
    tops = [boxes[row[0]].y for row in plan.rows]
    ends = [max(boxes[at].bottom for at in row) for row in plan.rows]
    found = []
    for at, targets in enumerate(plan.targets):
        if at in beside:
            found += [_around(boxes, at, one, width + ASIDE, tops, ends, plan) for one in targets]
            continue
        trunk = _trunk(plan, boxes[at], at, tops, ends)
        if len(trunk) > 2:  # noqa: PLR2004 - else it has not left its own row
            found.append(Wire(tuple(trunk), NEEDED, has_head=False))
        found += [_branch(plan, boxes, at, one, ends) for one in targets]
    for source, target in plan.back:
        wire = _around(boxes, source, target, -ASIDE, tops, ends, plan)
        found.append(wire._replace(kind=RING, points=tuple(_beside(wire.points))))
    return found


def _beside(points: Sequence[Point]) -> Iterator[Point]:
    """Move the ends of a line to the left, where it lies on no other."""
    for at, (x, y) in enumerate(points):
        yield (x, y) if 1 < at < len(points) - 2 else (x - RING_AT, y)


def _trunk(
    plan: Plan, box: Box, at: int, tops: Sequence[float], ends: Sequence[float]
) -> list[Point]:
    """Return the line from a source down through the rows that it passes."""
    row = plan.row_of[at]
    points = [(box.middle, box.bottom), (box.middle, ends[row])]
    while (at, row + 1) in plan.lanes:
        row += 1
        points += [(plan.lanes[at, row], tops[row]), (plan.lanes[at, row], ends[row])]
    return points


def _branch(plan: Plan, boxes: Sequence[Box], at: int, target: int, ends: Sequence[float]) -> Wire:
    """Return the line from a trunk, or from the source itself, to one that needs it."""
    row, below = plan.row_of[target] - 1, boxes[target]
    x = plan.lanes[at, row]
    points: tuple[Point, ...] = ((x, ends[row]), (below.middle, below.y))
    if row == plan.row_of[at] and boxes[at].bottom < ends[row]:
        points = ((x, boxes[at].bottom), *points)
    return Wire(points, NEEDED)


def _around(
    boxes: Sequence[Box],
    source: int,
    target: int,
    side: float,
    tops: Sequence[float],
    ends: Sequence[float],
    plan: Plan,
) -> Wire:
    """Return a line beside the rows."""
    one, other = boxes[source], boxes[target]
    leaves = ends[plan.row_of[source]] + ROW_GAP / 2
    enters = tops[plan.row_of[target]] - ROW_GAP / 2
    points = ((one.middle, one.bottom), (one.middle, leaves), (side, leaves), (side, enters))
    return Wire((*points, (other.middle, enters), (other.middle, other.y)), NEEDED)
