"""Values that YAML does not take as they stand: they need quotes, or have the wrong ones."""

from __future__ import annotations

import re

from pipelint.source import Span
from pipelint.yaml.lines import Line
from pipelint.yaml.mistake import Mistake, Patch, Scene, placeholder, unexpected
from pipelint.yaml.node import Problem

_QUOTE_IT = "put the whole value in quotes"
_READ_AS = {
    "*": "read as an alias",
    "&": "read as an anchor",
    "!": "read as a tag",
    "?": "begins a key",
    "|": "no text block can begin here",
    ">": "no text block can begin here",
    ",": "read as a separator",
    "]": "closes no list",
    "}": "closes no mapping",
}
_OPENS = {"[": ("]", "begins a list"), "{": ("}", "begins a map")}
_HEX = "[0-9a-fA-F]"
_ESCAPE = re.compile(rf"\\(?:[0abt\tnvfre \"/\\N_LP]|x{_HEX}{{2}}|u{_HEX}{{4}}|U{_HEX}{{8}})")
_REACH = 10_000
"""How far behind a bad escape others are looked for."""

_DIGITS = {"x": 2, "u": 4, "U": 8}
_ANY_ESCAPE = re.compile(rf"{_ESCAPE.pattern}|\\.")
_HEADER = re.compile(r"[|>][-+0-9]*")


def colon_inside(scene: Scene, line: Line) -> Mistake:
    """Tell of `key: value: rest`."""
    if scene.text[line.value : line.value + 1] in {"'", '"'}:
        return behind_quote(scene, line)
    return _whole(line, "a value that is not quoted holds `: `", "`: ` begins a map", _QUOTE_IT)


def bad_start(scene: Scene, line: Line, start: int | None = None) -> Mistake:
    """Tell of a value whose first character means something else."""
    start = line.value if start is None else start
    sign = scene.text[start : start + 1]
    if start == line.value and sign in {"'", '"'}:
        return behind_quote(scene, line)
    if start == line.value and sign in _OPENS:
        return behind_bracket(scene, line)
    if not sign.strip():
        return unexpected(scene)
    label = _READ_AS.get(sign, "reserved in YAML")
    shown = "a backtick" if sign == "`" else f"`{sign}`"
    return _whole(line, f"a value cannot begin with {shown}", label, _QUOTE_IT, start)


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
    inner = {
        "'": "inside single quotes write `''` for `'`",
        '"': 'inside double quotes write `\\"` for `"`',
    }
    ends_with_quote = scene.text[line.value : line.stop].endswith(sign)
    message = "text after the closing quote of a value"
    advice = inner[sign] if ends_with_quote else _QUOTE_IT
    return _whole(line, message, "the value ends too early", advice)


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
    # Between brackets a word without end would leave the bracket open.
    start = line.value if scene.text[line.value : line.value + 1] in _OPENS else quote
    return Mistake(problem, (placeholder(start, max(line.stop, quote + 1)),))


def escape(scene: Scene, quote: int) -> Mistake:
    r"""Tell of `"\d"`: an escape that YAML does not know."""
    text, at = scene.text, scene.text.rfind("\\", quote, scene.at + 1)
    if at < 0:
        return bad_start(scene, scene.lines.at(quote))
    word = text[at : at + 2]
    digits = _DIGITS.get(word[1:])
    problem = Problem(
        Span(at, at + len(word)),
        f"the escape `{word}` without its {digits} hexadecimal digits"
        if digits
        else f"unknown escape `{word}` in double quotes",
        "no escape of YAML",
        f"write `\\{word}` for a backslash, or put the value in single quotes",
    )
    end = min(scene.lines.at(at).stop, at + _REACH)
    bad = (
        placeholder(*found.span())
        for found in _ANY_ESCAPE.finditer(text, at, end)
        if not _ESCAPE.match(found[0])
    )
    return Mistake(problem, tuple(bad), local=True)


def text_header(scene: Scene, header: int) -> Mistake:
    """Tell of text on the line of `|` or `>`."""
    line = scene.lines.at(header)
    found = _HEADER.match(scene.text, header)
    end = found.end() if found else header + 1
    sign = scene.text[header]
    if line.stop <= end:  # a number that says nothing, as in `|0`
        word = scene.text[header:end]
        advice = f"write `{sign}` alone, or put the value in quotes"
        return _whole(line, f"`{word}` cannot begin a text block", "no number from 1 to 9", advice)
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
    if "handle" not in scene.words:
        return bad_start(scene, line, start)
    word = scene.text[start : line.stop].split(maxsplit=1)[0]
    handle = word[: word.find("!", 1) + 1] or word
    message = f"the tag handle `{handle}` is not declared"
    advice = "put the value in quotes if this is no tag"
    return _whole(line, message, "`!` begins a tag", advice, start)


def _whole(line: Line, message: str, label: str, advice: str, start: int | None = None) -> Mistake:
    start = line.value if start is None else start
    span = Span(start, max(line.stop, start + 1))
    return Mistake(Problem(span, message, label, advice), (placeholder(*span),), local=True)
