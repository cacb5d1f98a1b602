"""The answers of earlier runs: asked for by file, kept where they are safe to repeat."""

from __future__ import annotations

import json
import os

from pipelint import __version__
from pipelint.cache import lines, shelf
from pipelint.cache.digests import digest, digest_program, digest_settings, digest_text
from pipelint.cache.questions import Questions
from pipelint.config import Settings
from pipelint.engine import INTERNAL_ERROR, Checked
from pipelint.project import Project
from pipelint.source import decode


class Cache:
    """What was found in files, kept in a folder: it is read now, and written by `save`.

    Without a folder it lasts as long as the process. `judged` counts the files that were checked
    because nothing was known of them.
    """

    __slots__ = ("_changed", "_fresh", "_old", "_path", "_questions", "_settings", "judged")

    def __init__(self, folder: str) -> None:
        name = f"{__version__}-{digest_program()[:16]}{shelf.ENDING}"
        self._path = os.path.join(folder, name) if folder else ""
        self._old = shelf.read(self._path)
        self._fresh: shelf.Lines = {}
        self._changed = False
        self.judged = 0
        self.forget()

    def forget(self) -> None:
        """Look at settings and at other files anew from now on: they may have changed."""
        self._questions = Questions()
        self._settings: dict[int, tuple[Settings, str]] = {}

    def find(self, project: Project, path: str, data: bytes) -> Checked | None:
        """Return what was found in a file with this content, or None where that is not known."""
        key = self._key(project, path).encode()
        line = self._fresh.get(key) or self._old.get(key)
        if line is None:
            return None
        try:
            content, _, said = shelf.text_of(line).partition(b" ")
            if content.decode() != digest(data):
                return None
            asked, rest = lines.read(said)
            if not self._questions.still_hold(project, path, asked):
                return None
            checked = lines.read_checked(rest, project.source(decode(data), path))
        except ValueError:
            return None  # damaged, or no text at all: it will be found anew
        self._fresh[key] = line
        return checked

    def keep(
        self, project: Project, path: str, data: bytes, checked: Checked, said: str = ""
    ) -> None:
        """Remember what was found in the file that was checked last, unless it must not be.

        `said` is what `lines.write` makes of it, where that has been done already.
        """
        self.judged += 1
        said = said or lines.write(checked, self._questions.write(project.asked))
        if _is_bug(checked) or _tells_secret(checked, said) or _is_judged_by_others(project, path):
            return
        key = self._key(project, path)
        self._fresh[key.encode()] = shelf.line_of(key, f"{digest(data)} {said}")
        self._changed = True

    def save(self) -> None:
        """Write down what is new; what this run did not ask for comes last."""
        if not self._changed:
            return
        rest = {key: line for key, line in self._old.items() if key not in self._fresh}
        self._old = {**self._fresh, **rest}
        if self._path:
            shelf.write(self._path, self._old)
        self._changed = False

    def _key(self, project: Project, path: str) -> str:
        """Digest all but the content of a file: of each file one content is remembered."""
        shown, home = project.source("", path).path, project.home(path)
        flags = "no-ignores" if project.no_ignores else ""
        return digest_text(shown, home, flags, self._digest(project.settings(path)))

    def _digest(self, settings: Settings) -> str:
        known = self._settings.get(id(settings))
        if known is None:
            known = self._settings[id(settings)] = (settings, digest_settings(settings))
        return known[1]


def _is_bug(checked: Checked) -> bool:
    return any(one.rule == INTERNAL_ERROR.name for one in checked.diagnostics)


def _tells_secret(checked: Checked, said: str) -> bool:
    """Tell whether a literal credential would be written down, whole or in part."""
    if not checked.masked:
        return False
    from pipelint.report.masking import hide_in_diagnostics

    text, found = checked.source.text, list(checked.diagnostics)
    if hide_in_diagnostics(found, text, checked.masked) != found:
        return True
    secrets = (text[span.start : span.end].splitlines() for span in checked.masked)
    words = {word.strip(" \t\"'") for pieces in secrets for word in pieces} - {""}
    return any(json.dumps(word)[1:-1] in said for word in words)


def _is_judged_by_others(project: Project, path: str) -> bool:
    """Tell whether jsonschema judges a file: who knows what its next version says."""
    schema = project.prepare(project.settings(path))
    return schema is not None and bool(schema.lacking)
