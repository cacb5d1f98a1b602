"""Where the first document of a text ends: many readers read no further."""

from __future__ import annotations

import re

from pipelint.source import Source, Span
from pipelint.yaml import parse
from pipelint.yaml.build import children_of
from pipelint.yaml.node import Node, Scalar, Tree

_ENDS = re.compile(r"^(?:(?:---|\.\.\.)(?=[ \t\r\n]|\Z)|%(?:YAML|TAG)[ \t])", re.MULTILINE)
_NOTHING = re.compile(r"(?:\s|#[^\r\n]*|\.\.\.(?!\S))*\Z")


def end_of_first(tree: Tree, text: str) -> int | None:
    """Return the offset of the line that ends the first document, or None where none does.

    It begins with `---`, `...` or a directive.
    """
    if not tree.documents:
        return None
    found = _ENDS.finditer(text, tree.documents[0].start)
    return next((each.start() for each in found if not is_in_scalar(tree, each.start())), None)


def mark_of_next(tree: Tree, text: str) -> Span | None:
    """Return the place of the mark behind which another document or any text begins."""
    end = end_of_first(tree, text)
    mark = _ENDS.match(text, end) if end is not None else None
    if mark is None or (mark[0] == "..." and _NOTHING.match(text, mark.end())):
        return None
    return Span(mark.start(), mark.start() + len(mark[0].rstrip()))


def only_first(tree: Tree, source: Source) -> Tree:
    """Return the tree of the first document alone where something behind it is no YAML."""
    end = end_of_first(tree, source.text) if tree.problems else None
    if end is None or all(problem.span.start < end for problem in tree.problems):
        return tree
    return parse(Source(source.text[:end], source.path))


def is_in_scalar(tree: Tree, offset: int) -> bool:
    """Tell whether a place lies inside a scalar of the first document."""
    seen: set[int] = set()
    todo: list[Node] = tree.documents[:1]
    while todo:
        node = todo.pop()
        if isinstance(node, Scalar):
            if node.start < offset < node.end:
                return True
        elif id(node) not in seen:
            seen.add(id(node))
            todo += children_of(node)
    return False
