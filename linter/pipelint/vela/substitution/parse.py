"""Find each `${…}` in a value, as the Vela server reads it.

The server expands the YAML text of a whole step, this module the decoded text of one scalar. So a
`${` that its scalar does not close is a problem here, while for the server it may swallow the
text up to a `}` in a later one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipelint.grammar.driver import Tables, Token, Tree
from pipelint.grammar.driver import parse as drive
from pipelint.source import Span
from pipelint.vela.substitution.opening import LIMIT, Opening, find_openings, innermost, path_to
from pipelint.vela.substitution.problem import SubstitutionProblem, explain, explain_crash

_PLAIN = re.compile(r"\$\{(\w+)\}")
_ESCAPE = re.compile(r"\$(\$)|\\([/\\])")
_MOST_PROBLEMS = 100  # each costs a copy of the rest of the value
_NUMBER = re.compile(r"[+-]?[0-9]+")


class Argument(NamedTuple):
    """One argument of an operator; `text` is its value, or None where a `${…}` is part of it."""

    span: Span
    text: str | None


class Substitution(NamedTuple):
    """A `${…}` that the server understands.

    `kind` is `plain`, `length`, `case`, `default`, `substring`, `remove` or `replace`; `operator`
    is as written, empty where there is none. `depth` is 0, or more inside an argument of another.
    Spans are offsets into the text that was searched; where `depth` is 0, a `$` inserted at
    `span.start` leaves the whole to the shell.
    """

    span: Span
    kind: str
    name: str
    name_span: Span
    operator: str
    operator_span: Span
    arguments: tuple[Argument, ...]
    depth: int


def find(text: str) -> list[Substitution | SubstitutionProblem]:
    """List the substitutions of a text and what stops the server in them, from left to right.

    What is inside a broken `${` is read as if the broken one were escaped. Time is linear:
    the search ends at the limit of openings, and at a hundred problems.
    """
    if "${" not in text:
        return []
    found: list[Substitution | SubstitutionProblem] = []
    openings = find_openings(text)
    index = problems = 0
    while index < len(openings) and openings[index].after <= LIMIT and problems < _MOST_PROBLEMS:
        plain = _PLAIN.match(text, openings[index].start)
        if plain:
            found.append(_plain(plain))
            index += 1
        else:
            several, index = _judge(text, openings, index)
            found += several
            problems += isinstance(several[0], SubstitutionProblem)
    return found


def _judge(
    text: str, openings: list[Opening], top: int
) -> tuple[list[Substitution | SubstitutionProblem], int]:
    """Read one `${…}` with all that is in it; also return the index of the next to read."""
    opening = openings[top]
    result = drive(_tables(), text[opening.start : opening.end])
    if isinstance(result, Tree):
        return _read(text, result, openings, top), opening.after
    offset = opening.start + result.start
    broken = innermost(openings, top, offset)
    problem = explain(text, path_to(openings, top, broken), offset, result.expected)
    going_on = broken + 1
    while going_on < len(openings) and openings[going_on].is_escaped:
        going_on += 1
    return [problem], going_on


@lru_cache(maxsize=1)
def _tables() -> Tables:
    from pipelint.vela.substitution._tables import TABLES

    return Tables(TABLES)


def _plain(match: re.Match[str]) -> Substitution:
    span, name = Span(*match.span()), Span(*match.span(1))
    return Substitution(span, "plain", match[1], name, "", Span(name.end, name.end), (), 0)


def _read(
    text: str, tree: Tree, openings: list[Opening], top: int
) -> list[Substitution | SubstitutionProblem]:
    """Turn a tree into its substitutions, the outer ones first; they are as many as openings."""
    base = openings[top].start
    found: list[Substitution | SubstitutionProblem] = []
    waiting = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        one = _substitution(node, base, depth)
        if _crashes(one):
            span = one.arguments[1].span
            path = path_to(openings, top, innermost(openings, top, span.start))
            found.append(explain_crash(text, path, span))
        else:
            found.append(one)
        inner = [child for child in node.children if isinstance(child, Tree)]
        waiting += [(child, depth + 1) for child in reversed(inner)]
    return found


def _substitution(tree: Tree, base: int, depth: int) -> Substitution:
    tokens = {child.kind: child for child in reversed(tree.children) if isinstance(child, Token)}
    name = tokens["NAME"]
    operator = next(
        (child for child in tree.children[:2] if isinstance(child, Token) and child is not name),
        Token("", "", name.end, name.end),
    )
    return Substitution(
        _span(tree, base),
        tree.name,
        name.text,
        _span(name, base),
        operator.text,
        _span(operator, base),
        _arguments(tree, base),
        depth,
    )


def _arguments(tree: Tree, base: int) -> tuple[Argument, ...]:
    parts = tree.children[2:]
    if tree.name == "default":
        return (_join(parts, base),) if parts else ()
    parts = tuple(part for part in parts if _kind(part) not in {"COLONS", "SLASHES"})
    escapes = tree.name == "replace"
    return tuple(Argument(_span(part, base), _text(part, escapes)) for part in parts)


def _join(parts: tuple[Tree | Token, ...], base: int) -> Argument:
    texts = [_text(part, escapes=False) for part in parts]
    known = [text for text in texts if text is not None]
    span = Span(base + parts[0].start, base + parts[-1].end)
    return Argument(span, "".join(known) if len(known) == len(texts) else None)


def _text(part: Tree | Token, escapes: bool) -> str | None:
    if isinstance(part, Tree):
        return None
    return _ESCAPE.sub(r"\1\2", part.text) if escapes else part.text


def _kind(part: Tree | Token) -> str:
    return part.kind if isinstance(part, Token) else part.name


def _span(part: Tree | Token, base: int) -> Span:
    return Span(base + part.start, base + part.end)


def _crashes(one: Substitution) -> bool:
    """Tell whether the server cuts backwards, at which its program panics.

    Only a value that is shorter than the position escapes that.
    """
    numbers = [argument.text or "" for argument in one.arguments if one.kind == "substring"]
    all_are = all(_NUMBER.fullmatch(number) for number in numbers)
    return len(numbers) > 1 and all_are and numbers[-1].startswith("-")
