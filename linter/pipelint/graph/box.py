"""Boxes of a picture: what stands in them, and how large that makes them."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, INFO, WARNING
from pipelint.graph.metrics import clip, width
from pipelint.graph.value import GROUP, PARALLEL, SECTION, STAGE, Node
from pipelint.graph.words import ELLIPSIS, one_line
from pipelint.record import NamedTuple

PAD, NEAR_PAD = 8, 3
DEEP = 12
"""So many boxes in boxes have room between their borders; what is deeper has less."""

LEAST_WIDTH = 96
LABEL_SIZE, SMALL_SIZE = 12, 10
ROW, SMALL_ROW = 18, 14
GAP = 8
_LABEL_ROOM, _DETAIL_ROOM, _NOTE_ROOM = 210, 170, 270
_LEAST_DETAIL = 40
_SIGNS = {ERROR: "✕", WARNING: "!", INFO: "i"}
_CHARACTERS = 120
"""No text is looked at further than that: none of them has room for more."""


class Words(NamedTuple):
    """A text in a box: `x` and `y` (of its base line) count from the corner of the box."""

    x: float
    y: float
    text: str
    role: str


class Badge(NamedTuple):
    """A count of problems; it stands at the right end of the first line."""

    level: str
    text: str
    width: float


class Box:
    """A node with its place. `x` and `y` count from the box around it, until `settle` is called."""

    __slots__ = ("badges", "boxes", "depth", "head", "height", "node", "width", "words", "x", "y")

    def __init__(self, node: Node, depth: int) -> None:
        self.node = node
        self.depth = depth
        self.x = self.y = 0.0
        self.width = self.height = self.head = 0.0
        self.words: list[Words] = []
        self.badges: list[Badge] = []
        self.boxes: list[Box] = []

    @property
    def pad(self) -> int:
        """The room between its border and what is in it."""
        return PAD if self.depth < DEEP else NEAR_PAD

    @property
    def middle(self) -> float:
        """Where its middle is, from left to right."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.y + self.height

    @property
    def is_frame(self) -> bool:
        """Whether it is only drawn around others, without a name that somebody gave."""
        return self.node.kind in {PARALLEL, SECTION}

    def walk(self) -> Iterator[Box]:
        """Give it and all in it."""
        yield self
        for box in self.boxes:
            yield from box.walk()


def settle(box: Box, x: float, y: float) -> None:
    """Make the places of a box and of all in it count from the corner of the picture."""
    box.x += x
    box.y += y
    for inner in box.boxes:
        settle(inner, box.x, box.y)


def open_box(node: Node, room: float, depth: int) -> Box:
    """Make a box with its words, no wider than `room`; there is nothing in it yet."""
    box = Box(node, depth)
    inside = room - 2 * box.pad
    box.badges = list(_badges(node))
    badges = sum(GAP + badge.width for badge in box.badges)
    first = _first_line(box, inside - badges) + badges
    notes = _notes(box, inside)
    box.width = min(max(first, notes, LEAST_WIDTH - 2 * box.pad) + 2 * box.pad, room)
    rows = ROW + SMALL_ROW * sum(1 for one in box.words if one.role == "note")
    box.head = box.height = rows + (2 if box.is_frame else 2 * min(box.pad, 4))
    return box


def _first_line(box: Box, room: float) -> float:
    """Put name and type into the first line; return how wide they are."""
    node, line = box.node, min(box.pad, 4) + LABEL_SIZE + 1.0
    if box.is_frame:
        text = clip(node.label, SMALL_SIZE, room)
        box.words.append(Words(box.pad, line - 2, text, "frame"))
        return width(text, SMALL_SIZE)
    label = clip(one_line(node.label, _CHARACTERS), LABEL_SIZE, min(room, _LABEL_ROOM))
    holds = node.kind in {STAGE, GROUP}
    box.words.append(Words(box.pad, line, label, "holder" if holds else "label"))
    used = width(label, LABEL_SIZE) * (1.08 if holds else 1)  # bold letters are wider
    left = min(room - used - GAP, _DETAIL_ROOM)
    said = node.detail or (node.kind if node.kind == GROUP else "")
    if not said or said == node.label or left < _LEAST_DETAIL:
        return used
    detail = one_line(said, _CHARACTERS)
    if width(detail, SMALL_SIZE) > left and "/" in detail:
        detail = f"{ELLIPSIS}/{detail.rpartition('/')[2]}"  # of an image the end tells most
    detail = clip(detail, SMALL_SIZE, left)
    box.words.append(Words(box.pad + used + GAP, line, detail, "detail"))
    return used + GAP + width(detail, SMALL_SIZE)


def _notes(box: Box, room: float) -> float:
    """Put each note on a line of its own; return the width of the widest."""
    widest = 0.0
    y = min(box.pad, 4) + LABEL_SIZE + 1.0
    for note in box.node.notes:
        y += SMALL_ROW
        text = clip(one_line(note.text, _CHARACTERS), SMALL_SIZE, min(room, _NOTE_ROOM))
        box.words.append(Words(box.pad, y, text, "note"))
        widest = max(widest, width(text, SMALL_SIZE))
    return widest


def _badges(node: Node) -> Iterator[Badge]:
    for level, sign in _SIGNS.items():
        number = node.count(level)
        if number:
            text = f"{sign} {number}"
            yield Badge(level, text, width(text, SMALL_SIZE) + 8)
