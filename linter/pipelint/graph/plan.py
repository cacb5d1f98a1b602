"""Who needs whom, in which row each box stands, and which rows the lines between them pass."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from pipelint.graph.box import Box
from pipelint.graph.value import Edge

BOX_GAP = 20.0
MOST_PASSES = 20_000
"""So many times lines pass rows, in all."""


class Plan:
    """Who needs whom, by numbers of boxes, and the row of each box. `back` are needs in rings."""

    __slots__ = ("back", "lanes", "passing", "row_of", "rows", "sources", "targets")

    def __init__(self, number: int) -> None:
        self.sources: list[list[int]] = [[] for _ in range(number)]
        self.targets: list[list[int]] = [[] for _ in range(number)]
        self.back: list[tuple[int, int]] = []
        self.rows: list[list[int]] = []
        self.row_of = [0] * number
        self.passing: list[list[int]] = []
        self.lanes: dict[tuple[int, int], float] = {}


def plan_of(boxes: Sequence[Box], edges: Sequence[Edge]) -> Plan:
    """Sort the needs between boxes; of a ring those that lead back in the text stand aside."""
    plan = Plan(len(boxes))
    number = {box.node.key: at for at, box in enumerate(boxes)}
    for edge in edges:
        if edge.source not in number or edge.target not in number:
            continue
        source, target = number[edge.source], number[edge.target]
        if edge.in_ring and source >= target:
            plan.back.append((source, target))
        else:
            plan.sources[target].append(source)
            plan.targets[source].append(target)
    return plan


def _ranks(plan: Plan) -> list[list[int]]:
    """Return the boxes by the longest way to them."""
    rank = [0] * len(plan.sources)
    open_ = [len(sources) for sources in plan.sources]
    ready = deque(at for at, number in enumerate(open_) if not number)
    while ready:
        here = ready.popleft()
        for target in plan.targets[here]:
            rank[target] = max(rank[target], rank[here] + 1)
            open_[target] -= 1
            if not open_[target]:
                ready.append(target)
    ranks: list[list[int]] = [[] for _ in range(max(rank, default=-1) + 1)]
    for at, number in enumerate(rank):
        ranks[number].append(at)
    return ranks


def fill_rows(plan: Plan, boxes: Sequence[Box], room: float) -> None:
    """Break ranks into rows; in a rank stand beside each other what needs the same."""
    place = [0.0] * len(boxes)
    for rank in _ranks(plan):
        wishes = {at: mean([place[one] for one in plan.sources[at]]) or 0.0 for at in rank}
        left = 0.0
        for at in sorted(rank, key=lambda at: (wishes[at], at)):
            if left < boxes[at].width or not plan.rows:
                plan.rows.append([])
                left = room
            plan.rows[-1].append(at)
            plan.row_of[at] = len(plan.rows) - 1
            left -= boxes[at].width + BOX_GAP
            place[at] = (room - left) / room
        plan.rows.append([])
    plan.rows = [row for row in plan.rows if row]
    for number, row in enumerate(plan.rows):
        for at in row:
            plan.row_of[at] = number


def choose_lanes(plan: Plan, most: int) -> set[int]:
    """Choose the rows that lines pass, short ones first; return whose lines run beside the rows.

    Through one row there are at most so many.
    """
    plan.passing = [[] for _ in plan.rows]
    spans = []
    for at, targets in enumerate(plan.targets):
        last = max((plan.row_of[target] for target in targets), default=0)
        if last > plan.row_of[at] + 1:
            spans.append((last - plan.row_of[at] - 1, at))
    beside, passes = set(), 0
    for span, at in sorted(spans):
        first = plan.row_of[at] + 1
        passes += span
        rows = plan.passing[first : first + span] if passes <= MOST_PASSES else []
        if not rows or any(len(row) >= most for row in rows):
            beside.add(at)
            continue
        for row in rows:
            row.append(at)
    return beside


def mean(values: Sequence[float]) -> float | None:
    """Return the middle of some numbers; None where there are none."""
    return sum(values) / len(values) if values else None
