"""Patterns of Go's `regexp` (RE2 syntax): what Go refuses in them, and what they match."""

from __future__ import annotations

from pipelint.patterns.problem import PatternError, PatternProblem
from pipelint.patterns.re2_parser import parse

MAX_PATTERN = 1000
MAX_TEXT = 200


def check(pattern: str) -> list[PatternProblem]:
    """Say why Go refuses a pattern: the first mistake, or nothing.

    Accepts what Go 1.22 or later accepts. Takes time in proportion to the pattern.
    """
    try:
        parse(pattern)
    except PatternError as error:
        return [error.problem]
    return []


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
