"""Plain paths, followed from name to name: most are right, and nothing else is asked of them."""

from __future__ import annotations

from collections.abc import Sequence

from pipelint.expressions import types
from pipelint.expressions.engine import FUNCTIONS, FUNCTORS
from pipelint.expressions.plain import cut_call, is_plain_input, names_of
from pipelint.expressions.types import Plain, Scope, Value
from pipelint.expressions.vocabulary import TOKEN, first_generation

KNOWN = {name: Plain(name, types.RESOLVED) for name in types.TYPES if name != types.UNKNOWN}
"""What is known of a value by its type alone."""

PLAIN = frozenset({types.BOOLEAN, types.DATE, types.LIST, types.NUMBER, types.STRING})
"""Types whose values have methods and no members."""

_INPUTS = frozenset({"input", "INPUT", "Input"})
_SECRET = ["secrets", "getValue"]
_BLANK = " \t\n\r\f"


def end_of(names: Sequence[str], argument: str | None, scope: Scope) -> Value | None:
    """Return what a plain path leads to; None where that needs a closer look.

    `argument` is the text with which its end is called, if it is.
    """
    first = names[0]
    if argument is not None:
        return KNOWN[types.SECRET] if names == _SECRET else None
    if first in FUNCTORS or first in FUNCTIONS:
        return None
    value = scope.root(first)
    for name in names[1:]:
        if value is None or value.status == types.INVALID or value.type in PLAIN:
            return None
        value = value.member(name)
    return None if value is None or value.status == types.INVALID else value


def is_odd(names: Sequence[str]) -> bool:
    """Tell whether there is more to say of a plain path than where it leads."""
    return names[0] in _INPUTS or first_generation(names) > 0


def is_sound(text: str, scope: Scope) -> bool:
    """Tell at a glance that nothing is wrong with the expressions in a text: most are plain paths.

    Where it is false, nothing is known yet.
    """
    if "${" in text:
        return False
    if text.startswith(TOKEN):
        return is_plain_input(text)
    count, end = 0, 0
    while (start := text.find("<+", end)) >= 0:
        end = text.find(">", start) + 1
        if not end or not _is_sound_path(text[start + 2 : end - 1].strip(_BLANK), scope):
            return False
        count += 1
    return text.count(">") == count > 0


def _is_sound_path(text: str, scope: Scope) -> bool:
    if not text:
        return False
    names, argument = names_of(text), None
    if not names:
        call = cut_call(text)
        if call is None or "<+" in text:
            return False
        names, argument = call
    return not is_odd(names) and end_of(names, argument, scope) is not None


def is_sound_condition(text: str, scope: Scope) -> bool:
    """Tell at a glance that nothing is wrong with a condition: most compare a path with a text.

    Where it is false, nothing is known yet.
    """
    text = text.strip(_BLANK)
    path, _, rest = text[2:].partition(">")
    rest = rest.lstrip(_BLANK)
    return (
        text.startswith("<+")
        and rest.startswith(("==", "!="))
        and _is_plain_text(rest[2:].lstrip(_BLANK))
        and not path.endswith("tatus")  # which is one of a few words
        and _is_sound_path(path, scope)
    )


def _is_plain_text(text: str) -> bool:
    """Tell whether a text is another in quotes, with nothing in it that means anything."""
    quote, inside = text[:1], text[1:-1]
    return (
        quote in _QUOTES
        and len(text) > 1
        and text[-1] == quote
        and inside != "null"
        and inside.isprintable()
        and _SIGNS.isdisjoint(inside)
    )


_QUOTES = frozenset("\"'")
_SIGNS = frozenset("\"'\\<>{}$")
