"""The walk over an expression: which visit belongs to which tree."""

from __future__ import annotations

from collections.abc import Callable

from pipelint.grammar.driver import Tree
from pipelint.vela.evaluation import calls, members, operations
from pipelint.vela.evaluation.scope import Scope, Visit
from pipelint.vela.evaluation.types import Type

_VISITS: dict[str, Callable[[Scope, Tree], Visit]] = {
    **dict.fromkeys(("start", "group", "block", "trailing"), operations.visit_inside),
    **dict.fromkeys(("number", "string", "bytes", "variable"), operations.visit_atom),
    "sequence": operations.visit_sequence,
    "let": operations.visit_let,
    **dict.fromkeys(("ternary", "choice"), operations.visit_choice),
    "array": operations.visit_array,
    "map": operations.visit_map,
    "operation": operations.visit_operation,
    "prefix": operations.visit_prefix,
    **dict.fromkeys(("binary", "negated"), operations.visit_binary),
    "comparison": operations.visit_comparison,
    "pipe": calls.visit_pipe,
    **dict.fromkeys(("call", "global_call"), calls.visit_call),
    "pointer": members.visit_pointer,
    **dict.fromkeys(("field", "field_method"), members.visit_field),
    **dict.fromkeys(("member", "method"), members.visit_member),
    "index": members.visit_index,
    "slice": members.visit_slice,
}


def walk(scope: Scope, tree: Tree) -> Type:
    """Return the type of a tree; what is wrong in it is reported to the scope."""
    visits = [_VISITS[tree.name](scope, tree)]
    answer: Type | None = None
    while True:
        step = _resume(visits[-1], answer)
        if isinstance(step, Tree):
            visits.append(_VISITS[step.name](scope, step))
            answer = None
            continue
        visits.pop()
        if not visits:
            return step
        answer = step


def _resume(visit: Visit, answer: Type | None) -> Tree | Type:
    """Return the next part whose type a visit asks for, or its result."""
    try:
        return next(visit) if answer is None else visit.send(answer)
    except StopIteration as stop:
        result: Type = stop.value
        return result
