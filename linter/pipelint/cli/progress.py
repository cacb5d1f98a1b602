"""A line that tells how far a long run is; only on a terminal, and gone when the run ends."""

from __future__ import annotations

import time
from typing import TextIO

PATIENCE = 0.8
"""Seconds before the line appears: most runs are over by then."""

INTERVAL = 0.1


class Progress:
    """Counts files on a terminal."""

    __slots__ = ("_done", "_drawn", "_next", "_on", "_stream", "_total")

    def __init__(self, stream: TextIO, total: int, *, quiet: bool) -> None:
        self._stream = stream
        self._total = total
        self._on = not quiet and stream.isatty()
        self._done = 0
        self._drawn = False
        self._next = time.monotonic() + PATIENCE

    def step(self) -> None:
        """Say that the next file begins."""
        self._done += 1
        if self._on and time.monotonic() > self._next:
            self._stream.write(f"\rchecking file {self._done} of {self._total}")
            self._stream.flush()
            self._drawn = True
            self._next = time.monotonic() + INTERVAL

    def clear(self) -> None:
        """Take the line away."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = False
