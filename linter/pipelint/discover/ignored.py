"""What git ignores in a repository: `.gitignore` in each folder, and `.git/info/exclude`.

The user's own list (`core.excludesFile`) is not read: it lies outside the repository, and CI would
not agree with the editor.
"""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Sequence
from stat import S_ISREG

from pipelint.config.globs import Globs, lines
from pipelint.record import NamedTuple

SIZE_LIMIT = 1_000_000
"""Longer lists, in bytes, are not read."""


class Level(NamedTuple):
    """One list: where it stands, as a person reads it, and how deep below the root it counts."""

    name: str
    depth: int
    globs: Globs


Levels = tuple[Level, ...]
"""The lists that count in a folder, the strongest last."""


def at_root(root: str) -> Levels:
    """Return the list that holds for the whole repository, below that of any folder."""
    path = os.path.join(root, ".git", "info", "exclude")
    return _read(path, ".git/info/exclude", 0)


def enter(levels: Levels, folder: str, parts: Sequence[str]) -> Levels:
    """Add the list of a folder, whose segments below the root are `parts`."""
    name = "/".join([*parts, ".gitignore"])
    return levels + _read(os.path.join(folder, ".gitignore"), name, len(parts))


def reason(levels: Levels, parts: Sequence[str], *, folder: bool) -> str:
    """Say which line ignores a path, or return the empty text.

    The folders around it must have been asked before: what lies in an ignored folder is ignored.
    """
    names = [_bytes(part) for part in parts]
    for level in reversed(levels):
        found = level.globs.decide(names[level.depth :], folder=folder)
        if found:
            return "" if found.negated else f"ignored by {level.name}:{found.line}"
    return ""


def _bytes(name: str) -> str:
    """Write a name with one character a byte: git compares bytes, `?` is a half of `é`."""
    return name if name.isascii() else os.fsencode(name).decode("latin-1")


def _read(path: str, name: str, depth: int) -> Levels:
    try:
        status = os.lstat(path)
        # Git does not follow a link here either.
        if not S_ISREG(status.st_mode) or status.st_size > SIZE_LIMIT:
            return ()
        with open(path, "rb") as file:
            text = file.read().removeprefix(BOM_UTF8).decode("latin-1")
        return (Level(name, depth, Globs(lines(text))),)
    except OSError:
        return ()
