"""How a line is read as if it began in another column, while every offset stays true."""

from __future__ import annotations

from pipelint.source import Span
from pipelint.yaml.lines import Line, Lines
from pipelint.yaml.mistake import WALK_LIMIT, Move, Patch, Scene, blank, blank_line

_SPECIAL = "|>[{&*!'\""
"""A value that begins with one of these cannot be cut."""


def reindent(scene: Scene, number: int, target: int | None) -> tuple[Patch, ...]:
    """Move a line, and those beside it, to a column; blank what cannot be moved.

    An item takes along the items beside it, and what is below them; a key ends them.
    """
    if target is None:
        return blank_block(scene.lines, number)
    first = scene.lines.line(number)
    patches: list[Patch] = []
    for other in range(number, min(number + WALK_LIMIT, len(scene.lines.starts))):
        line = scene.lines.line(other)
        deeper = line.column - first.column
        if line.blank or (deeper > 0 and not first.has_dash):
            continue
        if deeper < 0 or (deeper == 0 and first.has_dash and not line.has_dash):
            break
        patches.append(shift(scene.text, line, target + deeper) or blank_line(scene.lines, line))
    return tuple(patches)


def blank_block(lines: Lines, number: int, *, beside: bool = False) -> tuple[Patch, ...]:
    """Blank a line with all that is indented deeper below it, or also with what is beside it."""
    line = lines.line(number)
    end = number
    for below in range(number + 1, min(number + WALK_LIMIT, len(lines.starts))):
        other = lines.line(below)
        if not other.blank and other.column < line.column + (not beside):
            break
        end = below
    return (blank(lines.text, line.start, lines.end(end)),)


def shift(text: str, line: Line, target: int) -> Patch | None:
    """Write a line anew so that it begins in a column, in as many characters.

    To the left there is room; to the right, first the key is cut and then the value, and the moves
    say what they were. None where it cannot be done.
    """
    head, value = text[line.content : line.item], text[line.value : line.stop]
    key = text[line.item : line.colon].rstrip() if line.has_key else ""
    end = ":" * line.has_key
    room = line.stop - line.start - target - len(head) - len(end) - (bool(value) and line.has_key)
    kept_key, kept_value = _cut(key, value, room)
    if (line.has_key and not kept_key) or (value and not kept_value):
        return None
    width = line.stop - line.start - len(kept_value)
    made = (" " * target + head + kept_key + end).ljust(width) + kept_value
    if len(made) > line.stop - line.start:
        return None
    moves: list[Move] = []
    if key:
        place = Span(line.item, line.item + len(key))
        moves.append(Move(line.start + target + len(head), place, key.strip("'\"")))
    if kept_value == value:
        end_of_change = line.value if value else line.stop
        made = made[: end_of_change - line.start]
        return Patch(Span(line.start, end_of_change), made, tuple(moves))
    moves.append(Move(line.stop - len(kept_value), Span(line.value, line.stop), None))
    return Patch(Span(line.start, line.stop), made, tuple(moves))


def _cut(key: str, value: str, room: int) -> tuple[str, str]:
    """Cut a key, and then a value, until both fit."""
    if key.startswith(("'", '"')) and len(key) + len(value) > room:
        return "", ""
    kept_key = key[: max(1, room - len(value))]
    kept_value = value[: max(0, room - len(kept_key))]
    return kept_key, "" if kept_value != value and value[0] in _SPECIAL else kept_value
