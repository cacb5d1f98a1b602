"""Plain paths and inputs, which nine of ten expressions are: read by their shape, no grammar."""

from __future__ import annotations

from pipelint.expressions.vocabulary import TOKEN, WORDS

_DIGITS = "0123456789"


def names_of(text: str) -> list[str]:
    """Cut `pipeline.stages.build` into its names; nothing for what needs the grammar."""
    names = text.split(".")
    letters = "".join(names).replace("_", "a")
    is_plain = letters.isalnum() and letters.isascii() and text[0] not in _DIGITS
    return names if is_plain and "" not in names and WORDS.isdisjoint(names) else []


def cut_call(text: str) -> tuple[list[str], str] | None:
    """Cut `secrets.getValue("token")` into its names and the text; None for anything else."""
    quote = text[-2:-1]
    if text[-1] != ")" or quote not in "\"'":
        return None
    path, opening, argument = text[:-2].partition("(" + quote)
    is_plain = argument.isprintable() and quote not in argument and "\\" not in argument
    names = names_of(path) if path and opening and is_plain else []
    return (names, argument) if len(names) > 1 else None


def is_plain_input(text: str) -> bool:
    """Tell whether a text is an input with one value, or a list to choose from, and no more."""
    name, opening, argument = text[len(TOKEN) : -1].partition("(")
    return (
        text.startswith(TOKEN)
        and text[-1] == ")"
        and bool(opening)
        and name in _SUFFIXES
        and bool(argument.strip())
        and _SIGNS.isdisjoint(argument)
    )


_SUFFIXES = frozenset({".allowedValues", ".default", ".selectManyFrom", ".selectOneFrom"})
_SIGNS = frozenset('()[]{}<>"\\$')
