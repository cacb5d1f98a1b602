"""Values that YAML does not take as they stand: they need quotes, or have the wrong ones."""

from __future__ import annotations

import re

from pipelint.source import Span
from pipelint.yaml.lines import Line
from pipelint.yaml.mistake import Mistake, Patch, Scene, placeholder
from pipelint.yaml.node import Problem

_QUOTE_IT = "put the whole value in quotes"
_READ_AS = {
    "*": "read as an alias",
    "&": "read as an anchor",
    "!": "read as a tag",
    "?": "read as the sign of a key",
    "|": "no text block can begin here",
    ">": "no text block can begin here",
    ",": "read as a separator",
    "]": "closes no list",
    "}": "closes no mapping",
}
_OPENS = {"[": ("]", "begins a list"), "{": ("}", "begins a mapping")}
_ESCAPE = re.compile(r'\\(?:[0abt\tnvfre "/\\N_LP]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})')
_ANY_ESCAPE = re.compile(r"\\.")
_HEADER = re.compile(r"[|>][-+0-9]*")


def colon_inside(scene: Scene, line: Line) -> Mistake:
    """Tell of `key: value: rest`."""
    if scene.text[line.value] in "'\"":
        return behind_quote(scene, line)
    return _whole(
        line, "a value that is not quoted holds `: `", "`: ` begins a mapping", _QUOTE_IT
    )


def bad_start(scene: Scene, line: Line) -> Mistake:
    """Tell of a value whose first character means something else."""
    sign = scene.text[line.value]
    if sign in "'\"":
        return behind_quote(scene, line)
    if sign in _OPENS:
        return behind_bracket(scene, line)
    label = _READ_AS.get(sign, "reserved in YAML")
    return _whole(line, f"a value cannot begin with `{sign}`", label, _QUOTE_IT)


def behind_bracket(scene: Scene, line: Line) -> Mistake:
    """Tell of `[ -f x ] && y` and `{{ .tag }}-alpine`."""
    sign = scene.text[line.value]
    closing, label = _OPENS[sign]
    if scene.text.startswith("{{", line.value):
        return _whole(line, "a value cannot begin with `{{`", f"`{sign}` {label}", _QUOTE_IT)
    message = f"text after the closing `{closing}` of a value"
    return _whole(line, message, f"`{sign}` {label}", _QUOTE_IT)


def behind_quote(scene: Scene, line: Line) -> Mistake:
    """Tell of `"a" b` and `'don't'`."""
    sign = scene.text[line.value]
    inner = {"'": "inside single quotes write `''` for `'`", '"': 'inside double quotes write `\\"`'}
    ends_with_quote = scene.text[line.stop - 1] == sign
    message = "text after the closing quote of a value"
    advice = inner[sign] if ends_with_quote else _QUOTE_IT
    return _whole(line, message, "the value ends at the second quote", advice)


def unclosed(scene: Scene, quote: int) -> Mistake:
    """Tell of a quote without its partner."""
    line = scene.lines.at(quote)
    sign = scene.text[quote]
    problem = Problem(
        Span(quote, quote + 1),
        f"the quote `{sign}` is never closed",
        "opened here",
        f"close it with `{sign}` at the end of the value",
    )
    return Mistake(problem, (placeholder(quote, max(line.stop, quote + 1)),))


def swallowed(scene: Scene, number: int) -> Mistake | None:
    """Find the quote that swallowed lines up to the one in which a closing quote opens a value.

    In `a: "x`, `b: 1`, `c: "y"` the parser takes the quote before `y` for the end of the first.
    """
    line = scene.lines.line(number)
    sign = scene.text[line.value : line.value + 1]
    if sign not in {"'", '"'}:
        return None
    for above in scene.above(number):
        if scene.text[above.value : above.value + 1] == sign and _open(scene.text, above, sign):
            return unclosed(scene, above.value)
    return None


def _open(text: str, line: Line, sign: str) -> bool:
    value = text[line.value : line.stop]
    return _ANY_ESCAPE.sub("", value).count(sign) % 2 == 1


def escape(scene: Scene, quote: int) -> Mistake:
    r"""Tell of `"\d"`: the first escape that YAML does not know."""
    text, at = scene.text, quote + 1
    while text[at] != "\\" or _ESCAPE.match(text, at):
        found = _ESCAPE.match(text, at)
        at = found.end() if found else at + 1
    word = text[at : at + 2]
    problem = Problem(
        Span(at, at + len(word)),
        f"unknown escape `{word}` in double quotes",
        "no escape of YAML",
        f"write `\\{word}`, or put the value in single quotes",
    )
    end = scene.lines.at(at).stop
    bad = [
        Patch(Span(found.start(), found.end()), "xx")
        for found in _ANY_ESCAPE.finditer(text, at, end)
        if not _ESCAPE.match(text, found.start())
    ]
    return Mistake(problem, tuple(bad) or (placeholder(at, at + len(word)),), local=True)


def text_header(scene: Scene, header: int) -> Mistake:
    """Tell of text on the line of `|` or `>`."""
    line = scene.lines.at(header)
    found = _HEADER.match(scene.text, header)
    end = found.end() if found else header + 1
    sign = scene.text[header]
    if line.stop <= end:  # a number that says nothing, as in `|0`
        return _whole(line, f"`{scene.text[header:end]}` cannot begin a text block", "", _QUOTE_IT)
    start = end + len(scene.text[end : line.stop]) - len(scene.text[end : line.stop].lstrip())
    problem = Problem(
        Span(start, line.stop),
        f"text on the line of `{sign}`",
        "belongs on the next line",
        "begin the text on the next line, indented; or put the value in quotes",
    )
    patch = Patch(Span(end, line.stop), " " * (line.stop - end))
    return Mistake(problem, (patch,), local=True)


def tag(scene: Scene, line: Line, start: int) -> Mistake:
    """Tell of a tag that cannot be read, or whose handle nobody declares."""
    if start != line.value:
        return _span(start, line.stop, "`!` begins a tag that cannot be read", "read as a tag")
    if "handle" not in scene.words:
        return bad_start(scene, line)
    word = scene.text[start : line.stop].split()[0]
    handle = word[: word.find("!", 1) + 1] or word
    message = f"the tag handle `{handle}` is not declared"
    return _whole(line, message, "`!` begins a tag", "put the value in quotes if this is no tag")


def _whole(line: Line, message: str, label: str, advice: str) -> Mistake:
    span = Span(line.value, max(line.stop, line.value + 1))
    return Mistake(Problem(span, message, label, advice), (placeholder(*span),), local=True)


def _span(start: int, end: int, message: str, label: str) -> Mistake:
    span = Span(start, max(end, start + 1))
    return Mistake(Problem(span, message, label, _QUOTE_IT), (placeholder(*span),))
