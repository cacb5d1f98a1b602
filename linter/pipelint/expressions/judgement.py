"""What the checker says of an expression."""

from __future__ import annotations

from pipelint.expressions import types
from pipelint.expressions.problem import Problem
from pipelint.expressions.types import Value
from pipelint.record import NamedTuple
from pipelint.source import Span


class Reference(NamedTuple):
    """A name of a path and what it stands for; `span` is in the decoded text, quotes included.

    `path` are the names from the root up to this one.
    """

    span: Span
    path: tuple[str, ...]
    value: Value


class Judgement(NamedTuple):
    """What is known of an expression: what it gives, what its names stand for, what is wrong."""

    value: Value
    references: tuple[Reference, ...]
    problems: tuple[Problem, ...]

    @property
    def type(self) -> str:
        """The type of what the expression gives."""
        return self.value.type

    @property
    def status(self) -> str:
        """`invalid`, `unknown`, `resolved`, or `literal` where nothing is looked up."""
        if self.problems:
            return types.INVALID
        if not self.references:
            return types.LITERAL
        is_known = all(each.value.status == types.RESOLVED for each in self.references)
        return types.RESOLVED if is_known else types.UNKNOWN
