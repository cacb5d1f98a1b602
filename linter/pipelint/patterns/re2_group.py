"""What an opening parenthesis of an RE2 pattern begins: `(`, `(?:`, `(?P<name>`, `(?i)`, `(?i:`."""

from __future__ import annotations

import re

from pipelint.patterns.problem import PatternError, quoted, refuse
from pipelint.record import NamedTuple

FOLD = 1
MULTILINE = 2
DOT_ALL = 4
_FLAGS = {"i": FOLD, "m": MULTILINE, "s": DOT_ALL, "U": 0}

_FLAG_GROUP = re.compile(r"\(\?([imsU]*)(?:-([imsU]+))?([:)])")
_FLAG_RUN = re.compile(r"\(\?[imsU-]*")
_NAME = re.compile(r"[0-9A-Za-z_]+")
_WITHOUT = "write the text itself, without the parentheses"
_EXCEPT = "put what must not match under `unless`"
_UNSUPPORTED = (
    ("(?=", "look-ahead (`(?=`) is not supported by RE2", _WITHOUT),
    ("(?!", "negative look-ahead (`(?!`) is not supported by RE2", _EXCEPT),
    ("(?<=", "look-behind (`(?<=`) is not supported by RE2", _WITHOUT),
    ("(?<!", "negative look-behind (`(?<!`) is not supported by RE2", _EXCEPT),
    ("(?>", "an atomic group (`(?>`) is not supported by RE2", "write `(?:`: RE2 never goes back"),
    ("(?|", "a branch reset (`(?|`) is not supported by RE2", "write `(?:`"),
    ("(?#", "a comment (`(?#`) is not supported by RE2", "write it as a YAML comment"),
    ("(?(", "a condition (`(?(`) is not supported by RE2", ""),
    ("(?'", "a name in quotes (`(?'`) is not supported by RE2", "write `(?P<name>`"),
    ("(?P=", "a back-reference (`(?P=`) is not supported by RE2", ""),
    ("(?P>", "recursion (`(?P>`) is not supported by RE2", ""),
    ("(?&", "recursion (`(?&`) is not supported by RE2", ""),
    ("(?R", "recursion (`(?R`) is not supported by RE2", ""),
)


class Opening(NamedTuple):
    """The end of what opens a group, and the flags in force after it.

    A group that captures counts for the depth of nesting. `(?i)` opens no group at all.
    """

    end: int
    flags: int
    opens: bool = True
    captures: bool = False


def read_opening(pattern: str, at: int, flags: int) -> Opening:
    """Read what the `(` at `at` begins; raises PatternError where RE2 does not know it."""
    if not pattern.startswith("(?", at):
        return Opening(at + 1, flags, captures=True)
    for opening, message, advice in _UNSUPPORTED:
        if pattern.startswith(opening, at):
            raise refuse(at, at + len(opening), message, advice)
    for opening in ("(?P<", "(?<"):
        if pattern.startswith(opening, at):
            end = _read_name(pattern, at, at + len(opening))
            return Opening(end, flags, captures=True)
    return _read_flags(pattern, at, flags)


def _read_name(pattern: str, start: int, at: int) -> int:
    """Read the name that begins at `at`; Go allows the same name twice."""
    end = pattern.find(">", at)
    if end < 0:
        message = f"the name after `{pattern[start:at]}` is never closed"
        raise refuse(start, at, message, "write `>` after the name")
    if not _NAME.fullmatch(pattern, at, end):
        advice = "a name holds letters `a` to `z`, digits and `_`"
        raise refuse(
            start, end + 1, f"{quoted(pattern[start : end + 1])} has no valid name", advice
        )
    return end + 1


def _read_flags(pattern: str, at: int, flags: int) -> Opening:
    found = _FLAG_GROUP.match(pattern, at)
    if not found:
        raise _bad_flags(pattern, at)
    for letter in found.group(1):
        flags |= _FLAGS[letter]
    for letter in found.group(2) or "":
        flags &= ~_FLAGS[letter]
    return Opening(found.end(), flags, opens=found.group(3) == ":")


def _bad_flags(pattern: str, at: int) -> PatternError:
    run = _FLAG_RUN.match(pattern, at)
    end = run.end() if run else at
    shown = quoted(pattern[at : end + 1])
    if end == len(pattern):
        return refuse(at, end, f"the group {shown} is never closed", "write `(?i)` or `(?i:…)`")
    if pattern[end].isascii() and pattern[end].isalpha():
        message = f"the flag `{pattern[end]}` in {shown} is not supported by RE2"
        return refuse(at, end + 1, message, "the flags are `i`, `m`, `s` and `U`")
    return refuse(
        at, end + 1, f"{shown} is not supported by RE2", "write `(?:…)` for a plain group"
    )
