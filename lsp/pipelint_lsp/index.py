"""Names of all pipelines of the open folders: summaries, made file by file when there is time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pipelint_lsp.features.navigation import TEMPLATE, template_refs
from pipelint_lsp.features.symbols import STEP, VARIABLE, Symbol, outline
from pipelint_lsp.snapshot import Snapshot

FILES_LIMIT = 5_000
"""So many files are looked at in a folder."""

_SHOWN = 200
_LINK = "link"


Place = Callable[[int], tuple[int, int]]
"""Turns an offset into a line and a column, as the editor counts them."""


class Entry(NamedTuple):
    """A name of a file; the places are lines and columns in the editor's units."""

    name: str
    kind: str
    uri: str
    start: tuple[int, int]
    end: tuple[int, int]
    container: str = ""
    detail: str = ""


class Index:
    """The summaries, by path."""

    __slots__ = ("_entries", "_links")

    def __init__(self) -> None:
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self._links: dict[str, tuple[Entry, ...]] = {}

    def put(self, snapshot: Snapshot, place: Place) -> None:
        """Take what a text says; one that is no pipeline has no names."""
        self._entries[snapshot.path] = tuple(_entries(snapshot, place))
        self._links[snapshot.path] = tuple(_uses(snapshot, place))

    def drop(self, path: str) -> None:
        """Forget a file that is gone."""
        self._entries.pop(path, None)
        self._links.pop(path, None)

    def clear(self) -> None:
        """Forget all files."""
        self._entries.clear()
        self._links.clear()

    @property
    def size(self) -> int:
        """How many files are known."""
        return len(self._entries)

    def templates(self, identifier: str) -> list[Entry]:
        """Return the Harness templates of an identifier, whatever their version."""
        return [
            one
            for path in sorted(self._entries)
            for one in self._entries[path][:1]
            if one.name == identifier and (one.kind, one.detail) == TEMPLATE
        ]

    def uses(self, identifier: str) -> list[Entry]:
        """Return the places where something is taken from a Harness template."""
        return [
            one
            for path in sorted(self._links)
            for one in self._links[path]
            if one.name == identifier
        ]

    def find(self, query: str) -> list[Entry]:
        """Return the names that have the letters of a query in them, in their order."""
        wanted = query.lower()
        found: list[Entry] = []
        for path in sorted(self._entries):
            found += [one for one in self._entries[path] if _matches(wanted, one.name.lower())]
            if len(found) >= _SHOWN:
                break
        return found[:_SHOWN]


def _matches(wanted: str, name: str) -> bool:
    at = 0
    for letter in wanted:
        at = name.find(letter, at) + 1
        if not at:
            return False
    return True


def _entries(snapshot: Snapshot, place: Place) -> Iterator[Entry]:
    for one, around in _walk(outline(snapshot), ""):
        start, end = place(one.name_span.start), place(one.name_span.end)
        yield Entry(one.name, one.kind, snapshot.uri, start, end, around, one.detail)


def _uses(snapshot: Snapshot, place: Place) -> Iterator[Entry]:
    for name, span in template_refs(snapshot):
        yield Entry(name, _LINK, snapshot.uri, place(span.start), place(span.end))


def _walk(found: Iterable[Symbol], around: str) -> Iterator[tuple[Symbol, str]]:
    """Give the things that people look for in other files: variables are too many."""
    for one in found:
        if one.kind != VARIABLE:
            yield one, around
        if one.kind != STEP:
            yield from _walk(one.children, one.name)
