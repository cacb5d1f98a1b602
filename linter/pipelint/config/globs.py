"""Lists of globs as in `.gitignore`: the last one that matches decides, `!` takes back.

Paths are given as their segments, relative to the folder in which the list is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelint.record import NamedTuple
from pipelint.wildcard import Matcher, matcher

_DEEP = "**"


class Glob(NamedTuple):
    """One line. `segments` holds a matcher a segment, and None for `**`; `line` is 1-based.

    `anywhere` says that the pattern has no slash: it is compared with the last segment alone.
    """

    segments: tuple[Matcher | None, ...]
    line: int
    negated: bool
    folders: bool
    anywhere: bool


class Globs:
    """A list of globs, and what it says about a path."""

    __slots__ = ("_globs",)

    def __init__(self, patterns: Iterable[tuple[str, int]]) -> None:
        made = (glob(pattern, line) for pattern, line in patterns)
        self._globs = tuple(one for one in made if one)[::-1]

    def decide(self, path: Sequence[str], *, folder: bool) -> Glob | None:
        """Return the last glob that matches this very path, not one of the folders around it."""
        for one in self._globs:
            if (folder or not one.folders) and _matches(one, path):
                return one
        return None

    def line_for(self, path: Sequence[str], *, folder: bool = False) -> int:
        """Return the line of the glob that covers a path or a folder around it, or 0."""
        if not self._globs:
            return 0
        last = len(path)
        for count in range(1, last + 1):
            found = self.decide(path[:count], folder=folder or count < last)
            if found and not found.negated:
                return found.line
        return 0


def lines(text: str) -> Iterable[tuple[str, int]]:
    r"""Give the patterns of an ignore file with their 1-based lines; `\\r\\n` is one line end."""
    for number, line in enumerate(text.split("\n"), 1):
        yield line.removesuffix("\r"), number


def glob(pattern: str, line: int) -> Glob | None:
    """Read one line; None where it is empty or a comment."""
    text = _trimmed(pattern)
    if not text or text.startswith("#"):
        return None
    negated = text.startswith("!")
    text = text[negated:]
    folders = text.endswith("/")
    text = text.removesuffix("/")
    anywhere = "/" not in text
    parts = text.removeprefix("/").split("/")
    if parts == [""]:
        return None
    return Glob(_segments(parts, anywhere=anywhere), line, negated, folders, anywhere)


def _trimmed(pattern: str) -> str:
    r"""Drop the spaces at the end but one that `\\` keeps."""
    kept = pattern.rstrip(" ")
    slashes = len(kept) - len(kept.rstrip("\\"))
    return pattern[: len(kept) + 1] if slashes % 2 else kept


def _segments(parts: list[str], *, anywhere: bool) -> tuple[Matcher | None, ...]:
    if anywhere:
        return (matcher(parts[0]),)
    segments = [None if part == _DEEP else matcher(part) for part in parts]
    if segments[-1] is None:  # `a/**` is all that lies in `a`, not `a` itself
        segments.append(matcher("*"))
    return tuple(segments)


def _matches(one: Glob, path: Sequence[str]) -> bool:
    if one.anywhere:
        only = one.segments[0]
        return only is not None and only(path[-1])
    return _walk(one.segments, path)


def _walk(segments: tuple[Matcher | None, ...], path: Sequence[str]) -> bool:
    """Match segment by segment; as with `*`, only the last `**` ever needs to take one more."""
    at = place = 0
    deep, resume = -1, 0
    while place < len(path):
        if at < len(segments):
            segment = segments[at]
            if segment is None:
                deep, resume = at, place
                at += 1
                continue
            if segment(path[place]):
                at += 1
                place += 1
                continue
        if deep < 0:
            return False
        resume += 1
        at, place = deep + 1, resume
    return at == len(segments)
