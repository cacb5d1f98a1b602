"""Names with a hyphen in them, which the engine reads as a minus."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.expressions.block import Block
from pipelint.expressions.problem import Problem, replace, show
from pipelint.expressions.reading import Reading
from pipelint.expressions.tree import Binary, Chain, Member, Name, Node
from pipelint.source import Span


def hyphens_in_paths(reading: Reading) -> Iterator[Problem]:
    """Yield the hyphens that stand between two names without a blank."""
    for base, block in reading.blocks() if "-" in reading.text else ():
        if block.names:
            continue
        ends: set[int] = set()
        for node in block.nodes:
            if not isinstance(node, Binary) or node.operator != "-":
                continue
            at = block.offset(node.at)
            if not _touches_names(block, node, at):
                continue
            problem = hyphen_problem(block, base, at)
            if problem and problem.span.end not in ends:  # `a-b-c` is one name
                ends.add(problem.span.end)
                yield problem


def hyphen_problem(block: Block, base: int, at: int) -> Problem | None:
    """Make the problem of a hyphen at an offset of the text of a block."""
    text = block.masked
    start, end = at, at
    while start and _is_letter(text[start - 1]):
        start -= 1
    while end < len(text) and _is_letter(text[end]):
        end += 1
    if start == at or end == at + 1:
        return None
    name = block.text[start:end]
    span = Span(base + block.place(start), base + block.place(end - 1) + 1)
    if not text[:start].endswith("."):
        message = f"the hyphen in {show(name)} is a minus"
        return Problem("hyphen-in-path", span, message, "no part of a name")
    dot = Span(base + block.place(start - 1), span.end)
    is_header = text[:start].endswith("header.")
    instead = f'["{name}"]' if is_header else f'.get("{name}")'
    return Problem(
        "hyphen-in-path",
        span,
        f"the hyphen in {show(name)} is a minus",
        "no part of a name",
        f"write `{instead}`",
        replace(f"write `{instead}`", dot, instead),
    )


def _touches_names(block: Block, node: Binary, at: int) -> bool:
    text = block.masked
    return (
        _is_path(node.left)
        and _is_path(node.right)
        and at > 0
        and _is_letter(text[at - 1])
        and (text[at + 1 : at + 2].isalpha() or text[at + 1 : at + 2] == "_")
    )


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign in "_$-"


def _is_path(node: Node) -> bool:
    if isinstance(node, Binary):
        return node.operator == "-" and _is_path(node.right)
    if isinstance(node, Chain):
        # What follows the hyphen may well be a call: `full-name.trim()`.
        return isinstance(node.root, Name) and any(isinstance(s, Member) for s in node.steps)
    return isinstance(node, Name)
