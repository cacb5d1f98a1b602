"""Check the files of a run: known answers are not looked for again, much work is shared out."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pipelint.cli.arguments import Options
from pipelint.config.root import root_of
from pipelint.engine import Checked
from pipelint.record import NamedTuple
from pipelint.source import decode

if TYPE_CHECKING:
    from pipelint.cache import Cache
    from pipelint.cli.check import Projects

MANY = 8
"""So many files are worth a cache; it helps fewer as well, but a hook checks what is new to it."""

FOLDER = ".pipelint_cache"

SWEEP = 2_000
"""Files between two collections of garbage: a model is garbage of some 80 kB."""


class Task(NamedTuple):
    """A file to check: its absolute path and its content."""

    path: str
    data: bytes


class Unread(NamedTuple):
    """Why nothing is known of a file."""

    reason: str


Outcome = Checked | Unread


def open_cache(options: Options, environ: Mapping[str, str], files: int) -> Cache | None:
    """Open the cache of a run, where one is wanted and worth it.

    A folder that somebody names may be a link; one of the repository may not.
    """
    if options.no_cache or environ.get("PIPELINT_NO_CACHE") or files < MANY:
        return None
    from pipelint.cache import Cache

    named = options.cache_dir or environ.get("PIPELINT_CACHE_DIR")
    if named:
        return Cache(os.path.realpath(named))
    return Cache(os.path.join(options.root or root_of(os.getcwd()), FOLDER))


def check_all(
    paths: Iterable[str],
    projects: Projects,
    options: Options,
    step: Callable[[], None],
    cache: Cache | None = None,
) -> Iterator[tuple[str, Outcome]]:
    """Check files; give what came of each, in the order of the paths. `step` is called for each."""
    outcomes: dict[str, Outcome] = {}
    waiting: deque[Task] = deque()
    for path in paths:
        outcome = _look_up(path, projects, cache)
        if isinstance(outcome, Task):
            waiting.append(outcome)
        else:
            outcomes[path] = outcome
            step()
    for path, outcome in _judge(waiting, projects, options, cache):
        outcomes[path] = outcome
        step()
    if cache is not None and not projects.problems():
        cache.save()
    for path in paths:
        outcome = outcomes[path]
        if isinstance(outcome, Checked):
            outcome = projects.of(path).without_known(outcome, path)
        yield path, outcome


def _look_up(path: str, projects: Projects, cache: Cache | None) -> Outcome | Task:
    """Read a file, and return what is known of it already or the task to check it."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        return Unread((error.strerror or "cannot be read").lower())
    project = projects.of(path)
    project.prepare(project.settings(path))  # what is wrong there is told in any case
    known = cache.find(project, path, data) if cache is not None else None
    return known or Task(path, data)


def _judge(
    waiting: deque[Task], projects: Projects, options: Options, cache: Cache | None
) -> Iterator[tuple[str, Outcome]]:
    jobs = 1
    if len(waiting) > 1:
        from pipelint.cli.workers import jobs_for

        jobs = jobs_for(options, waiting)
    if jobs > 1:
        return _judge_elsewhere(waiting, projects, options, cache, jobs)
    return _judge_here(waiting, projects, cache)


def _judge_here(
    waiting: deque[Task], projects: Projects, cache: Cache | None
) -> Iterator[tuple[str, Outcome]]:
    done = 0
    while waiting:
        path, data = waiting.popleft()
        project = projects.of(path)
        checked = project.judge(data, path)
        if cache is not None:
            cache.keep(project, path, data, checked)
        yield path, checked
        done += 1
        if done % SWEEP == 0:
            gc.collect()


def _judge_elsewhere(
    waiting: deque[Task],
    projects: Projects,
    options: Options,
    cache: Cache | None,
    jobs: int,
) -> Iterator[tuple[str, Outcome]]:
    from pipelint.cache import lines
    from pipelint.cli.workers import Crew, Lost

    crew = Crew(options, jobs)
    for task, said in crew.judge(waiting):
        if isinstance(said, Lost):
            yield task.path, Unread(said.reason)
        elif not said:  # nobody could: this process can, or says why not
            yield from _judge_here(deque((task,)), projects, cache)
        else:
            path, data = task
            project = projects.of(path)
            _, rest = lines.read(said)
            checked = lines.read_checked(rest, project.source(decode(data), path))
            if cache is not None:
                cache.keep(project, path, data, checked, said.decode())
            yield path, checked
