"""Where a repository begins, and what lies inside it."""

from __future__ import annotations

import os


def root_of(path: str) -> str:
    """Return the nearest folder upward that holds `.git` (file or folder).

    Without one it is the file's own folder, or the folder itself where `path` is one.
    """
    own = path if os.path.isdir(path) else os.path.dirname(path)
    own = folder = os.path.abspath(own)
    while not os.path.lexists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return own
        folder = parent
    return folder


def within(path: str, folder: str) -> bool:
    """Tell whether a path is a folder or lies in it; both absolute, with links resolved."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def segments(path: str, folder: str) -> tuple[str, ...]:
    """Split what a path adds to a folder around it; both absolute."""
    rest = path[len(folder.rstrip(os.sep)) + 1 :]
    if os.altsep:
        rest = rest.replace(os.altsep, os.sep)
    return tuple(rest.split(os.sep)) if rest else ()
