"""Which line begins in the wrong column: the one where a parser gave up, or one before it.

A parser gives up at the first line that fits nothing above it. Often that line is right, and one
before it was moved, or left out. Columns tell: with the right line put back all lines around fit,
each as far to the right of its parent as elsewhere in the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from pipelint.record import NamedTuple
from pipelint.yaml.lines import Line
from pipelint.yaml.mistake import WALK_LIMIT, Scene

_USUAL_STEP = 2
_ROWS_BELOW = 20
"""So many lines below the place must fit, too."""

_ROWS_SEEN = 1_000
"""From so many lines it is learned how far a text indents."""


class Outlier(NamedTuple):
    """A line (0-based), and the column (0-based) in which it fits.

    With `missing` the line is right, and what it belongs to should stand above it, in that column.
    """

    number: int
    target: int
    missing: bool = False


class _Row(NamedTuple):
    """What columns a line has: of its dash, if any, and of its key or value."""

    number: int
    column: int
    item: int
    dash: bool
    key: bool
    value: bool

    def at(self, column: int) -> _Row:
        """Return the row as it would be in another column."""
        return self._replace(column=column, item=self.item + column - self.column)


class _Level:
    """A column in which nodes stand; `awaits` tells that the last of them may hold others."""

    __slots__ = ("awaits", "column", "dash")

    def __init__(self, column: int, awaits: bool, *, dash: bool) -> None:
        self.column = column
        self.dash = dash
        self.awaits = awaits

    def is_left_by(self, row: _Row) -> bool:
        """Tell whether the last node of the level stays empty since the row stands beside it."""
        return self.awaits and self.column == row.column and self.dash == row.dash


_Score: TypeAlias = tuple[int, int]
"""How many lines fit nowhere, and how many are further to the right than is usual."""

_FITS: _Score = (0, 0)


def find_outlier(scene: Scene, number: int) -> Outlier | None:
    """Find the line that is to blame for another that fits nowhere; None if that is it itself."""
    wrong = scene.lines.line(number)
    outer = next((line for line in scene.above(number) if line.column < wrong.column), None)
    first = scene.lines.number(outer.start) if outer else scene.after(-1)
    if number - first > _ROWS_SEEN:
        return None
    rows = list(_rows(scene, first, number))
    at = next((at for at, row in enumerate(rows) if row.number == number), 0)
    if not at:
        return None
    judge = _Judge(scene, first, rows)
    itself = min(map(judge.score, judge.moved_itself(at)), default=(len(rows), 0))
    best, found = _moved_before(judge, rows, at, itself)
    if outer is not None and best > _FITS and at > 1 and judge.score(_completed(rows, at)) == _FITS:
        return Outlier(rows[1].number, wrong.column, missing=True)
    return found


def _moved_before(
    judge: _Judge, rows: Sequence[_Row], at: int, itself: _Score
) -> tuple[_Score, Outlier | None]:
    """Try to move the lines that a misfit depends on: what holds it, and what is beside it."""
    best, found = itself, None
    column = rows[at].column
    torn = judge.stood_beside(column)  # then the line between is the likelier one
    for other in dict.fromkeys((0, at - 1, 1) if torn else (1, at - 1, 0)):
        for moved in judge.moved(other, column) if other < at else ():
            score = judge.score(moved)
            if score < best or (score == best and found is None and torn and not other):
                best, found = score, Outlier(rows[other].number, moved[other].column)
    return best, found


def _completed(rows: Sequence[_Row], at: int) -> list[_Row]:
    """Return the lines with one more that holds the first of them, as the misfit would."""
    wrong = rows[at]
    item = wrong.column + _USUAL_STEP * wrong.dash
    left_out = wrong._replace(item=item, key=True, value=False)
    return [rows[0], left_out, *rows[1:]]


class _Judge:
    """The lines around a place, and how far their text indents."""

    __slots__ = ("_above", "_rows", "_scene", "_step")

    def __init__(self, scene: Scene, first: int, rows: Sequence[_Row]) -> None:
        self._scene = scene
        self._rows = rows
        self._step = _step(scene)
        nearest = scene.before(first)
        self._above = [
            (
                level.column,
                level.dash,
                _awaits(level.line) and scene.lines.number(level.line.start) == nearest,
            )
            for level in reversed(scene.levels(first))
        ]

    def moved(self, at: int, *columns: int) -> Iterator[list[_Row]]:
        """Give the lines with one of them moved to each column in which it might belong."""
        row, rows = self._rows[at], self._rows
        wanted = {*columns, *(level.column for level in self._scene.levels(row.number))}
        wanted |= {column - row.item + row.column for column in columns}
        wanted.add(rows[at - 1].item + self._step if at else 0)
        for column in sorted(wanted - {row.column}, key=lambda column: abs(column - row.column)):
            yield [*rows[:at], row.at(column), *rows[at + 1 :]]

    def moved_itself(self, at: int) -> Iterator[list[_Row]]:
        """Give the lines with the one that fits nowhere moved, alone or with all that it holds."""
        row = self._rows[at]
        below = self._rows[at + 1 :]
        held = next((n for n, one in enumerate(below) if one.column <= row.column), len(below))
        for moved in self.moved(at):
            yield moved
            by = moved[at].column - row.column
            inner = [one.at(one.column + by) for one in below[:held]]
            yield [*moved[: at + 1], *inner, *below[held:]]

    def stood_beside(self, column: int) -> bool:
        """Tell whether keys above began in a column."""
        return any(other == column and not dash for other, dash, _ in self._above)

    def score(self, rows: Iterable[_Row]) -> _Score:
        """Count the lines that fit nowhere, and those that are indented in an unusual way.

        A key without a value is unusual, too: what it should hold may have been moved.
        """
        levels = [_Level(column, awaits, dash=dash) for column, dash, awaits in self._above]
        misfits = odd = 0
        for row in rows:
            while levels and levels[-1].column > row.column:
                odd += levels.pop().awaits
            odd += bool(levels) and levels[-1].is_left_by(row)
            step = _place(row, levels)
            misfits += step is None
            odd += step not in {None, 0, self._step}
        return misfits, odd


def _place(row: _Row, levels: list[_Level]) -> int | None:
    """Put a row among the levels; return how far it is indented, or None where it does not fit."""
    step: int | None = 0
    if levels and levels[-1].column == row.column and levels[-1].dash and not row.dash:
        levels.pop()  # the items of a list may stand in the column of its key
    top = levels[-1] if levels else None
    if top is None or top.column < row.column or (row.dash and not top.dash):
        fits = top.awaits if top is not None else not levels
        step = (row.column - (top.column if top else 0)) if fits else None
        if top is not None:
            top.awaits = False
        levels.append(_Level(row.column, awaits=False, dash=row.dash))
    awaits = not row.value
    if row.dash and row.key:
        levels.append(_Level(row.item, awaits, dash=False))
    else:
        levels[-1].awaits = awaits
    return step


def _rows(scene: Scene, first: int, number: int) -> Iterator[_Row]:
    """Give the lines that begin something, from one on to some below another."""
    text = -1  # the column of the text block that a line may be in; -2 before its first line
    below = 0
    for other in range(first, min(len(scene.lines.starts), number + WALK_LIMIT)):
        line = scene.lines.line(other)
        if line.blank:
            continue
        if text == -2:  # noqa: PLR2004
            text = line.column
        if 0 <= text <= line.column and other != number:
            continue
        text = -1
        if not (line.has_key or line.has_dash):
            continue
        yield _Row(
            other, line.column, line.item_column, line.has_dash, line.has_key, line.has_value
        )
        text = -2 if scene.text[line.value : line.value + 1] in {"|", ">"} else -1
        below += other > number
        if below >= _ROWS_BELOW:
            return


def _awaits(line: Line) -> bool:
    return not line.has_value


def _step(scene: Scene) -> int:
    """Tell how many columns a text indents by."""
    counts = Counter({_USUAL_STEP: 1})
    levels: list[_Level] = []
    for seen, row in enumerate(_rows(scene, 0, len(scene.lines.starts))):
        while levels and levels[-1].column > row.column:
            levels.pop()
        step = _place(row, levels)
        counts[step or 0] += 1
        if seen > _ROWS_SEEN:
            break
    del counts[0]
    return max(counts, key=lambda step: (counts[step], step == _USUAL_STEP), default=_USUAL_STEP)
