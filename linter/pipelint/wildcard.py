"""Patterns with `*`, `?` and `[…]` against one name, in time that stays small.

Users and strangers' repositories write these patterns, so they never become a regular expression:
five stars in a pattern can keep `re` busy for minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from pipelint.record import NamedTuple

Matcher: TypeAlias = Callable[[str], bool]


class _Range(NamedTuple):
    """A set of characters: within one of the ranges, or in none of them."""

    negated: bool
    ranges: tuple[tuple[str, str], ...]


_Token: TypeAlias = str | _Range | None
_STAR = None
_ANY = _Range(negated=True, ranges=())

_CLASSES: dict[str, tuple[tuple[str, str], ...]] = {
    "alnum": (("0", "9"), ("A", "Z"), ("a", "z")),
    "alpha": (("A", "Z"), ("a", "z")),
    "blank": ((" ", " "), ("\t", "\t")),
    "cntrl": (("\0", "\x1f"), ("\x7f", "\x7f")),
    "digit": (("0", "9"),),
    "graph": (("!", "~"),),
    "lower": (("a", "z"),),
    "print": ((" ", "~"),),
    "punct": (("!", "/"), (":", "@"), ("[", "`"), ("{", "~")),
    "space": ((" ", " "), ("\t", "\r")),
    "upper": (("A", "Z"),),
    "xdigit": (("0", "9"), ("A", "F"), ("a", "f")),
}


def has_wildcard(pattern: str) -> bool:
    """Tell whether a pattern means more than the name that it spells."""
    return any(sign in pattern for sign in "*?[\\")


def matcher(pattern: str) -> Matcher:
    r"""Return a function that tells whether a whole name matches; letter case counts.

    `*` is any text, `?` one character, `[a-z]`, `[!a-z]` and `[[:digit:]]` one of a set, `\\` takes
    the next character as it is. A pattern that is not well formed matches nothing, as in git.
    """
    if not has_wildcard(pattern):
        return pattern.__eq__
    tokens = _tokens(pattern)
    if tokens is None:
        return _never
    rest = tokens[1:]
    if tokens[0] is _STAR and all(isinstance(token, str) for token in rest):
        ending = "".join(token for token in rest if isinstance(token, str))
        return lambda name: name.endswith(ending)
    return lambda name: _matches(tokens, name)


def _never(_: str) -> bool:
    return False


def _matches(tokens: list[_Token], name: str) -> bool:
    """Match greedily: on a mismatch only the last star ever needs to take one character more."""
    at = place = 0
    star, resume = -1, 0
    while place < len(name):
        token = tokens[at] if at < len(tokens) else ""
        if token is _STAR:
            star, resume = at, place
            at += 1
        elif _fits(token, name[place]):
            at += 1
            place += 1
        elif star >= 0:
            resume += 1
            at, place = star + 1, resume
        else:
            return False
    return all(token is _STAR for token in tokens[at:])


def _fits(token: str | _Range, character: str) -> bool:
    if isinstance(token, str):
        return token == character
    return token.negated != any(low <= character <= high for low, high in token.ranges)


def _tokens(pattern: str) -> list[_Token] | None:
    tokens: list[_Token] = []
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        at += 1
        if sign == "[":
            found = _bracket(pattern, at)
            if found is None:
                return None
            token, at = found
            tokens.append(token)
        elif sign == "\\":
            if at == len(pattern):
                return None
            tokens.append(pattern[at])
            at += 1
        elif sign != "*":
            tokens.append(_ANY if sign == "?" else sign)
        elif not tokens or tokens[-1] is not _STAR:
            tokens.append(_STAR)
    return tokens


def _bracket(pattern: str, at: int) -> tuple[_Range, int] | None:
    """Read a set from behind its `[`; return it and the place behind its `]`."""
    negated = pattern[at : at + 1] in {"!", "^"}
    at += negated
    ranges: list[tuple[str, str]] = []
    first = at
    while pattern[at : at + 1] != "]" or at == first:
        if pattern.startswith("[:", at):
            end = pattern.find(":]", at)
            known = _CLASSES.get(pattern[at + 2 : end])
            if end < 0 or known is None:
                return None
            ranges.extend(known)
            at = end + 2
            continue
        low, at = _member(pattern, at)
        high = low
        if pattern[at : at + 1] == "-" and pattern[at + 1 : at + 2] not in {"", "]"}:
            high, at = _member(pattern, at + 1)
        if not low or not high:
            return None
        ranges.append((low, high))
    return _Range(negated, tuple(ranges)), at + 1


def _member(pattern: str, at: int) -> tuple[str, int]:
    """Read one character of a set; the empty text where the pattern ends."""
    at += pattern[at : at + 1] == "\\"
    return pattern[at : at + 1], at + 1
