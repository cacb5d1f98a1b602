"""Give an expression its type, and note what each of its names stands for.

The checker knows the engine's functions and methods; what a name stands for it asks the scope.
"""

from __future__ import annotations

from pipelint.expressions import types
from pipelint.expressions.block import Block
from pipelint.expressions.chains import check_chain, check_name
from pipelint.expressions.judgement import Judgement, Reference
from pipelint.expressions.paths import KNOWN
from pipelint.expressions.problem import Problem
from pipelint.expressions.run import Check, Run
from pipelint.expressions.tree import (
    Binary,
    Chain,
    Choice,
    Collection,
    Concatenation,
    Group,
    Literal,
    Name,
    Nested,
    Opaque,
    Unary,
)
from pipelint.expressions.types import NOTHING_KNOWN, Scope, Value

_ARITHMETIC = frozenset({"-", "*", "/", "%", "div", "mod", "|", "&", "^"})


def check(block: Block, base: int, scope: Scope) -> Judgement:
    """Check an expression with all that is nested in it; `base` is its place in the text."""
    references: list[Reference] = []
    run = Run(base, scope, _CHECKS, references)
    value = run.block(block)
    return Judgement(value, tuple(references), tuple(run.problems))


def problems_in(block: Block, base: int, scope: Scope) -> list[Problem]:
    """Return what is wrong with an expression, as `check` does; what its names are costs more."""
    run = Run(base, scope, _CHECKS, None)
    run.block(block)
    return run.problems


def _literal(run: Run, node: Literal) -> Value:
    for inner in node.inner:
        run.block(inner)
    return KNOWN.get(node.kind, NOTHING_KNOWN)


def _nested(run: Run, node: Nested) -> Value:
    return run.block(node.block)


def _binary(run: Run, node: Binary) -> Value:
    left, right = run.node(node.left), run.node(node.right)
    if node.operator == "+":
        known = {left.type, right.type}
        if types.STRING in known:
            return KNOWN[types.STRING]
        return KNOWN[types.NUMBER] if known == {types.NUMBER} else NOTHING_KNOWN
    if node.operator in _ARITHMETIC:
        return KNOWN[types.NUMBER]
    if node.operator == "..":
        return KNOWN[types.LIST]
    return right if node.operator == "=" else KNOWN[types.BOOLEAN]


def _unary(run: Run, node: Unary) -> Value:
    run.node(node.operand)
    is_number = node.operator in {"-", "~", "size"}
    return KNOWN[types.NUMBER if is_number else types.BOOLEAN]


def _choice(run: Run, node: Choice) -> Value:
    condition = run.node(node.condition)
    then = condition if node.then is None else run.node(node.then)
    otherwise = run.node(node.otherwise)
    return KNOWN.get(then.type, NOTHING_KNOWN) if then.type == otherwise.type else NOTHING_KNOWN


def _group(run: Run, node: Group) -> Value:
    return run.node(node.inner)


def _collection(run: Run, node: Collection) -> Value:
    for item in node.items:
        run.node(item)
    return KNOWN[types.LIST] if node.kind == "list" else NOTHING_KNOWN


def _concatenation(run: Run, node: Concatenation) -> Value:
    for part in node.parts:
        if not isinstance(part, Name) or part.inner:
            run.node(part)
    return KNOWN[types.STRING]


def _opaque(run: Run, node: Opaque) -> Value:
    for part in node.parts:
        run.node(part)
    return NOTHING_KNOWN


_CHECKS: dict[type, Check] = {
    Literal: _literal,
    Name: check_name,
    Nested: _nested,
    Chain: check_chain,
    Binary: _binary,
    Unary: _unary,
    Choice: _choice,
    Group: _group,
    Collection: _collection,
    Concatenation: _concatenation,
    Opaque: _opaque,
}
