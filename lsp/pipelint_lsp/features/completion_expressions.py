"""Expressions of Harness: roots, members, functions, and what may follow `<+input>`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelint.expressions import types
from pipelint.expressions.block import read_expression
from pipelint.expressions.checker import check
from pipelint.expressions.engine import FUNCTORS, Signature, functions_of, methods_of
from pipelint.expressions.scan import OPENER
from pipelint.expressions.types import Scope, Value
from pipelint.harness.scope.scopes import DocumentScope
from pipelint.harness.values import Text
from pipelint.source import Span
from pipelint_lsp.features.completion_chain import (
    Chain,
    find_opener,
    is_closed,
    read_chain,
    word_behind,
)
from pipelint_lsp.features.completion_item import (
    FIELD,
    FUNCTION,
    METHOD,
    MODULE,
    REFERENCE,
    SNIPPET,
    VARIABLE,
    Item,
    escape,
)
from pipelint_lsp.features.completion_place import COMMENT, TEXT, Place
from pipelint_lsp.features.completion_scope import scope_at
from pipelint_lsp.snapshot import Snapshot

_LINES = 12
"""So many lines further up an expression in a text block may begin."""

_MOST = 500
_MOST_WORDS = 100
_FAR = 99_999_999
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_PATH_NAME = re.compile(r"(?<=[\w)>]\.)([A-Za-z_]\w{1,127})(?=[.>\s])")
_HINT = re.compile(r"([\w-]+)\\?[\"']?[ ]*[:=][ ]*\\?[\"']?$")
_DECLARED = re.compile(r"^[ -]*name:[ ]+[\"']?([A-Za-z_]\w{0,127})[\"']?[ \r]*$", re.MULTILINE)
_QUOTED_REST = re.compile(r"[^\"'\\\n<>()]*")
_INPUT = re.compile(r"<\+input>(?:\.\w+\([^()]{0,500}\)){0,5}\.(\w*)$")

_USUAL = (
    "pipeline", "stage", "steps", "execution", "step", "stages", "variables", "spec", "name",
    "output", "outputVariables", "stepGroup", "matrix", "repeat", "strategy", "trigger",
    "codebase", "service", "serviceVariables", "env", "infra", "artifacts", "artifact",
    "manifests", "secrets", "identifier", "image", "tag", "executionUrl", "sequenceId",
    "status", "account", "org", "project",
)  # fmt: skip
"""Names that are wanted most, the most wanted first."""
_USUAL_AT = {name: at for at, name in enumerate(_USUAL)}


class Asked(NamedTuple):
    """What is asked for: the path so far, where the name stands, and how it is to be closed.

    `own` is the place of the identifier of the step around, or of the stage whose condition it is:
    of that nothing can be read yet. `hint` is the word before the expression: it is likely to be
    that of the value, too.
    """

    snapshot: Snapshot
    chain: Chain
    own: Span | None
    hint: str
    span: Span
    opener: int
    closing: str
    has_arguments: bool


def complete_expression(snapshot: Snapshot, place: Place, offset: int) -> list[Item] | None:
    """Return what may stand in an expression at an offset; None where there is none."""
    text, source = snapshot.source.text, snapshot.source
    if place.what == COMMENT:
        return None
    number = source.position(offset).line
    start = source.line_starts[number - 1]
    suffix = _INPUT.search(text, start, offset)
    if suffix is not None:
        return _suffixes(Span(suffix.start(1), offset + word_behind(text[offset : offset + 99])))
    opener = find_opener(text, start, offset)
    if opener is None and place.what == TEXT:
        opener = find_opener(text, source.line_starts[max(number - _LINES, 1) - 1], offset)
    if opener is None:
        return None
    asked = _ask(snapshot, opener, offset)
    if asked is None:
        return []
    scope = scope_at(snapshot, place, opener)
    unit = scope.unit if isinstance(scope, DocumentScope) else None
    own = unit.identifier if unit is not None else None
    if isinstance(own, Text):
        asked = asked._replace(own=own.span)
    return list(_answer(asked, scope))[:_MOST]


def _ask(snapshot: Snapshot, opener: int, offset: int) -> Asked | None:
    text = snapshot.source.text
    before = text[opener + len(OPENER) : offset].replace('\\"', '"')
    chain = read_chain(before)
    if chain is None:
        return None
    number = snapshot.source.position(offset).line
    line_end = snapshot.source.line_starts[number - 1] + len(snapshot.source.line(number))
    rest = text[offset:line_end]
    behind = word_behind(rest)
    span = Span(offset - len(chain.word), offset + behind)
    closing = "" if chain.depth or chain.call or is_closed(rest) else ">"
    return Asked(
        snapshot,
        chain,
        None,
        _hint(text, opener),
        span,
        opener,
        closing,
        rest[behind : behind + 1] == "(",
    )


def _hint(text: str, opener: int) -> str:
    line = text[max(text.rfind("\n", 0, opener) + 1, opener - 200) : opener]
    word = _HINT.search(line)
    return _folded(word[1]) if word else ""


def _folded(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _answer(asked: Asked, scope: Scope) -> Iterator[Item]:
    chain = asked.chain
    if chain.call:
        yield from _arguments(asked, scope)
    elif chain.receiver:
        yield from _members(asked, scope)
    else:
        yield from _roots(asked, scope)


# --- names ---------------------------------------------------------------------------------------


class _Name(NamedTuple):
    """A name that may stand there; `value` is None where only its use elsewhere is known."""

    name: str
    value: Value | None
    order: int


def _roots(asked: Asked, scope: Scope) -> Iterator[Item]:
    names = [(name, scope.root(name)) for name in scope.roots()]
    known = dict(names)
    used = _used(asked, r"<\+\s*")
    for at, (name, value) in enumerate(known.items()):
        if value is not None and value.reason is None:
            yield _name_item(asked, _Name(name, value, at), used)
    for at, name in enumerate(used):
        value = scope.root(name) if name not in known and name not in FUNCTORS else None
        if value is not None and value.reason is None and name != "input":
            yield _name_item(asked, _Name(name, None, at), used)
    for at, name in enumerate(FUNCTORS):
        if name not in known:
            sort = f"5{name not in used:d}{_USUAL_AT.get(name, 100 + at):03}"
            words = ", ".join(f"`{function}`" for function in functions_of(name))
            yield _item(asked, name, MODULE, sort, "functions", words)
    for name, signature in functions_of("").items():
        yield _function_item(asked, name, signature, FUNCTION, "6")
    if _is_whole(asked):
        yield Item(
            "input", SNIPPET, f"input{asked.closing}", asked.span, "30000x", "runtime input",
            "A value that is asked for when the pipeline starts.",
        )  # fmt: skip


def _is_whole(asked: Asked) -> bool:
    """Tell whether the expression begins its value: `<+input>` must be all of it."""
    line_start = asked.snapshot.source.text.rfind("\n", 0, asked.opener) + 1
    head = asked.snapshot.source.text[line_start : asked.opener].rstrip("\"' ")
    return head.endswith((":", "-")) and OPENER not in head


def _members(asked: Asked, scope: Scope) -> Iterator[Item]:
    receiver = asked.chain.receiver
    if receiver in FUNCTORS:
        for name, signature in functions_of(receiver).items():
            yield _function_item(asked, name, signature, FUNCTION, "1")
        return
    value = value_of(receiver, scope)
    used = _used(asked, re.escape(receiver) + r"\.")
    known: set[str] = set()
    for at, name in enumerate(value.members()):
        if name in known or at > _MOST:
            continue
        known.add(name)
        member = value.member(name)
        if member is not None and member.reason is None:
            yield _name_item(asked, _Name(name, member, at), used)
    for at, name in enumerate(used):
        if name not in known and value.status != types.INVALID and _is_possible(value, name):
            yield _name_item(asked, _Name(name, None, at), used)
    yield from _methods(asked, value, has_members=bool(known))
    if not known and value.status != types.INVALID:
        yield from _words(asked, value, used)


def _words(asked: Asked, value: Value, used: dict[str, int]) -> Iterator[Item]:
    """Give names from the whole file where nothing is known of what may stand there."""
    text = asked.snapshot.source.text
    written, declared = _PATH_NAME.findall(text), _DECLARED.findall(text)
    is_variable = asked.chain.receiver.endswith("ariables")
    names = list(dict.fromkeys([*declared, *written] if is_variable else [*written, *declared]))
    for at, name in enumerate(names[:_MOST_WORDS]):
        if name not in used and name != asked.chain.word and _is_possible(value, name):
            is_hinted = _folded(name) == asked.hint
            sort = "0" if is_hinted else f"6{at:03}"
            yield _item(asked, name, FIELD, sort, "", "A name of this file.")


def _is_possible(value: Value, name: str) -> bool:
    """Tell whether a name that the file uses elsewhere may be right; methods stand apart."""
    methods = methods_of(types.STRING) or {}
    member = value.member(name)
    return name not in methods and member is not None and member.reason is None


def value_of(receiver: str, scope: Scope) -> Value:
    """Return what a path leads to."""
    path = receiver.replace("?.", ".")
    return check(read_expression(f"{OPENER}{path}>"), 0, scope).value


def _methods(asked: Asked, value: Value, *, has_members: bool) -> Iterator[Item]:
    kind = value.type
    if kind == types.UNKNOWN and not has_members:
        kind = types.STRING  # most values are texts
    elif kind == types.SECRET:
        kind = types.STRING
    for name, signature in (methods_of(kind) or {}).items():
        yield _function_item(asked, name, signature, METHOD, "7")


def _used(asked: Asked, before: str) -> dict[str, int]:
    """Count the names that the file has elsewhere behind the same path."""
    text = asked.snapshot.source.text
    counts: dict[str, int] = {}
    for match in re.finditer(before + r"([A-Za-z_$][\w$]{0,127})(?![\w$(])", text):
        if match.start(1) != asked.span.start:
            counts[match[1]] = counts.get(match[1], 0) + 1
    return counts


# --- items ---------------------------------------------------------------------------------------


def _name_item(asked: Asked, one: _Name, used: dict[str, int]) -> Item:
    value = one.value
    words = value.documentation if value is not None else "Used elsewhere in this file."
    kind = value.type if value is not None and value.type != types.UNKNOWN else ""
    what = VARIABLE if value is not None and value.definition is not None else FIELD
    return _item(asked, one.name, what, _sort(asked, one, used), kind, words)


def _sort(asked: Asked, one: _Name, used: dict[str, int]) -> str:
    """Order names: what stands before the cursor and near, what the file uses, what is usual."""
    symbol = getattr(one.value, "symbol", None)
    definition = one.value.definition if one.value is not None else None
    count = used.get(one.name, 0)
    if _folded(one.name) == asked.hint and asked.chain.receiver:
        return "0"
    if not asked.chain.receiver and _is_loop(one):
        return "1"
    is_unit = symbol is not None and symbol.kind in _UNITS and bool(asked.chain.receiver)
    if is_unit and definition is not None:
        if definition == asked.own:
            return "5"
        distance = asked.opener - definition.start
        return f"1{distance:08}" if distance > 0 else f"4{-distance:08}"
    if count:
        return f"2{_FAR - count:08}"
    usual = _USUAL_AT.get(one.name) if symbol is None else None
    return f"3{usual:04}" if usual is not None else f"3{1000 + one.order:04}"


def _is_loop(one: _Name) -> bool:
    """Tell whether a root is what a loop around gives; a matrix without axes gives nothing."""
    if one.name not in _LOOPS or one.value is None:
        return False
    is_sure = one.value.status == types.RESOLVED
    return is_sure and (one.name == "repeat" or any(True for _ in one.value.members()))


_LOOPS = frozenset({"matrix", "repeat"})
"""Roots that are there in loops only: where they are, they are what a loop is for."""

_UNITS = frozenset({"stage", "step group", "step", "insert"})


def _item(asked: Asked, name: str, kind: str, sort: str, detail: str, words: str) -> Item:
    text = name if _NAME.fullmatch(name) or "." not in name else f'get("{name}")'
    is_snippet = bool(asked.closing)
    if is_snippet:
        text = f"{escape(text)}$0{asked.closing}"
    return Item(name, kind, text, asked.span, sort, detail, words, is_snippet=is_snippet)


def _function_item(asked: Asked, name: str, signature: Signature, kind: str, sort: str) -> Item:
    names = ", ".join(signature.parameters)
    shown = f"{name}({names})" if names or not signature.most else f"{name}(…)"
    detail = f"{shown} → {signature.returns}"
    if asked.has_arguments:
        return Item(name, kind, name, asked.span, sort + name, detail)
    needed = [part for part in signature.parameters if not part.endswith("?")]
    if not needed and signature.least:
        needed = [f"argument{at + 1}" for at in range(signature.least)]
    if needed:
        inside = ", ".join(f"${{{at + 1}:{escape(part)}}}" for at, part in enumerate(needed))
        text = f"{name}({inside})$0{asked.closing}"
        return Item(name, kind, text, asked.span, sort + name, detail, is_snippet=True)
    text = f"{name}(){'$0' if asked.closing else ''}{asked.closing}"
    return Item(name, kind, text, asked.span, sort + name, detail, is_snippet=bool(asked.closing))


# --- arguments and suffixes ----------------------------------------------------------------------


def _arguments(asked: Asked, scope: Scope) -> Iterator[Item]:
    """Give what a quoted argument may be: identifiers that the file uses, names with dots."""
    owner, _, name = asked.chain.call.rpartition(".")
    text = asked.snapshot.source.text
    end = _QUOTED_REST.match(text, asked.span.start + len(asked.chain.word))
    span = Span(asked.span.start, end.end() if end else asked.span.end)
    if name == "get":
        members = value_of(owner, scope).members() if owner else ()
        for at, member in enumerate(members):
            yield Item(member, VARIABLE, member, span, f"1{at:03}")
        return
    pattern = re.compile(re.escape(asked.chain.call) + r"\(\s*\\?[\"']([\w./:-]{1,200})\\?[\"']")
    found = {match[1]: None for match in pattern.finditer(text) if match.start(1) != span.start}
    for at, identifier in enumerate(found):
        yield Item(identifier, REFERENCE, identifier, span, f"1{at:03}", "used in this file")


_SUFFIXES = {
    "default": ("default(${1:value})$0", "The value where none is given."),
    "allowedValues": ("allowedValues(${1:first},${2:second})$0", "The values that may be given."),
    "selectOneFrom": ("selectOneFrom(${1:first},${2:second})$0", "One of these is chosen."),
    "selectManyFrom": ("selectManyFrom(${1:first},${2:second})$0", "Some of these are chosen."),
    "regex": ("regex(${1:pattern})$0", "The pattern that a value must match as a whole."),
    "executionInput": ("executionInput()$0", "Asks during the run, not before it."),
}


def _suffixes(span: Span) -> list[Item]:
    return [
        Item(name, METHOD, text, span, str(at), "of `<+input>`", words, is_snippet=True)
        for at, (name, (text, words)) in enumerate(_SUFFIXES.items())
    ]
