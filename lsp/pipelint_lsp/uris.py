"""Editors' names for files, and paths: pure functions, for POSIX and Windows alike."""

from __future__ import annotations

import os
import re
from urllib.parse import quote, unquote

_DRIVE = re.compile(r"^/?([A-Za-z]):(?=[/\\]|$)")
_FILE = "file:"


def to_path(uri: str, *, windows: bool = os.name == "nt") -> str | None:
    """Return the path of a `file:` URI; None for any other (`untitled:` …).

    A drive letter is written small, a host makes a UNC path: `file://host/share` → `//host/share`.
    """
    if not uri.lower().startswith(_FILE):
        return None
    rest = unquote(uri[len(_FILE) :].partition("#")[0].partition("?")[0])
    if rest.startswith("//"):
        host, _, path = rest[2:].partition("/")
        rest = f"//{host}/{path}" if host and host != "localhost" else f"/{path}"
    if not windows:
        return rest
    drive = _DRIVE.match(rest)
    if drive:
        rest = drive[1].lower() + ":" + (rest[drive.end() :] or "/")
    return rest.replace("/", "\\")


def to_uri(path: str, *, windows: bool = os.name == "nt") -> str:
    """Return the `file:` URI of an absolute path, as VS Code writes it (`file:///c%3A/a`)."""
    if windows:
        path = path.replace("\\", "/")
        drive = _DRIVE.match(path)
        if drive:
            path = f"/{drive[1].lower()}:{path[drive.end() :]}"
        elif path.startswith("//"):
            host, _, rest = path[2:].partition("/")
            return f"{_FILE}//{quote(host)}/{quote(rest)}"
    return f"{_FILE}//{quote(path)}"


def key_of(uri: str) -> str:
    """Return what is the same for all ways to write one URI: clients do not agree on quoting."""
    return unquote(uri)
