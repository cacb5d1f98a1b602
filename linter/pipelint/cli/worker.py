"""One of several processes that check: files come in by a pipe, what was found goes out.

It imports little: while it starts it does nothing for anybody.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from signal import SIG_IGN, SIGINT, signal
from typing import TYPE_CHECKING, BinaryIO

from pipelint.cache import lines
from pipelint.cache.questions import Questions
from pipelint.cli.arguments import Options
from pipelint.cli.batch import SWEEP, Task
from pipelint.source import decode

if TYPE_CHECKING:
    from pipelint.cli.check import Projects

READY = b"ready\n"


def work() -> None:
    """Check what the standard input says until it ends; nothing is printed but answers."""
    from pipelint.cli.check import Projects, resolver_of

    signal(SIGINT, SIG_IGN)  # whoever started us is told, and ends us
    gc.disable()
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    options = Options(())
    for name, value in json.loads(stdin.readline()).items():
        setattr(options, name, tuple(value) if isinstance(value, list) else value)
    projects = Projects(options, resolver_of(options))
    with suppress(OSError):
        stdout.write(READY)
        stdout.flush()
        for said in _answers(stdin, projects):
            stdout.write(b"%d\n%b" % (len(said), said))
            stdout.flush()
    os._exit(0)  # nothing is left to be done, and taking everything down would be slow


def _answers(stdin: BinaryIO, projects: Projects) -> Iterator[bytes]:
    questions = Questions()
    done = 0
    while sizes := stdin.readline():
        for task in [Task(path, stdin.read(size)) for path, size in json.loads(sizes)]:
            yield _answer(task, projects, questions)
            done += 1
            if done % SWEEP == 0:
                gc.collect()


def _answer(task: Task, projects: Projects, questions: Questions) -> bytes:
    try:
        decode(task.data)  # what is no text is left to the run itself
        project = projects.of(task.path)
        checked = project.judge(task.data, task.path)
        return lines.write(checked, questions.write(project.asked)).encode()
    except Exception:  # noqa: BLE001 - the run itself will meet it, and tell it
        return b""
