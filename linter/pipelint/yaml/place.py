"""Where an offset lies in a tree: the way to it, in names and in nodes, and what begins there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from pipelint.record import NamedTuple
from pipelint.source import Source, Span
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence, Tree
from pipelint.yaml.space import skip_space


class Step(NamedTuple):
    """One step of a way: a collection, and the key or index (0-based) of the part of it."""

    container: Mapping | Sequence
    at: str | int


class _Part(NamedTuple):
    """A pair or an item as it is written. An alias has a place, and `node` is None."""

    start: int
    end: int
    at: str | int
    key: Node | None
    node: Node | None


class Router:
    """Ways to many offsets of one tree: each collection is looked through once, when needed."""

    __slots__ = ("_aliases", "_blank", "_parts", "_roots", "tree")

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._parts: dict[int, tuple[list[int], list[_Part]]] = {}
        self._aliases = [alias.span.start for alias in tree.aliases]
        self._roots = [node.start for node in tree.documents]
        self._blank = (-1, -1)  # the space that was skipped last: many comments may stand in it

    def route(self, offset: int) -> str:
        """Name the way to an offset: `stages[build].steps[unit tests].image`.

        Items of a list go by their `identifier` or `name`. One that has none is `[]`: its index
        would change with every item that is put in above it.
        """
        way = ""
        for container, at in self.path(offset):
            if isinstance(container, Mapping):
                way += f".{at}" if way else str(at)
            else:
                way += f"[{_item_name(container, at)}]"
        return way

    def path(self, offset: int) -> list[Step]:
        """Give the steps from the root to the innermost part that holds an offset."""
        steps: list[Step] = []
        node = self._root(offset)
        while node is not None and not isinstance(node, Scalar):
            part = self._part(node, offset)
            if part is None:
                break
            steps.append(Step(node, part.at))
            node = _inner(part, offset)
        return steps

    def scalar(self, offset: int) -> Scalar | None:
        """Return the scalar that is written at an offset."""
        node = self._root(offset)
        while node is not None and not isinstance(node, Scalar):
            part = self._part(node, offset)
            node = _inner(part, offset) if part else None
        return node if node is not None and node.start <= offset < node.end else None

    def extent(self, source: Source, offset: int) -> Span:
        """See the function of that name."""
        text = source.text
        first = self._skip(text, offset)
        position = source.position(first)
        end_of_line = first - position.column + 1 + len(source.line(position.line))
        node = self._root(end_of_line)
        while node is not None and not isinstance(node, Scalar):
            starts, parts = self._index(node)
            at = bisect_right(starts, first)
            if at and (starts[at - 1] == first or first < parts[at - 1].end):
                at -= 1
            if at == len(parts):
                break
            begin = _begin(text, node, parts, at)
            if first <= begin < end_of_line:
                return Span(begin, max(parts[at].end, begin + 1))
            node = _inner(parts[at], first)
        return Span(first, max(first, end_of_line))

    def _skip(self, text: str, offset: int) -> int:
        """Skip space and comments from an offset that is not inside of a comment."""
        start, end = self._blank
        if not start <= offset <= end:
            end = skip_space(text, offset)
            self._blank = offset, end
        return end

    def _root(self, offset: int) -> Node | None:
        """Return the document in which an offset lies."""
        documents = self.tree.documents
        at = bisect_right(self._roots, offset) - 1
        return documents[max(at, 0)] if documents else None

    def _part(self, node: Mapping | Sequence, offset: int) -> _Part | None:
        starts, parts = self._index(node)
        at = bisect_right(starts, offset) - 1
        return parts[at] if at >= 0 and offset <= parts[at].end else None

    def _index(self, node: Mapping | Sequence) -> tuple[list[int], list[_Part]]:
        found = self._parts.get(id(node))
        if found is None:
            parts = self._cut(node)
            found = self._parts[id(node)] = [part.start for part in parts], parts
        return found

    def _cut(self, node: Mapping | Sequence) -> list[_Part]:
        """Cut a collection into its parts.

        What begins before the part above it ends is written elsewhere: an alias stands for it.
        """
        parts: list[_Part] = []
        end = node.start
        if isinstance(node, Sequence):
            for at, item in enumerate(node.items):
                start, end, written = self._written(item, end)
                parts.append(_Part(start, end, at, None, written))
            return parts
        for key, value in node.pairs:
            start, behind, written_key = self._written(key, end)
            _, end, written = self._written(value, behind)
            name = key.text if isinstance(key, Scalar) else ""
            parts.append(_Part(start, max(end, behind), name, written_key, written))
        return parts

    def _written(self, node: Node, earliest: int) -> tuple[int, int, Node | None]:
        """Return start, end and node of a part; of an alias, those of `*name` and None."""
        if node.start >= earliest:
            return node.start, node.end, node
        at = bisect_left(self._aliases, earliest)
        if at == len(self._aliases):
            return earliest, earliest, None
        return *self.tree.aliases[at].span, None


def extent(tree: Tree, source: Source, offset: int) -> Span:
    """Return the extent of what begins on the line of the first text at or after an offset.

    Of all nodes that begin there it is the outermost: a pair from its key to the end of its value,
    or a list item from its dash. Where nothing begins, it is the rest of the line.
    """
    return Router(tree).extent(source, offset)


def route(tree: Tree, offset: int) -> str:
    """Name the way to an offset; for many offsets of one tree keep a `Router`."""
    return Router(tree).route(offset)


def path_at(tree: Tree, offset: int) -> list[Step]:
    """Give the steps from the root to the innermost part that holds an offset."""
    return Router(tree).path(offset)


def _inner(part: _Part, offset: int) -> Node | None:
    return part.key if part.key is not None and offset < part.key.end else part.node


def _begin(text: str, node: Mapping | Sequence, parts: list[_Part], at: int) -> int:
    """Find where a part begins: at its dash, its anchor or its tag."""
    begin = skip_space(text, parts[at - 1].end if at else node.start + node.flow)
    while text.startswith(",", begin) and node.flow:
        begin = skip_space(text, begin + 1)
    return min(begin, parts[at].start)


def _item_name(items: Mapping | Sequence, at: str | int) -> str:
    """Name an item by what identifies it, also below a single key such as `step`."""
    node: Node | None = items.items[at] if isinstance(items, Sequence) else None  # type: ignore[index]
    if isinstance(node, Mapping) and len(node.pairs) == 1:
        inner = node.pairs[0][1]
        node = inner if isinstance(inner, Mapping) and _name(node) is None else node
    return _name(node) or ""


def _name(node: Node | None) -> str | None:
    if isinstance(node, Mapping):
        for key in ("identifier", "name"):
            value = node.get(key)
            if isinstance(value, Scalar) and value.text:
                return value.text
    return None
