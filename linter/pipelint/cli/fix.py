"""`pipelint --fix` and `--diff`: what is mended is written, or shown, when all of it is known."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pipelint.cli.arguments import Options
from pipelint.cli.check import (
    FAILED,
    Projects,
    complain,
    finish,
    named_in_vain,
    report_of,
    say_skipped,
    unchecked,
    unread,
)
from pipelint.cli.failure import tell
from pipelint.cli.progress import Progress
from pipelint.cli.streams import Streams
from pipelint.config import Resolver
from pipelint.discover import Found, shown
from pipelint.fixing.files import File, mend_files
from pipelint.fixing.mend import BUGS, MOST_ROUNDS, Mended
from pipelint.fixing.stored import UnwritableError, replace
from pipelint.report.drawing import printable
from pipelint.report.run import FileReport
from pipelint.source import UndecodableError


class Work:
    """The files to mend, the reports of those that cannot be, and whether something went wrong."""

    __slots__ = ("failed", "files", "found", "projects", "reports")

    def __init__(self, projects: Projects, found: Found | None) -> None:
        self.projects = projects
        self.found = found
        self.files: list[File] = []
        self.reports: list[FileReport] = []
        self.failed = False

    def add(self, path: str, data: bytes) -> None:
        """Take a file; one that is no text is only reported."""
        project = self.projects.of(os.path.abspath(path))
        try:
            self.files.append(File(path, data, project))
        except UndecodableError:
            self.reports.append(report_of(project.check_bytes(data, path)))

    def left(self) -> list[FileReport]:
        """Report what the files still have in them."""
        return [*self.reports, *(report_of(file.last.after) for file in self.files)]


def fix_files(options: Options, found: Found, resolver: Resolver, streams: Streams) -> int:
    """Mend the files that were found; see `main` for the exit codes."""
    work = Work(Projects(options, resolver), found)
    work.failed = named_in_vain(found, streams)
    work.reports = [unchecked(_shown(path), reason) for path, reason in found.unchecked]
    for path in found.files:
        _read(path, work, streams)
    _mend(options, work, streams)
    if options.diff:
        return _show(options, work, streams)
    for file in work.files:
        if file.edits and not _write(file, streams):
            file.forget()
            work.failed = True
    return _finish(options, work, streams)


def fix_stdin(options: Options, resolver: Resolver, streams: Streams) -> int:
    """Mend the standard input; the text goes to the standard output, all else to the other one.

    What cannot be mended comes out as it went in. With `--diff` only the difference is printed.
    """
    data = streams.stdin.buffer.read()
    work = Work(Projects(options, resolver), None)
    work.add(options.stdin_filename or "<stdin>", data)
    _mend(options, work, streams)
    if options.diff:
        return _show(options, work, streams)
    streams.write_bytes(work.files[0].data if work.files else data)
    return _finish(options, work, streams._replace(stdout=streams.stderr))


def _read(path: str, work: Work, streams: Streams) -> None:
    try:
        with open(path, "rb") as file:
            work.add(path, file.read())
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        tell(streams, f"{_shown(path)}: {reason}")
        work.reports.append(unread(_shown(path), reason))
        work.failed = True


def _mend(options: Options, work: Work, streams: Streams) -> None:
    progress = Progress(streams.stderr, len(work.files), quiet=options.quiet > 0)
    mend_files(work.files, progress.step, unsafe=options.unsafe_fixes)
    progress.clear()
    if work.found is not None:
        say_skipped(options, work.found, streams)
    complain(work.projects, streams)
    if not options.quiet:
        for file in work.files:
            streams.say(*(f"note: {printable(note)}" for note in _notes(file.last)))


def _notes(mended: Mended) -> Iterator[str]:
    """Say which fixes were not made, and why."""
    source = mended.after.source
    if mended.unread:
        yield f"{source.path} is not fixed, since a part of it cannot be read"
    for refused in mended.refused:
        line, column = source.position(refused.start)
        bug = "; this is a bug in pipelint" if refused.why in BUGS else ""
        what = f"the fix of `{refused.rule}` ({refused.title})"
        yield f"{source.path}:{line}:{column}: {what} was not made: {refused.why}{bug}"
    if not mended.settled:
        yield f"{source.path} is not fixed to the end after {MOST_ROUNDS} rounds: run it again"


def _write(file: File, streams: Streams) -> bool:
    try:
        replace(file.name, file.original.data, file.data, file.root)
    except (OSError, UnwritableError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        tell(streams, f"{_shown(file.name)} {(reason or 'cannot be written').lower()}: not fixed")
        return False
    return True


def _finish(options: Options, work: Work, streams: Streams) -> int:
    """Report what is left."""
    fixed = tuple(one for file in work.files for one in file.fixed)
    failed, found = work.failed, work.found
    return finish(options, work.left(), streams, failed=failed, found=found, fixed=fixed)


def _show(options: Options, work: Work, streams: Streams) -> int:
    """Print what would be changed."""
    from pipelint.cli.difference import show

    code = show(options, work.files, work.left(), work.found, streams)
    return FAILED if work.failed else code


def _shown(path: str) -> str:
    return shown(path, os.getcwd())
