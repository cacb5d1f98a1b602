"""Find each `${…}` in a value, as the Vela server reads it.

The server expands the YAML text of a whole step, this module the decoded text of one scalar. So a
`${` that its scalar does not close is a problem here, while for the server it may swallow the
text up to a `}` in a later one.
"""

from __future__ import annotations

import re

from pipelint.source import Span
from pipelint.vela.substitution.found import (
    LIMITED,
    Argument,
    Found,
    Substitution,
    SubstitutionProblem,
)
from pipelint.vela.substitution.opening import LIMIT, find_openings

__all__ = ["Argument", "Substitution", "SubstitutionProblem", "find"]

_PLAIN = re.compile(r"\$\{(\w+)\}")
_LONE = re.compile(r"(?<!\$)\$\{(\w+)\}")
_MOST_PROBLEMS = 100  # each costs a copy of the rest of the value


def find(text: str) -> list[Found]:
    """List the substitutions of a text and what stops the server in them, from left to right.

    What is inside a broken `${` is read as if the broken one were escaped. Time is linear:
    the search ends at the limit of openings, and at a hundred problems. A problem at the
    limit says so.
    """
    count = text.count("${")
    if count == 0:
        return []
    lone = list(_LONE.finditer(text)) if count <= LIMIT else []
    if len(lone) == count:
        return [_plain(match) for match in lone]
    found: list[Found] = []
    openings = find_openings(text)
    index = problems = 0
    while index < len(openings) and openings[index].after <= LIMIT and problems < _MOST_PROBLEMS:
        plain = _PLAIN.match(text, openings[index].start)
        if plain:
            found.append(_plain(plain))
            index += 1
        else:
            # What is not just `${NAME}` is rare: the grammar is loaded when one is met.
            from pipelint.vela.substitution.judge import judge

            several, index = judge(text, openings, index)
            found += several
            problems += isinstance(several[0], SubstitutionProblem)
    if index < len(openings) and problems < _MOST_PROBLEMS:
        found.append(_too_many(text, openings[index].start))
    return found


def _too_many(text: str, start: int) -> SubstitutionProblem:
    return SubstitutionProblem(
        Span(start, start + 2),
        Span(start, len(text)),
        LIMITED,
        f"a text with more than {LIMIT} `${{` is not checked to its end",
        "make several texts of it",
        (),
    )


def _plain(match: re.Match[str]) -> Substitution:
    span, name = Span(*match.span()), Span(*match.span(1))
    return Substitution(span, "plain", match[1], name, "", Span(name.end, name.end), (), 0)
