"""Trees as texts and values that tests can compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipelint.source import Source
from pipelint.yaml import parse
from pipelint.yaml.build import children_of
from pipelint.yaml.node import Mapping, Node, Scalar, Tree, Unreadable


def read(text: str, *, pure: bool = False) -> Tree:
    """Parse a text."""
    return parse(Source(text), pure=pure)


def root(text: str) -> Node:
    """Parse a text that holds something."""
    node = read(text).root
    assert node is not None
    return node


def plain(node: Node) -> Any:
    """Return texts, lists and dicts; `?` where nothing could be read."""
    if isinstance(node, Unreadable):
        return "?"
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {str(plain(key)): plain(value) for key, value in node.pairs}
    return [plain(item) for item in node.items]


def written(text: str) -> Any:
    """Return what is left of a text that may hold mistakes."""
    documents = read(text).documents
    return plain(documents[0]) if documents else None


def nodes(tree: Tree) -> Iterator[Node]:
    """Give every node once, in no special order."""
    seen: set[int] = set()
    waiting = list(tree.documents)
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if not isinstance(node, Scalar):
            waiting += children_of(node)


def broken(text: str) -> list[str]:
    """Return the beginnings of the collections of which a part could not be read."""
    found = sorted(
        node.start for node in nodes(read(text)) if not isinstance(node, Scalar) and node.broken
    )
    return [text[start:].split(maxsplit=1)[0] for start in found]


def key_paths(tree: Tree) -> set[tuple[str | int, ...]]:
    """Return the way to each key of a tree."""
    found: set[tuple[str | int, ...]] = set()
    waiting: list[tuple[tuple[str | int, ...], Node]] = [((), node) for node in tree.documents]
    for _ in range(50_000):
        if not waiting:
            break
        way, node = waiting.pop()
        if isinstance(node, Mapping):
            inner = [
                ((*way, key.text), value) for key, value in node.pairs if isinstance(key, Scalar)
            ]
            found.update(step for step, _ in inner)
            waiting += inner
        elif not isinstance(node, Scalar):
            waiting += [((*way, at), item) for at, item in enumerate(node.items)]
    return found
