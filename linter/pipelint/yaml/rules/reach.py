"""What of a document the platform reads: not what stands under keys that it does not know."""

from __future__ import annotations

from collections.abc import Container, Iterator

from pipelint.yaml.node import Mapping, Node, Scalar, Tree


def read_ids(tree: Tree, unread: Container[int]) -> set[int]:
    """Return the `id` of every node of the first document that is read, keys included.

    `unread` holds the offsets of keys whose values nobody looks at. This walks the whole document:
    ask only when there is something to look up.
    """
    return {id(node) for node in _nodes(tree, unread)}


def _nodes(tree: Tree, unread: Container[int]) -> Iterator[Node]:
    seen: set[int] = set()
    waiting: list[Node] = tree.documents[:1]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, Scalar):
            continue
        if isinstance(node, Mapping):
            for key, value in node.fields.values():
                waiting.append(key)
                if key.start not in unread:
                    waiting.append(value)
        else:
            waiting += node.items
