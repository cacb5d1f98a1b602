"""Apply the operator of a `${…}` as the Vela server does, odd corners included.

The value of an unknown variable is the text `${NAME}`, and the operator cuts that very text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipelint.vela.substitution.found import Substitution

_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
_MOST_STEPS = 100_000  # of matching a pattern: characters of the value times those of the pattern


def apply_operator(value: str, substitution: Substitution) -> str | None:
    """Return what is left of a variable's value; None where that is not known.

    It is not known if an argument holds a `${…}` that matters, or a pattern is not simple.
    """
    arguments = [argument.text for argument in substitution.arguments]
    if substitution.kind == "default" and value:
        return value
    known = [argument for argument in arguments if argument is not None]
    if len(known) < len(arguments):
        return None
    return _OPERATIONS[substitution.kind](value, substitution.operator, known)


def _keep(value: str, _operator: str, _arguments: list[str]) -> str:
    return value


def _measure(value: str, _operator: str, _arguments: list[str]) -> str:
    return str(len(value.encode()))


def _default(_value: str, _operator: str, arguments: list[str]) -> str:
    """Take the default: the four operators `:-`, `:=`, `:?` and `:+` are one to the server."""
    return "".join(arguments)


def _change_case(value: str, operator: str, _arguments: list[str]) -> str:
    if operator in {"^,", ",^"}:
        return value  # read, and then unknown
    change = _upper if operator[0] == "^" else _lower
    end = len(value) if operator[1:] else 1
    return "".join(map(change, value[:end])) + value[end:]


def _upper(letter: str) -> str:
    changed = letter.upper()
    return changed if len(changed) == 1 else letter


def _lower(letter: str) -> str:
    changed = letter.lower()
    return changed if len(changed) == 1 else letter


def _cut(value: str, _operator: str, arguments: list[str]) -> str | None:
    """Cut by bytes. What is no number cuts nothing, so ` -3` does not count from the end."""
    if not all(_NUMBER.fullmatch(argument) for argument in arguments):
        return value
    text = value.encode()
    start, *count = map(int, arguments)
    if start < 0:
        start = max(len(text) + start, 0)
    end = start + count[0] if count else len(text)
    if end < min(start, len(text)):
        return None
    try:
        return text[start:end].decode()
    except UnicodeDecodeError:
        return None


def _replace(value: str, operator: str, arguments: list[str]) -> str:
    old, new = (*arguments, "")[:2]
    if operator == "//":
        return value.replace(old, new)
    if operator == "/":
        return value.replace(old, new, 1)
    if len(arguments) == 1:
        return value  # unlike a shell, `/#` and `/%` need something to put in
    if operator == "/#":
        return new + value[len(old) :] if value.startswith(old) else value
    return value[: -len(old)] + new if value.endswith(old) else value


def _remove(value: str, operator: str, arguments: list[str]) -> str | None:
    """Remove what a pattern of `*` and `?` matches; what else a pattern can be is not known."""
    pattern = arguments[0]
    if not set(pattern).isdisjoint("[\\") or not value.isascii():
        return None
    if len(pattern) * len(value) > _MOST_STEPS:
        return None
    if operator[0] == "%":
        return value[: len(value) - _pick(pattern[::-1], value[::-1], operator)]
    return value[_pick(pattern, value, operator) :]


def _pick(pattern: str, value: str, operator: str) -> int:
    sizes = list(_matching(pattern, value))
    return (sizes[-1] if operator[1:] else sizes[0]) if sizes else 0


def _matching(pattern: str, value: str) -> Iterator[int]:
    """Yield the lengths of the beginnings of a value that a pattern matches, but never 0.

    `places` are the places in the pattern at which the match may be; `*` crosses any character.
    """
    places = _past_stars(pattern, {0})
    for size, letter in enumerate(value, start=1):
        stay = {place for place in places if pattern[place : place + 1] == "*"}
        step = {place + 1 for place in places - stay if pattern[place : place + 1] in ("?", letter)}
        places = _past_stars(pattern, stay | step)
        if len(pattern) in places:
            yield size


def _past_stars(pattern: str, places: set[int]) -> set[int]:
    """Add the places behind stars, which may match nothing."""
    reached = set(places)
    for place in places:
        end = place
        while pattern[end : end + 1] == "*":
            end += 1
            reached.add(end)
    return reached


_OPERATIONS: dict[str, Callable[[str, str, list[str]], str | None]] = {
    "plain": _keep,
    "length": _measure,
    "case": _change_case,
    "default": _default,
    "substring": _cut,
    "remove": _remove,
    "replace": _replace,
}
