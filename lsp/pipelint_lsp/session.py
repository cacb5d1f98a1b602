"""What the server knows: the open texts, the folders, the settings, and the texts as checked.

The loop opens, changes and closes texts; everything else here runs on the worker's thread.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pipelint.config import NAMES, ConfigProblem, Resolver
from pipelint.discover import root_of
from pipelint.discover.sniff import is_yaml
from pipelint.engine import UNKNOWN, Checked
from pipelint.fixing import Mended, mend
from pipelint.project import Project
from pipelint.registry import all_rules
from pipelint.security.credentials import hidden_places
from pipelint.source import BOM, Source
from pipelint_lsp.snapshot import Snapshot
from pipelint_lsp.uris import key_of, to_path

NO_YAML = "not a YAML file"
SWITCHED_OFF = "pipelint is switched off in the settings of the editor"
_UNTITLED = "untitled"


class Opened(NamedTuple):
    """A version of an open text, as the editor has it."""

    uri: str
    path: str
    language: str
    version: int
    text: str

    @property
    def is_marked(self) -> bool:
        """Whether it begins with a byte order mark."""
        return self.text.startswith(BOM)


class Session:
    """The state of one editor. `epoch` counts how often anything but an open text has changed."""

    __slots__ = (
        "_mended", "_projects", "_snapshots", "_trusted", "documents", "enabled", "epoch",
        "folders", "resolver",
    )  # fmt: skip

    def __init__(
        self, folders: Sequence[str] = (), options: Mapping[str, Any] | None = None
    ) -> None:
        self.folders = list(folders)
        self.documents: dict[str, Opened] = {}
        self.epoch = 0
        self._trusted = True
        self.configure(options or {})

    def configure(self, options: Mapping[str, Any]) -> None:
        """Take the editor's settings: `enable`, and `trusted` for the workspace.

        Settings that do not speak of trust leave it as it was.
        """
        self.enabled = options.get("enable") is not False
        self._trusted = options.get("trusted", self._trusted) is not False
        self.resolver = Resolver(all_rules, trusted=self._trusted)
        self._projects: dict[str, Project] = {}
        self._snapshots: dict[str, tuple[Opened, Snapshot]] = {}
        self._mended: tuple[Snapshot, Mended] | None = None
        self.epoch += 1

    # --- open texts ------------------------------------------------------------------------------

    def open(self, uri: str, language: str, version: int, text: str) -> Opened:
        """Take a text that was opened."""
        opened = Opened(uri, self._path_of(uri), language, version, text)
        self.documents[key_of(uri)] = opened
        return opened

    def change(self, uri: str, version: int, text: str) -> Opened | None:
        """Take a newer version of an open text; None where it is not open."""
        before = self.documents.get(key_of(uri))
        if before is None:
            return None
        opened = self.documents[key_of(uri)] = before._replace(version=version, text=text)
        return opened

    def close(self, uri: str) -> None:
        """Forget a text."""
        self.documents.pop(key_of(uri), None)
        self._snapshots.pop(key_of(uri), None)

    def opened(self, uri: str) -> Opened | None:
        """Return the newest version of an open text."""
        return self.documents.get(key_of(uri))

    def is_current(self, opened: Opened) -> bool:
        """Tell whether a version is still the newest one."""
        return self.documents.get(key_of(opened.uri)) is opened

    def _path_of(self, uri: str) -> str:
        """Return the path of a text; of one that was never saved, where it would lie."""
        path = to_path(uri)
        if path is not None:
            return path
        folder = self.folders[0] if self.folders else os.getcwd()
        name = os.path.basename(uri.partition(":")[2].replace("\\", "/"))
        return os.path.join(folder, name or _UNTITLED)

    # --- on the worker ---------------------------------------------------------------------------

    def snapshot(self, opened: Opened) -> Snapshot:
        """Return a version as it was checked; each is checked once."""
        key = key_of(opened.uri)
        known = self._snapshots.get(key)
        if known is not None and known[0] is opened:
            return known[1]
        made = self._check(opened)
        if self.is_current(opened):
            self._snapshots[key] = opened, made
        return made

    def mended(self, snapshot: Snapshot) -> Mended:
        """Fix what is safe to fix in a version; the last answer is kept."""
        if self._mended is None or self._mended[0] is not snapshot:
            project, path = self.project_of(snapshot.path), snapshot.path
            made = mend(
                snapshot.source.text,
                lambda text: project.examine_text(text, path),
                known=(snapshot.checked, snapshot.document),
            )
            self._mended = snapshot, made
        return self._mended[1]

    def forget(self) -> None:
        """Look at the disk anew: a configuration, a template or another file has changed."""
        self.resolver.forget()
        self._projects.clear()
        self._snapshots.clear()
        self._mended = None
        self.epoch += 1

    def project_of(self, path: str) -> Project:
        """Return the project that a file belongs to."""
        root = root_of(path)
        project = self._projects.get(root)
        if project is None:
            project = self._projects[root] = Project(root, self.resolver, cwd=root)
        return project

    def problems(self) -> list[ConfigProblem]:
        """Return what is wrong in configurations, and in the files that they name."""
        own = [one for project in self._projects.values() for one in project.problems]
        return [*self.resolver.problems, *own]

    def why_not(self, opened: Opened) -> str:
        """Say why a text is not looked at, or return the empty text."""
        if not self.enabled:
            return SWITCHED_OFF
        if not is_yaml(opened.path) and not opened.language.startswith("yaml"):
            return NO_YAML
        if os.path.basename(opened.path) in NAMES:
            return "the configuration of pipelint"
        excluded = self.resolver.excluded(opened.path)
        return f"excluded in {excluded}" if excluded else ""

    def _check(self, opened: Opened) -> Snapshot:
        why = self.why_not(opened)
        if why:
            source = Source(opened.text, opened.path)
            checked = Checked(source, UNKNOWN, checked=False, note=why)
            return Snapshot(opened.uri, opened.path, opened.version, source, None, checked)
        project = self.project_of(opened.path)
        project.opened = dict(self._texts())
        project.forget_files()
        checked, document = project.examine_text(opened.text, opened.path)
        source = checked.source
        masked = checked.masked
        if document is not None and not masked:
            masked = hidden_places(document.tree, source.text)
        return Snapshot(opened.uri, opened.path, opened.version, source, document, checked, masked)

    def _texts(self) -> Iterator[tuple[str, str]]:
        for opened in list(self.documents.values()):
            if to_path(opened.uri) is not None:
                yield os.path.realpath(opened.path), opened.text
