"""Reading the slices of a catalogue: a definition is decoded when a document reaches it."""

from __future__ import annotations

import json
import os
from typing import Any

HERE = os.path.dirname(__file__)


class Slices:
    """One file of definitions behind an index: its first line gives offset and length of each.

    `path` is absolute or relative to this folder. The file is opened at the first `get`.
    """

    __slots__ = ("_data", "_index", "_path")

    def __init__(self, path: str) -> None:
        self._path = os.path.join(HERE, path)
        self._index: dict[str, list[int]] | None = None
        self._data = b""

    def get(self, name: str) -> dict[str, Any]:
        """Return a definition; raises KeyError where there is none."""
        index = self._index if self._index is not None else self._read()
        start, length = index[name]
        schema: dict[str, Any] = json.loads(self._data[start : start + length])
        return schema

    def names(self) -> list[str]:
        """Return the names of all definitions, in the order of the catalogue."""
        return list(self._index if self._index is not None else self._read())

    def _read(self) -> dict[str, list[int]]:
        with open(self._path, "rb") as file:
            head, self._data = file.readline(), file.read()
        index: dict[str, list[int]] = json.loads(head)
        self._index = index
        return index
