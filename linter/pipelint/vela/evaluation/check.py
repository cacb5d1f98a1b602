"""Check an expression as the server does when it compiles a pipeline."""

from __future__ import annotations

from collections.abc import Container

from pipelint.grammar.driver import SyntaxProblem, Tree
from pipelint.vela.evaluation.environment import ALWAYS_SET
from pipelint.vela.evaluation.functions import NAMES
from pipelint.vela.evaluation.operations import CONSTANTS
from pipelint.vela.evaluation.parsing import branches, parse, word
from pipelint.vela.evaluation.problem import NOT_BOOLEAN, SYNTAX, EvaluationProblem
from pipelint.vela.evaluation.scope import Scope
from pipelint.vela.evaluation.structure import faults
from pipelint.vela.evaluation.syntax import explain
from pipelint.vela.evaluation.types import STRING, Type, in_words
from pipelint.vela.evaluation.walk import walk


def check(text: str, known: Container[str] = ALWAYS_SET) -> list[EvaluationProblem]:
    """List what the server would refuse, in the order of the text.

    `known` are the variables that the container is sure to have: those are strings. Of all others
    nothing is known. A text with `${` is not judged: the server replaces that first. Offsets are
    0-based code points. The first mistake of syntax hides all else, as with the server.
    """
    if not text or "${" in text:
        return []
    tree = parse(text)
    if tree is None:
        return []
    if isinstance(tree, SyntaxProblem):
        return [explain(text, tree)]
    faulty = sorted(faults(tree, text, known))
    return faulty[:1] or sorted(_type_problems(tree, text, known))


def _type_problems(tree: Tree, text: str, known: Container[str]) -> list[EvaluationProblem]:
    scope = Scope(text, known)
    result = walk(scope, tree)
    if not scope.problems:
        _expect_boolean(scope, branches(tree)[0], result)
    return [each for each in scope.problems if each.kind == SYNTAX][:1] or scope.problems


def _expect_boolean(scope: Scope, tree: Tree, result: Type) -> None:
    while tree.name == "group":
        tree = branches(tree)[0]
    advice = ""
    if tree.name == "variable" and word(tree) not in {*CONSTANTS, *NAMES}:
        result = STRING  # also where it is not set: it is an empty string then
        advice = f'compare it, as in `{word(tree)} == "…"`'
    if result.name in {"bool", "unknown"}:
        return
    message = f"the expression gives {in_words(result)}, not true or false"
    scope.report(tree, message, advice, NOT_BOOLEAN)
