"""The one thread on which texts are checked and questions answered: the loop only reads and writes.

One thread, so that nothing is shared between two; a queue with priorities, so that somebody who
waits for an answer goes before what merely ought to be done. What is cancelled before its turn
never runs.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from itertools import count
from queue import PriorityQueue
from threading import Thread
from typing import Any, NamedTuple, TypeVar

ANSWER, CHECK, INDEX = 0, 1, 2
"""What a person waits for; what is shown when it is there; what can wait."""

_STOP = -1

Made = TypeVar("Made")


class _Job(NamedTuple):
    """Jobs of the same priority are done in their order."""

    priority: int
    number: int
    run: Callable[[], Any] | None
    future: Future[Any]


class Worker:
    """A thread with a queue."""

    __slots__ = ("_numbers", "_queue", "_thread")

    def __init__(self) -> None:
        self._queue: PriorityQueue[_Job] = PriorityQueue()
        self._numbers = count()
        self._thread = Thread(target=self._work, name="pipelint", daemon=True)
        self._thread.start()

    def submit(self, run: Callable[[], Made], priority: int) -> Future[Made]:
        """Queue a job; the future has its result or its exception, or is cancelled."""
        future: Future[Made] = Future()
        self._queue.put(_Job(priority, next(self._numbers), run, future))
        return future

    def stop(self) -> None:
        """End the thread after the job that runs; the others are left."""
        self._queue.put(_Job(_STOP, next(self._numbers), None, Future()))

    def _work(self) -> None:
        while True:
            job = self._queue.get()
            if job.run is None:
                return
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                result = job.run()
            except BaseException as error:  # noqa: BLE001 - whoever asked gets it
                job.future.set_exception(error)
            else:
                job.future.set_result(result)
