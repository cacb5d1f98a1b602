"""What a file sees of the files around it, and what it has asked of them.

A platform reads the pipeline at the top of a repository. One that lies deeper may be meant for
another repository (an example, a test): what it names need not be in this one.
"""

from __future__ import annotations

from typing import Protocol

from pipelint.outside import MISSING, UNKNOWN, Document
from pipelint.record import NamedTuple

Asked = dict[tuple[str, str], Document]
"""Answers by the questions: how was asked (a method of `Beside`), and for what."""


class Around(Protocol):
    """The files of one root."""

    @property
    def is_repository(self) -> bool:
        """Whether the root is a Git work tree."""

    def file(self, path: str) -> Document:
        """Look up a path relative to the root."""


class Beside(NamedTuple):
    """The outside of one file; `at_top` says that it lies in the root itself."""

    around: Around
    at_top: bool
    asked: Asked

    def copy_of(self, name: str) -> Document:
        """Look for a copy of another repository's file."""
        known = self.at_top and not self.around.is_repository
        answer = self.around.file(name) if known else Document(UNKNOWN, name)
        self.asked["copy_of", name] = answer
        return answer

    def file(self, path: str) -> Document:
        """Look up a path relative to the root."""
        answer = self.around.file(path)
        if answer.state == MISSING and not self.at_top:
            answer = answer._replace(state=UNKNOWN)
        self.asked["file", path] = answer
        return answer

    def ask(self, how: str, name: str) -> Document:
        """Ask again what was asked before."""
        return self.copy_of(name) if how == "copy_of" else self.file(name)
