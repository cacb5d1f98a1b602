"""What a file asked of others: written down, and asked again."""

from __future__ import annotations

from collections.abc import Iterable

from pipelint.beside import Asked
from pipelint.cache.digests import digest_text
from pipelint.outside import Document
from pipelint.project import Project
from pipelint.source import Source

Question = tuple[str, str, str, str, str]
"""How was asked, for what, and the answer: its state, its path, the digest of its text."""


class Questions:
    """Writes questions down; a text that many files ask for is digested once."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[int, tuple[Source, str]] = {}

    def write(self, asked: Asked) -> list[Question]:
        """Write down what was asked, with the answers."""
        return [(how, name, *self._short(answer)) for (how, name), answer in asked.items()]

    def still_hold(self, project: Project, path: str, asked: Iterable[Question]) -> bool:
        """Ask again for a file; tell whether every answer is what it was."""
        return all(
            (state, place, text) == self._short(project.beside(path).ask(how, name))
            for how, name, state, place, text in asked
        )

    def _short(self, answer: Document) -> tuple[str, str, str]:
        text = self._digest(answer.source) if answer.source else ""
        return answer.state, answer.path, text

    def _digest(self, source: Source) -> str:
        known = self._known.get(id(source))
        if known is None:
            known = self._known[id(source)] = (source, digest_text(source.text))
        return known[1]
