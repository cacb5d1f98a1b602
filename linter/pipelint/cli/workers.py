"""Check files in several processes: a run hands them out, and gets back what was found.

Each process is an ordinary Python that is told over a pipe what to check, on every system alike. A
file that ends its process is the only one that is lost. When the run ends, or is gone, they end.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import BinaryIO

from pipelint.cli.arguments import AUTO, Options
from pipelint.cli.batch import Task
from pipelint.cli.worker import READY
from pipelint.record import NamedTuple

MOST = 61
"""More pipes than these Windows cannot wait for, and nobody has that many files."""

FILE_COST = 0.0004
BYTE_COST = 0.0000003
"""Seconds that a file and one of its bytes take to check, roughly."""

WORTH = 0.3
"""Seconds of work that make up for starting one more process."""

CHUNK = 100_000
"""Bytes that are handed out at a time, a file counting for no less than a tenth of a chunk."""

MOST_DEATHS = 5
"""So many processes are replaced; what ends more of them is not the files."""


_SENT = (
    *("config", "error", "ignore", "info", "kind", "no_config", "no_ignores", "root", "select"),
    "warn",
)
"""The options that decide what is found."""

Popen = subprocess.Popen[bytes]


class Lost(NamedTuple):
    """Why a file could not be checked."""

    reason: str


Answer = tuple[Task, "bytes | Lost"]


def jobs_for(options: Options, tasks: Collection[Task]) -> int:
    """Return how many processes shall check these files; 1 is this one."""
    wanted = options.jobs
    if wanted == AUTO:
        cost = sum(FILE_COST + BYTE_COST * len(task.data) for task in tasks)
        wanted = min(_processors(), int(cost / WORTH))
    return max(1, min(wanted, len(tasks), MOST)) if sys.executable else 1


def _processors() -> int:
    """Count the processors that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


class Crew:
    """Processes, and a thread for each that hands out files and waits for the answers."""

    __slots__ = ("_answers", "_chunks", "_deaths", "_jobs", "_lock", "_options", "_ours", "_over")

    def __init__(self, options: Options, jobs: int) -> None:
        self._options = json.dumps({name: getattr(options, name) for name in _SENT})
        self._jobs = jobs
        self._answers: SimpleQueue[Answer | None] = SimpleQueue()
        self._chunks: list[list[Task]] = []
        self._deaths = 0
        self._lock = Lock()
        self._ours: list[Popen] = []
        self._over = False

    def judge(self, tasks: Collection[Task]) -> Iterator[Answer]:
        """Give each file with what `lines.write` says of it, in any order.

        The bytes are empty where no process could say anything.
        """
        left = {task.path: task for task in tasks}
        self._chunks = _chunks(tasks)
        drivers = [Thread(target=self._drive, daemon=True) for _ in range(self._jobs)]
        try:
            for driver in drivers:
                driver.start()
            working = len(drivers)
            while left and working:
                answer = self._wait()
                if answer is None:
                    working -= 1
                else:
                    del left[answer[0].path]
                    yield answer
            for task in left.values():
                yield task, b""
        finally:
            self._end()

    def _wait(self) -> Answer | None:
        while True:
            # A wait without end cannot be interrupted on Windows.
            with suppress(Empty):
                return self._answers.get(timeout=0.2)

    def _end(self) -> None:
        with self._lock:
            self._over = True
        for process in self._ours:
            process.kill()
        for process in self._ours:
            process.wait()

    # --- in a thread ---

    def _drive(self) -> None:
        """Hand out chunks to one process after the other, until there are none left."""
        process = None
        try:
            while chunk := self._next():
                if process is None or process.poll() is not None:
                    process = self._start()
                if process is None:
                    break
                for said in _ask(process, chunk):
                    self._answers.put((chunk.pop(0), said))
                if chunk:
                    self._bury(process, chunk)
        finally:
            self._answers.put(None)

    def _next(self) -> list[Task]:
        with self._lock:
            return self._chunks.pop() if self._chunks else []

    def _bury(self, process: Popen, chunk: list[Task]) -> None:
        """Say which file a process died of; the others of its chunk are handed out again."""
        reason = f"the process that checked it died ({_cause(process.wait())})"
        self._answers.put((chunk.pop(0), Lost(reason)))
        with self._lock:
            self._deaths += 1
            if self._deaths < MOST_DEATHS:
                self._chunks += [chunk] if chunk else []
                return
            chunk += [task for rest in self._chunks for task in rest]
            self._chunks.clear()
        for task in chunk:
            self._answers.put((task, Lost("not checked: process after process died")))

    def _start(self) -> Popen | None:
        """Start a process; None where that is not possible."""
        code = (
            f"import sys; sys.path[:] = {sys.path!r}; from pipelint.cli.worker import work; work()"
        )
        with self._lock:
            if self._over:
                return None
            try:
                process = subprocess.Popen(  # noqa: S603 - that is us
                    [sys.executable, "-c", code],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            except OSError:
                return None
            self._ours.append(process)
        try:
            _pipe(process.stdin).write(self._options.encode() + b"\n")
            _pipe(process.stdin).flush()
            return process if _pipe(process.stdout).readline() == READY else None
        except OSError:
            return None


def _chunks(tasks: Collection[Task]) -> list[list[Task]]:
    """Part files into chunks; the largest come last, they are handed out first."""
    chunks: list[list[Task]] = []
    room = 0
    for task in sorted(tasks, key=lambda task: len(task.data)):
        size = max(len(task.data), CHUNK // 10)
        if room < size:
            chunks.append([])
            room = CHUNK
        chunks[-1].append(task)
        room -= size
    return chunks


def _ask(process: Popen, chunk: list[Task]) -> Iterator[bytes]:
    """Give the answers for the files of a chunk, as many as come."""
    try:
        stdin, stdout = _pipe(process.stdin), _pipe(process.stdout)
        sizes = json.dumps([(task.path, len(task.data)) for task in chunk])
        stdin.write(b"".join((sizes.encode(), b"\n", *(task.data for task in chunk))))
        stdin.flush()
        for _ in range(len(chunk)):
            size = int(stdout.readline())
            said = stdout.read(size)
            if len(said) < size:
                return
            yield said
    except (OSError, ValueError):
        return


def _pipe(stream: object) -> BinaryIO:
    return stream  # type: ignore[return-value] # both ends were asked for


def _cause(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"
