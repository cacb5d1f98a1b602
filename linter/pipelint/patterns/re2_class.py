r"""Escapes and character classes of RE2: `\n`, `\x{41}`, `\d`, `\pL`, `[a-z[:digit:]]`."""

from __future__ import annotations

import re

from pipelint.patterns.problem import PatternError, quoted, refuse
from pipelint.patterns.re2_names import PERL, POSIX, known_to_unicode
from pipelint.patterns.re2_node import CharSet

_HEX = re.compile(r"x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))")
_OCTAL = re.compile(r"0[0-7]{0,2}|[1-7][0-7]{1,2}")
_PLAIN = re.compile(r"[^\\\[\]\-]+")
_LAST_RUNE = 0x10FFFF
_C_ESCAPES = {"a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
_UNSUPPORTED = {
    "C": ("`\\C` (any byte) is not supported by Go", "write `.` for any character"),
    "E": ("`\\E` has no `\\Q` before it", ""),
    "G": ("`\\G` is not supported by RE2", "write `^` or `\\A` for the start of the text"),
    "H": ("`\\H` is not supported by RE2", "write `[^ \\t]`"),
    "K": ("`\\K` is not supported by RE2", ""),
    "N": ("`\\N` is not supported by RE2", "write `.` or `[^\\n]`"),
    "R": ("`\\R` is not supported by RE2", "write `\\r?\\n`"),
    "U": ("`\\U` is not supported by RE2", "write the code point as `\\x{1F600}`"),
    "X": ("`\\X` is not supported by RE2", ""),
    "Z": ("`\\Z` is not supported by RE2", "write `$` or `\\z` for the end of the text"),
    "c": ("control escapes (`\\c`) are not supported by RE2", "write the code point as `\\x03`"),
    "e": ("`\\e` is not supported by RE2", "write `\\x1b`"),
    "g": ("back-references (`\\g`) are not supported by RE2", ""),
    "h": ("`\\h` is not supported by RE2", "write `[ \\t]`"),
    "k": ("back-references (`\\k`) are not supported by RE2", ""),
    "u": ("`\\u` is not supported by RE2", "write the code point as `\\x{00E9}`"),
    "x": (
        "`\\x` needs two hexadecimal digits, or any number in braces",
        "write `\\x41` or `\\x{1F600}`",
    ),
}
_OUTSIDE_ONLY = frozenset("ABbQzZG")


def read_escape(pattern: str, at: int) -> tuple[str, int]:
    r"""Read the escape at the `\` at `at` that stands for one character; return it and its end."""
    if at + 1 == len(pattern):
        raise refuse(at, at + 1, "a lone `\\` ends the pattern", "write `\\\\` for a backslash")
    letter = pattern[at + 1]
    if letter in _C_ESCAPES:
        return chr(_C_ESCAPES[letter]), at + 2
    if octal := _OCTAL.match(pattern, at + 1):
        return chr(int(octal.group(), 8)), octal.end()
    if letter == "x" and (hexadecimal := _HEX.match(pattern, at + 1)):
        return _code_point(pattern, at, hexadecimal)
    if letter.isascii() and not letter.isalnum():
        return letter, at + 2
    raise _unknown_escape(letter, at)


def _code_point(pattern: str, at: int, found: re.Match[str]) -> tuple[str, int]:
    digits = (found.group(1) or found.group(2)).lstrip("0") or "0"
    # The length goes first: Python takes its time with a number of many digits.
    if len(digits) > len("10FFFF") or int(digits, 16) > _LAST_RUNE:
        shown = quoted(pattern[at : found.end()])
        raise refuse(at, found.end(), f"{shown} is beyond the last code point, `\\x{{10FFFF}}`")
    return chr(int(digits, 16)), found.end()


def _unknown_escape(letter: str, at: int) -> PatternError:
    if letter.isascii() and letter.isdigit():
        return refuse(at, at + 2, f"back-references (`\\{letter}`) are not supported by RE2")
    message, advice = _UNSUPPORTED.get(letter, ("", ""))
    if not message:
        message = f"unknown escape `\\{letter}`"
        advice = f"write `{letter}` for the character itself"
    return refuse(at, at + 2, message, advice)


def read_named(pattern: str, at: int, chars: CharSet) -> int:
    r"""Read `\d`, `\pL` or `\p{Greek}` into a set; return its end, or `at` where none is."""
    letter = pattern[at + 1 : at + 2]
    if letter in {"p", "P"}:
        chars.unknown = True
        return _unicode_class(pattern, at)
    if ranges := PERL.get(letter.lower()):
        chars.groups.append((letter.isupper(), ranges))
        return at + 2
    return at


def _unicode_class(pattern: str, at: int) -> int:
    end = at + 3
    name = pattern[at + 2 : end]
    if name == "{":
        end = pattern.find("}", at) + 1
        name = pattern[at + 3 : end - 1]
    if not name or not end:
        advice = "write `\\pL` or `\\p{Greek}`"
        raise refuse(
            at, at + 2, f"`{pattern[at : at + 2]}` needs the name of a Unicode class", advice
        )
    if not known_to_unicode(name.removeprefix("^")):
        posix = name.removeprefix("Is").lower()
        advice = f"write `[[:{posix}:]]`" if posix in POSIX else ""
        raise refuse(at, end, f"unknown Unicode class {quoted(pattern[at:end])}", advice)
    return end


class ClassReader:
    """Reads the classes of one pattern."""

    __slots__ = ("_no_name_after", "at", "pattern", "start")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.start = self.at = 0
        self._no_name_after = len(pattern)

    def read(self, start: int) -> tuple[CharSet, int]:
        """Read the class whose `[` is at `start`; return its characters and its end."""
        self.start = start
        negated = self.pattern.startswith("^", start + 1)
        chars = CharSet(negated)
        first = self.at = start + 1 + negated
        while self.at == first or not self.pattern.startswith("]", self.at):
            self._read_member(chars)
        return chars, self.at + 1

    def _read_member(self, chars: CharSet) -> None:
        pattern, at = self.pattern, self.at
        if pattern.startswith("[:", at) and self._read_posix(chars):
            return
        if pattern.startswith("\\", at):
            self.at = read_named(pattern, at, chars)
            if self.at > at:
                return
        elif plain := _PLAIN.match(pattern, at):
            # The last character may begin a range.
            end = plain.end() - pattern.startswith("-", plain.end())
            if end > at:
                chars.members.append(pattern[at:end])
                self.at = end
                return
        self._read_range(chars)

    def _read_posix(self, chars: CharSet) -> bool:
        pattern, at = self.pattern, self.at
        if at >= self._no_name_after or at + 2 == len(pattern):
            return False
        end = pattern.find(":]", at + 2)
        if end < 0:
            # Remembered, so that a class full of `[:` is searched once.
            self._no_name_after = at
            return False
        name = pattern[at + 2 : end]
        ranges = POSIX.get(name.removeprefix("^"))
        if not ranges:
            message = f"unknown character class {quoted(pattern[at : end + 2])}"
            raise refuse(at, end + 2, message, "known names: " + ", ".join(POSIX))
        chars.groups.append((name.startswith("^"), ranges))
        self.at = end + 2
        return True

    def _read_range(self, chars: CharSet) -> None:
        pattern, begin = self.pattern, self.at
        low = high = self._read_character()
        follows = pattern[self.at : self.at + 2]
        if len(follows) == len("-x") and follows[0] == "-" and follows[1] != "]":
            self.at += 1
            high = self._read_character()
        if low > high:
            shown = quoted(pattern[begin : self.at])
            raise refuse(
                begin, self.at, f"the range {shown} runs backwards", "put the smaller end first"
            )
        chars.ranges.append((ord(low), ord(high)))

    def _read_character(self) -> str:
        pattern, at = self.pattern, self.at
        if at == len(pattern):
            advice = "write `\\[` for the character itself"
            if pattern.startswith(("[]", "[^]"), self.start):
                advice = "a `]` that comes first belongs to the class"
            raise refuse(self.start, self.start + 1, "`[` is never closed", advice)
        if pattern[at] != "\\":
            self.at += 1
            return pattern[at]
        letter = pattern[at + 1 : at + 2]
        if letter and letter in "dDsSwWpP":
            advice = "put `-` last in the class for the character itself"
            raise refuse(at, at + 2, f"`\\{letter}` cannot end a range", advice)
        if letter and letter in _OUTSIDE_ONLY:
            advice = "write `\\x08` for a backspace" if letter == "b" else ""
            raise refuse(at, at + 2, f"`\\{letter}` has no meaning inside a class", advice)
        character, self.at = read_escape(pattern, at)
        return character
