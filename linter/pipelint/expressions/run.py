"""One run of the checker over one outermost expression: what it has found so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from pipelint.expressions import types
from pipelint.expressions.block import Block
from pipelint.expressions.judgement import Reference
from pipelint.expressions.paths import end_of
from pipelint.expressions.problem import Change, Problem, replace, show
from pipelint.expressions.tree import Call, Index, Member, Name, Node
from pipelint.expressions.types import NOTHING_KNOWN, Scope, Value
from pipelint.source import Span

Check: TypeAlias = Callable[["Run", Any], Value]
"""Checks a node of one kind."""


class Run:
    """One run over one outermost expression; `references` is None where nobody asks for them."""

    __slots__ = ("base", "checks", "problems", "references", "scope")

    def __init__(
        self,
        base: int,
        scope: Scope,
        checks: Mapping[type, Check],
        references: list[Reference] | None,
    ) -> None:
        self.checks = checks
        self.base = base
        self.scope = scope
        self.references = references
        self.problems: list[Problem] = []

    def block(self, block: Block) -> Value:
        """Check a block with all that is nested in it."""
        if block.names and self.references is None:
            value = end_of(block.names, block.argument, self.scope)
            if value is not None:
                return value
        if block.tree is None or block.is_script:
            for inner in block.inner:
                self.block(inner)
            return NOTHING_KNOWN
        return self.node(block.tree)

    def node(self, node: Node) -> Value:
        """Check a node; return what it gives."""
        return self.checks[type(node)](self, node)

    def span(self, node: Node | Member | Index | Call) -> Span:
        """Return where a node stands in the decoded text."""
        return Span(self.base + node.start, self.base + node.end)

    def refer(self, name: Name | Member, path: tuple[str, ...], value: Value) -> Value:
        """Note what a name stands for, and report what the scope has against it."""
        if self.references is not None:
            self.references.append(Reference(self.span(name), path, value))
        if value.status == types.INVALID and value.reason is not None:
            reason, span = value.reason, self.span(name)
            self.problems.append(
                Problem(
                    reason.rule,
                    span,
                    reason.message,
                    reason.label,
                    reason.help,
                    _instead(name, span, reason.replacement),
                    reason.related,
                )
            )
            return NOTHING_KNOWN
        return value


def _instead(name: Name | Member, span: Span, instead: str) -> tuple[Change, ...]:
    """Return the change to what should be written; a name in quotes keeps them."""
    is_quoted = isinstance(name, Member) and name.quoted
    if not instead or (is_quoted and "." in instead):
        return ()
    return replace(f"write {show(instead)}", span, f'"{instead}"' if is_quoted else instead)
