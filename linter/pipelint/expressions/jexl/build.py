"""Turn the parser's tree into nodes, with places in the outermost text."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from pipelint.expressions.block import INNER, INNER_MORE, Block
from pipelint.expressions.jexl.read import DEPTH_LIMIT
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
from pipelint.expressions.vocabulary import CALLABLE, WORDS
from pipelint.grammar.driver import SyntaxProblem, Token, Tree

_ESCAPE = r"\\(u[0-9a-fA-F]{4}|[\s\S])"
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_CONSTANTS = {"true": "boolean", "false": "boolean", "null": "null"}


class _TooDeepError(Exception):
    """The tree is deeper than anybody writes."""


class _ReservedError(Exception):
    """A reserved word stands where a name can."""

    def __init__(self, token: Token) -> None:
        super().__init__(token.text)
        self.problem = SyntaxProblem(token.start, token.end, ("NAME", "NUMBER", "STRING"))


def build(block: Block, tree: Tree) -> Node | SyntaxProblem | None:
    """Make nodes of what the parser found; None where it is too deep."""
    try:
        builder = _Builder(block)
        node = builder.node(tree, 0)
    except _ReservedError as error:
        return error.problem
    except _TooDeepError:
        return None
    block.height = builder.height
    return node


class _Builder:
    """Makes the nodes of one block; `height` is how deep it came."""

    __slots__ = ("block", "height")

    def __init__(self, block: Block) -> None:
        self.block = block
        self.height = 1

    def node(self, tree: Tree | Token, depth: int) -> Node:
        """Make a node of a tree, and of all below it."""
        if depth > DEPTH_LIMIT:
            raise _TooDeepError
        self.height = max(self.height, depth)
        if isinstance(tree, Token):
            return self.text(tree) if tree.text[0] in "\"'" else self.name(tree)
        return _MAKERS[tree.name](self, tree, depth + 1)

    def span(self, tree: Tree | Token) -> tuple[int, int]:
        return self.block.place(tree.start), self.block.place(tree.end)

    def inner(self, token: Token) -> tuple[Block, ...]:
        """List the expressions in a name or in a text."""
        found: list[Block] = []
        at = token.text.find(INNER)
        while at >= 0:
            one = self.block.inner_at(token.start + at)
            found += () if one is None else (one,)
            at = token.text.find(INNER, at + 1)
        return tuple(found)

    def name(self, token: Token) -> Node:
        if token.text in WORDS:
            raise _ReservedError(token)
        inner = self.inner(token)
        if len(inner) == 1 and not token.text[1:].strip(INNER_MORE):
            return Nested(inner[0], *self.span(token))
        return Name(token.text, inner, *self.span(token))

    def text(self, token: Token) -> Literal:
        return Literal("string", _unescape(token.text[1:-1]), self.inner(token), *self.span(token))

    def nodes(self, trees: tuple[Tree | Token, ...], depth: int) -> tuple[Node, ...]:
        kept = (each for each in trees if isinstance(each, Tree) or each.kind != "ELLIPSIS")
        return tuple(self.node(each, depth) for each in kept)

    def call(self, arguments: Tree, depth: int) -> Call:
        return Call(self.nodes(arguments.children, depth), *self.span(arguments))

    def step(self, tree: Any, depth: int, *, is_called: bool) -> Step:
        """Make a step of a chain; `is_called` tells that `()` follows."""
        if tree.name == "index":
            return Index(self.node(tree.children[0], depth), *self.span(tree))
        if tree.name == "arguments":
            return self.call(tree, depth)
        return self.member(tree.children[0], is_called=is_called)

    def member(self, name: Token, *, is_called: bool) -> Member:
        if name.text in WORDS and not (is_called and name.text in CALLABLE):
            raise _ReservedError(name)
        quoted = name.kind == "STRING"
        text = _unescape(name.text[1:-1]) if quoted else name.text
        return Member(text, quoted, self.inner(name), *self.span(name))


def _literal(make: _Builder, tree: Any, _: int) -> Node:
    token = tree.children[0]
    if token.kind == "STRING":
        return make.text(token)
    kind = _CONSTANTS.get(token.text, "template" if token.kind == "TEMPLATE" else "number")
    return Literal(kind, token.text, make.inner(token), *make.span(token))


def _only(make: _Builder, tree: Any, depth: int) -> Node:
    return make.node(tree.children[0], depth)


def _chain(make: _Builder, tree: Any, depth: int) -> Node:
    root, *rest = tree.children
    first = make.node(root, depth)
    steps: list[Step] = []
    for each, after in zip_longest(rest, rest[1:]):
        steps.append(make.step(each, depth, is_called=after is not None and _is_empty_call(after)))
    if isinstance(first, Chain):  # `currentDate().plusDays(2)`: one chain
        return Chain(first.root, (*first.steps, *steps), *make.span(tree))
    return Chain(first, tuple(steps), *make.span(tree))


def _is_empty_call(tree: Any) -> bool:
    return tree.name == "arguments" and not tree.children


def _call(make: _Builder, tree: Any, depth: int) -> Node:
    name, arguments = tree.children
    return Chain(make.node(name, depth), (make.call(arguments, depth),), *make.span(tree))


def _group(make: _Builder, tree: Any, depth: int) -> Node:
    inner, *calls = tree.children
    start, end = make.span(tree)
    steps = [make.call(each, depth) for each in calls]
    if not steps:
        return Group(make.node(inner, depth), start, end)
    group = Group(make.node(inner, depth), start, steps[0].start)
    return Chain(group, tuple(steps), start, end)


def _binary(make: _Builder, tree: Any, depth: int) -> Node:
    left, operator, right = tree.children
    at = make.block.place(operator.start)
    sides = make.node(left, depth), make.node(right, depth)
    return Binary(operator.text, at, *sides, *make.span(tree))


def _unary(make: _Builder, tree: Any, depth: int) -> Node:
    operator, operand = tree.children
    return Unary(operator.text, make.node(operand, depth), *make.span(tree))


def _choice(make: _Builder, tree: Any, depth: int) -> Node:
    condition, *then, otherwise = make.nodes(tree.children, depth)
    return Choice(condition, then[0] if then else None, otherwise, *make.span(tree))


def _collection(make: _Builder, tree: Any, depth: int) -> Node:
    items: list[Node] = []
    for child in tree.children:
        is_entry = isinstance(child, Tree) and child.name == "entry"
        parts = child.children if is_entry and isinstance(child, Tree) else (child,)
        items += make.nodes(parts, depth)
    return Collection(tree.name, tuple(items), *make.span(tree))


def _concatenation(make: _Builder, tree: Any, depth: int) -> Node:
    return Concatenation(make.nodes(tree.children, depth), *make.span(tree))


def _opaque(make: _Builder, tree: Any, depth: int) -> Node:
    arguments = tree.children[-1]
    return Opaque(tree.name, make.call(arguments, depth).arguments, *make.span(tree))


_MAKERS: dict[str, Callable[[_Builder, Any, int], Node]] = {
    "assignment": _binary,
    "ternary": _choice,
    "elvis": _choice,
    "binary": _binary,
    "unary": _unary,
    "chain": _chain,
    "name": _only,
    "call": _call,
    "namespace": _opaque,
    "new": _opaque,
    "literal": _literal,
    "concatenation": _concatenation,
    "group": _group,
    "list": _collection,
    "set": _collection,
    "map": _collection,
}


def _unescape(text: str) -> str:
    return re.sub(_ESCAPE, _read_escape, text) if "\\" in text else text


def _read_escape(match: re.Match[str]) -> str:
    body = match[1]
    if len(body) > 1:
        return chr(int(body[1:], 16))
    return _ESCAPED.get(body, body)
