r"""Patterns of Go's `filepath.Match` on Unix, which Vela reads unless told otherwise.

`*` is any text without `/`, `?` any one character but `/`, `[a-z]` and `[^a-z]` are classes, a
backslash takes the next character as it is. A class may match `/`. The whole text has to match.
"""

from __future__ import annotations

import re

from pipelint.patterns.problem import PatternError, PatternProblem, quoted, refuse
from pipelint.record import NamedTuple

TEXT = "text"
STAR = "star"
ONE = "one"
CLASS = "class"

_LEADS = (0xC0, 0xE0, 0xF0)
_PLAIN = re.compile(r"[^*?\[\\]+")
_LIST = "write each alternative as a pattern of its own, in a list"
_WORD_ESCAPES = frozenset({"\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "\\b"})
_REGEXP = "set `matcher: regexp` where a regular expression is meant"


class Token(NamedTuple):
    """A part of a pattern: text that stands for itself, a run of `*`, a `?`, or a class.

    Offsets are 0-based, in code points. `text` is UTF-8; `ranges` hold code points, both ends
    included.
    """

    kind: str
    start: int
    end: int
    text: bytes = b""
    negated: bool = False
    ranges: tuple[tuple[int, int], ...] = ()


def check(pattern: str) -> list[PatternProblem]:
    """Say why Go refuses a pattern: the first mistake, or nothing.

    Go compares while it reads, so old versions noticed some mistakes only for some texts. Current
    ones refuse every malformed pattern, and so does this.
    """
    try:
        tokens(pattern)
    except PatternError as error:
        return [error.problem]
    return []


def surprises(pattern: str) -> list[PatternProblem]:
    """Find what is valid but very likely means something else: one problem of each kind at most.

    A malformed pattern has none: `check` says what is wrong with it.
    """
    try:
        parts = tokens(pattern)
    except PatternError:
        return []
    looks = (_regular_expression, _negation, _double_star, _braces, _class_mistake)
    return [problem for look in looks for problem in look(pattern, parts)]


def matches(pattern: str, text: str) -> bool:
    """Tell whether the whole text matches; a malformed pattern matches nothing.

    Takes as many steps as the product of both lengths at worst. Like Go it compares bytes of UTF-8.
    """
    try:
        parts = _chunks(tokens(pattern))
    except PatternError:
        return False
    name = _bytes(text)
    at = 0
    for index, (star, chunk) in enumerate(parts):
        if star and not chunk:
            return name.find(b"/", at) < 0
        at = _place(star, chunk, name, at, last=index == len(parts) - 1)
        if at < 0:
            return False
    return at == len(name)


def tokens(pattern: str) -> list[Token]:
    """Split a pattern into its parts; raises PatternError at the first mistake."""
    found: list[Token] = []
    at = 0
    while at < len(pattern):
        token = _token(pattern, at)
        found.append(token)
        at = token.end
    return found


def _token(pattern: str, at: int) -> Token:
    character = pattern[at]
    if character == "*":
        return Token(STAR, at, _end_of_stars(pattern, at))
    if character == "?":
        return Token(ONE, at, at + 1)
    if character == "[":
        return _class(pattern, at)
    if character == "\\":
        return _escaped(pattern, at)
    plain = _PLAIN.match(pattern, at)
    end = plain.end() if plain else at + 1
    return Token(TEXT, at, end, _bytes(pattern[at:end]))


def _end_of_stars(pattern: str, at: int) -> int:
    while pattern.startswith("*", at):
        at += 1
    return at


def _escaped(pattern: str, at: int) -> Token:
    if at + 1 == len(pattern):
        raise refuse(at, at + 1, "a lone `\\` ends the pattern", "write `\\\\` for a backslash")
    return Token(TEXT, at, at + 2, _bytes(pattern[at + 1]))


def _class(pattern: str, start: int) -> Token:
    negated = pattern.startswith("^", start + 1)
    first = at = start + 1 + negated
    if pattern.startswith("]", at):
        message = f"the class {quoted(pattern[start : at + 1])} is empty"
        raise refuse(start, at + 1, message, "write `\\]` for the bracket itself")
    ranges: list[tuple[int, int]] = []
    while at == first or not pattern.startswith("]", at):
        low, at = _class_character(pattern, start, at)
        high = low
        if pattern.startswith("-", at):
            high, at = _class_character(pattern, start, at + 1)
        ranges.append((low, high))
    return Token(CLASS, start, at + 1, negated=negated, ranges=tuple(ranges))


def _class_character(pattern: str, start: int, at: int) -> tuple[int, int]:
    """Read one character, maybe escaped; return its code point and where it ends."""
    advice = "write `\\-` for the character itself"
    if pattern.startswith("-", at):
        raise refuse(at, at + 1, "`-` can only stand between two characters of a class", advice)
    if pattern.startswith("]", at):
        message = f"the range {quoted(pattern[at - 2 : at])} has no end"
        raise refuse(at - 2, at, message, advice)
    at += pattern.startswith("\\", at)
    # What follows has to be there too: at least the closing bracket.
    if at + 1 >= len(pattern):
        raise refuse(
            start, start + 1, "`[` is never closed", "write `\\[` for the character itself"
        )
    return ord(pattern[at]), at + 1


def _regular_expression(pattern: str, parts: list[Token]) -> list[PatternProblem]:
    """Find the first sign of a regular expression that no glob has.

    `.*` alone is none: `v1.*` and `.*rc` are globs.
    """
    if pattern in {".*", ".+"}:
        return [_sign(0, 2, pattern)]
    if len(pattern) > 1 and pattern.startswith("^"):
        return [_sign(0, 1, "^")]
    for token in parts:
        word = pattern[token.start : token.end] if token.kind == TEXT else ""
        if word in _WORD_ESCAPES:
            return [_sign(token.start, token.end, word)]
        # A comment may well hold ` | `; a list of words has no spaces.
        if not word.startswith("\\") and "|" in word and " " not in pattern:
            at = token.start + word.index("|")
            return [PatternProblem(at, at + 1, "`|` has no special meaning in this pattern", _LIST)]
    if len(pattern) > 1 and pattern.endswith("$") and pattern[parts[-1].start] != "\\":
        return [_sign(len(pattern) - 1, len(pattern), "$")]
    return []


def _sign(start: int, end: int, text: str) -> PatternProblem:
    meaning = "is a `.` and any text" if text == ".*" else "has no special meaning"
    return PatternProblem(start, end, f"`{text}` {meaning} in this pattern", _REGEXP)


def _negation(pattern: str, _parts: list[Token]) -> list[PatternProblem]:
    if len(pattern) > 1 and pattern.startswith("!"):
        message = "a leading `!` does not negate this pattern"
        return [PatternProblem(0, 1, message, "move the pattern without `!` to `unless`")]
    return []


def _double_star(_pattern: str, parts: list[Token]) -> list[PatternProblem]:
    for token in parts:
        if token.kind == STAR and token.end - token.start > 1:
            message = "`**` means the same as `*`: it does not cross `/`"
            advice = "write one pattern for each depth, or set `matcher: regexp`"
            return [PatternProblem(token.start, token.end, message, advice)]
    return []


def _braces(pattern: str, parts: list[Token]) -> list[PatternProblem]:
    """Find `{a,b}`; the braces and the comma have to be bare, `${…}` is something else."""
    opened = comma = -1
    for token in parts:
        if token.kind != TEXT or pattern[token.start] == "\\":
            continue
        for at in range(token.start, token.end):
            character = pattern[at]
            if character == "{":
                opened, comma = (-1 if pattern[at - 1 : at] == "$" else at), -1
            elif character == ",":
                comma = at
            elif character == "}" and -1 < opened < comma:
                message = (
                    f"{quoted(pattern[opened : at + 1])} is no choice: braces stand for themselves"
                )
                return [PatternProblem(opened, at + 1, message, _LIST)]
    return []


def _class_mistake(pattern: str, parts: list[Token]) -> list[PatternProblem]:
    for token in parts:
        if token.kind != CLASS:
            continue
        word = pattern[token.start : token.end]
        if word.startswith("[!") and len(token.ranges) > 1 and not word.startswith("[!-"):
            message = "`[!` does not negate: the class holds `!` too"
            return [PatternProblem(token.start, token.start + 2, message, "write `[^`")]
        if any(low > high for low, high in token.ranges):
            message = f"{quoted(word)} holds a range that runs backwards and matches nothing"
            return [PatternProblem(token.start, token.end, message)]
    return []


def _chunks(parts: list[Token]) -> list[tuple[bool, list[Token]]]:
    """Group the parts: whether a star goes before, and what has to follow without a gap."""
    chunks: list[tuple[bool, list[Token]]] = []
    for token in parts:
        if token.kind == STAR:
            chunks.append((True, []))
        elif chunks:
            chunks[-1][1].append(token)
        else:
            chunks.append((False, [token]))
    return chunks


def _place(star: bool, chunk: list[Token], name: bytes, at: int, *, last: bool) -> int:
    """Find the first place from `at` on where a chunk matches; return where it ends, or -1."""
    while True:
        end = _match(chunk, name, at)
        if end >= 0 and (not last or end == len(name)):
            return end
        if not star or name[at : at + 1] in {b"", b"/"}:
            return -1
        # One byte, not one character: so does Go, and `*??` matches `€`.
        at += 1


def _match(chunk: list[Token], name: bytes, at: int) -> int:
    for token in chunk:
        if token.kind == TEXT:
            if not name.startswith(token.text, at):
                return -1
            at += len(token.text)
            continue
        rune = _rune(name, at)
        if not rune or (rune == "/" if token.kind == ONE else not _holds(token, ord(rune))):
            return -1
        at += _width(name[at])
    return at


def _holds(token: Token, code: int) -> bool:
    return any(low <= code <= high for low, high in token.ranges) != token.negated


def _rune(name: bytes, at: int) -> str:
    """Decode one character as Go does: inside a character it is U+FFFD, at the end nothing."""
    character = name[at : at + 1]
    if not character:
        return ""
    return name[at : at + _width(character[0])].decode("utf-8", "replace")


def _width(lead: int) -> int:
    """Tell how many bytes a character has by its first byte; 1 for a byte inside a character."""
    return 1 + sum(lead >= first for first in _LEADS)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
