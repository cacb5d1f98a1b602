"""Lines without a proper key: no colon, no blank behind it, or a template's directive."""

from __future__ import annotations

import re

from pipelint.source import Span
from pipelint.yaml import indentation
from pipelint.yaml.lines import Line
from pipelint.yaml.mistake import (
    WALK_LIMIT,
    Mistake,
    Move,
    Patch,
    Scene,
    blank,
    blank_line,
    placeholder,
)
from pipelint.yaml.node import Problem

LONGEST_KEY = 1024

_DIRECTIVE = re.compile(r"\{\{.*\}\}|\{%.*|%\{.*|\{\{[-~]?\s*(?:if|range|end|else|with|define)\b.*")
_SIGNS = ("{{", "{%", "%{")
"""One of them begins each directive."""

_TIGHT = re.compile(r"([A-Za-z_][\w.-]*):(?!//)([^\s:])")
_WORDS = re.compile(r"([A-Za-z_][\w.-]*)[ \t]+('[^']*'|\"[^\"]*\"|[^\s]+)")
_PLAIN_WORD = re.compile(r"[A-Za-z_][\w.-]+")
_WORD = re.compile(r"(['\"]?)[\w.-]+\1")


def no_colon(scene: Scene, number: int) -> Mistake:
    """Tell of a line that should be a key."""
    line = scene.lines.line(number)
    content = scene.text[line.item : line.stop]
    above = scene.before(number)
    header = scene.lines.line(above) if above >= 0 else line
    if (
        scene.text[header.value : header.value + 1] in {"|", ">"}
        and header.column < line.column + 1
    ):
        return indentation.outside_text(scene, number, header)
    if found := _TIGHT.match(content):
        return _tight(line, found[1])
    if found := _WORDS.fullmatch(content):
        return _colonless(line, found)
    below = scene.after(number)
    deeper = below >= 0 and scene.lines.line(below).column > line.item_column
    if deeper and _PLAIN_WORD.fullmatch(content):
        return _heading(line, content)
    return _neither(scene, line)


def too_long(line: Line) -> Mistake:
    """Tell of a key longer than YAML allows."""
    problem = Problem(
        Span(line.item, line.colon),
        f"a key is longer than {LONGEST_KEY} characters",
        "too long for a key",
        "shorten it, or put the whole line in quotes if it is text",
    )
    return Mistake(problem, (placeholder(line.item, line.stop),))


def missing(line: Line) -> Mistake:
    """Tell of `: value`."""
    problem = Problem(
        Span(line.item, line.item + 1),
        "a key is missing before this `:`",
        "nothing stands before it",
        "write the key before the `:`",
    )
    return Mistake(problem, (placeholder(line.item, line.stop),))


def list_beside(scene: Scene, line: Line) -> Mistake:
    """Tell of `key: - item`."""
    name = scene.name(line)
    problem = Problem(
        Span(line.value, line.stop),
        "a list cannot begin on the line of its key",
        "belongs on the next line",
        f"put it on a line of its own below `{name}`, indented",
    )
    below = scene.after(scene.lines.number(line.start))
    following = scene.lines.line(below) if below >= 0 else line
    if following.has_dash and following.column > line.item_column:
        patch = blank(scene.text, line.value, line.stop)
    else:
        patch = placeholder(line.value, line.stop)
    return Mistake(problem, (patch,), local=True)


def is_directive(scene: Scene, number: int) -> bool:
    """Tell whether a line belongs to a template language, not to YAML."""
    if number < 0:
        return False
    text = scene.lines.raw(number).lstrip(" \t").rstrip()
    return text.startswith(_SIGNS) and _DIRECTIVE.fullmatch(text) is not None


def directive(scene: Scene, number: int) -> Mistake:
    """Tell of `{{ range … }}`; all such lines around it and below are blanked at once."""
    while is_directive(scene, above := scene.before(number)):
        number = above
    line = scene.lines.line(number)
    problem = Problem(
        Span(line.content, max(line.stop, line.content + 1)),
        "this line is a template directive, not YAML",
        "not read as YAML",
        "only what the template renders can be checked",
    )
    patches = []
    for other in range(number, min(number + 5 * WALK_LIMIT, len(scene.lines.starts))):
        if not any(sign in scene.lines.raw(other) for sign in _SIGNS):
            continue
        below = scene.lines.line(other)
        if is_directive(scene, other):
            patches.append(blank_line(scene.lines, below))
        elif scene.text.startswith("{{", below.value) and below.has_value:
            patches.append(placeholder(below.value, below.stop))
    return Mistake(problem, tuple(patches))


def _tight(line: Line, name: str) -> Mistake:
    colon = line.item + len(name)
    problem = Problem(
        Span(line.item, line.stop),
        f"no space after the `:` of `{name}`",
        "read as one word",
        f"write `{name}: …`",
    )
    rest = line.stop - colon - 2
    patch = Patch(Span(colon + 1, line.stop), " " + "x" * rest)
    return Mistake(problem, (patch,), local=True)


def _colonless(line: Line, found: re.Match[str]) -> Mistake:
    name = found[1]
    end = line.item + len(name)
    problem = Problem(
        Span(line.item, end),
        f"no `:` after the key `{name}`",
        "a key ends with `:`",
        f"write `{name}: …`",
    )
    patch = Patch(Span(end, line.stop), ": ".ljust(line.stop - end, "x"))
    return Mistake(problem, (patch,))


def _heading(line: Line, name: str) -> Mistake:
    """Tell of a key without colon above what belongs to it."""
    place = Span(line.item, line.stop)
    problem = Problem(
        place, f"no `:` after the key `{name}`", "a key ends with `:`", f"write `{name}:`"
    )
    patch = Patch(place, f"{name[:-1]}:", (Move(line.item, place, name),))
    return Mistake(problem, (patch,))


def _neither(scene: Scene, line: Line) -> Mistake:
    content = scene.text[line.item : line.stop]
    advice = "indent it deeper if it continues the value above, or put quotes around all of it"
    if _WORD.fullmatch(content):
        advice = "end it with `:` if it is a key, begin it with `- ` if it is an item"
    problem = Problem(
        Span(line.item, line.stop),
        "this line is neither a key nor a list item",
        "no `:` ends a key here",
        advice,
    )
    return Mistake(problem, (blank(scene.text, line.item, line.stop),))
