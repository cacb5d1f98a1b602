"""Patterns of Go's `regexp` (RE2 syntax): what Go refuses in them, and what they match."""

from __future__ import annotations

import re
import string

from pipelint.patterns.problem import PatternError, PatternProblem, quoted
from pipelint.patterns.re2_parser import parse

MAX_CHECKED = 250_000
MAX_PATTERN = 1000
MAX_TEXT = 200

_GLOB = frozenset(string.ascii_letters + string.digits + "_-/.*")


def check(pattern: str) -> list[PatternProblem]:
    """Say why Go refuses a pattern: the first mistake, or nothing.

    Accepts what Go 1.22 or later accepts. Takes time in proportion to the pattern; one of more than
    MAX_CHECKED characters is not read at all.
    """
    if len(pattern) > MAX_CHECKED:
        return []
    try:
        parse(pattern)
    except PatternError as error:
        return [error.problem]
    return []


def surprises(pattern: str) -> list[PatternProblem]:
    """Find what is valid but very likely means something else: one problem of each kind at most.

    A malformed pattern has none: `check` says what is wrong with it.
    """
    found = [*_glob_star(pattern), *_bare_class_name(pattern)]
    return found if found and not check(pattern) else []


def matches(pattern: str, text: str) -> bool | None:
    """Tell whether a pattern matches somewhere in a text; None where that is not known.

    Not known: a pattern that Go refuses, one of more than MAX_PATTERN or a text of more than
    MAX_TEXT characters, very many repetitions, Unicode classes, `(?i)` with a text beyond ASCII.
    """
    if len(pattern) > MAX_PATTERN or len(text) > MAX_TEXT:
        return None
    try:
        node = parse(pattern)
    except PatternError:
        return None
    from pipelint.patterns.re2_machine import build, search

    machine = build(node)
    return search(machine, text) if machine else None


def _glob_star(pattern: str) -> list[PatternProblem]:
    """Find the `/*` of `release/*`, in a pattern that has no other sign of a regular expression."""
    if not _GLOB.issuperset(pattern):
        return []
    for at in range(1, len(pattern)):
        if pattern[at] == "*" and pattern[at - 1] != ".":
            message = f"`*` repeats the `{pattern[at - 1]}` before it, it is not any text"
            advice = "write `.*`, or leave out `matcher: regexp`"
            return [PatternProblem(at - 1, at + 1, message, advice)]
    return []


def _bare_class_name(pattern: str) -> list[PatternProblem]:
    """Find `[:alpha:]` that is not inside a class of its own."""
    if found := re.search(r"(?<![\[\\])\[:\^?[a-z]+:\]", pattern):
        name = found.group()
        message = f"{quoted(name)} is a class of the characters in it"
        return [PatternProblem(*found.span(), message, f"write `[{name}]`")]
    return []
