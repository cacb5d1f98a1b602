"""Which settings hold for a file: the nearest configuration upward, and the command line.

Command line and editor ask the same resolver. Where no configuration exists, an answer costs a few
questions to the file system a folder, and nothing is imported.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipelint.config.levels import Command, apply_command
from pipelint.config.root import root_of, within
from pipelint.config.rulebook import Rulebook
from pipelint.config.settings import ConfigProblem, Settings
from pipelint.rule import Rule

if TYPE_CHECKING:
    from pipelint.config.chain import Chain
    from pipelint.config.load import Loader

NAMES = ("pipelint.yaml", ".pipelint.yaml")
"""What a configuration file is called; the first one wins."""

BASELINE = ".pipelint-baseline.json"
"""What a baseline is called where no configuration names one."""

_MISNAMED = ("pipelint.yml", ".pipelint.yml")


class Resolver:
    """Answers with the settings of files, and remembers folders and configurations.

    `rules` gives every rule there is; it is called when a rule is first looked up by name.
    `root` is the folder that is never left; without it each file has its own (`root_of`).
    `config` names the only file to read. `problems` gathers what is wrong in configurations, and
    `notes` what a person should know; both are complete once all files have been asked for.
    """

    __slots__ = (
        "_bare",
        "_baselines",
        "_config",
        "_folders",
        "_loader",
        "_real",
        "_root",
        "_roots",
        "_trusted",
        "book",
        "command",
        "no_config",
        "notes",
    )

    def __init__(
        self,
        rules: Callable[[], Sequence[Rule]],
        *,
        root: str | None = None,
        config: str | None = None,
        no_config: bool = False,
        command: Command | None = None,
        trusted: bool = True,
    ) -> None:
        self.book = Rulebook(rules)
        self.command = command or Command()
        self.no_config = no_config
        self._trusted = trusted
        self._root = os.path.realpath(root) if root is not None else None
        self._config = os.path.abspath(config) if config is not None else None
        self.forget()

    def forget(self) -> None:
        """Read everything anew from now on: a configuration has changed."""
        self.notes: list[str] = []
        self._bare: Settings | None = None
        self._baselines: dict[str, str | None] = {}
        self._loader: Loader | None = None
        self._folders: dict[str, Chain | None] = {}
        self._real: dict[str, str] = {}
        self._roots: dict[str, str] = {}

    @property
    def problems(self) -> list[ConfigProblem]:
        """What is wrong in the configurations read so far."""
        return self._loader.problems if self._loader else []

    def read(self) -> list[str]:
        """Return the paths of the configuration files read so far."""
        return self._loader.read() if self._loader else []

    @property
    def withheld(self) -> list[ConfigProblem]:
        """What was not read because the workspace is not trusted."""
        return self._loader.withheld if self._loader else []

    def settings(self, path: str) -> Settings:
        """Return what holds for a file, given by its path; it need not exist."""
        folder, place = self._place(path)
        chain = self._chain(folder)
        return chain.settings(place) if chain else self._plain()

    def excluded(self, path: str, folder: bool = False) -> str:
        """Say where a file or a folder is excluded (`pipelint.yaml:7`), else the empty text."""
        if self.no_config:
            return ""
        around, place = self._place(path)
        chain = self._chain(around)
        return chain.excluded(place, folder=folder) if chain else ""

    def kind(self, path: str) -> str:
        """Say what a file is by configuration, or return the empty text."""
        return self.settings(path).kind

    def baseline(self, path: str) -> str | None:
        """Return the path of the baseline that holds for a file: the nearest one upward.

        One that the configuration names comes first; it may be missing.
        """
        if self.no_config:
            return None
        folder, _ = self._place(path)
        chain = self._chain(folder)
        named = chain.baseline if chain else None
        return named or self._nearest_baseline(folder)

    def _nearest_baseline(self, folder: str) -> str | None:
        root, asked = self._root_of(folder), []
        found = None
        while found is None and within(folder, root):
            if folder in self._baselines:
                found = self._baselines[folder]
                break
            asked.append(folder)
            path = os.path.join(folder, BASELINE)
            found = path if os.path.lexists(path) else None
            if folder == root:  # nothing lies above `/`
                break
            folder = os.path.dirname(folder)
        self._baselines.update(dict.fromkeys(asked, found))
        return found

    def _place(self, path: str) -> tuple[str, str]:
        """Return the folder of a path and the path, links in the folder resolved."""
        around, name = os.path.split(os.path.abspath(path))
        real = self._real.get(around)
        if real is None:
            real = self._real[around] = os.path.realpath(around)
        return real, os.path.join(real, name)

    def _plain(self) -> Settings:
        """Return what holds where no configuration does."""
        if self._bare is None:
            levels: dict[str, str] = {}
            apply_command(self.command, self.book, levels)
            self._bare = Settings(self.book, levels=levels)
        return self._bare

    def _chain(self, folder: str) -> Chain | None:
        if self.no_config:
            return None
        root = self._root_of(folder)
        if self._config is not None:
            if root not in self._folders:
                self._folders[root] = self._load(self._config, root)
            return self._folders[root]
        return self._nearest(folder, root) if within(folder, root) else None

    def _root_of(self, folder: str) -> str:
        if self._root is not None:
            return self._root
        if folder not in self._roots:
            self._roots[folder] = root_of(folder)
        return self._roots[folder]

    def _nearest(self, folder: str, root: str) -> Chain | None:
        """Find the configuration of a folder, from the outermost folder inwards.

        A folder that is excluded stays so, whatever configuration it brings along: that is how a
        vendored copy of another repository is left out.
        """
        missing = []
        while folder not in self._folders:
            missing.append(folder)
            if folder == root:
                break
            folder = os.path.dirname(folder)
        chain = self._folders.get(folder)
        for inner in reversed(missing):
            if chain is None or not chain.excluded(inner, folder=True):
                chain = self._own(inner, root) or chain
            self._folders[inner] = chain
        return chain

    def _own(self, folder: str, root: str) -> Chain | None:
        paths = [os.path.join(folder, name) for name in NAMES]
        there = [path for path in paths if os.path.lexists(path)]
        if not there:
            self._note_misnamed(folder)
            return None
        if len(there) > 1:
            self.notes.append(f"{there[1]} is not read: {NAMES[0]} stands beside it")
        return self._load(there[0], root)

    def _note_misnamed(self, folder: str) -> None:
        for name in _MISNAMED:
            path = os.path.join(folder, name)
            if os.path.lexists(path):
                self.notes.append(f"{path} is not read: name it {NAMES[0]}")

    def _load(self, path: str, root: str) -> Chain:
        from pipelint.config.chain import Chain
        from pipelint.config.load import Loader

        if self._loader is None:
            self._loader = Loader(self.book, trusted=self._trusted)
        if self._config is None and not self._loader.lies_in(path, root):
            return Chain((), root, self.book, self.command)
        return Chain(self._loader.load(path, root), root, self.book, self.command)
