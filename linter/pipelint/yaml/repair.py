"""Reading on after a mistake: change the least, in place, and read again.

Every change keeps the length of the text, so all offsets stay true.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelint.source import Source
from pipelint.yaml import scars
from pipelint.yaml.events import YAMLError
from pipelint.yaml.lines import Lines
from pipelint.yaml.mistake import Mistake, Patch
from pipelint.yaml.node import Problem, Tree
from pipelint.yaml.reading import read
from pipelint.yaml.reindent import blank_block
from pipelint.yaml.syntax import explain

RETRIES = 6
"""How often a text is changed and read again."""

WORK = 2_000_000
"""How many characters are read in all: a text of 1 MB is read again only once."""


class _Repair:
    """A text on its way to something that can be read."""

    __slots__ = ("certain", "lines", "patches", "problems", "touched")

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.patches: list[Patch] = []
        self.problems: list[Problem] = []
        self.touched: set[int] = set()  # numbers of the lines that were changed
        self.certain = True  # whether all mistakes so far lie within their lines

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self.lines.text

    def report(self, mistake: Mistake) -> None:
        """Note a mistake: the first one always, others where no earlier one can have caused it."""
        number = self.lines.number(mistake.problem.span.start)
        if not self.problems or (self.certain and mistake.local and number not in self.touched):
            self.problems.append(mistake.problem)
        self.certain = self.certain and mistake.local

    def change(self, mistake: Mistake, at: int) -> bool:
        """Apply what a mistake proposes, or more where that did not help; False at the end."""
        size = len(self.text)
        patches = tuple(
            patch for patch in mistake.patches if patch.span.start < patch.span.end <= size
        )
        if not self._is_new(patches):
            patches = self._harsher(mistake.problem.span.start, at)
        if not patches:
            return False
        # A patch may take a line break away; then a line more is counted, which does no harm.
        self.lines = Lines(patched(self.text, patches), self.lines.starts)
        self.patches += patches
        for patch in patches:
            first, last = self.lines.number(patch.span.start), self.lines.number(patch.span.end)
            self.touched.update(range(first, last + 1))
        return True

    def _is_new(self, patches: tuple[Patch, ...]) -> bool:
        changes = any(
            self.text[patch.span.start : patch.span.end] != patch.text for patch in patches
        )
        numbers = (self.lines.number(patch.span.start) for patch in patches)
        return changes and self.touched.isdisjoint(numbers)

    def _harsher(self, *places: int) -> tuple[Patch, ...]:
        """Blank the line of one of the places, with what is below it."""
        lines = self.lines
        for place in places:
            number = lines.number(min(place, len(self.text)))
            while number >= 0 and lines.line(number).blank:
                number -= 1
            if number >= 0:
                return blank_block(lines, number)
        return ()


def repair(source: Source, error: YAMLError, tree: Tree, *, pure: bool) -> Tree:
    """Return the tree of a source in which `error` was found, read on as far as possible.

    Its first problem is the first mistake; others follow where they are certain.
    """
    text = source.text
    original = Lines(text)
    job = _Repair(original)
    failed: YAMLError | None = error
    spent = len(text)
    for _ in range(RETRIES):
        mistake = explain(failed, job.lines, tree)
        job.report(mistake)
        spent += len(text)
        mark = getattr(failed, "problem_mark", None)
        if spent > WORK or not job.change(mistake, mark.index if mark else 0):
            break
        tree, failed = read(job.text, pure=pure)
        if failed is None:
            break
    scars.mark(tree, original, job.lines, job.patches)
    tree.problems[:0] = [each._replace(span=source.inside(each.span)) for each in job.problems]
    return tree


def read_patched(source: Source, patches: list[Patch]) -> Tree:
    """Read a text some parts of which are replaced first by others of the same length.

    What stands there is unreadable then, and the collections around it are broken: nothing is said
    about what they lack. Problems are left out: the replacement may have made them.
    """
    text = patched(source.text, patches)
    tree, failed = read(text)
    if failed is not None:
        tree = repair(Source(text, source.path), failed, tree, pure=False)
    tree.problems.clear()
    scars.mark(tree, Lines(source.text), Lines(text), patches)
    return tree


def patched(text: str, patches: Iterable[Patch]) -> str:
    """Apply patches to a text; one that overlaps an earlier one is left out."""
    parts: list[str] = []
    at = 0
    for patch in sorted(patches):
        if patch.span.start >= at:
            parts += [text[at : patch.span.start], patch.text]
            at = patch.span.end
    return "".join([*parts, text[at:]])
