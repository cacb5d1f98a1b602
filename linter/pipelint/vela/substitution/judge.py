"""Read one `${…}` by the grammar: turn its tree into substitutions, or a refusal into a problem."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelint.grammar.driver import Tables, Token, Tree, parse
from pipelint.source import Span
from pipelint.vela.substitution.found import Argument, Found, Substitution
from pipelint.vela.substitution.opening import Opening, innermost, path_to
from pipelint.vela.substitution.problem import explain, explain_crash

_ESCAPE = re.compile(r"\$(\$)|\\([/\\])")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
_NEGATIVE = re.compile(r"-0*[1-9]")


def judge(text: str, openings: list[Opening], top: int) -> tuple[list[Found], int]:
    """Read one `${…}` with all that is in it; also return the index of the next to read."""
    opening = openings[top]
    result = parse(_tables(), text[opening.start : opening.end])
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


def _read(text: str, tree: Tree, openings: list[Opening], top: int) -> list[Found]:
    """Turn a tree into its substitutions, the outer ones first; they are as many as openings."""
    base = openings[top].start
    found: list[Found] = []
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
    are_numbers = all(_NUMBER.fullmatch(number) for number in numbers)
    return len(numbers) > 1 and are_numbers and bool(_NEGATIVE.match(numbers[-1]))
