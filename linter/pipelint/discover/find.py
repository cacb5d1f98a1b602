"""Turn what the user named into the files to check."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipelint.config import NAMES
from pipelint.config.globs import Globs
from pipelint.config.root import root_of, within
from pipelint.discover import sniff
from pipelint.discover.path import parts
from pipelint.record import NamedTuple

if TYPE_CHECKING:
    from pipelint.discover.ignored import Levels

_LEFT_OUT = {
    ".git",
    ".hg",
    ".mypy_cache",
    ".nox",
    ".pipelint_cache",
    ".svn",
    ".terraform",
    ".tox",
    ".venv",
    "__pycache__",
    "bower_components",
    "node_modules",
}
"""Folders that are never looked into, unless they are named."""

Excluded = Callable[[str, bool], str]
"""Says why a path (absolute; the flag: a folder) is excluded by configuration, or nothing."""

Kind = Callable[[str], str]
"""Says what a file (its absolute path) is by configuration, or nothing."""


class Skipped(NamedTuple):
    """A path that is left out, absolute, with the reason; a folder ends with the separator."""

    path: str
    reason: str


class Found(NamedTuple):
    """Absolute paths, sorted. `unchecked` are files that are known, but cannot be checked.

    `skipped` are YAML files and folders that are left out; `problems` what was named in vain.
    `folders` are those that were looked into: where one changes, there may be something new.
    """

    files: tuple[str, ...]
    unchecked: tuple[Skipped, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[Skipped, ...]
    folders: tuple[str, ...] = ()


def find(
    paths: Sequence[str],
    cwd: str,
    *,
    root: str | None = None,
    exclude: Sequence[str] = (),
    excluded: Excluded = lambda _path, _folder: "",
    kind: Kind = lambda _path: "",
) -> Found:
    """Find the files to check; without `paths`, below the current folder `cwd`.

    A named file is taken whatever it is called, unless it is excluded. `root` is the folder that is
    not left (`--root`); without it each path has its own. `exclude` are globs below `cwd`.
    """
    search = _Search(cwd, exclude, excluded, kind)
    for path in paths or (".",):
        search.add(path, os.path.abspath(os.path.join(cwd, path)), root)
    return search.found()


class _Search:
    __slots__ = (
        "cwd", "excluded", "files", "folders", "globs", "kind", "problems", "skipped", "unchecked",
    )  # fmt: skip

    def __init__(self, cwd: str, exclude: Sequence[str], excluded: Excluded, kind: Kind) -> None:
        self.cwd = os.path.abspath(cwd)
        self.globs = Globs((pattern, 1) for pattern in exclude)
        self.excluded = excluded
        self.kind = kind
        self.files: set[str] = set()
        self.folders: list[str] = []
        self.unchecked: dict[str, str] = {}
        self.skipped: dict[str, str] = {}
        self.problems: dict[str, str] = {}

    def found(self) -> Found:
        # What one argument skips, another may name.
        skipped = {path: why for path, why in self.skipped.items() if path not in self.files}
        return Found(
            tuple(sorted(self.files)),
            _sorted(self.unchecked),
            _sorted(skipped),
            _sorted(self.problems),
            tuple(self.folders),
        )

    def add(self, name: str, path: str, root: str | None) -> None:
        if "\0" in name or not os.path.lexists(path):
            self.problems[name] = "no such file or folder"
            return
        top = os.path.realpath(root if root is not None else root_of(path))
        if not within(os.path.realpath(path), top):
            self.problems[path] = f"leads out of {top}"
        elif os.path.isdir(path):
            self._walk(path, top)
        else:
            self._take(path)

    def _take(self, path: str) -> None:
        why = self._left_out(path, folder=False)
        if why:
            self.skipped[path] = why
        elif sniff.is_starlark(os.path.basename(path)):
            self.unchecked[path] = "a Starlark template"
        else:
            self.files.add(path)

    def _left_out(self, path: str, *, folder: bool) -> str:
        place = parts(path, self.cwd)
        if place and self.globs.line_for(place, folder=folder):
            return "excluded by --exclude"
        where = self.excluded(path, folder)
        return f"excluded by {where}" if where else ""

    def _walk(self, start: str, root: str) -> None:
        """Go through a folder, without recursion: a tree of folders may be very deep."""
        from pipelint.discover import ignored

        real = os.path.realpath(start)
        above = ignored.at_root(root)
        place = parts(real, root)
        for depth in range(len(place)):
            above = ignored.enter(above, os.path.join(root, *place[:depth]), place[:depth])
        waiting = [(start, place, above)]
        while waiting:
            folder, segments, levels = waiting.pop()
            self.folders.append(folder)
            levels = ignored.enter(levels, folder, segments)
            for entry in self._entries(folder):
                inner = (*segments, entry.name)
                if self._enters(entry, inner, levels, root):
                    waiting.append((entry.path, inner, levels))

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.problems[folder] = (error.strerror or "cannot be read").lower()
            return []

    def _enters(
        self, entry: os.DirEntry[str], place: tuple[str, ...], levels: Levels, root: str
    ) -> bool:
        """Judge an entry of a folder: take a file, or tell that a folder is to be entered."""
        if entry.is_dir(follow_symlinks=False):
            if entry.name in _LEFT_OUT:
                return False
            return not self._skips(entry.path, place, levels, folder=True)
        if entry.name in NAMES:
            return False
        kind = sniff.by_path(place)
        if not (kind or sniff.is_yaml(entry.name)):
            if entry.is_symlink() and entry.is_dir():
                self.skipped[entry.path + os.sep] = "a symbolic link to a folder"
            return False
        if not self._skips(entry.path, place, levels, folder=False):
            self._judge(entry, kind, root)
        return False

    def _skips(self, path: str, place: tuple[str, ...], levels: Levels, *, folder: bool) -> bool:
        from pipelint.discover import ignored

        why = ignored.reason(levels, place, folder=folder) or self._left_out(path, folder=folder)
        if why:
            self.skipped[path + os.sep if folder else path] = why
        return bool(why)

    def _judge(self, entry: os.DirEntry[str], kind: str, root: str) -> None:
        path = entry.path
        if entry.is_symlink() and not within(os.path.realpath(path), root):
            self.skipped[path] = "a symbolic link out of the repository"
        elif not entry.is_file():
            self.skipped[path] = "not a regular file"
        elif kind == sniff.STARLARK:
            self.unchecked[path] = "a Starlark template"
        elif kind or self._sniffs(path) or self.kind(path):
            self.files.add(path)
        else:
            self.skipped.setdefault(path, "not a Harness or Vela file")

    def _sniffs(self, path: str) -> bool:
        from pipelint.discover.content import HEAD, by_content

        try:
            with open(path, "rb") as file:
                return bool(by_content(file.read(HEAD)))
        except OSError as error:
            self.skipped[path] = f"cannot be read: {(error.strerror or 'unknown').lower()}"
            return False


def _sorted(found: dict[str, str]) -> tuple[Skipped, ...]:
    return tuple(Skipped(path, reason) for path, reason in sorted(found.items()))
