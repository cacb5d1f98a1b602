"""What a check says of baseline entries that hide nothing any more."""

from __future__ import annotations

import os
from collections.abc import Iterable

from pipelint.cli.check import Projects
from pipelint.config import BASELINE


def stale_note(stale: int, folders: Iterable[str], projects: Projects) -> str:
    """Say how many entries are stale: those counted in files, and those of files that are gone.

    Only `folders`, which were searched, are looked at for files that are gone. The empty text says
    that there is nothing to say.
    """
    number = stale + sum(_lost(folder, projects) for folder in folders)
    if not number:
        return ""
    entries = "1 baseline entry no longer occurs" if number == 1 else f"{number} baseline entries"
    more = "; drop it" if number == 1 else " no longer occur; drop them"
    return f"note: {entries}{more} with `pipelint baseline --prune`"


def _lost(folder: str, projects: Projects) -> int:
    inside = os.path.join(os.path.abspath(folder), BASELINE)
    project = projects.of(inside)
    baseline = project.baseline(inside)
    if baseline is None:
        return 0
    below = project.home(inside).removesuffix(BASELINE)
    gone = (
        len(entries)
        for home, entries in baseline.files.items()
        if home.startswith(below)
        and not os.path.lexists(os.path.join(project.root, *home.split("/")))
    )
    return sum(gone)
