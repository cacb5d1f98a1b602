"""Renaming: the definition and every reference, or the reason why that is not possible."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelint.expressions.place import write
from pipelint.expressions.types import RESOLVED
from pipelint.source import Span
from pipelint.symbols import Definition, Symbols
from pipelint.yaml.node import PLAIN
from pipelint.yaml.place import Router
from pipelint_lsp.features.navigation import template_at
from pipelint_lsp.features.occurrences import (
    ANCHOR,
    Occurrence,
    occurrence_at,
    occurrences,
    same,
)
from pipelint_lsp.snapshot import Snapshot

_IDENTIFIER = re.compile(r"[A-Za-z_$][0-9A-Za-z_$]{0,127}")
_VARIABLE = re.compile(r"[A-Za-z_][0-9A-Za-z_.$-]{0,127}")
_NAME = re.compile(r"[A-Za-z_][0-9A-Za-z_./-]*(?: [0-9A-Za-z_./-]+)*")
_ANCHOR = re.compile(r"[0-9A-Za-z_-]+")
_OTHER_TYPES = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_VARIABLES = frozenset({"variable", "output variable", "axis", "matrix axis"})
_WINDOW = 2_000
"""So far before a name the beginning of its expression is looked for."""


class Refusal(NamedTuple):
    """Why something cannot be renamed, for people."""

    reason: str


class Renamed(NamedTuple):
    """One edit of a rename."""

    span: Span
    text: str


def prepare(snapshot: Snapshot, offset: int) -> Occurrence | Refusal:
    """Return the name at an offset, if it can be renamed."""
    template = template_at(snapshot, offset)
    if template:
        return Refusal(
            f"`{template}` may be used from other repositories: not all uses can be seen"
        )
    found = occurrence_at(snapshot, offset)
    if found is None:
        return _nothing(snapshot, offset)
    if found.target is None:
        return Refusal(f"`{found.name}` is not defined in this file")
    hidden = _hidden(snapshot, found)
    return Refusal(hidden) if hidden else found


def rename(snapshot: Snapshot, offset: int, name: str) -> list[Renamed] | Refusal:
    """Return the edits that give the thing at an offset a new name."""
    found = prepare(snapshot, offset)
    if isinstance(found, Refusal):
        return found
    wrong = _wrong(snapshot, found, name)
    if wrong:
        return Refusal(wrong)
    router = Router(snapshot.document.tree) if snapshot.document else None
    edits = []
    for one in same(snapshot, found):
        scalar = router.scalar(one.span.start) if router is not None else None
        style = scalar.style if scalar is not None and one.kind != ANCHOR else PLAIN
        edits.append(Renamed(one.span, write(name, style)))
    return edits


def _hidden(snapshot: Snapshot, found: Occurrence) -> str:
    """Say why not all uses of a name can be seen, or return the empty text."""
    if _is_repeated(snapshot, found):
        return f"`{found.name}` is defined several times: it is not certain which one is meant"
    tree = snapshot.document.tree if snapshot.document else None
    if tree is not None and tree.templated:
        return "a template engine changes this file first: not all uses can be seen"
    if tree is not None and tree.problems:
        return "this file has syntax errors: not all uses can be seen"
    dynamic = _dynamic_use(snapshot, found)
    return f"`{found.name}` is also used in `{dynamic}`, known only in a run" if dynamic else ""


def _wrong(snapshot: Snapshot, found: Occurrence, name: str) -> str:
    """Say what is wrong with a new name, or return the empty text."""
    if not _pattern(snapshot, found.kind).fullmatch(name):
        return f"`{name}` cannot be the name of a {found.kind}"
    if name.lower() in _OTHER_TYPES:
        return f"YAML reads `{name}` as something else than text"
    taken = _is_taken(snapshot, found, name)
    return f"there is a {found.kind} `{name}` already" if taken else ""


def _pattern(snapshot: Snapshot, kind: str) -> re.Pattern[str]:
    if kind == ANCHOR:
        return _ANCHOR
    if snapshot.checked.kind.startswith("harness"):
        return _VARIABLE if kind in _VARIABLES else _IDENTIFIER
    return _NAME


def _nothing(snapshot: Snapshot, offset: int) -> Refusal:
    tree = snapshot.document.tree if snapshot.document else None
    scalar = Router(tree).scalar(offset) if tree is not None else None
    if scalar is not None and "<+" in scalar.text:
        return Refusal("this is computed when the pipeline runs: there is no name to change")
    return Refusal("there is no name here that could be changed")


def _is_taken(snapshot: Snapshot, found: Occurrence, name: str) -> bool:
    """Tell whether something else has a name already, where both could be meant."""
    if found.kind == ANCHOR:
        return any(one.kind == ANCHOR and one.name == name for one in occurrences(snapshot))
    return bool(_alike(snapshot, found, name))


def _is_repeated(snapshot: Snapshot, found: Occurrence) -> bool:
    """Tell whether a reference by name could mean another definition as well."""
    if found.kind == ANCHOR:
        return (
            sum(
                one.kind == ANCHOR and one.name == found.name and one.is_definition
                for one in occurrences(snapshot)
            )
            > 1
        )
    return len(_alike(snapshot, found, found.name)) > 1


def _alike(snapshot: Snapshot, found: Occurrence, name: str) -> list[Definition]:
    """Return what is defined under a name in the scope of something."""
    context = snapshot.document.context if snapshot.document else None
    if context is None:
        return []
    symbols: Symbols = context.symbols
    own = [one for one in symbols.find(found.kind, found.name) if one.span == found.target]
    scope = own[0].scope if own else ""
    return [one for one in symbols.find(found.kind, name) if one.scope == scope]


def _dynamic_use(snapshot: Snapshot, found: Occurrence) -> str:
    """Return the beginning of an expression with the name in it where nothing is known of it."""
    if found.kind == ANCHOR or not snapshot.checked.kind.startswith("harness"):
        return ""
    text, sure = snapshot.source.text, _sure(snapshot)
    word = re.compile(rf"(?<=[.\"'\[]){re.escape(found.name)}(?![\w$])")
    for match in word.finditer(text):
        line = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _WINDOW)
        before = text[line : match.start()]
        is_inside = before.count("<+") > before.count(">")
        if is_inside and match.start() not in sure:
            return before[before.index("<+") :] + found.name
    return ""


def _sure(snapshot: Snapshot) -> set[int]:
    """Return where the names begin of which it is known what they stand for."""
    from pipelint.harness.scope.uses import uses_of

    sure = {one.span.start for one in occurrences(snapshot) if one.target is not None}
    context = snapshot.document.context if snapshot.document else None
    for use in uses_of(context) if context is not None else ():
        if use.value.status == RESOLVED:
            sure.add(use.span.start)
    return sure
