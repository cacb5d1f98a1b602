"""Mistakes in `[a, b]` and `{a: b}`."""

from __future__ import annotations

import re

from pipelint.source import Span
from pipelint.yaml import quoting
from pipelint.yaml.lines import Line
from pipelint.yaml.mistake import WALK_LIMIT, Mistake, Patch, Scene, blank_line, placeholder
from pipelint.yaml.node import Problem

_KINDS = {"[": ("]", "list"), "{": ("}", "mapping")}
_OPENING = {"]": "[", "}": "{"}
_TOKEN = re.compile(r"""'[^'\r\n]*'|"[^"\r\n]*"|[^\s,\[\]{}]+|\S""")
_LOOK_BACK = 20_000


def inside(scene: Scene, start: int) -> Mistake:
    """Tell of something that does not fit between the brackets that begin at `start`."""
    line = scene.lines.at(start)
    if scene.text.startswith("{{", line.value) and scene.line.start == line.start:
        return quoting.behind_bracket(scene, line)
    if scene.text[scene.at : scene.at + 1] in _OPENING:
        return _crossed(scene, start)
    return _comma(scene, start) if _is_closed(scene, start) else unclosed(scene, start)


def unclosed(scene: Scene, start: int) -> Mistake:
    """Tell of a bracket without its partner."""
    line, lines = scene.lines.at(start), scene.lines
    sign = scene.text[start]
    closing, kind = _KINDS[sign]
    problem = Problem(
        Span(start, start + 1),
        f"the {kind} that `{sign}` opens is never closed",
        "opened here",
        f"add `{closing}` at its end",
    )
    patches = [placeholder(start, line.stop)]
    number = lines.number(start)
    for below in range(number + 1, min(number + WALK_LIMIT, len(lines.starts))):
        other = lines.line(below)
        if not other.blank and other.column <= line.column:
            break
        patches.append(blank_line(lines, other))
    return Mistake(problem, tuple(patches))


def missing_content(scene: Scene, line: Line) -> Mistake:
    """Tell of a bracket, comma or end of text where a value should be."""
    sign = scene.text[scene.at : scene.at + 1]
    start = opening(scene.text, scene.at)
    if start is None:
        return stray(scene, line)
    if sign == ",":
        problem = Problem(
            Span(scene.at, scene.at + 1),
            "nothing stands before this `,`",
            "an item is missing",
            "remove the `,`, or write the item",
        )
        return Mistake(problem, (Patch(Span(scene.at, scene.at + 1), " "),))
    if sign == "-":
        return bad_item(scene, scene.at)
    return unclosed(scene, start)


def bad_item(scene: Scene, start: int) -> Mistake:
    """Tell of an item between brackets whose first character means something else."""
    found = _TOKEN.match(scene.text, start)
    span = Span(start, max(found.end() if found else 0, start + 1))
    problem = Problem(
        span,
        f"an item cannot begin with `{scene.text[start]}`",
        "means something else in YAML",
        "put the item in quotes",
    )
    return Mistake(problem, (placeholder(*span),), local=True)


def stray(scene: Scene, line: Line) -> Mistake:
    """Tell of a bracket that closes nothing."""
    sign = scene.text[scene.at : scene.at + 1]
    if sign not in _OPENING or scene.at == line.value > line.content:
        return quoting.bad_start(scene, line)
    problem = Problem(
        Span(scene.at, scene.at + 1),
        f"this `{sign}` closes nothing",
        f"no `{_OPENING[sign]}` before it",
        "remove it, or put the whole value in quotes",
    )
    return Mistake(problem, (Patch(Span(scene.at, scene.at + 1), " "),))


def _crossed(scene: Scene, opened: int) -> Mistake:
    sign = scene.text[scene.at]
    closing, kind = _KINDS[scene.text[opened]]
    problem = Problem(
        Span(scene.at, scene.at + 1),
        f"`{sign}` cannot close what `{scene.text[opened]}` opens",
        f"the {kind} ends with `{closing}`",
        f"write `{closing}`",
    )
    line = scene.lines.at(opened)
    inner = opened != line.value and scene.line == line
    swap = Patch(Span(scene.at, scene.at + 1), closing)
    return Mistake(problem, (placeholder(line.value, line.stop) if inner else swap,))


def _comma(scene: Scene, opened: int) -> Mistake:
    start = _token_start(scene)
    found = _TOKEN.match(scene.text, start)
    end = len(found[0].rstrip(":")) + start if found else start
    before = len(scene.text[opened:start].rstrip()) + opened
    problem = Problem(
        Span(start, max(end, start + 1)),
        "a `,` is missing between two items",
        "no `,` before it",
        "separate the items with `, `",
    )
    line = scene.lines.at(opened)
    patch = (
        Patch(Span(before, before + 1), ",") if before < start else placeholder(opened, line.stop)
    )
    return Mistake(problem, (patch,))


def _token_start(scene: Scene) -> int:
    """Find where the second item begins: the parser stops at its colon if it is a pair."""
    at = scene.at
    if scene.text[at : at + 1] != ":":
        return at
    found = list(_TOKEN.finditer(scene.text, max(scene.lines.at(at).content, at - 1000), at))
    return found[-1].start() if found else at


def _is_closed(scene: Scene, opened: int) -> bool:
    """Tell whether a closing bracket follows before the text returns to the opened column."""
    first = scene.lines.at(opened)
    sign = _KINDS[scene.text[opened]][0]
    number = scene.lines.number(scene.at)
    for other in range(number, min(number + WALK_LIMIT, len(scene.lines.starts))):
        line = scene.lines.line(other)
        back = not line.blank and line.column <= first.column and line.start != first.start
        if back and (line.has_key or line.has_dash):
            return False
        if sign in scene.text[max(scene.at, line.start) : scene.lines.end(other)]:
            return True
    return False


def opening(text: str, at: int) -> int | None:
    """Find the innermost bracket that is open at an offset, quotes aside."""
    depth = 0
    for back in range(at - 1, max(-1, at - _LOOK_BACK), -1):
        if text[back] in "]}":
            depth += 1
        elif text[back] in "[{":
            if depth == 0:
                return back
            depth -= 1
    return None
