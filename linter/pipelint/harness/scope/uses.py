"""Every name in the expressions of a document, with what it stands for.

This is for editors: completion and hover ask for the scope at an offset; rename, references and
go-to-definition read the symbols. A lint needs neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipelint.expressions.checker import check
from pipelint.expressions.judgement import Reference as Named
from pipelint.expressions.place import locate
from pipelint.harness.expressions import Written, expressions_of
from pipelint.harness.scope.loops import AXIS
from pipelint.harness.scope.scopes import DocumentScope, Scopes
from pipelint.harness.scope.value import Symbol, Value
from pipelint.harness.scope.variables import OUTPUT
from pipelint.record import NamedTuple
from pipelint.source import Span
from pipelint.symbols import Definition, Reference
from pipelint.yaml.node import PLAIN, Scalar

if TYPE_CHECKING:
    from pipelint.harness.context import Context

_ON_DEMAND = frozenset({AXIS, OUTPUT})
"""Kinds that nobody but this module defines."""


class Use(NamedTuple):
    """A name of a path: its place in the file, without quotes, and what it stands for.

    `path` are the names from the root up to this one. `symbol` says which definition it repeats,
    which words such as `stage` do not; `value.definition` is the place to go to.
    """

    span: Span
    path: tuple[str, ...]
    value: Value
    symbol: Symbol | None


def uses_of(context: Context) -> list[Use]:
    """Return each name of each path, in the order of the text.

    The first call records them as references in `context.symbols`, and what they lead to, where
    that has no definition there yet (axes, output variables).
    """
    if context.uses is None:
        context.uses = list(_uses(context))
        _record(context, context.uses)
    return context.uses


def written_at(context: Context, offset: int) -> Written | None:
    """Return the value with expressions, or condition, around a source offset."""
    for written in expressions_of(context):
        if written.scalar.start <= offset <= written.scalar.end:
            return written
    return None


def scope_at(context: Context, offset: int) -> DocumentScope | None:
    """Return what is in reach at a source offset; None where no expression stands there."""
    written = written_at(context, offset)
    return Scopes(context).of(written) if written is not None else None


def _uses(context: Context) -> Iterator[Use]:
    scopes = Scopes(context)
    for written in expressions_of(context):
        text = written.scalar.text
        if not written.reading.roots or text.startswith("<+input>"):
            continue
        place, is_exact = locate(written.scalar, context.source.text)
        if not is_exact:
            continue
        scope = scopes.of(written)
        for start, root in written.reading.roots:
            for each in check(root, start, scope).references:
                span, symbol = _without_quotes(each.span, text), _symbol(each)
                if symbol is not None:  # the suffix of a run is no part of the name
                    span = Span(span.start, span.start + len(symbol.name))
                yield Use(place(span), each.path, each.value, symbol)


def _without_quotes(span: Span, text: str) -> Span:
    start, end = span
    is_quoted = end - start > 1 and text[start] in "'\"" and text[end - 1] == text[start]
    return Span(start + 1, end - 1) if is_quoted else span


def _symbol(reference: Named) -> Symbol | None:
    symbol: Symbol | None = getattr(reference.value, "symbol", None)
    if symbol is None or not symbol.name:
        return None
    name = reference.path[-1]
    return symbol if name == symbol.name or name.startswith(f"{symbol.name}_") else None


def _record(context: Context, uses: list[Use]) -> None:
    symbols, known = context.symbols, set()
    for use in uses:
        symbol, definition = use.symbol, use.value.definition
        if symbol is None:
            continue
        symbols.refer(Reference(symbol.kind, symbol.name, use.span, symbol.scope))
        if symbol.kind in _ON_DEMAND and definition is not None and definition not in known:
            known.add(definition)
            symbols.define(_definition(symbol, definition))


def _definition(symbol: Symbol, span: Span) -> Definition:
    """Define a name whose node is no more than the name itself."""
    node = Scalar(span.start, span.end, symbol.name, PLAIN, None, None)
    return Definition(symbol.kind, symbol.name, span, node, symbol.scope)
