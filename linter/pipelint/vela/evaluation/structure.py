"""Mistakes of syntax that the grammar lets through: the server finds them while it parses."""

from __future__ import annotations

from collections.abc import Container, Iterator

from pipelint.grammar.driver import Tree
from pipelint.vela.evaluation.functions import PREDICATES
from pipelint.vela.evaluation.literals import number_fault, string_fault
from pipelint.vela.evaluation.parsing import branches, word
from pipelint.vela.evaluation.problem import SYNTAX, EvaluationProblem, quoted

CONSTANTS = ("true", "false", "nil")

_CALLS = ("call", "global_call", "piped")
_SUFFIXED = ("member", "method", "index", "slice")
_MOST_PARTS = 10_000
_UNCOUNTED = frozenset(
    (
        *("start", "sequence", "trailing", "choice", "block"),
        *("group", "operation", "arguments", "bounds"),
    )
)


def faults(tree: Tree, text: str, known: Container[str]) -> list[EvaluationProblem]:
    """List what the server refuses in a parsed text, in no order.

    A function that a variable of the same name hides (`known`) takes no predicate.
    """
    found: list[EvaluationProblem] = []
    parts = 0
    todo = [(tree, False)]
    while todo:
        node, in_predicate = todo.pop()
        parts += node.name not in _UNCOUNTED
        found += _faults_of(node, text, in_predicate)
        if node.name == "trailing" and node.end != tree.end:
            found.append(
                EvaluationProblem(node.end - 1, node.end, "expected a value after `;`", SYNTAX)
            )
        predicate = _predicate_of(node, known)
        todo += ((each, in_predicate) for each in branches(node) if each.name != "arguments")
        if node.name in _CALLS or node.name.endswith("method"):
            arguments = branches(branches(node)[-1])
            found += _argument_faults(node, arguments, predicate, text)
            todo += ((each, in_predicate or at == predicate) for at, each in enumerate(arguments))
    if parts > _MOST_PARTS:
        message = f"the expression has more than {_MOST_PARTS} parts"
        return [EvaluationProblem(tree.start, tree.end, message, SYNTAX)]
    return found


def _faults_of(node: Tree, text: str, in_predicate: bool) -> Iterator[EvaluationProblem]:
    if node.name == "number":
        yield from _some(number_fault(word(node), node.start))
    elif node.name in {"string", "bytes"}:
        yield from _some(string_fault(word(node), node.start))
    elif node.name == "pair":
        yield from _some(_key_fault(branches(node)[0], text))
    elif node.name in _SUFFIXED:
        yield from _some(_constant_fault(node, text))
    elif node.name == "call" and word(node) in CONSTANTS:
        yield _fault(node, f"`{word(node)}` is not a function")
    elif node.name in {"pointer", "field", "field_method"} and not in_predicate:
        what = quoted(text[node.start : node.end])
        yield _fault(
            node, f"{what} stands outside of a predicate", 'use it as in `filter(list, # != "")`'
        )


def _argument_faults(
    node: Tree, arguments: list[Tree], predicate: int, text: str
) -> Iterator[EvaluationProblem]:
    """Say which `{…}` is no predicate where one stands, and the other way round."""
    for at, argument in enumerate(arguments):
        is_block = argument.name == "block"
        if is_block and at != predicate:
            name = word(node) or word(branches(node)[-2])
            yield _fault(
                argument,
                f"`{name}` takes no predicate here",
                "braces around a value are a map: `{key: value}`",
            )
        elif at == predicate and not is_block and text[argument.start] == "{":
            yield _fault(
                argument, "braces hold a predicate here, not a map", "put the map in parentheses"
            )
    count = len(arguments) + (node.name == "piped")
    limits = PREDICATES.get(word(node)) if predicate >= 0 else None
    if limits and not limits.least <= count <= limits.most:
        yield _fault(node, wrong_count(word(node), limits.least, limits.most, count))


def wrong_count(name: str, least: int, most: int | None, given: int) -> str:
    """Say that a function takes another number of arguments."""
    if most is None:
        takes = f"at least {least}"
    else:
        takes = str(least) if least == most else f"{least} to {most}"
    noun = "argument" if takes in {"1", "at least 1"} else "arguments"
    return f"`{name}` takes {takes} {noun}, not {given}"


def _predicate_of(node: Tree, known: Container[str]) -> int:
    """Return the place of the predicate among the arguments of a call; -1 if it has none."""
    if node.name not in _CALLS or word(node) not in PREDICATES:
        return -1
    if node.name != "global_call" and word(node) in known:
        return -1
    return 0 if node.name == "piped" else 1


def _key_fault(key: Tree, text: str) -> EvaluationProblem | None:
    if key.name in {"variable", "number", "string"} or text[key.start] == "(":
        return None
    return _fault(
        key, f"{quoted(text[key.start : key.end])} is not the key of a map", "put it in parentheses"
    )


def _constant_fault(node: Tree, text: str) -> EvaluationProblem | None:
    base = branches(node)[0]
    if base.name != "variable" or word(base) not in CONSTANTS:
        return None
    rest = quoted(text[base.end : node.end].strip())
    return _fault(node, f"expected an operator before {rest}")


def _fault(node: Tree, message: str, advice: str = "") -> EvaluationProblem:
    return EvaluationProblem(node.start, node.end, message, SYNTAX, advice)


def _some(problem: EvaluationProblem | None) -> list[EvaluationProblem]:
    return [problem] if problem else []
