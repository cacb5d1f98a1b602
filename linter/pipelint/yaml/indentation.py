"""Lines that begin in the wrong column, and how to read them as if they did not."""

from __future__ import annotations

from pipelint.source import Span
from pipelint.yaml.lines import Line
from pipelint.yaml.mistake import WALK_LIMIT, Level, Mistake, Patch, Scene, blank_line
from pipelint.yaml.node import Problem
from pipelint.yaml.outlier import find_outlier
from pipelint.yaml.reindent import blank_block, reindent, shift


def tab(scene: Scene) -> Mistake:
    """Tell of a tab before the text of a line."""
    line, at = scene.line, scene.at
    if at >= line.content:
        problem = Problem(
            Span(at, at + 1), "a tab where YAML wants a space", "a tab", "use a space"
        )
        return Mistake(problem, (Patch(Span(at, at + 1), " "),), local=True)
    first = scene.text.index("\t", line.start)
    number = scene.lines.number(at)
    in_text = "space is expected" in scene.words or _in_text(scene, number)
    target = None if in_text else _column_among(scene, number)
    beside = any(level.column == target for level in scene.levels(number))
    problem = Problem(
        Span(first, line.content),
        "a tab is used for indentation",
        "YAML allows only spaces",
        "use spaces"
        if target is None or not beside
        else f"use spaces; the lines beside it start in column {target + 1}",
    )
    return Mistake(problem, tuple(_untab(scene, number, target)), local=True)


def deeper(scene: Scene, number: int, sibling: Line) -> Mistake:
    """Tell of a key that begins to the right of its sibling, which has a value."""
    line, beside = scene.lines.line(number), scene.name(sibling)
    if line.has_dash and sibling.has_key:
        return _below_value(scene, number, beside)
    name = _named(scene, line)
    column = sibling.item_column
    advice = f"start it in column {column + 1}"
    if sibling.has_key:
        advice += f", or remove the value of `{beside}`"
    return _misplaced(
        scene, number, f"{name} is indented deeper than `{beside}` above it", advice, column
    )


def _below_value(scene: Scene, number: int, key: str) -> Mistake:
    """Tell of a list below a key that has a value: often the key of the list is missing."""
    line = scene.lines.line(number)
    problem = Problem(
        Span(line.content, line.content + 1),
        f"a list item below `{key}`, which has a value already",
        "belongs to no key",
        f"write the key of the list above it, or remove the value of `{key}`",
    )
    return Mistake(problem, blank_block(scene.lines, number, beside=True))


def between(scene: Scene, number: int) -> Mistake:
    """Tell of a line that begins in a column where nothing else does."""
    line = scene.lines.line(number)
    levels = scene.levels(number)
    columns = sorted({level.column + 1 for level in levels if level.dash == line.has_dash})
    advice = f"the lines above it start in column {_listed(columns)}" if columns else ""
    target = _nearest(line, levels)
    message = f"the indentation of {_named(scene, line)} fits no line above it"
    return _misplaced(scene, number, message, advice, target)


def before_first(scene: Scene, number: int, first: Line) -> Mistake:
    """Tell of a line that begins to the left of the very first one."""
    name = _named(scene, scene.lines.line(number))
    message = f"{name} is indented less than the first line"
    advice = f"the first line starts in column {first.column + 1}"
    return _misplaced(scene, number, message, advice, first.column)


def item_among_keys(scene: Scene, number: int) -> Mistake:
    """Tell of `- x` in the column of the keys of a mapping."""
    line = scene.lines.line(number)
    dashes = [level for level in scene.levels(number) if level.dash]
    advice = "indent it below the key it belongs to"
    if dashes:
        columns = sorted({level.column + 1 for level in dashes})
        advice = f"the list items above start in column {_listed(columns)}"
    target = dashes[0].column if dashes else None
    problem = Problem(
        Span(line.content, line.content + 1),
        "a list item among the keys of a map",
        f"keys start in column {line.column + 1}",
        advice,
    )
    return Mistake(problem, reindent(scene, number, target), misfit=number)


def key_among_items(scene: Scene, number: int) -> Mistake:
    """Tell of `key:` in the column of the dashes of a list."""
    line = scene.lines.line(number)
    levels = scene.levels(number)
    item = next((level.line for level in levels if level.dash), line)
    outer = [level for level in levels if not level.dash and level.column < line.column]
    places = []
    if item.has_key:
        places.append(f"in column {item.item_column + 1} to join the item above")
    if outer:
        beside = scene.name(outer[0].line)
        places.append(f"in column {outer[0].column + 1} to put it beside `{beside}`")
    problem = Problem(
        _head(line),
        f"{_named(scene, line)} stands among the items of a list",
        f"items start in column {line.column + 1}",
        f"start it {', or '.join(places)}" if places else "begin it with `- ` if it is an item",
    )
    target = item.item_column if item.has_key or not outer else outer[0].column
    return Mistake(problem, reindent(scene, number, target), misfit=number)


def outside_text(scene: Scene, number: int, header: Line) -> Mistake:
    """Tell of a line that fell out of the text block above it."""
    line = scene.lines.line(number)
    first = scene.after(scene.lines.number(header.start))
    column = scene.lines.line(first).column + 1
    problem = Problem(
        Span(line.content, line.stop),
        f"this line is not part of the text of `{scene.name(header)}`",
        "indented less than the text",
        f"start it in column {column} to make it part of the text",
    )
    return Mistake(problem, blank_block(scene.lines, number), misfit=number)


def blame_another(scene: Scene, mistake: Mistake) -> Mistake:
    """Tell of the line that is really in the wrong column, if it is not the one that misfits."""
    misfit = mistake.misfit
    found = find_outlier(scene, misfit) if misfit is not None else None
    if found is None or misfit is None:
        return mistake
    line, beside = scene.lines.line(found.number), scene.lines.line(misfit)
    name = "the list item" if beside.has_dash else f"`{scene.name(beside)}`"
    if found.missing:
        what = "list item" if beside.has_dash else "key"
        message = f"the {what} above {_named(scene, line)} seems to be missing"
        advice = (
            f"write the {what} that it belongs to in column {found.target + 1}, as {name} below"
        )
        patches = mistake.patches
    else:
        message = f"the indentation of {_named(scene, line)} fits no other line"
        advice = f"start it in column {found.target + 1}"
        advice += f", as {name} below" if found.target == beside.column else ""
        patches = (shift(scene.text, line, found.target) or blank_line(scene.lines, line),)
    return Mistake(
        Problem(_head(line), message, f"starts in column {line.column + 1}", advice), patches
    )


def _misplaced(scene: Scene, number: int, message: str, advice: str, target: int | None) -> Mistake:
    line = scene.lines.line(number)
    problem = Problem(_head(line), message, f"starts in column {line.column + 1}", advice)
    return Mistake(problem, reindent(scene, number, target), misfit=number)


def _head(line: Line) -> Span:
    end = line.colon if line.has_key else line.stop
    return Span(line.content, max(end, line.content + 1))


def _named(scene: Scene, line: Line) -> str:
    if line.has_dash:
        return "this list item"
    return f"`{scene.name(line)}`" if line.has_key else "this line"


def _listed(columns: list[int]) -> str:
    words = [str(column) for column in columns[-4:]]
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _nearest(line: Line, levels: list[Level]) -> int | None:
    """Choose the level that a line was meant for: of two as near, the inner one."""
    alike = [level.column for level in levels if level.dash == line.has_dash]
    return min(alike, key=lambda column: abs(column - line.column), default=None)


def _in_text(scene: Scene, number: int) -> bool:
    above = scene.before(number)
    if above < 0:
        return False
    header = scene.lines.line(above)
    return scene.text[header.value : header.value + 1] in {"|", ">"}


def _column_among(scene: Scene, number: int) -> int | None:
    """Choose the column of a line that is indented with tabs, from the lines around it."""
    line, lines = scene.lines.line(number), scene.lines
    above, below = scene.before(number), scene.after(number)
    for _ in range(WALK_LIMIT):
        if below < 0 or not _tabs(scene, below):
            break
        below = scene.after(below)
    if above < 0:
        return 0
    previous = lines.line(above)
    next_column = lines.line(below).column if below >= 0 else 0
    if not previous.has_value:
        return max(next_column, previous.item_column + 1)
    columns = [level.column for level in scene.levels(number) if level.dash == line.has_dash]
    columns = [column for column in columns if column > 0] or columns
    if next_column in columns and line.has_value:
        return next_column
    if not line.has_value:  # it opens what is below
        columns = [column for column in columns if column < next_column] or columns
    return columns[0] if columns else None


def _untab(scene: Scene, number: int, target: int | None) -> list[Patch]:
    """Indent with blanks what is indented with tabs, from a line on."""
    patches: list[Patch] = []
    first = _tabs(scene, number)
    for other in range(number, min(number + WALK_LIMIT, len(scene.lines.starts))):
        line = scene.lines.line(other)
        if line.blank:
            continue
        if not _tabs(scene, other):
            break
        wanted = None if target is None else max(0, target + 2 * (_tabs(scene, other) - first))
        moved = None if wanted is None else shift(scene.text, line, wanted)
        patches.append(moved or blank_line(scene.lines, line))
    return patches


def _tabs(scene: Scene, number: int) -> int:
    line = scene.lines.line(number)
    return scene.text.count("\t", line.start, line.content)
