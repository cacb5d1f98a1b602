"""Where things stand in a picture: nothing overlaps, nothing sticks out, wires cross no box."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest

from graph.drawn import drawn, harness, stage
from pipelint.graph.box import Box
from pipelint.graph.layout import NARROWEST, WIDEST, Layout, lay_out
from pipelint.graph.metrics import width
from pipelint.graph.wire import RING, Point, Wire

HEAD = 'version: "1"\nstages:\n'
LABEL = "a name that is quite a bit too long for any box that it could ever stand in"


def vela(*needs: list[int], steps: int = 1) -> str:
    """Return a pipeline of stages that need each other, by numbers."""
    lines = [
        f"  s{at}: {{needs: [{', '.join(f's{one}' for one in them)}], steps: ["
        + ", ".join(f"{{name: {LABEL[: 5 + at * 7]}, image: i}}" for _ in range(1 + at % steps))
        + "]}\n"
        for at, them in enumerate(needs)
    ]
    return HEAD + "".join(lines)


def nested(kinds: list[str]) -> str:
    """Return a pipeline with things in things, each with two steps after it."""
    lines, indent = [], 2
    for at, kind in enumerate(kinds):
        pad = " " * indent
        if kind == "parallel":
            lines.append(f"{pad}- parallel:")
            indent += 4
        else:
            lines += [f"{pad}- stepGroup:", f"{pad}    identifier: g{at}", f"{pad}    {kind}:"]
            indent += 6
    lines += [" " * indent + f"- step: {{name: '{LABEL}', identifier: leaf{n}}}" for n in (1, 2)]
    return harness(stage("steps:\n" + "\n".join(lines)))


MANY = harness(
    "\n".join(
        f"- stage: {{name: stage number {at}, identifier: s{at}, type: Custom}}" for at in range(30)
    )
)
TOGETHER = harness(
    "- parallel:\n"
    + "\n".join(f"    - stage: {{name: '{LABEL}', identifier: s{at}}}" for at in range(20))
    + "\n- stage: {name: last, identifier: last}"
)
PICTURES = {
    "one stage": vela([]),
    "nothing": HEAD,
    "a chain": vela([], [0], [1], [2]),
    "a diamond": vela([], [0], [0], [1, 2], steps=3),
    "far apart": vela([], [0], [1], [0, 2], [0, 1, 3], [2], [0, 5], steps=2),
    "all of all": vela(*(list(range(at)) for at in range(25))),
    "rings": vela([2], [0], [1], [3], [2, 3]),
    "a ring of one": vela([0]),
    "many at once": vela([], *([0] for _ in range(40)), list(range(41))),
    "thirty stages": MANY,
    "many together": TOGETHER,
    "groups in groups": nested(["steps"] * 60),
    "parallel in parallel": nested(["parallel"] * 60),
    "rollbacks in rollbacks": nested(["rollbackSteps"] * 60),
    "both": nested(["steps", "parallel"] * 30),
}


@pytest.fixture(params=PICTURES, scope="module")
def name(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(params=[WIDEST, 700, 360, 0], scope="module")
def widest(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found


@pytest.fixture(scope="module")
def layout(name: str, widest: int) -> Layout:
    return lay_out(drawn(PICTURES[name]), 40.0, widest)


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.bottom
        and other.y < one.bottom
    )


def inside(inner: Box, outer: Box) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.width <= outer.x + outer.width + 0.01
        and inner.bottom <= outer.bottom + 0.01
    )


def test_boxes_beside_each_other_do_not_overlap(layout: Layout) -> None:
    for boxes in (layout.boxes, *(box.boxes for box in layout.walk())):
        assert not [
            (one.node.label, other.node.label)
            for one, other in combinations(boxes, 2)
            if overlap(one, other)
        ]


def test_boxes_stand_below_the_words_of_the_box_around_them(layout: Layout) -> None:
    for box in layout.walk():
        for inner in box.boxes:
            assert inside(inner, box), (inner.node.label, box.node.label)
            assert all(box.y + words.y < inner.y for words in box.words)


def test_words_fit_into_their_box_and_leave_room_for_badges(layout: Layout) -> None:
    for box in layout.walk():
        badges = sum(badge.width + 4 for badge in box.badges)
        for words in box.words:
            size = 12 if words.role in {"holder", "label"} else 10
            room = box.width - (badges if words.y < 20 else 0)
            assert words.x + width(words.text, size) <= room, (words, box.width)


def test_picture_has_a_bounded_width_and_holds_everything(
    layout: Layout, name: str, widest: int
) -> None:
    is_deep = " in " in name or name == "both"
    assert layout.width <= (WIDEST if is_deep else max(widest, NARROWEST))
    for box in layout.boxes:
        assert box.x >= 0
        assert box.y >= 40
        assert box.x + box.width <= layout.width
        assert box.bottom <= layout.height + 0.01
    for wire in layout.wires:
        assert all(0 <= x <= layout.width and y <= layout.height + 0.01 for x, y in wire.points)


def test_wires_cross_no_box(layout: Layout) -> None:
    for wire in layout.wires:
        for x, y in samples(wire):
            hit = [box.node.label for box in layout.walk() if not box.boxes and holds(box, x, y)]
            assert not hit, (wire, x, y)
    tops = [box for box in layout.boxes if box.boxes]
    for wire in layout.wires:
        if all(any(holds(box, x, y) for box in tops) for x, y in wire.points):
            continue  # it runs inside of one
        for x, y in samples(wire):
            assert not [box.node.label for box in tops if holds(box, x, y)], (wire, x, y)


def holds(box: Box, x: float, y: float) -> bool:
    """Tell whether a place is inside of a box; its border is not."""
    return box.x + 1 < x < box.x + box.width - 1 and box.y + 1 < y < box.bottom - 1


def samples(wire: Wire) -> Iterator[Point]:
    """Give places on a wire, as a reader of SVG would draw it."""
    for (x, y), (to_x, to_y) in pairwise(wire.points):
        for step in range(21):
            t = step / 20
            if (x - to_x) * (y - to_y) == 0:
                yield x + (to_x - x) * t, y + (to_y - y) * t
            else:
                bend = 3 * t * t - 2 * t * t * t
                yield (
                    x + (to_x - x) * bend,
                    y + (to_y - y) * (1.5 * t * (1 - t) ** 2 + 1.5 * t * t * (1 - t) + t**3),
                )


def test_every_need_has_a_wire_that_ends_at_it() -> None:
    graph = drawn(PICTURES["far apart"])
    layout = lay_out(graph)
    heads = {wire.points[-1] for wire in layout.wires if wire.has_head}
    tops = {box.node.key: (box.middle, box.y) for box in layout.boxes}
    assert {tops[edge.target] for edge in graph.needs} <= heads
    assert not [wire for wire in layout.wires if wire.kind == RING]


def test_rings_are_drawn_as_such() -> None:
    layout = lay_out(drawn(PICTURES["rings"]))
    assert sum(1 for wire in layout.wires if wire.kind == RING) == 2  # 2 > 0, and 3 > 3


def test_what_needs_something_stands_below_it() -> None:
    graph = drawn(PICTURES["all of all"])
    top = {box.node.key: box for box in lay_out(graph).boxes}
    assert len(list(graph.needs)) == 300
    for edge in graph.needs:
        assert top[edge.source].bottom < top[edge.target].y


def test_layout_is_the_same_every_time() -> None:
    text = PICTURES["many at once"]
    places = [
        [(box.x, box.y, box.width, box.height) for box in lay_out(drawn(text)).walk()]
        for _ in range(2)
    ]
    assert places[0] == places[1]
