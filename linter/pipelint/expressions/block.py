r"""One expression with all that is nested in it, read: its text, its places, its tree.

Each level of nesting takes one backslash from each `\>`, so a text has other offsets on each level;
what a block gives are always those of the outermost text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pipelint.expressions.plain import cut_call, names_of
from pipelint.expressions.scan import OPENER, find_expressions
from pipelint.expressions.tree import Call, Chain, Literal, Member, Name, Nested, Node, walk
from pipelint.record import NamedTuple

if TYPE_CHECKING:
    from pipelint.grammar.driver import SyntaxProblem

DEEPEST = 15
"""Levels of nesting that the engine resolves."""

HIGHEST = 120
"""Levels of a tree with those of all nested in it; what is higher is not looked at."""

LONGEST = 4_000
"""Longer blocks, in code points, are not parsed: nobody wrote them, and nothing is said of them."""

INNER, INNER_MORE = "\x01", "\x02"
"""What the parser sees of a nested expression: one of the first, then the second."""

_BLANK = " \t\n\r\f"
_NO_LETTER = "\x03"  # stands for the two where they are written by somebody


class Refusal(NamedTuple):
    """Why a block is no expression.

    The place is in the outermost text; `at` and `stop` are the same in `Block.masked`. `expected`
    are the terminals that could stand there.
    """

    start: int
    end: int
    at: int
    stop: int
    expected: tuple[str, ...]


class Block:
    r"""What stands between `<+` and `>`, or a whole condition.

    `start` and `end` are its place with the delimiters; `text` is what the engine evaluates, one
    backslash of each `\>` removed, and `masked` the same with `inner` made unreadable.
    `refusal` says why it is no expression. `is_script` tells that it is one in script mode only.
    `names` are those of a plain path, if it is one, and `argument` the one text with which the
    last of them is called, if it is. `unclosed` is the place of an opener in it that nothing
    closes.
    """

    __slots__ = (
        "_nodes",
        "_offsets",
        "_places",
        "_tree",
        "argument",
        "depth",
        "end",
        "height",
        "inner",
        "is_script",
        "masked",
        "names",
        "refusal",
        "start",
        "text",
        "unclosed",
    )

    def __init__(self, text: str, offsets: Sequence[int], start: int, end: int, depth: int) -> None:
        self.start = start
        self.end = end
        self.text = self.masked = text
        self.depth = depth
        self.height = 1
        self._offsets = offsets
        self._places: dict[int, Block] = {}
        self.inner: tuple[Block, ...] = ()
        self.unclosed: int | None = None
        self.names: list[str] | None = None
        self.argument: str | None = None
        self._tree: Node | None = None
        self._nodes: tuple[Node, ...] | None = None
        self.refusal: Refusal | None = None
        self.is_script = False

    @property
    def tree(self) -> Node | None:
        """What the text means; None where it is empty, refused, or too long.

        Of a plain path, as most are, it is made when somebody asks: its names often do.
        """
        if self._tree is None and self.names is not None:
            self._tree = _tree_of_path(self)
        return self._tree

    @tree.setter
    def tree(self, tree: Node | None) -> None:
        self._tree = tree

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes of the tree, from the left to the right."""
        if self._nodes is None:
            tree = self.tree
            self._nodes = () if tree is None else tuple(walk(tree))
        return self._nodes

    def place(self, offset: int) -> int:
        """Turn an offset of `text` into one of the outermost text; the end is allowed."""
        return self._offsets[offset]

    def offset(self, place: int) -> int:
        """Turn an offset of the outermost text into one of `text`: the first at or behind it."""
        return bisect_left(self._offsets, place)

    def inner_at(self, offset: int) -> Block | None:
        """Return the nested expression that begins at an offset of `text`."""
        return self._places.get(offset)

    def open(self, start: int, end: int) -> Block:
        """Make the block between the delimiters at two offsets of `text`."""
        return _open(self.text, self._offsets, start, end, self.depth + 1)

    def walk(self) -> Iterator[Block]:
        """Give this block and all that are nested in it, the outer ones first."""
        yield self
        for inner in self.inner:
            yield from inner.walk()

    def note_inner(self, places: dict[int, Block], masked: str, unclosed: int | None) -> None:
        """Take over what is nested here."""
        self._places = places
        self.inner = tuple(places.values())
        self.masked = masked
        self.unclosed = unclosed


def read_expression(text: str) -> Block:
    """Read an expression with its delimiters. One text is parsed once, and gives the same block."""
    return _remembered(text, 1) if len(text) <= LONGEST else _read(text, 1)


def read_condition(text: str) -> Block:
    """Read a text that is an expression as a whole, with `<+…>` as operands: a condition."""
    return _remembered(text, 0) if len(text) <= LONGEST else _read(text, 0)


@lru_cache(maxsize=4096)
def _remembered(text: str, depth: int) -> Block:
    return _read(text, depth)


def _read(text: str, depth: int) -> Block:
    size = len(text)
    if depth == 0:
        block = Block(text, range(size + 1), 0, size, 0)
        return _fill(block)
    return _fill(_open(text, range(size + 1), 0, size, depth))


def _open(text: str, offsets: Sequence[int], start: int, end: int, depth: int) -> Block:
    inside = text[start + 2 : end - 1]
    places: Sequence[int] = offsets[start + 2 : end]
    if "\\>" in inside:
        inside, places = _unescape(inside, places)
    return Block(inside, places, offsets[start], offsets[end - 1] + 1, depth)


def _unescape(text: str, places: Sequence[int]) -> tuple[str, list[int]]:
    kept: list[int] = []
    *pieces, last = text.split("\\>")
    at = 0
    for piece in pieces:
        sign = at + len(piece) + 1
        kept += [*places[at : sign - 1], places[sign]]
        at = sign + 1
    kept += places[at:]
    return ">".join([*pieces, last]), kept


def _fill(block: Block) -> Block:
    """Read what is nested, then the block itself."""
    text = block.text
    if INNER in text or INNER_MORE in text:
        text = block.masked = text.replace(INNER, _NO_LETTER).replace(INNER_MORE, _NO_LETTER)
    if OPENER in text:
        _read_inner(block)
    if len(block.text) <= LONGEST:
        _read_text(block)
    if block.inner:
        block.height += max(inner.height for inner in block.inner)
        if block.height > HIGHEST:
            block.tree = None
    return block


def _read_text(block: Block) -> None:
    text = block.masked.strip(_BLANK)
    if not text:
        return  # neither a tree nor a mistake of syntax
    if text[0] == INNER and not text[1:].strip(INNER_MORE):
        inner = block.inner[0]
        block.tree = Nested(inner, inner.start, inner.end)
    elif names := names_of(text):
        block.names = names
    elif call := cut_call(text):
        block.names, block.argument = call
    else:
        from pipelint.expressions.jexl.read import read

        read(block)


def _read_inner(block: Block) -> None:
    if block.depth >= DEEPEST:
        return
    text = block.masked
    found = find_expressions(text)
    places: dict[int, Block] = {}
    pieces: list[str] = []
    last = 0
    for start, end in found.spans:
        places[start] = _fill(block.open(start, end))
        pieces += [text[last:start], INNER, INNER_MORE * (end - start - 1)]
        last = end
    unclosed = None if found.unclosed is None else block.place(found.unclosed)
    block.note_inner(places, "".join([*pieces, text[last:]]), unclosed)


def refuse(block: Block, problem: SyntaxProblem) -> Refusal:
    """Turn what the parser says into places of the outermost text."""
    start, end = block.place(problem.start), block.place(problem.end)
    return Refusal(start, max(start, end), *problem)


def _tree_of_path(block: Block) -> Node:
    """Make the tree of a plain path, and of the call behind it."""
    place, names, argument = block.place, block.names or [], block.argument
    at = block.masked.index(names[0])
    end = at + len(names[0])
    root = Name(names[0], (), place(at), place(end))
    steps: list[Member | Call] = []
    for name in names[1:]:
        at, end = end + 1, end + 1 + len(name)
        steps.append(Member(name, False, (), place(at), place(end)))  # noqa: FBT003 - a tuple
    if argument is not None:
        at, end = end, end + len(argument) + 4  # with brackets and quotes
        literal = Literal("string", argument, (), place(at + 1), place(end - 1))
        steps.append(Call((literal,), place(at), place(end)))
    return Chain(root, tuple(steps), root.start, steps[-1].end) if steps else root
