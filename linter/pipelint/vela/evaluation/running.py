"""Where an expression surely fails when it is evaluated: at variables that nothing sets.

The server compiles such an expression, since nothing is known of the variable. When it evaluates
it, the variable is an empty text, which is no number and no boolean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipelint.grammar.driver import SyntaxProblem, Token, Tree
from pipelint.vela.evaluation.binding import COMPARISONS, bind
from pipelint.vela.evaluation.functions import NAMES
from pipelint.vela.evaluation.operations import CONSTANTS
from pipelint.vela.evaluation.parsing import branches, parse, word
from pipelint.vela.evaluation.problem import TYPE, EvaluationProblem

IsUnset = Callable[[str], bool]

_LOGIC = frozenset({"and", "&&", "or", "||"})
_ARITHMETIC = frozenset({"-", "*", "/", "%", "**", "^", ".."})
_GIVE_NUMBERS = frozenset({"int", "float", "len"})


def failures(text: str, is_unset: IsUnset) -> list[EvaluationProblem]:
    """List the places at which the evaluation fails, in the order of the text.

    Only what is evaluated in any case is looked at: neither what stands behind `&&` and `||`, nor
    the parts of a choice. Offsets are 0-based code points.
    """
    tree = parse(text)
    if tree is None or isinstance(tree, SyntaxProblem):
        return []
    found: list[EvaluationProblem] = []
    todo = [tree]
    while todo:
        node = _opened(todo.pop())
        found += _failures_of(node, is_unset)
        todo += _evaluated(node)
    return sorted(found)


def _opened(node: Tree) -> Tree:
    """Return what stands in brackets, with its operators bound."""
    while node.name in {"start", "group", "operation"}:
        bound = bind(node) if node.name == "operation" else branches(node)[0]
        if not isinstance(bound, Tree):
            break
        node = bound
    return node


def _evaluated(node: Tree) -> list[Tree]:
    """Return the parts that are evaluated in any case."""
    parts = branches(node)
    if node.name == "binary" and _operator(node) in {*_LOGIC, "??"}:
        return parts[:1]
    if node.name in {"ternary", "choice"}:
        return parts[:1]
    return parts if node.name in {"prefix", "binary", "negated", "comparison"} else []


def _failures_of(node: Tree, is_unset: IsUnset) -> Iterator[EvaluationProblem]:
    parts = [_opened(part) for part in branches(node)]
    unset = [part for part in parts if _is_unset(part, is_unset)]
    operator = _operator(node)
    if node.name == "prefix" and unset:
        needed = "a boolean" if operator in {"!", "not"} else "a number"
        yield _problem(node, f"`{operator}` needs {needed}", unset[0])
    elif node.name in {"ternary", "choice"} and unset[:1] == parts[:1]:
        yield _problem(parts[0], "a condition needs a boolean", parts[0])
    elif node.name == "binary" and operator in _LOGIC and unset[:1] == parts[:1]:
        yield _problem(node, f"`{operator}` needs booleans", parts[0])
    elif node.name == "binary" and operator in _ARITHMETIC and unset:
        yield _problem(node, f"`{operator}` needs numbers", unset[0])
    elif node.name == "comparison" and operator in COMPARISONS and unset:
        if any(_is_number(part) for part in parts):
            yield _problem(node, f"`{operator}` cannot compare a text with a number", unset[0])
    elif node.name == "call" and word(node) in {"int", "float"}:
        arguments = branches(branches(node)[-1])
        if len(arguments) == 1 and _is_unset(_opened(arguments[0]), is_unset):
            name = f"`{word(node)}` needs the text of a number"
            yield _problem(node, name, _opened(arguments[0]))


def _problem(node: Tree, reason: str, variable: Tree) -> EvaluationProblem:
    message = f"{reason}, and nothing sets `{word(variable)}`"
    return EvaluationProblem(node.start, node.end, message, TYPE)


def _operator(node: Tree) -> str:
    tokens = [child.text for child in node.children if isinstance(child, Token)]
    return tokens[-1] if tokens else ""


def _is_unset(node: Tree, is_unset: IsUnset) -> bool:
    if node.name != "variable" or word(node) in CONSTANTS or word(node) in NAMES:
        return False
    return is_unset(word(node))


def _is_number(node: Tree) -> bool:
    return node.name == "number" or (node.name == "call" and word(node) in _GIVE_NUMBERS)
