"""Types of all that is neither a call nor a part of something."""

from __future__ import annotations

from pipelint.grammar.driver import Token, Tree
from pipelint.vela.evaluation.binding import Mixture, bind
from pipelint.vela.evaluation.functions import NAMES
from pipelint.vela.evaluation.literals import read_string
from pipelint.vela.evaluation.operators import combine, refusal
from pipelint.vela.evaluation.parsing import branches, word
from pipelint.vela.evaluation.problem import SYNTAX
from pipelint.vela.evaluation.scope import Scope, Visit
from pipelint.vela.evaluation.types import (
    BOOL,
    FLOAT,
    FUNCTION,
    INT,
    MAP,
    NIL,
    NUMBERS,
    STRING,
    UNKNOWN,
    Type,
    array,
    either,
    in_words,
    is_unknown,
)

CONSTANTS = {"true": BOOL, "false": BOOL, "nil": NIL, "$env": UNKNOWN}


def visit_inside(_scope: Scope, tree: Tree) -> Visit:
    """Check what stands in brackets, or is all there is."""
    return (yield branches(tree)[0])


def visit_atom(scope: Scope, atom: Tree) -> Visit:
    """Find the type of a literal or a variable."""
    yield from ()
    text = word(atom)
    if atom.name == "string":
        return STRING
    if atom.name == "number":
        return FLOAT if _is_decimal(text) else INT
    return _variable(scope, text) if atom.name == "variable" else UNKNOWN


def _is_decimal(number: str) -> bool:
    return not number.lower().startswith("0x") and any(each in ".eE" for each in number)


def _variable(scope: Scope, name: str) -> Type:
    if name in CONSTANTS:
        return CONSTANTS[name]
    if name in scope.variables:
        return scope.variables[name]
    if name in scope.known:
        return STRING
    return FUNCTION if name in NAMES else UNKNOWN


def visit_sequence(_scope: Scope, tree: Tree) -> Visit:
    """Check `first; rest`."""
    first, rest = branches(tree)
    yield first
    return (yield rest)


def visit_let(scope: Scope, tree: Tree) -> Visit:
    """Check `let name = value; rest`."""
    name = word(tree)
    value, rest = branches(tree)
    taken = _taken_by(scope, name)
    if taken:
        return scope.report(tree, f"`{name}` is already {taken}", "choose another name")
    scope.variables[name] = yield value
    result = yield rest
    del scope.variables[name]
    return result


def _taken_by(scope: Scope, name: str) -> str:
    if name in scope.variables or name in scope.known:
        return "a variable"
    return "a function" if name in NAMES else ""


def visit_choice(scope: Scope, tree: Tree) -> Visit:
    """Check `a ? b : c`, `a ?: c` and `if a {b} else {c}`."""
    condition, *results = branches(tree)
    given = yield condition
    if given.name not in {"bool", "unknown"}:
        return scope.report(condition, f"the condition is {in_words(given)}, not a boolean")
    first = given
    if len(results) > 1:
        first = yield results[0]
    return either(first, (yield results[-1]))


def visit_array(_scope: Scope, tree: Tree) -> Visit:
    """Check the elements of an array: if they are all of one type, that is known."""
    names = set()
    element = UNKNOWN
    for part in branches(tree):
        element = yield part
        names.add(element.name)
    return array(element if len(names) == 1 else UNKNOWN)


def visit_map(_scope: Scope, tree: Tree) -> Visit:
    """Check the values of a map, and its keys that are in parentheses."""
    for pair in branches(tree):
        key, value = branches(pair)
        if key.name not in {"variable", "number", "string"}:
            yield key
        yield value
    return MAP


def visit_operation(scope: Scope, operation: Tree) -> Visit:
    """Check operands and operators by how tightly they bind."""
    bound = bind(operation)
    if isinstance(bound, Tree):
        return (yield bound)
    return _refuse_mixture(scope, bound)


def _refuse_mixture(scope: Scope, mixture: Mixture) -> Type:
    operator = mixture.operator
    message = f"`??` and `{operator.text}` do not mix"
    advice = "put one of them in parentheses"
    scope.note(operator.start, operator.end, message, advice, SYNTAX)
    return UNKNOWN


def visit_prefix(scope: Scope, tree: Tree) -> Visit:
    """Check `not a`, `!a`, `-a` and `+a`."""
    operand = yield branches(tree)[0]
    operator = word(tree)
    if operator in {"!", "not"}:
        if operand.name in {"bool", "unknown"}:
            return BOOL
        message = f"`{operator}` needs a boolean, not {in_words(operand)}"
        return scope.report(tree, message, _compare_it(scope, tree, operand))
    if operand.name in NUMBERS or is_unknown(operand):
        return operand
    return scope.report(tree, f"`{operator}` needs a number, not {in_words(operand)}")


def _compare_it(scope: Scope, tree: Tree, operand: Type) -> str:
    if operand.name != "string":
        return ""
    return f'compare it, as in `{scope.shown(branches(tree)[0])[:40]} != "true"`'


def visit_binary(scope: Scope, tree: Tree) -> Visit:
    """Check `a + b`, `a in b`, `a not in b` and such."""
    left, right = branches(tree)
    operator = [child.text for child in tree.children if isinstance(child, Token)][-1]
    types = (yield left), (yield right)
    if operator == "matches" and _refuse_pattern(scope, right):
        return UNKNOWN
    result = combine(operator, *types)
    if result is None:
        advice = _advice(operator, *types)
        return scope.report(tree, refusal(operator, *types), advice)
    if operator == "%" and _is_zero(right) and left.name == "number":
        return scope.report(tree, "division by zero")
    return result


def visit_comparison(scope: Scope, tree: Tree) -> Visit:
    """Check `a < b`, and `a < b < c`, which is read as `a < b && b < c`."""
    links = []
    while tree.name == "comparison":
        links.append(tree)
        tree = branches(tree)[0]
    before, left = tree, (yield tree)
    for link in reversed(links):
        after = branches(link)[1]
        right = yield after
        if combine(word(link), left, right) is None:
            place = Tree("comparison", (), before.start, after.end)
            scope.report(place, refusal(word(link), left, right), _advice(word(link), left, right))
        before, left = after, right
    return BOOL


def _advice(operator: str, left: Type, right: Type) -> str:
    names = {left.name, right.name}
    if operator in {"==", "!=", "<", ">", "<=", ">="} and "string" in names and names & NUMBERS:
        return "variables are strings: use `int(…)` on the string, or quote the number"
    if operator == "in" and names == {"string"}:
        return "write `text contains part`"
    if operator == "contains" and left.name == "array":
        return "write `element in array`"
    if operator in {"and", "&&", "or", "||"} and "string" in names:
        return 'compare the string, as in `NAME == "true"`'
    return ""


def _is_zero(tree: Tree) -> bool:
    digits = word(tree).lower()
    return tree.name == "number" and set(digits) <= set("_0xob") and "." not in digits


def _refuse_pattern(scope: Scope, tree: Tree) -> bool:
    """Report what is wrong with a pattern that is written as a string."""
    written = read_string(word(tree)) if tree.name == "string" else None
    if not written:
        return False
    from pipelint.patterns import re2

    problems = re2.check(written.value)
    for problem in problems[:1]:
        start, end = written.places[problem.start], written.places[problem.end]
        scope.note(tree.start + start, tree.start + end, problem.message, problem.help)
    return bool(problems)
