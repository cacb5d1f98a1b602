"""What an expression is made of: nodes with their places.

Places are offsets in the text of the outermost expression (a `Block`): 0-based, half-open, in code
points; add the place of that expression. A tree is never deeper than `jexl.read.DEPTH_LIMIT`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pipelint.expressions.block import Block


class Literal:
    """A value that is written out.

    `kind` is `string`, `number`, `boolean`, `null` or `template` (in back-ticks). `value` is the
    text without quotes and escapes; where an expression stands in it, `inner` has it and the value
    is not known.
    """

    __slots__ = ("end", "inner", "kind", "start", "value")

    def __init__(
        self, kind: str, value: str, inner: tuple[Block, ...], start: int, end: int
    ) -> None:
        self.kind = kind
        self.value = value
        self.inner = inner
        self.start = start
        self.end = end


class Name:
    """A bare name. Where expressions are glued to it, `inner` has them and `text` is not known."""

    __slots__ = ("end", "inner", "start", "text")

    def __init__(self, text: str, inner: tuple[Block, ...], start: int, end: int) -> None:
        self.text = text
        self.inner = inner
        self.start = start
        self.end = end


class Nested:
    """An expression inside of this one, as an operand."""

    __slots__ = ("block", "end", "start")

    def __init__(self, block: Block, start: int, end: int) -> None:
        self.block = block
        self.start = start
        self.end = end


class Member:
    """A step of a chain: `.name` or `."name"`; the place is that of the name, quotes included."""

    __slots__ = ("end", "inner", "name", "quoted", "start")

    def __init__(
        self, name: str, quoted: bool, inner: tuple[Block, ...], start: int, end: int
    ) -> None:
        self.name = name
        self.quoted = quoted
        self.inner = inner
        self.start = start
        self.end = end


class Index:
    """A step of a chain: `[key]`; the place includes the brackets."""

    __slots__ = ("end", "key", "start")

    def __init__(self, key: Node, start: int, end: int) -> None:
        self.key = key
        self.start = start
        self.end = end


class Call:
    """A step of a chain: `(arguments)`, of the name or member before it."""

    __slots__ = ("arguments", "end", "start")

    def __init__(self, arguments: tuple[Node, ...], start: int, end: int) -> None:
        self.arguments = arguments
        self.start = start
        self.end = end


Step: TypeAlias = Member | Index | Call


class Chain:
    """A value with steps behind it: `root.name[0].method(x)`."""

    __slots__ = ("end", "root", "start", "steps")

    def __init__(self, root: Node, steps: tuple[Step, ...], start: int, end: int) -> None:
        self.root = root
        self.steps = steps
        self.start = start
        self.end = end


class Unary:
    """`!x`, `-x`, `empty x`, …; `operator` is as written."""

    __slots__ = ("end", "operand", "operator", "start")

    def __init__(self, operator: str, operand: Node, start: int, end: int) -> None:
        self.operator = operator
        self.operand = operand
        self.start = start
        self.end = end


class Binary:
    """`left operator right`, assignments included; `operator` is as written."""

    __slots__ = ("at", "end", "left", "operator", "right", "start")

    def __init__(
        self, operator: str, at: int, left: Node, right: Node, start: int, end: int
    ) -> None:
        self.operator = operator
        self.at = at  # where the operator stands
        self.left = left
        self.right = right
        self.start = start
        self.end = end


class Choice:
    """`condition ? then : otherwise`, or with `then` None, `condition ?: otherwise`."""

    __slots__ = ("condition", "end", "otherwise", "start", "then")

    def __init__(
        self, condition: Node, then: Node | None, otherwise: Node, start: int, end: int
    ) -> None:
        self.condition = condition
        self.then = then
        self.otherwise = otherwise
        self.start = start
        self.end = end


class Group:
    """`(inner)`."""

    __slots__ = ("end", "inner", "start")

    def __init__(self, inner: Node, start: int, end: int) -> None:
        self.inner = inner
        self.start = start
        self.end = end


class Collection:
    """A `list`, `set` or `map` that is written out; the items of a map are key, value, key, …."""

    __slots__ = ("end", "items", "kind", "start")

    def __init__(self, kind: str, items: tuple[Node, ...], start: int, end: int) -> None:
        self.kind = kind
        self.items = items
        self.start = start
        self.end = end


class Concatenation:
    """Pieces side by side that the engine glues to one text."""

    __slots__ = ("end", "parts", "start")

    def __init__(self, parts: tuple[Node, ...], start: int, end: int) -> None:
        self.parts = parts
        self.start = start
        self.end = end


class Opaque:
    """What is read and not judged: a `script`, a `namespace` call, `new`."""

    __slots__ = ("end", "kind", "parts", "start")

    def __init__(self, kind: str, parts: tuple[Node, ...], start: int, end: int) -> None:
        self.kind = kind
        self.parts = parts
        self.start = start
        self.end = end


Node: TypeAlias = (
    Literal
    | Name
    | Nested
    | Chain
    | Unary
    | Binary
    | Choice
    | Group
    | Collection
    | Concatenation
    | Opaque
)


def parts_of(node: Node) -> Sequence[Node]:
    """Return the nodes directly below a node, in their order, but not what is nested by `<+`."""
    parts = _PARTS.get(type(node))
    return () if parts is None else parts(node)


def _parts_of_chain(node: Chain) -> list[Node]:
    parts = [node.root]
    for step in node.steps:
        if isinstance(step, Index):
            parts.append(step.key)
        elif isinstance(step, Call):
            parts += step.arguments
    return parts


def _parts_of_choice(node: Choice) -> Sequence[Node]:
    if node.then is None:
        return node.condition, node.otherwise
    return node.condition, node.then, node.otherwise


_PARTS: dict[type, Callable[[Any], Sequence[Node]]] = {
    Binary: lambda node: (node.left, node.right),
    Chain: _parts_of_chain,
    Choice: _parts_of_choice,
    Collection: lambda node: node.items,
    Concatenation: lambda node: node.parts,
    Group: lambda node: (node.inner,),
    Opaque: lambda node: node.parts,
    Unary: lambda node: (node.operand,),
}


def walk(node: Node) -> Iterator[Node]:
    """Give a node and all below it, from the left to the right."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += parts_of(one)[::-1]


def without_parentheses(node: Node) -> Node:
    """Return what stands in the parentheses around a node, if any."""
    while isinstance(node, Group):
        node = node.inner
    return node


def path_of(node: Node) -> list[Name | Member] | None:
    """Return the names of a plain path such as `pipeline.stages.build`; None for anything else."""
    if isinstance(node, Name):
        return [node]
    if not isinstance(node, Chain) or not isinstance(node.root, Name):
        return None
    names: list[Name | Member] = [node.root]
    for step in node.steps:
        if not isinstance(step, Member):
            return None
        names.append(step)
    return names
