"""Which baselines a run writes, and which of the checked files each is about."""

from __future__ import annotations

import os
from collections.abc import Collection

from pipelint.baseline import Baseline, compare, is_recordable, load
from pipelint.cli.arguments import Options, UsageError
from pipelint.cli.failure import Failure, tell_config
from pipelint.cli.recording import File, Renewed, prune, record
from pipelint.cli.streams import Streams
from pipelint.config import BASELINE, Resolver
from pipelint.config.root import within
from pipelint.discover import root_of, shown
from pipelint.engine import Checked
from pipelint.project import Project
from pipelint.report.masking import hide_in_diagnostics


class Order(Options):
    """What `pipelint baseline` is asked for."""

    no_baseline = True
    output = ""
    prune = False


class Target:
    """A baseline to write: what it held, the root that its paths start from, its files."""

    __slots__ = ("files", "is_new", "old", "path", "root")

    def __init__(self, path: str, root: str, old: Baseline | None) -> None:
        self.path = path
        self.root = root
        self.is_new = old is None
        self.old = old or Baseline(())
        self.files: list[File] = []

    def renewed(self, order: Order, resolver: Resolver) -> Renewed:
        """Say what the baseline is to hold."""
        renew = prune if order.prune else record
        return renew(self.old, self.files, self._lost(resolver))

    def _lost(self, resolver: Resolver) -> Collection[str]:
        """Return the paths that are gone, or that nobody checks any more."""
        places = {home: os.path.join(self.root, *home.split("/")) for home in self.old.files}
        return [
            home
            for home, place in places.items()
            if not os.path.lexists(place) or resolver.excluded(place)
        ]


class Targets:
    """The baselines of a run, by path; each is read when the first of its files comes."""

    __slots__ = ("_order", "_resolver", "_streams", "known")

    def __init__(self, order: Order, resolver: Resolver, streams: Streams) -> None:
        self._order = order
        self._resolver = resolver
        self._streams = streams
        self.known: dict[str, Target] = {}
        for folder in order.paths or ["."]:
            place = self._place(os.path.join(folder, BASELINE)) if os.path.isdir(folder) else None
            if place and os.path.lexists(place):  # all of its files may be gone
                self._add(place, order.root or root_of(folder))

    def take(self, checked: Checked, path: str, project: Project) -> None:
        """Hand a file to its baseline."""
        place = self._place(path) or os.path.join(project.root, BASELINE)
        target = self.known.get(place) or self._add(place, project.root)
        home = project.home(path)
        entries = target.old.files.get(home, {})
        compared = compare(checked, entries, home, project.settings(path))
        found = [one for one in checked.diagnostics if is_recordable(one)]
        masked = hide_in_diagnostics(found, checked.source.text, checked.masked)
        target.files.append(File(home, tuple(masked), compared))

    def _place(self, path: str) -> str | None:
        if self._order.output:
            return os.path.abspath(self._order.output)
        return self._resolver.baseline(path)

    def _add(self, place: str, root: str) -> Target:
        real = os.path.realpath(root)
        if not within(os.path.realpath(place), real):
            raise UsageError(f"{shown(place, os.getcwd())} leads out of {real}")
        made = self.known[place] = Target(place, real, self._read(place, real))
        return made

    def _read(self, place: str, root: str) -> Baseline | None:
        """Read what a baseline holds; one that cannot be read may only be written as a whole."""
        name = shown(place, os.getcwd())
        if not os.path.lexists(place):
            if self._order.prune:
                raise Failure(f"there is no baseline at {name}", "`pipelint baseline` writes one")
            return None
        old = load(place, root, name)
        if isinstance(old, Baseline):
            return old
        if self._order.prune or self._order.paths:
            tell_config([old], self._streams)
            raise Failure
        return None
