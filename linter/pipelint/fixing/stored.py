"""A file as it lies on the disk: its bytes, its text, and how it is replaced without a gap."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from stat import S_IMODE

from pipelint.config.root import within
from pipelint.record import NamedTuple
from pipelint.source import BOM, decode

_WRITABLE = 0o222
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class UnwritableError(Exception):
    """The file stays what it is; the message says why."""


class Stored(NamedTuple):
    """Bytes and the text in them, without the byte order mark: that is in `head`."""

    data: bytes
    head: bytes
    encoding: str
    text: str

    def encoded(self, text: str) -> bytes:
        """Return another text in the same encoding, with the same mark in front."""
        return self.head + text.encode(self.encoding)


def stored(data: bytes) -> Stored:
    """Read bytes as the checker does. Raises UndecodableError."""
    text = decode(data).removeprefix(BOM)
    encoding = _UTF_16.get(data[:2], "utf-8")
    head = data[: len(data) - len(text.encode(encoding))]
    return Stored(data, head, encoding, text)


def replace(path: str, before: bytes, after: bytes, root: str) -> None:
    """Give a file a new content, with its mode and owner; a link stays, its target is replaced.

    Raises UnwritableError where the file lies outside the root, is read-only or does not hold
    `before` any more, OSError where the disk says no. The file is whole at every moment.
    """
    real = os.path.realpath(path)
    if not within(real, root):
        raise UnwritableError(f"leads out of {root}")
    if _holds(real, after):
        return  # another name of it was there before
    status = os.stat(real)
    if not status.st_mode & _WRITABLE or not os.access(real, os.W_OK):
        raise UnwritableError("is read-only")
    handle, beside = tempfile.mkstemp(
        prefix=f".{os.path.basename(real)}.", suffix=".tmp", dir=os.path.dirname(real)
    )
    try:
        with open(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        _resemble(beside, status)
        _require(real, before)
        os.replace(beside, real)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _resemble(path: str, status: os.stat_result) -> None:
    """Give a new file the owner, as far as that is allowed, and the mode of another one."""
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(path, status.st_uid, status.st_gid)
    os.chmod(path, S_IMODE(status.st_mode))


def _require(path: str, content: bytes) -> None:
    if not _holds(path, content):
        raise UnwritableError("has changed meanwhile")


def _holds(path: str, content: bytes) -> bool:
    with open(path, "rb") as file:
        return file.read() == content
