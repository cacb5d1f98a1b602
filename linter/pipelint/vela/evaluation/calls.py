"""Calls: what a function gives, and whether it takes what it is given."""

from __future__ import annotations

from pipelint.grammar.driver import Tree
from pipelint.name import nearest
from pipelint.vela.evaluation.functions import NAMES, PREDICATES, SIGNATURES, fits
from pipelint.vela.evaluation.literals import read_string
from pipelint.vela.evaluation.parsing import branches, word
from pipelint.vela.evaluation.problem import UNKNOWN_FUNCTION
from pipelint.vela.evaluation.scope import Collection, Scope, Visit
from pipelint.vela.evaluation.structure import wrong_count
from pipelint.vela.evaluation.types import (
    BOOL,
    INT,
    NUMBERS,
    STRING,
    UNKNOWN,
    Type,
    array,
    in_words,
    is_unknown,
    item,
)

# The server's map of variables has one method, which a call by its name reaches.
_METHODS = frozenset({"Value"})
_GIVES = {
    **dict.fromkeys(("all", "none", "any", "one"), BOOL),
    **dict.fromkeys(("count", "findIndex", "findLastIndex"), INT),
}


def visit_call(scope: Scope, call: Tree) -> Visit:
    """Check `name(…)` and `::name(…)`."""
    return (yield from _call(scope, call, branches(branches(call)[-1])))


def visit_pipe(scope: Scope, pipe: Tree) -> Visit:
    """Check `value | name(…)`: the value is the first argument."""
    value, call = branches(pipe)
    return (yield from _call(scope, call, [value, *branches(branches(call)[-1])]))


def _call(scope: Scope, call: Tree, arguments: list[Tree]) -> Visit:
    name = word(call)
    hidden = call.name != "global_call" and name in scope.known
    if name not in NAMES or hidden:
        return _call_of_a_variable(scope, call, name)
    if name in PREDICATES:
        return (yield from _predicate(scope, name, arguments))
    given: dict[int, Type] = {}
    for at, argument in enumerate(arguments):
        given[at] = yield argument
    return _builtin(scope, call, arguments, list(given.values()))


def _call_of_a_variable(scope: Scope, call: Tree, name: str) -> Type:
    if name in scope.variables:
        kind = scope.variables[name]
        if kind.name in {"unknown", "function"}:
            return UNKNOWN
        return scope.report(call, f"`{name}` is {in_words(kind)}, not a function")
    if name in scope.known or name == "$env":
        return scope.report(call, f"`{name}` is a variable, not a function")
    if name in _METHODS:
        return UNKNOWN
    return scope.report(call, f"there is no function `{name}`", _near(name), UNKNOWN_FUNCTION)


def _near(name: str) -> str:
    near = nearest(name, NAMES, limit=1)
    return f"did you mean `{near[0]}`?" if near else ""


def _builtin(scope: Scope, call: Tree, arguments: list[Tree], given: list[Type]) -> Type:
    name = word(call)
    signature = SIGNATURES[name]
    most = None if signature.repeats else len(signature.parameters)
    if len(given) < signature.least or (most is not None and len(given) > most):
        return scope.report(call, wrong_count(name, signature.least, most, len(given)))
    if name == "get":
        return _get(scope, arguments, given[0])
    last = len(signature.parameters) - 1
    for at, (argument, kind) in enumerate(zip(arguments, given, strict=True)):
        parameter = signature.parameters[min(at, last)]
        if not fits(kind, parameter):
            article = "an" if parameter == "array" else "a"
            message = f"`{name}` needs {article} {parameter}, not {in_words(kind)}"
            return scope.report(argument, message)
        if parameter == "number or array" and kind.name not in NUMBERS:
            break  # the server looks no further after the first array
    if signature.result is not None:
        return signature.result
    return array(UNKNOWN) if given[0].name == "array" else given[0]


def _get(scope: Scope, arguments: list[Tree], base: Type) -> Type:
    collection, place = arguments
    if word(collection) == "$env" and collection.name == "variable":
        return environment_type(scope, place)
    if is_unknown(base):
        return UNKNOWN
    if base.name not in {"array", "map"}:
        return scope.report(collection, f"`get` cannot look into {in_words(base)}")
    return item(base)


def environment_type(scope: Scope, place: Tree) -> Type:
    """Return the type of `$env[place]`: a string if the variable is known to be there."""
    name = read_string(word(place)) if place.name == "string" else None
    return STRING if name and name.value in scope.known else UNKNOWN


def _predicate(scope: Scope, name: str, arguments: list[Tree]) -> Visit:
    collection = yield arguments[0]
    if collection.name not in {"array", "unknown"}:
        message = f"`{name}` needs an array, not {in_words(collection)}"
        return scope.report(arguments[0], message, _split_it(collection))
    if len(arguments) == 1:
        return INT if name == "count" else item(collection)
    rule = PREDICATES[name]
    scope.collections.append(Collection(collection, rule.pointers))
    given = yield arguments[1]
    scope.collections.pop()
    for rest in arguments[2:]:
        order = yield rest
        if name == "sortBy" and order.name not in {"string", "unknown"}:
            return scope.report(rest, f"`sortBy` needs an order, not {in_words(order)}")
    if given.name == "nil" and name != "sum":
        return scope.report(arguments[1], f"the predicate of `{name}` gives nil")
    if rule.is_test and given.name not in {"bool", "unknown"}:
        message = f"the predicate of `{name}` gives {in_words(given)}, not a boolean"
        return scope.report(arguments[1], message)
    return _result(name, collection, given)


def _split_it(collection: Type) -> str:
    return 'split the string first, as in `split(NAME, ",")`' if collection.name == "string" else ""


def _result(name: str, collection: Type, given: Type) -> Type:
    if name in _GIVES:
        return _GIVES[name]
    if name in {"find", "findLast"}:
        return item(collection)
    if name == "filter":
        return array(item(collection))
    if name == "map":
        return array(given)
    if name == "sortBy":
        return collection
    return given if name in {"sum", "reduce"} and given.name != "nil" else UNKNOWN
