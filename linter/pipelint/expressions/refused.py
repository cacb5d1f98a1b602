"""A block that the engine cannot read, in its surroundings."""

from __future__ import annotations

from pipelint.expressions.block import Block, Refusal
from pipelint.record import NamedTuple
from pipelint.source import Span

SYNTAX = "expression-syntax"
BLANK = " \t\n\r\f"


class Refused(NamedTuple):
    """A refusal in its surroundings; `base` is the place of the outermost expression."""

    text: str
    base: int
    block: Block
    refusal: Refusal

    @property
    def masked(self) -> str:
        """The text that the parser saw."""
        return self.block.masked

    @property
    def at(self) -> int:
        """Where it stopped in that text."""
        return self.refusal.at

    @property
    def expected(self) -> tuple[str, ...]:
        """The terminals that could stand there."""
        return self.refusal.expected

    @property
    def before(self) -> str:
        """What stands before the place, without blanks."""
        return self.masked[: self.at].rstrip(BLANK)

    @property
    def word(self) -> str:
        """What stands at the place."""
        return self.block.text[self.at : self.refusal.stop]

    def span(self, start: int, end: int) -> Span:
        """Turn a range of the block into a place of the decoded text; it covers a character."""
        end = max(end, start + 1)
        size = len(self.masked)
        first = self.base + self.block.place(min(start, size))
        return Span(first, max(self.base + self.block.place(min(end - 1, size)) + 1, first + 1))

    @property
    def here(self) -> Span:
        """The place in the decoded text."""
        return self.span(self.at, self.refusal.stop)
