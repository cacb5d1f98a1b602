"""Wires of a picture: lines and curves from box to box."""

from __future__ import annotations

from pipelint.graph.box import Box
from pipelint.record import NamedTuple

Point = tuple[float, float]

NEXT, NEEDED, RING = "next", "needed", "ring"
"""What a wire says; one of a ring is there to be seen."""


class Wire(NamedTuple):
    """A line through points, with an arrow at its end where it `has_head`.

    Between two points that have one coordinate in common it is straight, else a curve that begins
    and ends upright.
    """

    points: tuple[Point, ...]
    kind: str = NEXT
    has_head: bool = True

    def moved(self, x: float) -> Wire:
        """Return it further to the right."""
        return self._replace(points=tuple([(one + x, other) for one, other in self.points]))


def down(x: float, start: float, end: float) -> Wire:
    """Go down."""
    return Wire(((x, start), (x, end)))


def straight(start: float, end: float, y: float) -> Wire:
    """Go to the right."""
    return Wire(((start, y), (end, y)))


def turn(end: Box, start: Box, sides: Point, between: float, line: float) -> Wire:
    """Go from the end of a line of boxes around to the beginning of the next one.

    `sides` are the free places at the right and the left, `between` is that between the lines,
    `line` how far below the border of a box a wire enters.
    """
    right, left = sides
    leaves, enters = end.y + line, start.y + line
    corners = ((right, leaves), (right, between), (left, between), (left, enters))
    return Wire(((end.x + end.width, leaves), *corners, (start.x, enters)))
