"""Types of what is a part of something: pointers, members, elements and slices."""

from __future__ import annotations

from pipelint.grammar.driver import Tree
from pipelint.vela.evaluation.calls import environment_type
from pipelint.vela.evaluation.functions import NAMES
from pipelint.vela.evaluation.parsing import branches, word
from pipelint.vela.evaluation.scope import Scope, Visit
from pipelint.vela.evaluation.types import STRING, UNKNOWN, Type, in_words, is_unknown, item

_OPERATORS = frozenset({"contains", "endsWith", "matches", "startsWith"})
_HAVE_METHODS = frozenset({"time", "duration"})


def visit_pointer(scope: Scope, tree: Tree) -> Visit:
    """Find the type of `#`, or of `#index` and `#acc`."""
    yield from ()
    name = scope.shown(tree)[1:].strip()
    kind = scope.pointer(name)
    return scope.report(tree, f"there is no `#{name}` here") if kind is None else kind


def visit_field(scope: Scope, tree: Tree) -> Visit:
    """Check `.name`, which is `#.name`."""
    yield from ()
    return _member(scope, tree, scope.pointer("") or UNKNOWN, word(branches(tree)[0]))


def visit_member(scope: Scope, tree: Tree) -> Visit:
    """Check `a.name`, `a?.name` and `a.name(…)`; arguments of a method are not looked at."""
    base, name, *_ = branches(tree)
    if _is_environment(base):
        return STRING if tree.name == "member" and word(name) in scope.known else UNKNOWN
    return _member(scope, tree, (yield base), word(name))


def visit_index(scope: Scope, tree: Tree) -> Visit:
    """Check `a[b]`."""
    base, place = branches(tree)
    if _is_environment(base):
        return environment_type(scope, place)
    collection, kind = (yield base), (yield place)
    if collection.name == "array":
        return _element(scope, place, collection, kind)
    if collection.name == "map" and kind.name not in {"string", "unknown"}:
        return scope.report(place, f"the key of a map is a string, not {in_words(kind)}")
    if collection.name in {"map", "unknown"}:
        return UNKNOWN
    if collection.name in _HAVE_METHODS and kind.name == "string":
        return UNKNOWN
    advice = "write `[0:1]` for the first character" if collection.name == "string" else ""
    return scope.report(tree, f"{in_words(collection)} has no elements", advice)


def visit_slice(scope: Scope, tree: Tree) -> Visit:
    """Check `a[from:to]`."""
    base, bounds = branches(tree)
    collection = yield base
    if is_unknown(collection):
        return UNKNOWN
    if collection.name not in {"string", "array"}:
        return scope.report(tree, f"{in_words(collection)} cannot be sliced")
    for bound in branches(bounds):
        kind = yield bound
        if kind.name not in {"int", "unknown"}:
            return scope.report(bound, f"a bound is a whole number, not {in_words(kind)}")
    return collection


def _is_environment(tree: Tree) -> bool:
    return tree.name == "variable" and word(tree) == "$env"


def _element(scope: Scope, place: Tree, collection: Type, kind: Type) -> Type:
    if kind.name not in {"int", "unknown"}:
        return scope.report(place, f"the place in an array is a number, not {in_words(kind)}")
    return item(collection)


def _member(scope: Scope, tree: Tree, base: Type, name: str) -> Type:
    if base.name in {"unknown", "map"} or base.name in _HAVE_METHODS:
        return UNKNOWN
    what = "method" if tree.name.endswith("method") else "field"
    return scope.report(tree, f"{in_words(base)} has no {what} `{name}`", _instead(base, name))


def _instead(base: Type, name: str) -> str:
    if base.name == "string" and name in _OPERATORS:
        return f'write `text {name} "…"`'
    return f"`{name}` is a function: write `{name}(…)`" if name in NAMES else ""
