"""How a rule asks for another document of the repository: the answer may be that nobody knows."""

from __future__ import annotations

from typing import Protocol

from pipelint.record import NamedTuple
from pipelint.source import Source

FOUND = "found"
MISSING = "missing"
UNKNOWN = "unknown"


class Document(NamedTuple):
    """An answer: `state` is found, missing (surely not there) or unknown (cannot be told).

    `path` is relative to the root, with `/`. `source` is given where the document was found.
    """

    state: str
    path: str
    source: Source | None = None


class Outside(Protocol):
    """Gives the documents beside the one that is checked; never reads outside the root."""

    def file(self, path: str) -> Document:
        """Look up a path relative to the root of the repository."""

    def copy_of(self, name: str) -> Document:
        """Look for a copy of another repository's file beside the text, by its name.

        A folder that is no repository may hold a pipeline together with the templates that it
        uses; anywhere else such a file is another one, and nothing is known.
        """


class Nowhere:
    """The outside of a text that belongs to no repository: nothing can be told."""

    def file(self, path: str) -> Document:
        """Say that it is not known."""
        return Document(UNKNOWN, path)

    def copy_of(self, name: str) -> Document:
        """Say that it is not known."""
        return Document(UNKNOWN, name)
