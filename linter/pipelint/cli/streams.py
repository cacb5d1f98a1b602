"""The streams of a run, with good manners: broken pipes are quiet, narrow encodings no crash."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from typing import TextIO

from pipelint.record import NamedTuple


class Streams(NamedTuple):
    """Where a run reads and writes. `environ` decides about colours."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    environ: Mapping[str, str]

    def write(self, lines: Iterable[str]) -> None:
        """Write lines to the standard output; a reader that has gone is no error."""
        _write(self.stdout, "".join(f"{line}\n" for line in lines))

    def write_bytes(self, data: bytes) -> None:
        """Write bytes to the standard output as they are, after what stands there already."""
        buffer = getattr(self.stdout, "buffer", None)
        if buffer is None:  # text in memory
            self.stdout.write(data.decode("utf-8", "replace"))
            return
        try:
            self.stdout.flush()
            buffer.write(data)
            buffer.flush()
        except (OSError, ValueError):
            _silence(self.stdout)

    def say(self, *lines: str) -> None:
        """Write lines to the standard error."""
        _write(self.stderr, "".join(f"{line}\n" for line in lines))

    def close(self) -> None:
        """Flush; where nobody reads any more, keep Python from complaining at exit."""
        for stream in (self.stdout, self.stderr):
            try:
                stream.flush()
            except (OSError, ValueError):
                _silence(stream)


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(_encodable(text, stream))
    except (OSError, ValueError):
        _silence(stream)


def _encodable(text: str, stream: TextIO) -> str:
    """Replace what the stream's encoding (cp1252 on some consoles) does not have by escapes."""
    if text.isascii():
        return text
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _silence(stream: TextIO) -> None:
    if stream in {sys.stdout, sys.stderr}:
        with open(os.devnull, "w", encoding="utf-8") as nothing:
            os.dup2(nothing.fileno(), stream.fileno())
