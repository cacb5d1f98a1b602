"""The expressions of one decoded text, read: what rules, completion and hover start from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pipelint.expressions.block import LONGEST, Block, read_condition, read_expression
from pipelint.expressions.scan import NOTHING, OPENER, Found, find_expressions
from pipelint.record import NamedTuple
from pipelint.source import Span

if TYPE_CHECKING:
    from pipelint.expressions.problem import Problem


class Expression(NamedTuple):
    """An outermost `<+…>`; `start` is its place, to which the places in `block` are relative."""

    start: int
    block: Block


class Reading:
    """What is found in a decoded text.

    In a condition `program` is the whole text as one expression, and `expressions` are its
    operands. `roots` are the trees to judge, each with its place. `told` is what `judge_text` says
    of it.
    """

    __slots__ = ("_blocks", "expressions", "found", "program", "roots", "text", "told")

    def __init__(
        self,
        text: str,
        found: Found,
        expressions: tuple[Expression, ...],
        program: Block | None = None,
    ) -> None:
        self.text = text
        self.found = found
        self.expressions = expressions
        self.program = program
        self.roots = (Expression(0, program),) if program else expressions
        self.told: Sequence[Problem] | None = None
        self._blocks: list[Expression] | None = None

    def blocks(self) -> list[Expression]:
        """Return each block, the outer ones first, with the place to which it is relative."""
        if self._blocks is None:
            self._blocks = [
                Expression(start, block) for start, root in self.roots for block in root.walk()
            ]
        return self._blocks


def read_field(text: str) -> Reading:
    """Read a text in which expressions are replaced by what they give."""
    if OPENER not in text:
        return Reading(text, NOTHING, ())
    return _remembered_field(text) if len(text) <= LONGEST else _read_field(text)


def read_program(text: str) -> Reading:
    """Read a condition: the text around the expressions is part of the program."""
    return _remembered_program(text) if len(text) <= LONGEST else _read_program(text)


def _read_field(text: str) -> Reading:
    found = find_expressions(text)
    expressions = tuple(
        Expression(span.start, read_expression(text[span.start : span.end])) for span in found.spans
    )
    return Reading(text, found, expressions)


def _read_program(text: str) -> Reading:
    program = read_condition(text)
    inner = tuple(Expression(0, block) for block in program.inner)
    spans = tuple(Span(block.start, block.end) for block in program.inner)
    return Reading(text, Found(spans, program.unclosed), inner, program)


# The same few texts stand in a file many times.
_remembered_field = lru_cache(maxsize=2048)(_read_field)
_remembered_program = lru_cache(maxsize=512)(_read_program)
