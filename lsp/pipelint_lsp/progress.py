"""How far a long job is, for editors that show that."""

from __future__ import annotations

from itertools import count

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.progress import Progress

_numbers = count(1)


class Bar:
    """The progress of one job; without a token it is shown to nobody."""

    __slots__ = ("_done", "_percent", "_progress", "_token", "_total")

    def __init__(self, progress: Progress, token: str, total: int) -> None:
        self._progress = progress
        self._token = token
        self._total = total
        self._done = 0
        self._percent = 0

    def step(self) -> None:
        """Count one more; the editor is told of whole percents alone."""
        self._done += 1
        percent = self._done * 100 // self._total
        if self._token and percent > self._percent:
            self._percent = percent
            report = types.WorkDoneProgressReport(message=self._said(), percentage=percent)
            self._progress.report(self._token, report)

    def end(self) -> None:
        """Say that it is over, done or not."""
        if self._token:
            self._progress.end(self._token, types.WorkDoneProgressEnd(message=self._said()))

    def _said(self) -> str:
        return f"{self._done} of {self._total} files"


async def begin(progress: Progress, title: str, total: int, *, shown: bool) -> Bar:
    """Begin a job of so many steps; an editor that wants to show nothing is not told of it."""
    token = f"pipelint-{next(_numbers)}" if shown and total else ""
    if token:
        try:
            await progress.create_async(token)
        except JsonRpcException:
            token = ""
    if token:
        start = types.WorkDoneProgressBegin(title, cancellable=False, percentage=0)
        progress.begin(token, start)
    return Bar(progress, token, total)
