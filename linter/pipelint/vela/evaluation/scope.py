"""What the checker knows at a place in an expression, and what it has found so far."""

from __future__ import annotations

from collections.abc import Container, Generator

from pipelint.grammar.driver import Tree
from pipelint.record import NamedTuple
from pipelint.vela.evaluation.problem import TYPE, EvaluationProblem
from pipelint.vela.evaluation.types import INT, UNKNOWN, Type

Visit = Generator[Tree, Type, Type]
"""A step of the walk: it yields a tree, is sent the type of that tree, and returns its own.

So the walk needs no recursion: an expression of 10 000 brackets is legal.
"""


class Collection(NamedTuple):
    """What `#` runs over in a predicate, and the named pointers that are there."""

    type: Type
    pointers: tuple[str, ...]


class Scope:
    """The variables, collections and problems of one expression."""

    __slots__ = ("collections", "known", "problems", "text", "variables")

    def __init__(self, text: str, known: Container[str]) -> None:
        self.text = text
        self.known = known
        self.problems: list[EvaluationProblem] = []
        self.variables: dict[str, Type] = {}
        self.collections: list[Collection] = []

    def report(self, tree: Tree, message: str, advice: str = "", kind: str = TYPE) -> Type:
        """Note a problem that covers a tree; below it nothing is known."""
        self.note(tree.start, tree.end, message, advice, kind)
        return UNKNOWN

    def note(self, start: int, end: int, message: str, advice: str, kind: str = TYPE) -> None:
        """Note a problem that covers less than a tree."""
        self.problems.append(EvaluationProblem(start, end, message, kind, advice))

    def shown(self, tree: Tree) -> str:
        """Return the text that a tree covers."""
        return self.text[tree.start : tree.end]

    def pointer(self, name: str) -> Type | None:
        """Return the type of `#name` in the innermost predicate; None if there is no such one."""
        if not self.collections:
            return UNKNOWN
        collection = self.collections[-1]
        if not name:
            return collection.type.element or UNKNOWN
        if name not in collection.pointers:
            return None
        return INT if name == "index" else UNKNOWN
