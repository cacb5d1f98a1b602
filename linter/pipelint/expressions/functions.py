"""Calls of the engine's functions and methods: names, numbers of arguments, what they must be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipelint.expressions.engine import (
    BLOCKED,
    FUNCTORS,
    UNSURE,
    Signature,
    functions_of,
    methods_of,
    methods_of_all,
)
from pipelint.expressions.problem import Change, Problem, replace, show
from pipelint.expressions.tree import Literal, Member, Name, Nested, Node
from pipelint.expressions.vocabulary import CONTEXT_ROOTS
from pipelint.name import nearest
from pipelint.source import Span

_EXPORTED = r"(?:pipeline|stage|stepGroup)\.[^.]+(?:\.[^.]+)?"
_STORED = r"(?:(?:account|org):)?/[\s\S]+"
_PATH_FIRST = frozenset({("json", "select"), ("json", "list"), ("xml", "select")})


def near(name: str, names: Iterable[str], span: Span) -> tuple[str, tuple[Change, ...]]:
    """Return the help that offers near names, and the change to the nearest."""
    found = nearest(name, names)
    if not found:
        return "", ()
    text = "a similar name exists: " if len(found) == 1 else "similar names exist: "
    return text + ", ".join(map(show, found)), replace(f"write {show(found[0])}", span, found[0])


def judge_call(
    member: Member, arguments: tuple[Node, ...], receiver: str, base: int
) -> tuple[Signature | None, list[Problem]]:
    """Judge the call of a method of a value of the type `receiver`; no type is for a function.

    Returns the signature where it is certain.
    """
    if member.inner:
        return None, []
    span = Span(base + member.start, base + member.end)
    if member.name in BLOCKED:
        message = f"the engine refuses to call {show(member.name)}"
        return None, [Problem("blocked-method", span, message, "not allowed")]
    methods = methods_of(receiver) if receiver else functions_of("")
    if methods is None:
        return _judge_anywhere(member.name, len(arguments), span)
    signature = methods.get(member.name)
    if signature is None:
        return None, _unknown_method(member.name, receiver, methods, span)
    return signature, _count(member.name, [signature], len(arguments), span)


def _judge_anywhere(name: str, count: int, span: Span) -> tuple[Signature | None, list[Problem]]:
    """Judge a method where the type is not known: it has to be one of all."""
    signatures = methods_of_all().get(name)
    if signatures is None:
        right = next((each for each in methods_of_all() if each.lower() == name.lower()), "")
        if not right:
            return None, []
        return None, [_wrong_case(name, right, span)]
    same = len({each.returns for each in signatures}) == 1
    problems = _count(name, list(signatures), count, span)
    return (signatures[0] if same else None), problems


def _unknown_method(
    name: str, receiver: str, methods: dict[str, Signature], span: Span
) -> list[Problem]:
    right = next((each for each in methods if each.lower() == name.lower()), "")
    if right:
        return [_wrong_case(name, right, span)]
    help_text, changes = near(name, methods, span)
    if not receiver:
        message = f"no function has the name {show(name)}"
        return [Problem("unknown-function", span, message, "unknown", help_text, changes)]
    if receiver == "date" and not changes:
        return []  # dates have more methods than are listed
    message = f"a {receiver} has no method {show(name)}"
    return [Problem("unknown-method", span, message, "unknown", help_text, changes)]


def _wrong_case(name: str, right: str, span: Span) -> Problem:
    message = f"no method has the name {show(name)}"
    changes = replace(f"write {show(right)}", span, right)
    return Problem(
        "unknown-method", span, message, "capitals count", f"write {show(right)}", changes
    )


def _count(name: str, signatures: list[Signature], count: int, span: Span) -> list[Problem]:
    if any(each.least <= count <= each.most for each in signatures):
        return []
    numbers = sorted({(each.least, each.most) for each in signatures})
    expected = " or ".join(_say_number(*each) for each in numbers)
    message = f"{show(name)} is called with {_say_number(count, count)}"
    names = ", ".join(name.rstrip("?") for name in signatures[0].parameters)
    text = f"{name}({names})" if names else ""
    help_text = f"the order is {show(text)}" if text else ""
    return [Problem("wrong-arguments", span, message, f"takes {expected}", help_text)]


def _say_number(least: int, most: int) -> str:
    if least == most:
        return "no argument" if least == 0 else f"{least} argument{'s' * (least != 1)}"
    return f"{least} to {most} arguments"


def judge_property(name: str, receiver: str, span: Span) -> list[Problem]:
    """Judge a name that is not called, of a value of the type `receiver` or of a function."""
    if not receiver:
        return [_not_called(name, span)]
    methods = methods_of(receiver)
    if methods is None:
        is_method = name in (methods_of("string") or ()) and name != name.lower()
        return [_not_called(name, span)] if is_method else []
    if name in methods and methods[name].least == 0:
        return [_not_called(name, span)]
    if receiver == "list" and name == "length":
        changes = replace("write `size()`", span, "size()")
        message = "a list has no property `length`"
        return [Problem("unknown-method", span, message, "unknown", "write `size()`", changes)]
    help_text, changes = near(name, methods, span)
    message = f"a {receiver} has no property {show(name)}"
    return [Problem("unknown-member", span, message, "unknown", help_text, changes)]


def _not_called(name: str, span: Span) -> Problem:
    message = f"{show(name)} is a method and is not called"
    changes = replace("add `()`", Span(span.end, span.end), "()")
    return Problem("method-not-called", span, message, "read as a member", "add `()`", changes)


def judge_root(root: str, method: str, span: Span) -> list[Problem]:
    """Judge the root of a call that only certain functors have: `secret.getValue(…)`."""
    owners = [name for name in FUNCTORS if method in functions_of(name)]
    if not owners or root in FUNCTORS or method in methods_of_all():
        return []
    help_text, changes = near(root, owners, span)
    if not changes:
        return []
    message = f"no value has the name {show(root)}"
    return [Problem("unknown-root", span, message, "unknown", help_text, changes)]


def judge_functor(
    root: Name, member: Member, given: tuple[Node, ...] | None, base: int
) -> list[Problem]:
    """Judge a function of a functor; `given` are its arguments, None where it is not called."""
    if member.inner or member.name in UNSURE.get(root.text, ()):
        return []
    span = Span(base + member.start, base + member.end)
    functions = functions_of(root.text)
    signature = functions.get(member.name)
    if signature is None:
        help_text, changes = near(member.name, functions, span)
        if not help_text and len(functions) == 1:
            help_text = f"{show(root.text)} has only {show(next(iter(functions)))}"
        message = f"{show(root.text)} has no function {show(member.name)}"
        return [Problem("unknown-function", span, message, "unknown", help_text, changes)]
    if given is None:
        return [_not_called(member.name, span)]
    wrong = _count(member.name, [signature], len(given), span)
    return wrong or list(_judge_arguments(root.text, member.name, given, base))


def _judge_arguments(root: str, name: str, given: tuple[Node, ...], base: int) -> Iterator[Problem]:
    if not given:
        return
    first = given[0]
    span = Span(base + first.start, base + first.end)
    if root == "secrets" and isinstance(first, Name) and not first.inner:
        if first.text not in CONTEXT_ROOTS:
            quoted = f'"{first.text}"'
            message = f"{show(first.text)} is read as a name, not as the identifier of a secret"
            changes = replace(f"write {show(quoted)}", span, quoted)
            yield Problem(
                "unquoted-secret", span, message, "no quotes", f"write {show(quoted)}", changes
            )
    elif root == "configFile" and (not isinstance(first, Literal) or first.inner):
        yield _computed(first, span)
    elif (root, name) in _PATH_FIRST and _is_swapped(given):
        yield _swapped(f"{root}.{name}", given, span)
    elif isinstance(first, Literal) and first.kind == "string" and not first.inner:
        yield from _judge_literal(root, first.value, span)


def _computed(first: Node, span: Span) -> Problem:
    is_bare = isinstance(first, Name) and not first.inner and first.text not in CONTEXT_ROOTS
    quoted = f'"{first.text}"' if isinstance(first, Name) else ""
    return Problem(
        "computed-config-file-name",
        span,
        "the identifier of a config file is computed",
        "must be a text",
        f"write {show(quoted)}" if is_bare else "write the identifier, in quotes",
        replace(f"write {show(quoted)}", span, quoted) if is_bare else (),
    )


def _is_swapped(given: tuple[Node, ...]) -> bool:
    first, second = given[0], given[1]
    return (
        isinstance(first, Name | Nested)
        and isinstance(second, Literal)
        and second.kind == "string"
        and not second.value.lstrip().startswith(("{", "[", "<"))
    )


def _swapped(name: str, given: tuple[Node, ...], span: Span) -> Problem:
    base = span.start - given[0].start
    both = Span(span.start, base + given[1].end)
    message = f"the arguments of {show(name)} are in the wrong order"
    return Problem("swapped-arguments", both, message, "the path comes first")


def _judge_literal(root: str, value: str, span: Span) -> Iterator[Problem]:
    if root == "exportedVariables" and not re.fullmatch(_EXPORTED, value):
        message = f"{show(value)} is no path of an exported variable"
        text = "write `pipeline.ALIAS.NAME`, with `stage` or `stepGroup` for those"
        yield Problem("exported-variable-path", span, message, "needs a scope and an alias", text)
    elif root == "configFile" and not value.partition(":")[0].strip():
        message = f"{show(value)} names no config file"
        yield Problem("file-path", span, message, "needs an identifier")
    elif root == "fileStore" and not re.fullmatch(_STORED, value):
        message = f"{show(value)} is no path of the file store"
        text = "a path begins with `/`, `org:/` or `account:/`"
        yield Problem("file-path", span, message, "never found", text)
