"""How paths are written and compared: pure functions, for POSIX and Windows alike."""

from __future__ import annotations

import os
import posixpath
from types import ModuleType

_UP = ".."


def shown(path: str, cwd: str, flavour: ModuleType = os.path) -> str:
    """Write an absolute path for people and reports: relative to `cwd` where it lies below it.

    The separator is `/` on every system. `flavour` is `posixpath` or `ntpath`.
    """
    rest = _below(path, cwd, flavour)
    return posix(path if rest is None else rest, flavour)


def posix(path: str, flavour: ModuleType = os.path) -> str:
    """Write a path with `/`; on POSIX a backslash is a letter like any other."""
    return path if flavour is posixpath else path.replace("\\", "/")


def parts(path: str, folder: str, flavour: ModuleType = os.path) -> tuple[str, ...]:
    """Split what a path adds to a folder around it; nothing where it does not lie below it."""
    rest = _below(path, folder, flavour)
    return tuple(posix(rest, flavour).split("/")) if rest else ()


def _below(path: str, folder: str, flavour: ModuleType) -> str | None:
    """Return the rest of a path below a folder; None for the folder itself and all others."""
    around = flavour.normpath(folder)
    tidy = flavour.normpath(path)
    start = around if around.endswith(flavour.sep) else around + flavour.sep
    if flavour.normcase(tidy).startswith(flavour.normcase(start)):
        return str(tidy[len(start) :]) or None
    return None
