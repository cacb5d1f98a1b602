"""`# pipelint: ignore[…]`: the words of the comment, and the names of rules."""

from __future__ import annotations

import re

from pipelint.registry import all_rules, rules_of
from pipelint.source import Span
from pipelint_lsp.features.completion_item import REFERENCE, SNIPPET, Item
from pipelint_lsp.features.completion_place import Place
from pipelint_lsp.features.completion_schema import CONFIG
from pipelint_lsp.snapshot import Snapshot

_RULES = re.compile(r"#[ \t]*pipelint:[ \t]*ignore(?:-file)?\[([^\]]*)$")
_WORD = re.compile(r"#[ \t]*pipelint:[ \t]*([a-z-]*)$")
_SIGN = re.compile(r"#[ \t]*(p?i?p?e?l?i?n?t?)$")
_NAME = re.compile(r"[\w-]*")


def complete_comment(snapshot: Snapshot, dialect: str, place: Place, offset: int) -> list[Item]:
    """Return what may follow in a comment."""
    line = place.typed
    rules = _RULES.search(line)
    if rules is not None:
        return _rules(snapshot, dialect, rules[1], offset)
    word = _WORD.search(line)
    if word is not None:
        span = Span(offset - len(word[1]), offset)
        return [
            _begin("ignore", "ignore[$1] $0", span, "this line", _IGNORE),
            _begin("ignore-file", "ignore-file[$1] $0", span, "this file", _FILE),
        ]  # fmt: skip
    sign = _SIGN.search(line)
    if sign is not None and sign[1]:
        span = Span(offset - len(sign[1]), offset)
        return [_begin("pipelint: ignore", "pipelint: ignore[$1] $0", span, "", _IGNORE)]
    return []


def _begin(label: str, text: str, span: Span, detail: str, words: str) -> Item:
    return Item(label, SNIPPET, text, span, label, detail, words, is_snippet=True)


_IGNORE = "Hides findings of the rules on this line, or in the node below."
_FILE = "Hides findings of the rules in the whole file."


def _rules(snapshot: Snapshot, dialect: str, listed: str, offset: int) -> list[Item]:
    """Give the rules; first those that have something to say nearby."""
    typed = listed.rpartition(",")[2].lstrip()
    behind = _NAME.match(snapshot.source.text, offset)
    span = Span(offset - len(typed), behind.end() if behind else offset)
    taken = {name.strip() for name in listed.split(",")[:-1]}
    near = _distances(snapshot, offset)
    rules = all_rules() if dialect in {"", CONFIG} else rules_of(dialect)
    return [
        Item(
            rule.name, REFERENCE, rule.name, span,
            f"{min(near.get(rule.name, 9999), 9999):04}{rule.name}", rule.family, rule.summary,
        )
        for rule in rules
        if rule.name not in taken
    ]  # fmt: skip


def _distances(snapshot: Snapshot, offset: int) -> dict[str, int]:
    """Return how many lines off each rule has something to say, the comment itself left out."""
    source = snapshot.source
    line = source.position(offset).line
    near: dict[str, int] = {}
    for one in snapshot.checked.diagnostics:
        start, end = one.finding.span
        if not start <= offset <= end:
            distance = abs(source.position(start).line - line)
            near[one.rule] = min(near.get(one.rule, distance), distance)
    return near
