"""The files of one root: each read once, checked with the settings that hold for it.

Rules ask here for the files beside the one that is checked. Nothing outside the root is ever read;
symbolic links are followed first, then looked at.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from pipelint.beside import Asked, Beside
from pipelint.config import ConfigProblem, Resolver, Settings
from pipelint.config.root import segments, within
from pipelint.diagnostic import Finding
from pipelint.discover.path import posix, shown
from pipelint.engine import UNKNOWN as UNKNOWN_KIND
from pipelint.engine import Checked, examine
from pipelint.outside import FOUND, MISSING, UNKNOWN, Document
from pipelint.policy import Text, judge
from pipelint.security.credentials import hidden_places
from pipelint.source import Source, Span, UndecodableError, decode
from pipelint.yaml import parse
from pipelint.yaml.rules.text import not_utf8

if TYPE_CHECKING:
    from pipelint.baseline import Baseline
    from pipelint.document import Document as Read
    from pipelint.schema.user import UserSchema

SIZE_LIMIT = 1_000_000
"""Larger files, in bytes, are not read for the sake of another one."""

_REPLACEMENT = "\ufffd"


class Project:
    """The files below a folder, as `pipelint.outside.Outside` and as texts to check.

    `resolver` gives the settings of each file, `cwd` is the folder that paths are shown from.
    `kind` is what all files are taken for. With `no_ignores` neither comments nor the baseline hide
    anything, with `no_baseline` that one does not. `problems` gathers what is wrong with baselines,
    and with schemas that the configuration names. `opened` holds texts that are newer than the
    disk, by their real paths: an editor's. `asked` is what the file that was checked last wanted to
    know of others, with the answers.
    """

    __slots__ = (
        "_answers",
        "_baselines",
        "_catalogues",
        "_real",
        "_schemas",
        "_settings",
        "_whole",
        "asked",
        "cwd",
        "kind",
        "no_baseline",
        "no_ignores",
        "opened",
        "problems",
        "resolver",
        "root",
    )

    def __init__(
        self,
        root: str,
        resolver: Resolver,
        *,
        cwd: str = ".",
        kind: str = "",
        no_ignores: bool = False,
        no_baseline: bool = False,
    ) -> None:
        self.root = os.path.realpath(root)
        self.resolver = resolver
        self.cwd = os.path.abspath(cwd)
        self.kind = kind
        self.no_ignores = no_ignores
        self.no_baseline = no_baseline or no_ignores
        self.opened: Mapping[str, str] = {}
        self.forget()

    def forget(self) -> None:
        """Read everything anew from now on: files have changed."""
        self.problems: list[ConfigProblem] = []
        self.asked: Asked = {}
        self._answers: dict[str, Document] = {}
        self._baselines: dict[str, Baseline | None] = {}
        self._catalogues: set[str] = set()
        self._schemas: dict[str, UserSchema] = {}
        self._settings: dict[int, tuple[Settings, Settings]] = {}
        self._real: dict[str, str] = {}
        self._whole = _is_whole(self.root)

    def forget_files(self) -> None:
        """Look files up anew from now on; settings and schemas are still what they were."""
        self._answers.clear()

    @property
    def is_repository(self) -> bool:
        """Whether the root is a Git work tree."""
        return os.path.lexists(os.path.join(self.root, ".git"))

    def read(self) -> Iterator[str]:
        """Give the paths of what was read for the sake of the files, or looked for in vain."""
        yield from (os.path.join(self.root, *place.split("/")) for place in self._answers)
        yield from (*self._baselines, *self._catalogues, *self._schemas)

    def file(self, path: str) -> Document:
        """Look up a path relative to the root, with `/`.

        It is missing only where the root is a Git work tree with all of its files; what lies
        outside the root or cannot be read is unknown.
        """
        if path not in self._answers:
            self._answers[path] = self._look_up(path)
        return self._answers[path]

    def check(self, path: str) -> Checked | OSError:
        """Check a file on the disk; return the error where it cannot be read."""
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            return error
        return self.check_bytes(data, path)

    def check_bytes(self, data: bytes, path: str) -> Checked:
        """Check bytes as if they were the content of a file; the file need not exist."""
        return self.without_known(self.judge(data, path), path)

    def judge(self, data: bytes, path: str) -> Checked:
        """Check bytes as `check_bytes` does, but hide nothing that a baseline knows."""
        self.asked = {}
        try:
            return self._examine(decode(data), path)[0]
        except UndecodableError as error:
            return self._undecodable(data, error, path)

    def check_text(self, text: str, path: str) -> Checked:
        """Check a text as if it were the content of a file; the file need not exist."""
        return self.examine_text(text, path)[0]

    def examine_text(self, text: str, path: str) -> tuple[Checked, Read | None]:
        """Check a text as `check_text` does; give the document too, or None if it is none."""
        checked, document = self._examine(text, path)
        return self.without_known(checked, path), document

    def _examine(self, text: str, path: str) -> tuple[Checked, Read | None]:
        settings, beside = self.settings(path), self.beside(path)
        self.asked = beside.asked
        return examine(
            self.source(text, path),
            settings,
            beside,
            home=self.home(path),
            no_ignores=self.no_ignores,
            schema=self.prepare(settings),
        )

    def beside(self, path: str) -> Beside:
        """Return what a file sees of the project."""
        return Beside(self, "/" not in self.home(path), {})

    def prepare(self, settings: Settings) -> UserSchema | None:
        """Read what settings name, and say once what is wrong with it; return the schema."""
        if settings.catalogue:
            self._look_at_catalogue(settings.catalogue)
        return self._schema(settings.schema) if settings.schema else None

    def baseline(self, path: str) -> Baseline | None:
        """Return the baseline that holds for a file; what is wrong with it is told once."""
        place = None if self.no_baseline else self.resolver.baseline(path)
        if place is None:
            return None
        if place not in self._baselines:
            from pipelint.baseline import load

            found = load(place, self.root, shown(place, self.cwd))
            if isinstance(found, ConfigProblem):
                self.problems.append(found)
            self._baselines[place] = None if isinstance(found, ConfigProblem) else found
        return self._baselines[place]

    def without_known(self, checked: Checked, path: str) -> Checked:
        """Suppress what the baseline knows."""
        baseline = self.baseline(path)
        if baseline is None:
            return checked
        from pipelint.baseline import hide

        home = self.home(path)
        return hide(checked, baseline.files.get(home, {}), home, self.settings(path))

    def _look_at_catalogue(self, path: str) -> None:
        """Read a catalogue of the user's own, and say once what is wrong with it."""
        if path in self._catalogues:
            return
        self._catalogues.add(path)
        from pipelint.harness.catalogue import load

        problem = help_ = ""
        try:
            load(path)
        except OSError as error:
            problem = (error.strerror or "cannot be read").lower()
        except ValueError:
            problem = "this is no catalogue of Harness"
            help_ = "make one with `pipelint catalogue import`"
        if problem:
            self.problems.append(ConfigProblem(shown(path, self.cwd), Span(0, 0), problem, help_))

    def _schema(self, path: str) -> UserSchema:
        """Read a schema of the user's own; what is wrong with it is told once."""
        if path not in self._schemas:
            self._schemas[path] = self._load_schema(path)
        return self._schemas[path]

    def _load_schema(self, path: str) -> UserSchema:
        from pipelint.schema.user import UserSchema, load
        from pipelint.yaml.resolve import json_type

        name = shown(path, self.cwd)
        try:
            with open(path, "rb") as file:
                schema = load(decode(file.read()), name, json_type)
        except UndecodableError as error:
            schema = UserSchema(name, problem=str(error))
        except OSError as error:
            schema = UserSchema(name, problem=(error.strerror or "cannot be read").lower())
        if schema.problem:
            self.problems.append(ConfigProblem(name, Span(0, 0), schema.problem))
        elif schema.note:
            self.resolver.notes.append(f"{name}: {schema.note}")
        return schema

    def source(self, text: str, path: str) -> Source:
        """Make a text the content of a file, under the name that people know."""
        return Source(text, shown(os.path.abspath(path), self.cwd))

    def home(self, path: str) -> str:
        """Return the path below the root, with `/`; a link counts where it stands."""
        around, name = os.path.split(os.path.abspath(path))
        folder = self._real.get(around)
        if folder is None:
            folder = self._real[around] = os.path.realpath(around)
        if not within(folder, self.root):  # a text that was given a name somewhere else
            return posix(os.path.join(folder, name))
        return "/".join((*segments(folder, self.root), name))

    def settings(self, path: str) -> Settings:
        """Return the settings of a file; the engine keeps a table for each, so they are kept."""
        plain = self.resolver.settings(path)
        if not self.kind:
            return plain
        if id(plain) not in self._settings:
            self._settings[id(plain)] = (plain, plain._replace(kind=self.kind))
        return self._settings[id(plain)][1]

    def _look_up(self, path: str) -> Document:
        place = posixpath.normpath(path)
        if not path or posixpath.isabs(path) or place.split("/", 1)[0] == "..":
            return Document(UNKNOWN, path)
        try:
            return self._read(place)
        except (FileNotFoundError, NotADirectoryError):
            return Document(MISSING if self._whole else UNKNOWN, place)
        except (OSError, ValueError):  # no rights; a NUL or half a surrogate in the path
            return Document(UNKNOWN, place)

    def _read(self, place: str) -> Document:
        real = os.path.realpath(os.path.join(self.root, *place.split("/")))
        if not within(real, self.root):
            return Document(UNKNOWN, place)
        if real in self.opened:
            return Document(FOUND, place, Source(self.opened[real], place))
        status = os.stat(real)
        if S_ISDIR(status.st_mode) and self._whole:
            return Document(MISSING, place)
        if not S_ISREG(status.st_mode) or status.st_size > SIZE_LIMIT:
            return Document(UNKNOWN, place)
        with open(real, "rb") as file:
            return Document(FOUND, place, Source(decode(file.read()), place))

    def _undecodable(self, data: bytes, error: UndecodableError, path: str) -> Checked:
        """Make a finding at the first character that cannot be read."""
        source = self.source(data.decode(error.encoding.lower(), "replace"), path)
        settings = self.settings(path)
        at = max(source.text.find(_REPLACEMENT, source.offset(error.line, 1)), 0)
        finding = Finding(
            Span(at, at + 1),
            f"this file is not {error.encoding} text",
            f"no {error.encoding} character",
            help="save it as UTF-8",
        )
        text = Text(source, (), _no_extent, _no_route, self.home(path))
        kind = settings.kind or _kind_of(source.path)
        found = tuple(judge(text, [(not_utf8, finding)], settings, no_ignores=True))
        masked = hidden_places(parse(source), source.text)
        ours = kind != UNKNOWN_KIND
        return Checked(source, kind, ours, found, masked=masked, complete=False)


def _is_whole(root: str) -> bool:
    """Tell whether a folder is a Git work tree that holds every file of its commit."""
    git = os.path.join(root, ".git")
    return os.path.lexists(git) and not os.path.lexists(
        os.path.join(git, "info", "sparse-checkout")
    )


def _kind_of(path: str) -> str:
    from pipelint.vela.kind import of_path

    return of_path(path) or UNKNOWN_KIND


def _no_extent(offset: int) -> Span:
    return Span(offset, offset)


def _no_route(_: int) -> str:
    return ""
