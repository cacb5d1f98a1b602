"""`pipelint [PATH…]`: find files, check them, report, and come to an exit code."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipelint.cli.arguments import COMMANDS, NEVER, Options, UsageError, parse, similar
from pipelint.cli.failure import Failure, tell, tell_config
from pipelint.cli.nothing import NOT_OURS
from pipelint.cli.progress import Progress
from pipelint.cli.streams import Streams
from pipelint.config import KINDS, Command, ConfigProblem, Resolver, unknown_names
from pipelint.diagnostic import at_least
from pipelint.discover import Found, find, root_of, shown
from pipelint.engine import INTERNAL_ERROR, Checked
from pipelint.project import Project
from pipelint.registry import all_rules
from pipelint.report.run import FileReport, Run
from pipelint.report.summary import summary

if TYPE_CHECKING:
    from argparse import Namespace

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
    resolver = _resolver(options)
    if options.show_settings:
        from pipelint.cli.settings import show_settings

        return show_settings(options.paths, resolver, streams)
    if "-" in options.paths:
        return _check_stdin(options, resolver, streams)
    cwd = os.getcwd()
    found = find(
        options.paths,
        cwd,
        root=options.root,
        exclude=options.exclude,
        excluded=resolver.excluded,
    )
    if options.list_files:
        from pipelint.cli.files import list_files

        return list_files(found, cwd, streams, why=options.why)
    return _check_files(options, found, resolver, streams)


def _resolver(options: Options) -> Resolver:
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


def _check_files(options: Options, found: Found, resolver: Resolver, streams: Streams) -> int:
    cwd = os.getcwd()
    projects = Projects(options, resolver)
    failed = False
    for path, reason in found.problems:
        name = shown(path, cwd)
        tell(streams, f"{name}: {reason}", similar("command", name, COMMANDS))
        failed = True
    reports = [_unchecked(shown(path, cwd), reason) for path, reason in found.unchecked]
    progress = Progress(streams.stderr, len(found.files), quiet=options.quiet > 0)
    for path in found.files:
        progress.step()
        checked = projects.of(path).check(path)
        if isinstance(checked, OSError):
            progress.clear()
            tell(streams, f"{shown(path, cwd)}: {(checked.strerror or 'cannot be read').lower()}")
            failed = True
        else:
            reports.append(_report(checked))
    progress.clear()
    for path, reason in found.skipped if options.paths else ():
        if os.path.abspath(path) in {os.path.abspath(named) for named in options.paths}:
            streams.say(f"note: {shown(path, cwd)} is {reason}")
    _complain(projects, streams)
    return _finish(options, reports, streams, failed=failed, found=found)


def _check_stdin(options: Options, resolver: Resolver, streams: Streams) -> int:
    if len(options.paths) > 1:
        raise UsageError("`-` cannot be mixed with other paths")
    name = options.stdin_filename or "<stdin>"
    data = streams.stdin.buffer.read()
    projects = Projects(options, resolver)
    checked = projects.of(os.path.abspath(name)).check_bytes(data, name)
    _complain(projects, streams)
    return _finish(options, [_report(checked)], streams, failed=False, found=None)


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

    def of(self, path: str) -> Project:
        """Return the project of a file."""
        folder = os.path.dirname(path)
        root = self.options.root or self._roots.get(folder)
        if root is None:
            root = self._roots[folder] = root_of(path)
        if root not in self._known:
            kind, ignores = self.options.kind or "", self.options.no_ignores
            self._known[root] = Project(root, self.resolver, kind=kind, no_ignores=ignores)
        return self._known[root]


def _complain(projects: Projects, streams: Streams) -> None:
    """Tell what is wrong in configurations; nothing is reported on half-understood settings."""
    streams.say(*(f"note: {note}" for note in dict.fromkeys(projects.resolver.notes)))
    problems = projects.problems()
    if problems:
        tell_config(problems, streams)
        raise Failure(count=0)


def _unchecked(path: str, reason: str) -> FileReport:
    kind = "vela-template" if "Starlark" in reason else "unknown"
    return FileReport(path, kind, checked=False, source=None, diagnostics=(), note=reason)


def _report(checked: Checked) -> FileReport:
    note = checked.note if checked.checked else checked.note or NOT_OURS
    return FileReport(
        path=checked.source.path,
        kind=checked.kind,
        checked=checked.checked,
        source=checked.source,
        diagnostics=checked.diagnostics,
        note=note,
        masked=checked.masked,
    )


# --- the end -------------------------------------------------------------------------------------


def _finish(
    options: Options,
    reports: list[FileReport],
    streams: Streams,
    *,
    failed: bool,
    found: Found | None,
) -> int:
    run = _run(reports)
    nothing = not any(file.checked or file.diagnostics for file in run.files)
    vain = nothing and not options.allow_empty
    _print(options, run, streams, remarks=not (vain and _are_others(run)))
    if vain:
        from pipelint.cli.nothing import explain_nothing

        explain_nothing(options, found, run, streams)
        return FAILED
    diagnostics = [diagnostic for file in run.files for diagnostic in file.diagnostics]
    if failed or any(one.rule == INTERNAL_ERROR.name for one in diagnostics):
        return FAILED
    fails = options.fail_on != NEVER and any(
        at_least(one.level, options.fail_on) for one in diagnostics
    )
    return FINDINGS if fails and not options.exit_zero else CLEAN


def _are_others(run: Run) -> bool:
    """Tell whether no file is ours: that is told once, as an error."""
    return all(file.note == NOT_OURS for file in run.files)


def _run(reports: list[FileReport]) -> Run:
    shown_ = []
    suppressed = 0
    for report in reports:
        kept = tuple(one for one in report.diagnostics if not one.suppressed)
        suppressed += len(report.diagnostics) - len(kept)
        shown_.append(report._replace(diagnostics=kept))
    return Run(tuple(shown_), suppressed)


def _print(options: Options, run: Run, streams: Streams, *, remarks: bool) -> None:
    from pipelint.report.terminal import style_for

    if options.quiet > 1:
        return
    style = style_for(streams.stdout, streams.environ, options.color)
    if options.statistics:
        from pipelint.report import statistics

        streams.write(statistics.render(run, style))
    elif options.output_format == "json":
        from pipelint.report import as_json

        streams.write(as_json.render(run))
    elif options.output_format == "concise":
        from pipelint.report import concise

        streams.write(concise.render(run, style))
    elif not any(file.diagnostics for file in run.files):
        streams.write(() if options.quiet else (summary(run),))
    else:
        from pipelint.report import full

        lines = full.render_findings(run, style) if options.quiet else full.render(run, style)
        streams.write(lines)
    if remarks and not options.quiet:
        from pipelint.report.summary import notes

        streams.say(*notes(run, style.unicode))
