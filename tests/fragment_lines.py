"""The lines on which one text differs from another, both read as YAML."""

from __future__ import annotations

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


def keys(node: Node | None) -> dict[str, Node]:
    """Return the entries of a mapping; nothing of anything else."""
    if not isinstance(node, MappingNode):
        return {}
    return {key.value: value for key, value in node.value}


class Differences:
    """The lines of one tree that another does not have, or that it has otherwise."""

    def __init__(self) -> None:
        self.lines: set[int] = set()
        self.around: set[int] = set()

    def compare(self, one: Node, other: Node | None, above: list[Node]) -> None:
        """Compare two nodes; `above` are the keys, maps and lists that hold the first."""
        if isinstance(one, MappingNode) and isinstance(other, MappingNode):
            self._compare_maps(one, other, above)
        elif isinstance(one, SequenceNode) and isinstance(other, SequenceNode):
            self._compare_lists(one, other, above)
        elif other is None or (one.tag, one.value) != (other.tag, other.value):
            self._add([one], above)

    def _compare_maps(self, one: MappingNode, other: MappingNode, above: list[Node]) -> None:
        theirs = keys(other)
        if theirs.keys() - keys(one).keys():
            self._add(_names(one, *above), [*above, one])
        for key, value in one.value:
            if key.value in theirs:
                self.compare(value, theirs[key.value], [*above, one, key])
            else:
                self._add([key, value], [*above, one])

    def _compare_lists(self, one: SequenceNode, other: SequenceNode, above: list[Node]) -> None:
        for at, value in enumerate(one.value):
            their = other.value[at] if at < len(other.value) else None
            self.compare(value, their, [*above, one])
        scalars = all(isinstance(value, ScalarNode) for value in one.value)
        if len(one.value) < len(other.value) or (scalars and len(one.value) != len(other.value)):
            self._add([one], above)

    def _add(self, nodes: list[Node], above: list[Node]) -> None:
        """Note nodes and the two keys above; around them is the nearest map that is an item."""
        scalars = [node for node in above if isinstance(node, ScalarNode)]
        for node in (*nodes, *scalars[-2:]):
            self.lines.update(_lines(node))
        maps = [node for node in above if isinstance(node, MappingNode)]
        for node in maps[-5:]:
            self.around.update(_lines(node))
        self.around |= self.lines


def _names(*nodes: Node) -> list[Node]:
    """Return what names the two inmost maps: something missing is said there."""
    maps = [node for node in (*nodes[1:], nodes[0]) if isinstance(node, MappingNode)]
    pairs = [pair for node in maps[-2:] for pair in node.value]
    return [key for key, _ in pairs if key.value.endswith(("type", "name", "identifier", "Ref"))]


def _lines(node: Node) -> range:
    last = node.end_mark.line + (node.end_mark.column > 0)
    return range(node.start_mark.line + 1, max(node.start_mark.line + 2, last + 1))
