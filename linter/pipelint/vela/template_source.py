"""Where a template comes from: the source of type `github`, read as the server reads it."""

from __future__ import annotations

import re

from pipelint.record import NamedTuple

_PARTS = 3
"""Organization, repository, path: what must stand behind the host."""

_PORT = re.compile(r":(?![0-9]+$)")


class GithubSource(NamedTuple):
    """A source in its parts; `rest` is what stands behind a second `@`, which nothing reads."""

    host: str
    org: str
    repo: str
    path: str
    ref: str
    rest: str


def read(text: str) -> GithubSource | None:
    """Read `host/org/repo/path@ref`; None where the server refuses it.

    The first part is always taken to be the host, whatever it looks like.
    """
    _, scheme, bare = text.partition("://")
    bare = bare if scheme else text.removeprefix("//")
    host, _, path = re.split(r"[?#]", bare, maxsplit=1)[0].partition("/")
    host = host.rpartition("@")[2]
    parts = path.removeprefix("/").split("/", _PARTS - 1)
    if not host or _PORT.search(host) or len(parts) < _PARTS or not all(parts):
        return None
    org, repo, file = parts
    file, _, ref = file.partition("@")
    ref, _, rest = ref.partition("@")
    return GithubSource(host, org, repo, file, ref, rest) if file else None


def ending(text: str) -> str:
    """Return the ending of the file that a source names, with its dot, in lower case."""
    name = text.rpartition("/")[2].partition("@")[0]
    return "." + name.rpartition(".")[2].lower() if "." in name else ""
