"""Paths as URIs: pure functions, for POSIX and Windows alike."""

from __future__ import annotations

import re
from urllib.parse import quote

_DRIVE = re.compile(r"[A-Za-z]:/")


def uri_of(path: str) -> tuple[str, bool]:
    r"""Write a path with `/` as a URI; tell whether it is relative.

    Bytes of a name that are no UTF-8 are written as they are on the disk. `C:/a` is a path of
    Windows, and `//server/share` one of its network.
    """
    if path.startswith("//"):
        return f"file:{_quote(path)}", False
    if path.startswith("/"):
        return f"file://{_quote(path)}", False
    if _DRIVE.match(path):
        return f"file:///{path[:2]}{_quote(path[2:])}", False
    return _quote(path), True


def _quote(path: str) -> str:
    try:
        return quote(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:  # half a character: Windows allows that in names
        return quote(path.encode("utf-8", "replace"))
