"""A file that is written whole, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from errno import EACCES, EBUSY, EPERM, EROFS
from stat import S_IMODE, S_ISREG

_NEW = 0o666
_STUCK = {EACCES, EBUSY, EPERM, EROFS}
"""The folder takes no new file, or the file is a mount of its own, as in a container."""


def write_whole(path: str, text: str) -> None:
    """Write a text as UTF-8 with the line ends it has; nobody ever sees half of it.

    A link stays, its target is replaced; a file keeps its mode. What is no file, as `/dev/stdout`
    or a pipe, is written to, and so is a file that cannot be replaced where it lies.

    Raises OSError.
    """
    data = text.encode("utf-8", "replace")
    real = os.path.realpath(path)
    mode = _mode_of(real)
    if mode is not None and not S_ISREG(mode):
        _write_to(real, data)
        return
    if mode is not None and not os.access(real, os.W_OK):
        raise PermissionError(13, "the file is read-only")
    beside = os.path.join(os.path.dirname(real), f".{os.path.basename(real)}.{os.getpid()}.tmp")
    try:
        _create(beside, data, mode)
        os.replace(beside, real)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(beside)
        if mode is None or not isinstance(error, OSError) or error.errno not in _STUCK:
            raise
        _write_to(real, data)


def _write_to(path: str, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)


def _mode_of(path: str) -> int | None:
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def _create(path: str, data: bytes, mode: int | None) -> None:
    binary = getattr(os, "O_BINARY", 0)  # Windows would change line ends
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, _NEW)
    with open(handle, "wb") as file:
        file.write(data)
    if mode is not None:
        os.chmod(path, S_IMODE(mode))
