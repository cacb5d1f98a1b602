"""Operators that do not do what they say: comparisons that always give the same, and the like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pipelint.expressions.problem import Change, Problem, replace, show
from pipelint.expressions.reading import Reading
from pipelint.expressions.sides import ASSIGNMENT, COMPARISON, EQUALITY, LOGIC, Place, name_of
from pipelint.expressions.tree import (
    Binary,
    Chain,
    Collection,
    Index,
    Literal,
    Member,
    Name,
    Nested,
    Node,
    path_of,
    without_parentheses,
)
from pipelint.expressions.vocabulary import CONTEXT_ROOTS, STATUS_MISTAKES, STATUSES
from pipelint.name import nearest
from pipelint.source import Span

_CONSTANTS = {"true": "true", "false": "false", "null": "null"}
_STATUS_ROOTS = frozenset({"pipeline", "stage", "step", "stepGroup", "steps", "execution"})
_FREE_SEGMENTS = frozenset({"output", "outputVariables", "payload", "variables", "outcome"})

_Judge = Callable[[Any, Place], Iterator[Problem]]


def misused_operators(reading: Reading) -> Iterator[Problem]:
    """Yield assignments, texts without quotes, wrong words and constants in conditions."""
    for base, block in reading.blocks():
        if block.is_script or block.names:
            continue
        place = Place(block, base)
        for node in block.nodes:
            of = node.operator if isinstance(node, Binary) else type(node)
            for judge in _JUDGES.get(of, ()):
                yield from judge(node, place)


def _assignment(node: Binary, place: Place) -> Iterator[Problem]:
    at = place.base + node.at
    span = Span(at, at + len(node.operator))
    message = f"{show(node.operator)} assigns a value"
    changes = replace("write `==`", span, "==") if node.operator == "=" else ()
    yield Problem("single-equals", span, message, "compares nothing", "compare with `==`", changes)


def _constant_operand(node: Binary, place: Place) -> Iterator[Problem]:
    """Yield a text as one side of `&&` or `||`: it counts as true, whatever it says."""
    for side in (node.left, node.right):
        if isinstance(side, Literal) and side.kind in {"string", "number"} and not side.inner:
            word = place.source(side)
            yield Problem(
                "constant-operand",
                place.span(side),
                f"{show(word)} beside {show(node.operator)} is a constant",
                "compared with nothing",
                f"repeat the comparison: `… == {word}`" if len(word) < 30 else "",  # noqa: PLR2004
            )


def _wrong_words(node: Binary, place: Place) -> Iterator[Problem]:
    """Yield `True`, `NULL` and words without quotes on one side of a comparison."""
    for side, other in ((node.right, node.left), (node.left, node.right)):
        if isinstance(side, Name) and not side.inner:
            yield from _bare_word(side, other, place)


def _bare_word(name: Name, other: Node, place: Place) -> Iterator[Problem]:
    span = place.span(name)
    right = _CONSTANTS.get(name.text.lower())
    if right:
        message = f"{show(name.text)} is read as a name"
        text = f"the constant is `{right}`"
        yield Problem(
            "constant-case",
            span,
            message,
            "not a constant",
            text,
            replace(f"write `{right}`", span, right),
        )
    elif name.text not in CONTEXT_ROOTS and _is_looked_up(other) and _is_late(name, place):
        quoted = f'"{name.text}"'
        yield Problem(
            "unquoted-text",
            span,
            f"{show(name.text)} is read as a name, not as text",
            "compared without quotes",
            f"write {show(quoted)}",
            replace(f"write {show(quoted)}", span, quoted),
        )


def _is_late(name: Name, place: Place) -> bool:
    """Tell whether a name cannot be looked up where it stands: not first, or in a condition."""
    return place.block.depth == 0 or bool(place.block.inner) or name.start > place.block.place(0)


def _is_looked_up(node: Node) -> bool:
    node = without_parentheses(node)
    root = node.root if isinstance(node, Chain) else node
    return isinstance(root, Nested)


def _null_text(node: Binary, place: Place) -> Iterator[Problem]:
    for side in (node.left, node.right):
        if isinstance(side, Literal) and side.kind == "string" and side.value == "null":
            span = place.span(side)
            message = f"{show(place.source(side))} is a text, not the absence of a value"
            changes = replace("remove the quotes", span, "null")
            yield Problem("quoted-null", span, message, "in quotes", "compare with `null`", changes)


def _single_sign(node: Binary, place: Place) -> Iterator[Problem]:
    """Yield `|` and `&` between comparisons."""
    sides = (without_parentheses(node.left), without_parentheses(node.right))
    if any(isinstance(s, Binary) and s.operator in COMPARISON | LOGIC for s in sides):
        at = place.base + node.at
        span = Span(at, at + 1)
        instead = node.operator * 2
        message = f"{show(node.operator)} calculates with bits"
        changes = replace(f"write `{instead}`", span, instead)
        yield Problem(
            "single-bar", span, message, "between conditions", f"write `{instead}`", changes
        )


def _status(node: Binary, place: Place) -> Iterator[Problem]:
    """Yield a status that no execution ever has, compared with that of a node."""
    for side, other in ((node.left, node.right), (node.right, node.left)):
        if not isinstance(side, Literal) or side.kind != "string" or side.inner:
            continue
        if side.value in STATUSES or not side.value or not _is_status(other):
            continue
        yield _wrong_status(side, place)


def _wrong_status(side: Literal, place: Place) -> Problem:
    right = STATUS_MISTAKES.get(side.value.lower()) or (
        side.value.upper()
        if side.value.upper() in STATUSES
        else next(iter(nearest(side.value.upper(), STATUSES, 1)), "")
    )
    span = place.span(side)
    quote = place.source(side)[:1]
    inside = Span(span.start + 1, span.end - 1)
    return Problem(
        "unknown-status",
        span,
        f"{show(side.value)} is no status of an execution",
        "never equal",
        f"a status with a similar meaning exists: {show(right)}" if right else "",
        replace(f"write {show(right)}", inside, right) if right and quote in "\"'" else (),
    )


def _is_status(node: Node) -> bool:
    node = without_parentheses(node)
    if isinstance(node, Nested):
        tree = node.block.tree
        return tree is not None and not isinstance(tree, Nested) and _is_status(tree)
    path = path_of(node)
    if path is None or len(path) < 2:  # noqa: PLR2004 - a root and a member
        return False
    names = [name_of(step) for step in path]
    return (
        names[-1] in {"status", "currentStatus", "liveStatus"}
        and names[0] in _STATUS_ROOTS
        and _FREE_SEGMENTS.isdisjoint(names[:-1])
    )


def _range_in_path(node: Binary, place: Place) -> Iterator[Problem]:
    if path_of(node.left) or path_of(node.right):
        at = place.base + node.at
        message = "two dots make a range of numbers"
        both = Span(at, at + 2)
        change = replace("write one dot", both, ".")
        yield Problem("double-dot", both, message, "no part of a path", "write one dot", change)


def _number_with_member(node: Chain, place: Place) -> Iterator[Problem]:
    if isinstance(node.root, Literal) and node.root.kind == "number":
        step = node.steps[0]
        is_called = len(node.steps) > 1 and not isinstance(node.steps[1], Member)
        if isinstance(step, Member) and not is_called:
            text = f"{node.root.value}.{step.name}"
            span = Span(place.base + node.root.start, place.base + step.end)
            message = f"{show(text)} is a number with a member"
            yield Problem("number-in-path", span, message, "no path begins with a number")


def _odd_index(node: Chain, place: Place) -> Iterator[Problem]:
    for step in node.steps:
        key = without_parentheses(step.key) if isinstance(step, Index) else None
        if isinstance(key, Collection):
            message = f"{show(place.source(key))} is a {key.kind}, not an index"
            yield Problem("odd-index", place.span(key), message, "needs a number or a text")


def _shell_variable(node: Name | Chain, place: Place) -> Iterator[Problem]:
    """Yield `$NAME`: expressions are replaced before any shell starts."""
    steps = node.steps if isinstance(node, Chain) else (node,)
    for one in steps:
        if not isinstance(one, Name | Member) or (isinstance(one, Member) and one.quoted):
            continue
        text = name_of(one)
        if text.startswith("$") and len(text) > 1:
            span = Span(place.base + one.start, place.base + one.end)
            message = f"the shell variable {show(text)} stands in an expression"
            yield Problem(
                "shell-variable",
                span,
                message,
                "replaced before the shell starts",
                "export the value as an output variable of the step",
            )


def _quoted_expression(node: Binary, place: Place) -> Iterator[Problem]:
    """Yield a text that holds nothing but one expression, on one side of a comparison."""
    if place.block.depth:
        return
    for side in (node.left, node.right):
        if not isinstance(side, Literal) or len(side.inner) != 1 or side.kind != "string":
            continue
        (inner,) = side.inner
        if (inner.start, inner.end) != (side.start + 1, side.end - 1):
            continue
        span = place.span(side)
        quote = place.source(side)[0]
        clash = quote in inner.text
        message = "an expression in quotes is compared as text"
        if clash:
            message = f"an expression with {show(quote)} stands in such quotes"
        first, last = Span(span.start, span.start + 1), Span(span.end - 1, span.end)
        change = Change("remove the quotes", ((first, ""), (last, "")))
        rule = "quotes-in-quoted-expression" if clash else "quoted-expression"
        yield Problem(rule, span, message, "not its value", "remove the quotes", (change,))


_JUDGES: dict[type | str, tuple[_Judge, ...]] = {
    Chain: (_number_with_member, _odd_index, _shell_variable),
    Name: (_shell_variable,),
    "..": (_range_in_path,),
    "|": (_single_sign,),
    "&": (_single_sign,),
    **dict.fromkeys(LOGIC, (_constant_operand,)),
    **dict.fromkeys(EQUALITY, (_wrong_words, _null_text, _status, _quoted_expression)),
    **dict.fromkeys(ASSIGNMENT, (_assignment,)),
}
"""What is asked about a node: by its type, or by the operator."""
