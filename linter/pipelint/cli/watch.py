"""`pipelint --watch`: check, wait until something changes, check again.

The file system is asked twice a second. That takes a hundredth of a processor for a thousand files,
works on every system and in every container, and needs nothing installed.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterable, Iterator

from pipelint.cache import Cache
from pipelint.cli.arguments import Options, UsageError
from pipelint.cli.batch import open_cache
from pipelint.cli.check import Projects, check_files, find_files, resolver_of
from pipelint.cli.failure import Failure, tell
from pipelint.cli.streams import Streams
from pipelint.config import Resolver, root_of
from pipelint.discover import Found
from pipelint.report.summary import count

INTERVAL = 0.5
"""Seconds between two looks at the files."""

SETTLING = 0.05
"""Seconds in which nothing may change before files are read: an editor writes in several steps."""

FOR_PEOPLE = ("full", "concise")
CLEAR = "\x1b[H\x1b[2J"

_NAMES = (".gitignore", ".pipelint-baseline.json", ".pipelint.yaml", "pipelint.yaml")
"""Files of a folder that decide about others in it."""

_Look = dict[str, tuple[int, int, int] | None]
"""What the file system says of paths: when and how they changed, or that they are not there."""


def watch(options: Options, streams: Streams) -> int:
    """Check whenever something changes, until somebody interrupts or nobody reads any more."""
    _refuse(options)
    terminal = streams.stdout.isatty() and streams.environ.get("TERM") != "dumb"
    reader = os.fstat(streams.stdout.fileno())
    cache: Cache | None = None
    resolver = resolver_of(options)
    while True:
        if terminal:
            streams.stdout.write(CLEAR)
        projects = Projects(options, resolver)
        found = find_files(options, resolver)
        look = _look(_found(found))
        if cache is None:
            cache = open_cache(options, streams.environ, len(found.files)) or Cache("")
        _check(options, found, projects, streams, cache)
        look |= _look(path for path in projects.read() if path not in look)
        if _is_gone(streams, reader):
            return 0
        gc.collect()  # elsewhere that is left to the end of the process
        while _is_idle(changed := _wait(look), options, found, resolver):
            pass
        if _configures(changed, resolver):
            resolver = resolver_of(options)


def _refuse(options: Options) -> None:
    """Raise UsageError for what a person who watches cannot mean."""
    if "-" in options.paths:
        raise UsageError("standard input cannot be watched", "name files or folders")
    if options.fix or options.diff:
        raise UsageError("`--watch` changes no files", "run `--fix` or `--diff` by itself")
    if options.output_format not in FOR_PEOPLE:
        hint = "use `full` or `concise`, and `--report FORMAT=FILE` for programs"
        raise UsageError(f"`--watch` is for people, `{options.output_format}` is not", hint)


def _check(
    options: Options, found: Found, projects: Projects, streams: Streams, cache: Cache
) -> None:
    began, before = time.monotonic(), cache.judged
    cache.forget()
    try:
        check_files(options, found, projects, streams, cache)
    except Failure as failure:  # somebody is about to mend it
        tell(streams, *failure.lines)
    if not options.quiet:
        anew = f"{cache.judged - before} of {count(len(found.files), 'file')} anew"
        spent = time.monotonic() - began
        now = time.strftime("%H:%M:%S")
        streams.say(f"{now}: checked {anew} in {spent:.2f} s; waiting for changes, Ctrl-C ends")


def _is_gone(streams: Streams, reader: os.stat_result) -> bool:
    """Flush; tell whether the reader has gone: then the stream leads to nowhere."""
    streams.close()
    return not os.path.samestat(os.fstat(streams.stdout.fileno()), reader)


# --- what may change -----------------------------------------------------------------------------


def _wait(look: _Look) -> set[str]:
    """Wait until something has changed, and then has not for a while; return what it was."""
    before = now = dict(look)
    while now == before:
        time.sleep(INTERVAL)
        now = _look(look)
    settled = False
    while not settled:
        time.sleep(SETTLING)
        last, now = now, _look(look)
        settled = now == last
    look.update(now)
    return {path for path in now if now[path] != before[path]}


def _is_idle(changed: set[str], options: Options, found: Found, resolver: Resolver) -> bool:
    """Tell whether only folders have changed, and hold no other pipelines than before.

    Editors keep their drafts beside a file, and this run may have written a report.
    """
    if changed - _folders_of(found):
        return False
    return find_files(options, resolver) == found


def _configures(changed: set[str], resolver: Resolver) -> bool:
    """Tell whether a configuration has changed, or one of the files that it extends."""
    named = any("pipelint" in os.path.basename(path) for path in changed)
    return named or not changed.isdisjoint(resolver.read())


def _look(paths: Iterable[str]) -> _Look:
    return {path: _state(path) for path in paths}


def _state(path: str) -> tuple[int, int, int] | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _found(found: Found) -> Iterator[str]:
    """Give the files of a search, and all that decides about what is found."""
    yield from _files_of(found)
    yield from (os.path.abspath(path) for path, _ in found.problems)
    for folder in _folders_of(found):
        yield folder
        yield from (os.path.join(folder, name) for name in _NAMES)


def _files_of(found: Found) -> list[str]:
    left_out = (*found.unchecked, *found.skipped)
    return [*found.files, *(path for path, _ in left_out if not path.endswith(os.sep))]


def _folders_of(found: Found) -> set[str]:
    """Return the folders that were looked into, and those around files and folders."""
    known: set[str] = set()
    for start in (*found.folders, *map(os.path.dirname, _files_of(found))):
        root, folder = root_of(start), start
        while folder not in known:
            known.add(folder)
            if folder not in {root, os.path.dirname(folder)}:
                folder = os.path.dirname(folder)
    return known
