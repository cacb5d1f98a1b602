"""Mistakes of syntax that the grammar lets through: the server finds them while it parses."""

from __future__ import annotations

from collections.abc import Container, Iterator

from pipelint.grammar.driver import Tree
from pipelint.vela.evaluation.functions import PREDICATES
from pipelint.vela.evaluation.literals import number_fault, string_fault
from pipelint.vela.evaluation.parsing import branches, word
from pipelint.vela.evaluation.problem import SYNTAX, EvaluationProblem, quoted

_CONSTANTS = ("true", "false", "nil")

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
        predicate = _predicate_of(node, known)
        found += _faults_of(node, text, in_predicate)
        found += _argument_faults(node, predicate, text)
        if node.name == "trailing" and node.end != tree.end:
            last = Tree(";", (), node.end - 1, node.end)
            found.append(_fault(last, "expected a value after `;`"))
        todo += ((each, in_predicate) for each in branches(node) if each.name != "arguments")
        todo += (
            (each, in_predicate or at == predicate) for at, each in enumerate(_arguments(node))
        )
    if parts > _MOST_PARTS:
        return [_fault(tree, f"the expression has more than {_MOST_PARTS} parts")]
    return found


def _arguments(node: Tree) -> list[Tree]:
    if node.name in _CALLS or node.name.endswith("method"):
        return branches(branches(node)[-1])
    return []


def _faults_of(node: Tree, text: str, in_predicate: bool) -> Iterator[EvaluationProblem]:
    if node.name == "number":
        yield from _some(number_fault(word(node), node.start))
    elif node.name in {"string", "bytes"}:
        yield from _some(string_fault(word(node), node.start))
    elif node.name == "pair":
        yield from _some(_key_fault(branches(node)[0], text))
    elif node.name in _SUFFIXED:
        yield from _some(_constant_fault(node, text))
    elif node.name == "call" and word(node) in _CONSTANTS:
        yield _fault(node, f"`{word(node)}` is not a function")
    elif node.name in {"pointer", "field", "field_method"} and not in_predicate:
        what = quoted(text[node.start : node.end])
        advice = 'use it as in `filter(list, # != "")`'
        yield _fault(node, f"{what} stands outside of a predicate", advice)


def _argument_faults(node: Tree, predicate: int, text: str) -> Iterator[EvaluationProblem]:
    """Say which `{…}` is no predicate where one stands, and the other way round."""
    arguments = _arguments(node)
    for at, argument in enumerate(arguments):
        if argument.name == "block" and at != predicate:
            name = word(node) or word(branches(node)[-2])
            advice = "braces around a value are a map: `{key: value}`"
            yield _fault(argument, f"`{name}` takes no predicate here", advice)
        elif argument.name != "block" and at == predicate and text[argument.start] == "{":
            advice = "put the map in parentheses"
            yield _fault(argument, "braces hold a predicate here, not a map", advice)
    count = len(arguments) + (node.name == "piped")
    limits = PREDICATES.get(word(node)) if predicate >= 0 else None
    if limits and not limits.least <= count <= limits.most:
        yield _fault(node, wrong_count(word(node), limits.least, limits.most, count))


def wrong_count(name: str, least: int, most: int | None, given: int) -> str:
    """Say that a function takes another number of arguments."""
    if most is None:
        takes = f"at least {least}"
    else:
        joint = "or" if most == least + 1 else "to"
        takes = str(least) if least == most else f"{least} {joint} {most}"
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
    message = f"{quoted(text[key.start : key.end])} is not the key of a map"
    return _fault(key, message, "put it in parentheses")


def _constant_fault(node: Tree, text: str) -> EvaluationProblem | None:
    base = branches(node)[0]
    if base.name != "variable" or word(base) not in _CONSTANTS:
        return None
    rest = quoted(text[base.end : node.end].strip())
    return _fault(node, f"expected an operator before {rest}")


def _fault(node: Tree, message: str, advice: str = "") -> EvaluationProblem:
    return EvaluationProblem(node.start, node.end, message, SYNTAX, advice)


def _some(problem: EvaluationProblem | None) -> list[EvaluationProblem]:
    return [problem] if problem else []
