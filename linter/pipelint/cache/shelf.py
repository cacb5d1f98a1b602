"""The file in which answers lie: one line each, found by its first word.

It is read whole and written whole, never changed: a run that ends early, or two runs at a time,
leave a good file behind. Whatever is wrong with it, it is as if it were not there.
"""

from __future__ import annotations

import os
from binascii import crc32
from collections.abc import Mapping
from contextlib import suppress
from stat import S_ISREG

SIZE_LIMIT = 32_000_000
"""Bytes of a file; the answers that were not asked for in the last runs are dropped first."""

MOST_FILES = 4
"""Files that are kept: one for each version, Python or parser that checks here in turn."""

ENDING = ".cache"
_FILES = {
    ".gitignore": "# Made by pipelint.\n*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# Made by pipelint.\n",
}
"""What keeps the folder out of repositories and backups."""

_KEY = slice(0, 32)
_SUM = slice(33, 41)
_REST = slice(42, None)

Lines = dict[bytes, bytes]
"""Lines as they stand in the file, by their keys."""


def read(path: str) -> Lines:
    """Read a file; what cannot be read is empty."""
    try:
        status = os.stat(path)
        if not S_ISREG(status.st_mode) or status.st_size > SIZE_LIMIT:
            return {}
        with open(path, "rb") as file:
            lines = file.read().split(b"\n")
    except OSError:
        return {}
    return {line[_KEY]: line for line in lines}


def line_of(key: str, text: str) -> bytes:
    """Make a line; `key` has 32 digits and `text` is ASCII without a line end."""
    said = f"{key} {text}".encode("ascii")
    return said[:33] + b"%08x " % crc32(said) + said[33:]


def text_of(line: bytes) -> bytes:
    """Return the text of a line. Raises ValueError where it is not what was written."""
    said = line[_KEY] + b" " + line[_REST]
    if line[_SUM] != b"%08x" % crc32(said):
        raise ValueError("damaged")
    return said[33:]


def write(path: str, lines: Mapping[bytes, bytes]) -> None:
    """Write lines, the first ones while there is room. Nothing happens where that is impossible."""
    kept, size = [], 0
    for line in lines.values():
        size += len(line) + 1
        if size > SIZE_LIMIT:
            break
        kept.append(line)
    with suppress(OSError):
        _replace(path, b"\n".join(kept))


def _replace(path: str, data: bytes) -> None:
    folder = os.path.dirname(path)
    _make(folder)
    draft = f"{path}.{os.urandom(4).hex()}"
    try:
        with open(draft, "xb") as file:
            file.write(data)
        os.replace(draft, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise
    _drop_others(folder)


def _make(folder: str) -> None:
    """Make the folder. A link is not followed: who knows where a repository would have us write."""
    if os.path.islink(folder):
        raise OSError(folder)
    os.makedirs(folder, exist_ok=True)
    for name, text in _FILES.items():
        with suppress(FileExistsError), open(os.path.join(folder, name), "xb") as file:
            file.write(text.encode())


def _drop_others(folder: str) -> None:
    """Drop the files that were written longest ago, and what a run that was killed has left."""
    with os.scandir(folder) as entries:
        ours = [entry for entry in entries if ENDING in entry.name]
        ours.sort(key=lambda entry: entry.stat(follow_symlinks=False).st_mtime_ns, reverse=True)
    for entry in ours[MOST_FILES:]:
        os.unlink(entry.path)
