"""What becomes of a baseline when its files are looked at: entries that come, go, stay and move."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from pipelint.baseline import Baseline, Comparison, Entry, entry_of, follow
from pipelint.diagnostic import Diagnostic
from pipelint.record import NamedTuple

_FEW = 20
"""So many files are compared with one that is lost."""


class File(NamedTuple):
    """A file that was checked; `home` is its path below the root.

    `found` are the findings that a baseline may know, `compared` is what the old one knows of them.
    """

    home: str
    found: tuple[Diagnostic, ...]
    compared: Comparison


class Renewed(NamedTuple):
    """A baseline as it is to be. The numbers count entries that were not there, and that went."""

    entries: tuple[Entry, ...]
    new: int
    gone: int


def record(old: Baseline, files: Sequence[File], lost: Collection[str]) -> Renewed:
    """Take up all that was found. What is known of other files stays, unless they are `lost`."""
    entries = [entry_of(one, file.home) for file in files for one in file.found]
    return _renewed(old, [*entries, *_unseen(old, files, lost)])


def prune(old: Baseline, files: Sequence[File], lost: Collection[str]) -> Renewed:
    """Keep what is still found; what was known of a lost file follows it to where it went."""
    known = [
        entry_of(one, file.home)
        for file in files
        for one in file.found
        if one.fingerprint in file.compared.known
    ]
    moved = [
        entry_of(one, file.home)
        for path, file in _moves(old, files, lost)
        for one in follow(file.found, old.files[path], path)
    ]
    return _renewed(old, [*known, *moved, *_unseen(old, files, lost)])


def _renewed(old: Baseline, entries: Iterable[Entry]) -> Renewed:
    now = {(entry.path, entry.fingerprint): entry for entry in entries}
    before = {(entry.path, entry.fingerprint) for entry in old.entries()}
    return Renewed(tuple(now.values()), len(now.keys() - before), len(before - now.keys()))


def _unseen(old: Baseline, files: Sequence[File], lost: Collection[str]) -> Iterator[Entry]:
    """Give the entries of which nothing is known: of files not looked at, of rules that are off."""
    seen = {file.home for file in files}
    for path, entries in old.files.items():
        if path not in seen and path not in lost:
            yield from entries.values()
    for file in files:
        yield from file.compared.unsure


def _moves(
    old: Baseline, files: Sequence[File], lost: Collection[str]
) -> Iterator[tuple[str, File]]:
    """Tell where lost files went: to new ones that have at least half of their findings."""
    near = _Near(file for file in files if file.found and file.home not in old.files)
    taken: set[str] = set()
    for path in sorted(lost):
        entries = old.files[path]
        best, most = None, (len(entries) + 1) // 2 - 1
        for file in near.to(path):
            same = len(follow(file.found, entries, path)) if file.home not in taken else 0
            if same > most:
                best, most = file, same
        if best is not None:
            taken.add(best.home)
            yield path, best


class _Near:
    """Files by what their paths end with, and by their folders."""

    __slots__ = ("_by_end", "_by_folder")

    def __init__(self, files: Iterable[File]) -> None:
        self._by_end: dict[str, list[File]] = {}
        self._by_folder: dict[str, list[File]] = {}
        for file in files:
            self._by_folder.setdefault(file.home.rpartition("/")[0], []).append(file)
            for end in _ends(file.home):
                self._by_end.setdefault(end, []).append(file)

    def to(self, path: str) -> Iterable[File]:
        """Return a few files of the same name, the likeliest first, and of the same folder."""
        found: dict[str, File] = {}
        places = [self._by_end.get(end, ()) for end in _ends(path)]
        for files in (*places, self._by_folder.get(path.rpartition("/")[0], ())):
            found.update((file.home, file) for file in files[: _FEW - len(found)])
        return found.values()


def _ends(path: str) -> Iterator[str]:
    """Give a path, then without its first folder, and so on; the last is its name."""
    segments = path.split("/")
    return ("/".join(segments[depth:]) for depth in range(len(segments)))
