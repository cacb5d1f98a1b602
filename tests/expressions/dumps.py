"""Expressions as text: what a tree says, in brackets."""

from __future__ import annotations

from pipelint.expressions.block import Block
from pipelint.expressions.tree import (
    Binary,
    Call,
    Chain,
    Choice,
    Collection,
    Concatenation,
    Group,
    Index,
    Literal,
    Member,
    Name,
    Nested,
    Node,
    Opaque,
    Step,
    Unary,
)


def dump_block(block: Block) -> str:
    """Write a block: `-` where it has no tree."""
    return dump(block.tree) if block.tree is not None else "-"


def dump(node: Node, places: bool = False) -> str:  # noqa: C901, PLR0911 - one for each kind
    """Write a node; with places, `text@start:end`."""
    at = f"@{node.start}:{node.end}" if places else ""
    if isinstance(node, Literal):
        return f"{node.kind}:{node.value!r}{_inner(node.inner)}{at}"
    if isinstance(node, Name):
        return (_glued(node.text, node.inner) if node.inner else node.text) + at
    if isinstance(node, Nested):
        return f"<{dump_block(node.block)}>{at}"
    if isinstance(node, Chain):
        return dump(node.root, places) + "".join(_step(step, places) for step in node.steps) + at
    if isinstance(node, Unary):
        return f"({node.operator} {dump(node.operand, places)}){at}"
    if isinstance(node, Binary):
        return f"({dump(node.left, places)} {node.operator} {dump(node.right, places)}){at}"
    if isinstance(node, Choice):
        then = f"? {dump(node.then, places)} :" if node.then else "?:"
        return f"({dump(node.condition, places)} {then} {dump(node.otherwise, places)}){at}"
    if isinstance(node, Group):
        return f"group({dump(node.inner, places)}){at}"
    if isinstance(node, Collection):
        return f"{node.kind}[{', '.join(dump(item, places) for item in node.items)}]{at}"
    if isinstance(node, Concatenation):
        return f"glue({', '.join(dump(part, places) for part in node.parts)}){at}"
    assert isinstance(node, Opaque)
    return f"{node.kind}({', '.join(dump(part, places) for part in node.parts)}){at}"


def _step(step: Step, places: bool) -> str:
    at = f"@{step.start}:{step.end}" if places else ""
    if isinstance(step, Member):
        name = _glued(step.name, step.inner) if step.inner else step.name
        return f".{name!r}{at}" if step.quoted else f".{name}{at}"
    if isinstance(step, Index):
        return f"[{dump(step.key, places)}]{at}"
    assert isinstance(step, Call)
    return f"({', '.join(dump(each, places) for each in step.arguments)}){at}"


def _glued(text: str, inner: tuple[Block, ...]) -> str:
    return (
        "".join("" if sign == "\x02" else sign for sign in text)
        .replace("\x01", "{}")
        .format(*(f"<{dump_block(block)}>" for block in inner))
    )


def _inner(inner: tuple[Block, ...]) -> str:
    return "".join(f"<{dump_block(block)}>" for block in inner)
