"""A mistake of syntax as a person sees it, with the change that lets a parser read on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.record import NamedTuple
from pipelint.source import Span
from pipelint.yaml.lines import Line, Lines
from pipelint.yaml.node import Mapping, Node, Problem, Scalar, Sequence, Tree

WALK_LIMIT = 2_000
"""How many lines are looked at around a mistake."""

_WORD = re.compile(r"\S+")
_VISIBLE = re.compile(r"[^\r\n\x85\u2028\u2029]")


class Move(NamedTuple):
    """A scalar that a patch moved: what is read at `at` really stands at `span`.

    `text` is what it says, None where it was cut short.
    """

    at: int
    span: Span
    text: str | None


class Patch(NamedTuple):
    """A change of the text that keeps every offset: `text` is as long as the span."""

    span: Span
    text: str
    moves: tuple[Move, ...] = ()


class Mistake(NamedTuple):
    """What is wrong, and how to read on.

    `local` says that the mistake lies in its line for certain, whatever stands around it. `misfit`
    is the line (0-based) that begins in a column where nothing of its kind does.
    """

    problem: Problem
    patches: tuple[Patch, ...] = ()
    local: bool = False
    misfit: int | None = None


class Level(NamedTuple):
    """A column (0-based) in which nodes around a mistake begin, and the line that says so."""

    column: int
    line: Line
    dash: bool


class Scene:
    """Where a parser gave up: `at`, and where what it gave up on had `begun`.

    `words` is what the parser says, for nobody's eyes but ours.
    """

    __slots__ = ("at", "begun", "leaf", "lines", "text", "words")

    def __init__(self, lines: Lines, words: str, at: int, begun: int, tree: Tree) -> None:
        self.text = lines.text
        self.words = words
        self.at = at
        self.begun = begun
        self.lines = lines
        self.leaf = _last_scalar(tree)

    @property
    def line(self) -> Line:
        """The line in which the parser gave up."""
        return self.lines.at(self.at)

    def name(self, line: Line) -> str:
        """Return the key of a line, for a message; else its beginning."""
        if line.has_key:
            return self.text[line.item : line.colon].strip(" \t'\"")
        return self.text[line.item : line.stop].split(maxsplit=1)[0] if not line.blank else ""

    def before(self, number: int) -> int:
        """Return the line before that holds something, or -1.

        A text block that ended there counts as the line on which it begins.
        """
        for above in range(number - 1, max(-1, number - WALK_LIMIT), -1):
            if not self.lines.line(above).blank:
                return self._head(above)
        return -1

    def after(self, number: int) -> int:
        """Return the next line that holds something, or -1."""
        for below in range(number + 1, min(len(self.lines.starts), number + WALK_LIMIT)):
            if not self.lines.line(below).blank:
                return below
        return -1

    def above(self, number: int) -> Iterator[Line]:
        """Give the lines before that hold something, from the nearest on."""
        for _ in range(WALK_LIMIT):
            number = self.before(number)
            if number < 0:
                return
            yield self.lines.line(number)

    def levels(self, number: int) -> list[Level]:
        """Give the levels around a line, innermost first."""
        found: list[Level] = []
        lowest = 1 << 30
        for line in self.above(number):
            if line.column < lowest and (line.has_key or line.has_dash):
                found += [level for level in _levels(self.text, line) if level.column < lowest]
                lowest = line.column
            if lowest == 0:
                break
        return found

    def _head(self, number: int) -> int:
        leaf, start = self.leaf, self.lines.starts[number]
        return self.lines.number(leaf.start) if leaf and leaf.start < start < leaf.end else number


def unexpected(scene: Scene) -> Mistake:
    """Tell of what nobody has thought of: the word where the parser gave up."""
    problem = Problem(
        word_at(scene),
        "this text does not fit here",
        "not expected here",
        "look at the indentation, quotes and brackets of this line and the one above it",
    )
    return Mistake(problem, (blank_line(scene.lines, scene.line),))


def word_at(scene: Scene) -> Span:
    """Find the word where the parser gave up, else the last one before."""
    found = _WORD.match(scene.text, scene.at)
    if found:
        return Span(found.start(), found.end())
    end = len(scene.text[: scene.at].rstrip())
    return Span(max(end - 1, 0), end)


def placeholder(start: int, end: int) -> Patch:
    """Put a word in the place of a value of one line."""
    return Patch(Span(start, end), "x" * (end - start))


def blank(text: str, start: int, end: int) -> Patch:
    """Put blanks in the place of text; the lines stay."""
    return Patch(Span(start, end), _VISIBLE.sub(" ", text[start:end]))


def blank_line(lines: Lines, line: Line) -> Patch:
    """Put blanks in the place of a line."""
    return blank(lines.text, line.start, lines.end(lines.number(line.start)))


def _levels(text: str, line: Line) -> list[Level]:
    """Give the columns of the nodes that begin on a line, innermost first."""
    dashes = [at for at in range(line.content, line.item) if text[at] == "-"]
    found = [Level(at - line.start, line, dash=True) for at in reversed(dashes)]
    if line.has_key:
        found.insert(0, Level(line.item_column, line, dash=False))
    return found


def _last_scalar(tree: Tree) -> Scalar | None:
    """Find the last scalar that was read before the parser gave up."""
    node: Node | None = tree.documents[-1] if tree.documents else None
    while not isinstance(node, Scalar):
        if isinstance(node, Mapping) and node.pairs:
            node = node.pairs[-1][1]
        elif isinstance(node, Sequence) and node.items:
            node = node.items[-1]
        else:
            return None
    return node
