"""Reading the slices of a catalogue: a definition is decoded when a document reaches it."""

from __future__ import annotations

import json
import os
from itertools import accumulate
from typing import Any

HERE = os.path.dirname(__file__)


class Slices:
    """One file of definitions, one a line: its first line names them all and gives their lengths.

    `path` is absolute or relative to this folder. The file is opened at the first `get`.
    """

    __slots__ = ("_data", "_index", "_path")

    def __init__(self, path: str) -> None:
        self._path = os.path.join(HERE, path)
        self._index: dict[str, int] | None = None
        self._data = b""

    def get(self, name: str) -> dict[str, Any]:
        """Return a definition; raises KeyError where there is none."""
        index = self._index if self._index is not None else self._read()
        start = index[name]
        schema: dict[str, Any] = json.loads(self._data[start : self._data.index(b"\n", start)])
        return schema

    def names(self) -> list[str]:
        """Return the names of all definitions, in the order of the catalogue."""
        return list(self._index if self._index is not None else self._read())

    def _read(self) -> dict[str, int]:
        with open(self._path, "rb") as file:
            return self.fill(file.read())

    def fill(self, data: bytes) -> dict[str, int]:
        """Take the text of a file of slices; return where each definition begins."""
        end = data.index(b"\n") + 1
        names, lengths = json.loads(data[:end])
        # The offset of each line is the sum of those before it.
        self._index = dict(zip(names.split(" "), accumulate(lengths, initial=end), strict=False))
        self._data = data
        return self._index


def date_of(name: str) -> str:
    """Return the day (`2026-08-07`) from which the facts are that a catalogue took over.

    It stands in the first line of what was imported; no more than that is read.
    """
    with open(os.path.join(HERE, name, "imported.json"), encoding="utf-8") as file:
        head = file.readline().rstrip(",\n")
    return str(json.loads(head + "}")["meta"]["date"])
