"""What is wrong with a text that is no YAML, in a person's words.

A parser says where it gave up and in which of its states, which is seldom where the mistake is: the
lines around that place tell. Both parsers' wordings are recognised; neither is ever shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipelint.source import Span
from pipelint.yaml import brackets, indentation, keys, quoting
from pipelint.yaml.events import YAMLError
from pipelint.yaml.lines import Line, Lines
from pipelint.yaml.mistake import Mistake, Patch, Scene, blank_line, unexpected, word_at
from pipelint.yaml.node import Problem, Tree

_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]",
)
_MANY = 1_000
_FIRST_SURROGATE = 0xD800


def explain(error: YAMLError, lines: Lines, tree: Tree) -> Mistake:
    """Say what is wrong where a parser gave up; `tree` is what it read before."""
    scene = _scene(error, lines, tree)
    if scene is None:
        return _unprintable(lines.text)
    number = scene.lines.number(scene.at)
    begun = scene.lines.number(scene.begun)
    for candidate in (number, scene.before(number), begun):
        if keys.is_directive(scene, candidate):
            return keys.directive(scene, candidate)
    for words, tell in _KINDS:
        if words in scene.words:
            return indentation.blame_another(scene, tell(scene))
    return unexpected(scene)


def _scene(error: YAMLError, lines: Lines, tree: Tree) -> Scene | None:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return None
    begun = getattr(error, "context_mark", None)
    words = f"{getattr(error, 'context', '')}: {getattr(error, 'problem', '')}"
    at = min(mark.index, len(lines.text))
    return Scene(lines, words, at, min(begun.index, at) if begun else at, tree)


def _unprintable(text: str) -> Mistake:
    found = list(_UNPRINTABLE.finditer(text))
    if not found:  # a parser of the future that says something else without a place
        return Mistake(Problem(Span(0, 0), "this text cannot be read as YAML"))
    code = ord(found[0][0])
    control = code < _FIRST_SURROGATE
    problem = Problem(
        Span(found[0].start(), found[0].end()),
        f"the character U+{code:04X} is not allowed in YAML",
        "a control character" if control else "not a character",
        f'remove it, or write `"\\u{code:04x}"` where it is meant' if control else "remove it",
    )
    if len(found) > _MANY:
        span = Span(found[0].start(), found[-1].end())
        return Mistake(problem, (Patch(span, _UNPRINTABLE.sub(" ", text[span.start : span.end])),))
    patches = tuple(
        # Within a word a letter, so that the value is seen to be changed.
        Patch(
            Span(*each.span()), " " if text[each.start() - 1 : each.start()].strip() == "" else "x"
        )
        for each in found
    )
    return Mistake(problem, patches, local=True)


def _colon(scene: Scene) -> Mistake:
    line, number = scene.line, scene.lines.number(scene.at)
    if line.has_key and line.colon < scene.at and line.has_value:
        return quoting.colon_inside(scene, line)
    if not line.has_key:
        return unexpected(scene)
    first = number
    for above in scene.above(number):
        if not (above.has_key or above.has_dash):
            first = scene.lines.number(above.start)
            continue
        if not above.has_value:
            break
        if above.has_key or above.item_column < line.column:
            return indentation.deeper(scene, number, above)
        first = scene.lines.number(above.start)
        break
    return keys.no_colon(scene, first) if first != number else unexpected(scene)


def _simple_key(scene: Scene) -> Mistake:
    start = scene.begun
    line, number = scene.lines.at(start), scene.lines.number(start)
    quote = scene.text[start : start + 1]
    if quote in {"'", '"'} and scene.text.find(quote, start + 1, line.stop) < 0:
        return quoting.unclosed(scene, start)
    if line.has_key and line.colon - line.item > keys.LONGEST_KEY:
        return keys.too_long(line)
    return keys.no_colon(scene, number)


def _in_mapping(scene: Scene) -> Mistake:
    line, number = scene.line, scene.lines.number(scene.at)
    if scene.at > line.content:
        return _behind_value(scene, line)
    above = scene.before(number)
    sibling = scene.lines.line(above) if above >= 0 else line
    in_text = not line.has_key or line.column > sibling.item_column
    if in_text and scene.text[sibling.value : sibling.value + 1] in {"|", ">"}:
        return indentation.outside_text(scene, number, sibling)
    if line.has_dash and line.column == scene.lines.column(scene.begun):
        return indentation.item_among_keys(scene, number)
    if scene.text[scene.at : scene.at + 1] == ":":
        return keys.missing(line)
    if scene.text[scene.at : scene.at + 1] in {"]", "}", ","}:
        return brackets.stray(scene, line)
    return _off_column(scene, number)


def _in_list(scene: Scene) -> Mistake:
    line, number = scene.line, scene.lines.number(scene.at)
    if scene.at > line.content:
        return _behind_value(scene, line)
    if line.column == scene.lines.column(scene.begun):
        return indentation.key_among_items(scene, number)
    return _off_column(scene, number)


def _off_column(scene: Scene, number: int) -> Mistake:
    line, above = scene.lines.line(number), scene.before(number)
    if above < 0:
        return unexpected(scene)
    sibling = scene.lines.line(above)
    if sibling.has_key and sibling.has_value and sibling.item_column < line.column:
        return indentation.deeper(scene, number, sibling)
    if any(level.column == line.column for level in scene.levels(number)):
        return keys.no_colon(scene, number) if not line.has_key else unexpected(scene)
    return indentation.between(scene, number)


def _behind_value(scene: Scene, line: Line) -> Mistake:
    """Tell of text behind a value that is complete: the value should have been quoted."""
    leaf, sign = scene.leaf, scene.text[line.value : line.value + 1]
    if leaf and leaf.style in {"'", '"'} and leaf.start < line.start < leaf.end <= scene.at:
        return quoting.unclosed(scene, leaf.start)
    if scene.at < line.value:
        return unexpected(scene)
    if sign in {"[", "{"} and scene.text[scene.at : scene.at + 1] in {"]", "}"}:
        return brackets.stray(scene, line)
    return quoting.bad_start(scene, line) if sign and sign in "'\"[{*&!" else unexpected(scene)


def _start_of_token(scene: Scene) -> Mistake:
    line, at = scene.line, scene.at
    if scene.text[at : at + 1] == "\t":
        return indentation.tab(scene)
    return _at_sign(scene, line, at)


def _at_sign(scene: Scene, line: Line, at: int) -> Mistake:
    """Tell of a character that means something else at the start of a value."""
    if at <= line.value:
        return quoting.bad_start(scene, line, at)
    if brackets.opening(scene.text, at) is not None:
        return brackets.bad_item(scene, at)
    return _behind_value(scene, line)


def _sign(scene: Scene) -> Mistake:
    return _at_sign(scene, scene.lines.at(scene.begun), scene.begun)


def _list_item(scene: Scene) -> Mistake:
    line = scene.line
    if line.has_key and scene.at == line.value:
        return keys.list_beside(scene, line)
    return unexpected(scene)


def _document(scene: Scene) -> Mistake:
    number, top = scene.lines.number(scene.at), scene.after(-1)
    first, above = scene.lines.line(top), scene.before(number)
    for line in (first, scene.line):
        if scene.text.startswith("%", line.start):
            return _directive(scene, line)
    if top < number and scene.line.column < first.column:
        return indentation.before_first(scene, number, first)
    if above == top and not (first.has_key or first.has_dash):
        return keys.no_colon(scene, top)
    problem = Problem(
        word_at(scene),
        "text after the end of the document",
        "the document ends above",
        "begin another document with a line `---`",
    )
    return Mistake(problem, (blank_line(scene.lines, scene.line),))


def _percent(scene: Scene) -> Mistake:
    return _directive(scene, scene.lines.at(scene.begun))


def _directive(scene: Scene, line: Line) -> Mistake:
    problem = Problem(
        Span(line.content, max(line.stop, line.content + 1)),
        "a line cannot begin with `%`",
        "begins a directive of YAML",
        "put the value in quotes, or remove the line",
    )
    return Mistake(problem, (blank_line(scene.lines, line),), local=True)


_KINDS: tuple[tuple[str, Callable[[Scene], Mistake]], ...] = (
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _simple_key),
    ("mapping keys are not allowed", lambda scene: quoting.bad_start(scene, scene.line)),
    ("sequence entries are not allowed", _list_item),
    ("tab character", indentation.tab),
    ("cannot start any token", _start_of_token),
    ("unexpected end of stream", lambda scene: quoting.unclosed(scene, scene.begun)),
    ("unexpected document indicator", lambda scene: quoting.unclosed(scene, scene.begun)),
    ("unexpected document separator", lambda scene: quoting.unclosed(scene, scene.begun)),
    (" tag", lambda scene: quoting.tag(scene, scene.lines.at(scene.begun), scene.begun)),
    ("escape", lambda scene: quoting.escape(scene, scene.begun)),
    ("hexdecimal", lambda scene: quoting.escape(scene, scene.begun)),
    ("a quoted scalar", lambda scene: quoting.escape(scene, scene.begun)),
    ("a block scalar", lambda scene: quoting.text_header(scene, scene.begun)),
    ("an alias", _sign),
    ("an anchor", _sign),
    ("directive", _percent),
    ("incompatible", _percent),
    ("node content", lambda scene: brackets.missing_content(scene, scene.line)),
    ("a flow ", lambda scene: brackets.inside(scene, scene.begun)),
    ("a block mapping", _in_mapping),
    ("a block collection", _in_list),
    ("<document start>", _document),
)
"""What a parser's words mean: the first that they contain."""
