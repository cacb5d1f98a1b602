"""Files that are fixed together, in memory: what one of them says may matter to another."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from pipelint.diagnostic import Diagnostic, Edit
from pipelint.fixing.edits import apply, compose
from pipelint.fixing.mend import Mended, mend
from pipelint.fixing.stored import Stored, stored
from pipelint.project import Project

MOST_PASSES = 5
"""So often all files are looked at: fixes that matter to other files are rare, chains rarer."""


class File:
    """A file with the text that it has by now; `edits` lead there from the one it had.

    `name` is its path, or what a text from elsewhere is called. Raises UndecodableError.
    """

    __slots__ = ("_first", "_last", "_project", "edits", "fixed", "name", "original", "text")

    def __init__(self, name: str, data: bytes, project: Project) -> None:
        self.name = name
        self.original: Stored = stored(data)
        self.text = self.original.text
        self.edits: list[Edit] = []
        self.fixed: list[Diagnostic] = []
        self._project = project
        self._first: Mended | None = None
        self._last: Mended | None = None

    def mend(self, *, unsafe: bool) -> bool:
        """Fix what can be fixed now; tell whether anything was."""
        made = mend(
            self.text, lambda text: self._project.examine_text(text, self.name), unsafe=unsafe
        )
        if not self.edits:
            self._first = made
        self._last = made
        if not made.edits:
            return False
        self.edits = compose(self.edits, made.edits, self.text)
        self.fixed += made.fixed
        self.text = apply(self.original.text, self.edits)
        self._show()
        return True

    def forget(self) -> None:
        """Take back all that was done."""
        self.edits, self.fixed, self.text = [], [], self.original.text
        self._last = Mended(self.first.before, self.first.before)

    def _show(self) -> None:
        """Let the others see the text as if it were on the disk."""
        project = self._project
        project.opened = {**project.opened, os.path.realpath(self.name): self.text}
        project.forget_files()

    @property
    def root(self) -> str:
        """The folder that it must not lead out of."""
        return self._project.root

    @property
    def data(self) -> bytes:
        """What it is to hold."""
        return self.original.encoded(self.text)

    @property
    def first(self) -> Mended:
        """What came of it when it was as it had been; `before` is the check of that."""
        if self._first is None:
            raise ValueError("nothing has been tried yet")
        return self._first

    @property
    def last(self) -> Mended:
        """What came of it at last; its `after` is the check of what it is."""
        if self._last is None:
            raise ValueError("nothing has been tried yet")
        return self._last


def mend_files(files: Sequence[File], step: Callable[[], None], *, unsafe: bool) -> None:
    """Fix files until none of them changes any more; `step` is called for each at the first look.

    Nothing is written.
    """
    for number in range(MOST_PASSES):
        changed = False
        for file in files:
            if not number:
                step()
            changed |= file.mend(unsafe=unsafe)
        if not changed:
            return
