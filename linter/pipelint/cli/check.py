"""`pipelint [PATH…]`: find files, check them, report, and come to an exit code."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipelint.cli.arguments import COMMANDS, Options, UsageError, parse, similar
from pipelint.cli.batch import Unread, check_all, open_cache
from pipelint.cli.failure import Failure, tell, tell_config
from pipelint.cli.nothing import NOT_OURS
from pipelint.cli.output import put_out, reports_of
from pipelint.cli.progress import Progress
from pipelint.cli.streams import Streams
from pipelint.config import KINDS, Command, ConfigProblem, Resolver, unknown_names
from pipelint.diagnostic import Diagnostic
from pipelint.discover import Found, find, root_of, shown
from pipelint.engine import INTERNAL_ERROR, Checked
from pipelint.project import Project
from pipelint.registry import all_rules
from pipelint.report.run import FileReport, Run, fails, parted

if TYPE_CHECKING:
    from argparse import Namespace

    from pipelint.cache import Cache

CLEAN, FINDINGS, FAILED = 0, 1, 2


def check(argv: Sequence[str], streams: Streams) -> int:
    """Check what the arguments name; see `main` for the exit codes."""
    try:
        options = parse(argv, streams)
        return CLEAN if options is None else _check(options, streams)
    except UsageError as error:
        tell(streams, str(error), error.help)
        return FAILED
    except Failure as failure:
        tell(streams, *failure.lines)
        return FAILED


def _check(options: Options, streams: Streams) -> int:
    if options.version:
        from pipelint.cli.version import version_lines

        streams.write(version_lines(verbose=options.verbose))
        return CLEAN
    reports_of(options)  # one that cannot be written is told before anything is checked
    if options.watch:
        from pipelint.cli.watch import watch

        return watch(options, streams)
    resolver = resolver_of(options)
    if options.show_settings:
        from pipelint.cli.settings import show_settings

        return show_settings(options.paths, resolver, streams)
    if "-" in options.paths:
        return _check_stdin(options, resolver, streams)
    return _check_found(options, resolver, streams)


def _check_found(options: Options, resolver: Resolver, streams: Streams) -> int:
    found = find_files(options, resolver)
    if options.list_files:
        from pipelint.cli.files import list_files

        return list_files(found, os.getcwd(), streams, why=options.why)
    if options.fix or options.diff:
        from pipelint.cli.fix import fix_files

        return fix_files(options, found, resolver, streams)
    return check_files(options, found, Projects(options, resolver), streams)


def resolver_of(options: Options) -> Resolver:
    """Make what answers with settings. Raises Failure, UsageError."""
    command = Command(
        select=options.select,
        ignore=options.ignore,
        error=options.error,
        warning=options.warn,
        info=options.info,
    )
    if options.config and not os.path.isfile(options.config):
        raise Failure(f"no configuration at {options.config}")
    if options.kind and options.kind not in KINDS:
        near = similar("kind", options.kind, KINDS)
        raise UsageError(f"unknown kind `{options.kind}`", near or "kinds: " + ", ".join(KINDS))
    resolver = Resolver(
        all_rules,
        root=options.root,
        config=options.config,
        no_config=options.no_config,
        command=command,
    )
    for message, hint in unknown_names(command, resolver.book) if any(command) else ():
        raise UsageError(message, hint)
    return resolver


# --- files ---------------------------------------------------------------------------------------


def find_files(options: Options, resolver: Resolver) -> Found:
    """Find the files that the options name."""
    return find(
        options.paths,
        os.getcwd(),
        root=options.root,
        exclude=options.exclude,
        excluded=resolver.excluded,
        kind=resolver.kind,
    )


def check_files(
    options: Options,
    found: Found,
    projects: Projects,
    streams: Streams,
    cache: Cache | None = None,
) -> int:
    """Check and report; without a cache that is open the one of the options is used."""
    cwd = os.getcwd()
    failed = named_in_vain(found, streams)
    reports = [unchecked(shown(path, cwd), reason) for path, reason in found.unchecked]
    progress = Progress(streams.stderr, len(found.files), quiet=options.quiet > 0)
    cache = cache or open_cache(options, streams.environ, len(found.files))
    for path, outcome in check_all(found.files, projects, options, progress.step, cache):
        if isinstance(outcome, Unread):
            progress.clear()
            tell(streams, f"{shown(path, cwd)}: {outcome.reason}")
            reports.append(unread(shown(path, cwd), outcome.reason))
            failed = True
        else:
            reports.append(report_of(outcome))
    progress.clear()
    say_skipped(options, found, streams)
    complain(projects, streams)
    _say_stale(options, reports, projects, streams)
    return finish(options, reports, streams, failed=failed, found=found)


def _say_stale(
    options: Options, reports: list[FileReport], projects: Projects, streams: Streams
) -> None:
    """Say how much of the baselines is of no use any more."""
    stale = sum(report.stale for report in reports)
    searched = [path for path in options.paths or (".",) if os.path.isdir(path)]
    if (stale or searched) and not options.quiet:
        from pipelint.cli.stale import stale_note

        note = stale_note(stale, searched, projects)
        streams.say(*([note] if note else ()))


def named_in_vain(found: Found, streams: Streams) -> bool:
    """Tell of the paths that lead nowhere; return whether there are any."""
    for path, reason in found.problems:
        name = shown(path, os.getcwd())
        tell(streams, f"{name}: {reason}", similar("command", name, COMMANDS))
    return bool(found.problems)


def say_skipped(options: Options, found: Found, streams: Streams) -> None:
    """Say of files that were named why they are left out all the same."""
    named = {os.path.abspath(path) for path in options.paths}
    for path, reason in found.skipped if named else ():
        if os.path.abspath(path) in named:
            streams.say(f"note: {shown(path, os.getcwd())} is {reason}")


def _check_stdin(options: Options, resolver: Resolver, streams: Streams) -> int:
    if len(options.paths) > 1:
        raise UsageError("`-` cannot be mixed with other paths")
    if options.fix or options.diff:
        from pipelint.cli.fix import fix_stdin

        return fix_stdin(options, resolver, streams)
    name = options.stdin_filename or "<stdin>"
    data = streams.stdin.buffer.read()
    projects = Projects(options, resolver)
    checked = projects.of(os.path.abspath(name)).check_bytes(data, name)
    complain(projects, streams)
    return finish(options, [report_of(checked)], streams, failed=False, found=None)


class Projects:
    """The roots that the files of one run lie in."""

    __slots__ = ("_known", "_roots", "options", "resolver")

    def __init__(self, options: Options | Namespace, resolver: Resolver) -> None:
        self.options = options
        self.resolver = resolver
        self._known: dict[str, Project] = {}
        self._roots: dict[str, str] = {}

    def problems(self) -> list[ConfigProblem]:
        """Return what is wrong in configurations and in the schemas that they name."""
        own = [problem for project in self._known.values() for problem in project.problems]
        return [*self.resolver.problems, *own]

    def read(self) -> Iterator[str]:
        """Give the paths of what was read, or looked for in vain, besides the files themselves."""
        yield from self.resolver.read()
        for project in self._known.values():
            yield from project.read()

    def of(self, path: str) -> Project:
        """Return the project of a file."""
        folder = os.path.dirname(path)
        root = self.options.root or self._roots.get(folder)
        if root is None:
            root = self._roots[folder] = root_of(path)
        if root not in self._known:
            self._known[root] = Project(
                root,
                self.resolver,
                kind=self.options.kind or "",
                no_ignores=self.options.no_ignores,
                no_baseline=self.options.no_baseline,
            )
        return self._known[root]


def complain(projects: Projects, streams: Streams) -> None:
    """Tell what is wrong in configurations; nothing is reported on half-understood settings."""
    streams.say(*(f"note: {note}" for note in dict.fromkeys(projects.resolver.notes)))
    problems = projects.problems()
    if problems:
        tell_config(problems, streams)
        raise Failure(count=0)


def unchecked(path: str, reason: str) -> FileReport:
    """Report a file that is known, and not for us to check."""
    kind = "vela-template" if "Starlark" in reason else "unknown"
    return FileReport(path, kind, checked=False, source=None, diagnostics=(), note=reason)


def unread(path: str, reason: str) -> FileReport:
    """Report a file that could not be read; that has been told already."""
    return unchecked(path, reason)._replace(failed=True)


def report_of(checked: Checked) -> FileReport:
    """Report a file that was checked."""
    note = checked.note if checked.checked else checked.note or NOT_OURS
    return FileReport(
        path=checked.source.path,
        kind=checked.kind,
        checked=checked.checked,
        source=checked.source,
        diagnostics=checked.diagnostics,
        note=note,
        masked=checked.masked,
        stale=checked.stale,
    )


# --- the end -------------------------------------------------------------------------------------


def finish(
    options: Options,
    reports: list[FileReport],
    streams: Streams,
    *,
    failed: bool,
    found: Found | None,
    fixed: tuple[Diagnostic, ...] | None = None,
) -> int:
    """Print what was found, and `fixed` in short; return the exit code."""
    cwd = os.getcwd()
    missing = [
        unread(shown(path, cwd), reason) for path, reason in (found.problems if found else ())
    ]
    run = Run(
        tuple(parted(report) for report in (*missing, *reports)),
        fixed=fixed,
        unsafe=options.unsafe_fixes,
        fail_on=options.fail_on,
        show_hidden=options.show_suppressed,
    )
    vain = is_vain(options, run)
    written = put_out(options, run, streams, remarks=not (vain and _are_others(run)))
    if vain:
        from pipelint.cli.nothing import explain_nothing

        explain_nothing(options, found, run, streams)
        return FAILED
    diagnostics = [diagnostic for file in run.files for diagnostic in file.diagnostics]
    if failed or not written or any(one.rule == INTERNAL_ERROR.name for one in diagnostics):
        return FAILED
    wrong = any(fails(one, run) for one in diagnostics)
    return FINDINGS if wrong and not options.exit_zero else CLEAN


def is_vain(options: Options, run: Run) -> bool:
    """Tell whether nothing was checked, and that is not what was expected."""
    nothing = not any(file.checked or file.diagnostics for file in run.files)
    return nothing and not options.allow_empty


def _are_others(run: Run) -> bool:
    """Tell whether no file is ours: that is told once, as an error."""
    return all(file.note == NOT_OURS for file in run.files)
