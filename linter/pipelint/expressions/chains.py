"""Check names, and what follows them: members, indices and calls."""

from __future__ import annotations

from typing import Any

from pipelint.expressions import types
from pipelint.expressions.engine import FUNCTIONS, FUNCTORS, functions_of
from pipelint.expressions.functions import (
    judge_call,
    judge_functor,
    judge_property,
    judge_root,
    near,
)
from pipelint.expressions.paths import KNOWN, PLAIN
from pipelint.expressions.problem import Problem, show
from pipelint.expressions.run import Run
from pipelint.expressions.tree import Call, Chain, Index, Literal, Member, Name, Nested, Node
from pipelint.expressions.types import NOTHING_KNOWN, Value
from pipelint.source import Span

_TEXTS = frozenset({"string"})
_KEYS = frozenset({"string", "number"})
"""Literals that are names of members: in a map, which has no order, a number is one, too."""


def check_name(run: Run, node: Name) -> Value:
    """Check a name that stands alone."""
    if node.inner:
        for inner in node.inner:
            run.block(inner)
        return NOTHING_KNOWN
    if node.text in FUNCTIONS:
        run.problems += judge_property(node.text, "", run.span(node))
        return NOTHING_KNOWN
    return _root(run, node)


def _root(run: Run, node: Name) -> Value:
    value = run.scope.root(node.text)
    if value is not None:
        return run.refer(node, (node.text,), value)
    names = [*run.scope.roots(), *FUNCTORS]
    help_text, changes = near(node.text, names, run.span(node))
    message = f"no value has the name {show(node.text)} here"
    run.problems.append(
        Problem("unknown-root", run.span(node), message, "unknown here", help_text, changes)
    )
    return NOTHING_KNOWN


def check_chain(run: Run, node: Chain) -> Value:
    """Check a value with all steps behind it."""
    steps = list(node.steps)
    root, first = node.root, steps[0]
    path: tuple[str, ...] = ()
    if isinstance(root, Name) and not root.inner:
        if isinstance(first, Call):
            value = _call_function(run, root, first)
            steps.pop(0)
        elif root.text in FUNCTORS and isinstance(first, Member):
            value = _functor(run, root, steps)
        else:
            value, path = _root(run, root), (root.text,)
    else:
        value = run.node(root)
    return _follow(run, value, path, steps, root)


def _functor(run: Run, root: Name, steps: list[Member | Index | Call]) -> Value:
    member: Any = steps.pop(0)
    call = steps.pop(0) if steps and isinstance(steps[0], Call) else None
    given = call.arguments if isinstance(call, Call) else None
    found = judge_functor(root, member, given, run.base)
    told = {problem.span for problem in found}
    for argument in given or ():
        if not isinstance(argument, Name) or run.span(argument) not in told:
            run.node(argument)
    run.problems += found
    signature = functions_of(root.text).get(member.name)
    value = KNOWN.get(signature.returns, NOTHING_KNOWN) if signature else NOTHING_KNOWN
    run.refer(root, (root.text,), KNOWN[types.OBJECT])
    if value.type == types.SECRET and steps and root.text == "secrets":
        step = steps[0]
        message = f"`{root.text}.{member.name}(…)` gives a placeholder, not the secret"
        run.problems.append(
            Problem("secret-method", run.span(step), message, "changes the placeholder")
        )
        return NOTHING_KNOWN
    return value


def _follow(
    run: Run,
    value: Value,
    path: tuple[str, ...],
    steps: list[Member | Index | Call],
    root: Node,
) -> Value:
    """Go from member to member; a call belongs to the member before it."""
    is_nested, at = isinstance(root, Nested), 0
    while at < len(steps):
        step = steps[at]
        following = steps[at + 1] if at + 1 < len(steps) else None
        if isinstance(step, Member) and isinstance(following, Call):
            value, at = _call_method(run, value, path, (step, following), root), at + 1
            path = ()
        elif isinstance(step, Member):
            value = _member(run, value, path, step, is_nested)
            path = (*path, step.name) if path and not step.inner else ()
        elif isinstance(step, Index):
            value, path = _index(run, value, path, step)
        else:
            for argument in step.arguments:
                run.node(argument)
            value, path = NOTHING_KNOWN, ()
        is_nested = False
        at += 1
    return value


def _member(run: Run, value: Value, path: tuple[str, ...], step: Member, is_nested: bool) -> Value:
    if step.inner:
        for inner in step.inner:
            run.block(inner)
        return NOTHING_KNOWN
    if value.type in PLAIN:
        run.problems += judge_property(step.name, value.type, run.span(step))
        return NOTHING_KNOWN
    found = value.member(step.name)
    if found is not None:
        if is_nested and found is NOTHING_KNOWN:
            run.problems += judge_property(step.name, types.UNKNOWN, run.span(step))
        return run.refer(step, (*path, step.name), found) if path else found
    _no_member(run, value, path, step.name, run.span(step))
    return NOTHING_KNOWN


def _no_member(run: Run, value: Value, path: tuple[str, ...], name: str, span: Span) -> None:
    help_text, changes = near(name, value.members(), span)
    of = show(".".join(path)) if path else "this value"
    message = f"{of} has no member {show(name)}"
    run.problems.append(
        Problem("unknown-member", span, message, "unknown here", help_text, changes)
    )


def _index(
    run: Run, value: Value, path: tuple[str, ...], step: Index
) -> tuple[Value, tuple[str, ...]]:
    key = step.key
    kinds = _KEYS if value.type == types.MAP else _TEXTS
    if isinstance(key, Literal) and key.kind in kinds and not key.inner and path:
        name = Member(key.value, quoted=True, inner=(), start=key.start, end=key.end)
        if value.type not in PLAIN:
            found = value.member(key.value)
            if found is None:
                _no_member(run, value, path, key.value, run.span(name))
                return NOTHING_KNOWN, ()
            way = (*path, key.value)
            return run.refer(name, way, found), way
    run.node(key)
    return NOTHING_KNOWN, ()


def _call_method(
    run: Run, value: Value, path: tuple[str, ...], steps: tuple[Member, Call], root: Node
) -> Value:
    step, call = steps
    for argument in call.arguments:
        run.node(argument)
    if step.inner:
        for inner in step.inner:
            run.block(inner)
        return NOTHING_KNOWN
    if step.name == "get" and path and len(call.arguments) == 1:
        found = _get(run, value, path, call.arguments[0])
        if found is not None:
            return found
    signature, problems = judge_call(step, call.arguments, value.type, run.base)
    if len(path) == 1 and value.status == types.UNKNOWN and not run.problems:
        problems = judge_root(path[0], step.name, run.span(root)) or problems
    run.problems += problems
    return KNOWN.get(signature.returns, NOTHING_KNOWN) if signature else NOTHING_KNOWN


def _get(run: Run, value: Value, path: tuple[str, ...], key: Node) -> Value | None:
    """Follow `.get("name")`, which is a member with another name for it."""
    if not isinstance(key, Literal) or key.kind != "string" or key.inner:
        return None
    if value.type in {types.LIST, types.STRING}:
        return None
    found = value.member(key.value)
    name = Member(key.value, quoted=True, inner=(), start=key.start, end=key.end)
    if found is None:
        _no_member(run, value, path, key.value, run.span(name))
        return NOTHING_KNOWN
    return run.refer(name, (*path, key.value), found)


def _call_function(run: Run, name: Name, call: Call) -> Value:
    for argument in call.arguments:
        run.node(argument)
    member = Member(name.text, quoted=False, inner=name.inner, start=name.start, end=name.end)
    signature, problems = judge_call(member, call.arguments, "", run.base)
    run.problems += problems
    return KNOWN.get(signature.returns, NOTHING_KNOWN) if signature else NOTHING_KNOWN
