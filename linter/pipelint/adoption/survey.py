"""What the files of a repository say about how they are to be checked."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence

from pipelint.engine import Checked
from pipelint.record import NamedTuple

VENDORED = ("vendor", "third_party", "third-party", "thirdparty")
"""Folders with the work of others, which nobody here will mend."""

_MARKED = re.compile(
    r"^metadata:[^\n]*\n(?:[ \t][^\n]*\n)*?[ \t]+template:[ \t]*true\b", re.MULTILINE
)
_STEPS = re.compile(r"^(?:steps|stages):", re.MULTILINE)


class Pipeline(NamedTuple):
    """A file that was found to be a pipeline; `home` is its path below the root, with `/`."""

    home: str
    checked: Checked


class Repository(NamedTuple):
    """What lies below a root. `templates` are the homes of Vela templates that no search finds."""

    root: str
    pipelines: tuple[Pipeline, ...]
    templates: tuple[str, ...] = ()

    @property
    def is_git(self) -> bool:
        """Whether it is a Git work tree."""
        return self.has(".git")

    def count(self, dialect: str) -> int:
        """Count the pipelines of a dialect."""
        return sum(1 for one in self.pipelines if one.checked.kind.startswith(f"{dialect}-"))

    def has(self, name: str) -> bool:
        """Tell whether there is something at a path below the root."""
        return os.path.lexists(os.path.join(self.root, *name.split("/")))

    def read(self, name: str) -> str | None:
        """Read a text; None where there is none, and the empty text where it cannot be read."""
        try:
            with open(os.path.join(self.root, name), encoding="utf-8", newline="") as file:
                return file.read()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError):
            return ""


def vendored(pipelines: Iterable[Pipeline]) -> list[str]:
    """Return the folders with the work of others; each ends with `/`."""
    return sorted({folder for one in pipelines if (folder := _vendored(one.home))})


def _vendored(home: str) -> str:
    folders = home.split("/")[:-1]
    for depth, name in enumerate(folders, 1):
        if name in VENDORED:
            return "/".join(folders[:depth]) + "/"
    return ""


def is_vela_template(text: str) -> bool:
    """Tell whether a text that no search finds is a template of Vela by what it says of itself."""
    return _MARKED.search(text) is not None and _STEPS.search(text) is not None


def common_places(homes: Sequence[str]) -> list[str]:
    """Name files by their folders where several lie together; a folder ends with `/`."""
    folders: dict[str, list[str]] = {}
    for home in homes:
        folders.setdefault(home.rpartition("/")[0], []).append(home)
    return sorted(
        place
        for folder, members in folders.items()
        for place in ([f"{folder}/"] if folder else members)
    )
