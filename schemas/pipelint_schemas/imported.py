"""The slices of a catalogue that a user has imported, in place of those that come with us."""

from __future__ import annotations

from pipelint_schemas.build import slice_up
from pipelint_schemas.load import Slices
from pipelint_schemas.sources import read


class ImportedSlices(Slices):
    """The slices of a dialect with an imported catalogue (a JSON file) in place of ours.

    They are made when they are first asked for, which takes about as long as a check of a hundred
    files. Raises OSError and ValueError where the file cannot be used.
    """

    __slots__ = ("_dialect",)

    def __init__(self, dialect: str, path: str) -> None:
        super().__init__(path)
        self._dialect = dialect

    def _read(self) -> dict[str, int]:
        return self.fill(slice_up(read(self._dialect, self._path)).encode("utf-8"))
