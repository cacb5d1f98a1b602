"""Paths without a `<+…>` of their own in an expression that does more than look one up."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.expressions.problem import Change, Problem, show
from pipelint.expressions.reading import Reading
from pipelint.expressions.sides import COMPARISON, LOGIC, Place, name_of
from pipelint.expressions.tree import Binary, Chain, Choice, Literal, Name, Node, path_of, walk
from pipelint.expressions.vocabulary import CONTEXT_ROOTS
from pipelint.source import Span


def bare_comparisons(reading: Reading) -> Iterator[Problem]:
    """Yield expressions that compare a path which has no `<+…>` of its own.

    The engine looks only the first path of such an expression up, and with it the whole text: the
    comparison always gives the same.
    """
    for base, block in reading.blocks():
        if block.names or block.inner or block.depth == 0 or block.is_script:
            continue
        node = block.tree
        if node is None:
            continue
        place = Place(block, base)
        first = _leading_path(node)
        if first is not None and (verdict := _verdict(node)):
            yield _bare_comparison(place, node, first, verdict)
        elif "+" in block.text:
            yield from _bare_operands(place, node)


def _verdict(node: Node) -> str:
    """Say what an expression always gives, or nothing where it does not."""
    if isinstance(node, Choice):
        return "always gives the last value" if node.then is None else "always takes the last value"
    if isinstance(node, Binary) and node.operator in LOGIC:
        return _verdict(node.left) or "always gives the same"
    if isinstance(node, Binary) and node.operator in COMPARISON:
        if isinstance(node.left, Name) and isinstance(node.right, Name):
            return ""  # nothing tells what either of them is
        null = isinstance(node.right, Literal) and node.right.kind == "null"
        is_true = (node.operator in {"!=", "ne"}) != null
        return f"is always {'true' if is_true else 'false'}"
    return ""


def _leading_path(node: Node) -> Node | None:
    """Return the path at the very beginning of an expression; parentheses hide it."""
    while isinstance(node, Binary | Choice):
        node = node.left if isinstance(node, Binary) else node.condition
    root = node.root if isinstance(node, Chain) else node
    return node if isinstance(root, Name) and not root.text.startswith("$") else None


def _bare_comparison(place: Place, node: Node, first: Node, verdict: str) -> Problem:
    paths = [each for each in walk(node) if path_of(each) and not _is_inside(each, node)]
    edits: list[tuple[Span, str]] = []
    for path in dict.fromkeys([first, *paths]):
        span = place.span(path)
        edits += [(Span(span.start, span.start), "<+"), (Span(span.end, span.end), ">")]
    text = place.source(first)
    return Problem(
        "bare-comparison",
        place.span(node),
        f"the expression {verdict}: its path is not looked up",
        "needs a `<+…>` of its own",
        f"write {show(f'<+{text}>')} inside of the expression",
        (Change("put each path in its own `<+…>`", tuple(edits)),),
    )


def _is_inside(node: Node, around: Node) -> bool:
    """Tell whether a path is only the beginning of a chain, such as `a` in `a.trim()`."""
    return any(isinstance(one, Chain) and one.root is node for one in walk(around))


def _bare_operands(place: Place, node: Node) -> Iterator[Problem]:
    """Yield paths behind the first one: only what is known everywhere is found there."""
    first = _leading_path(node)
    for one in walk(node):
        if not isinstance(one, Binary) or one.operator != "+":
            continue
        for side in (one.left, one.right):
            path = path_of(side)
            if side is first or path is None or len(path) == 1 or path[0].inner:
                continue
            if isinstance(path[0], Name) and path[0].text not in CONTEXT_ROOTS:
                text = ".".join(name_of(step) for step in path)
                span = place.span(side)
                edits = ((Span(span.start, span.start), "<+"), (Span(span.end, span.end), ">"))
                yield Problem(
                    "bare-operand",
                    span,
                    f"{show(text)} is not looked up behind the first value of an expression",
                    "needs a `<+…>` of its own",
                    f"write {show(f'<+{text}>')}",
                    (Change(f"write {show(f'<+{text}>')}", edits),),
                )
