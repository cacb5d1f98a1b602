"""What comes of a run: one format on the standard output, any others in files (`--report`)."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pipelint.cli.arguments import Options, UsageError, similar
from pipelint.cli.failure import Failure, tell
from pipelint.cli.streams import Streams
from pipelint.config import root_of
from pipelint.discover import shown
from pipelint.record import NamedTuple
from pipelint.report import FORMATS, renderer
from pipelint.report.run import Run, renamed
from pipelint.report.summary import notes, summary
from pipelint.report.terminal import PLAIN, Style, style_for

FULL = "full"


class Report(NamedTuple):
    """A file to write besides."""

    format: str
    path: str


def reports_of(options: Options) -> list[Report]:
    """Read each `--report FORMAT=FILE`. Raises UsageError, and Failure where no file can be."""
    reports = [_report(value) for value in options.report or ()]
    seen = set()
    for report in reports:
        _look_at(report.path)
        real = os.path.realpath(report.path)
        if real in seen:
            raise UsageError(f"two reports go to `{report.path}`", "give each a file of its own")
        seen.add(real)
    return reports


def _report(value: str) -> Report:
    name, sign, path = value.partition("=")
    if name not in FORMATS:
        near = similar("format", name, tuple(FORMATS))
        raise UsageError(f"unknown format `{name}` for `--report`", near or _known())
    if not sign or not path:
        raise UsageError("`--report` needs a format and a file", f"write `--report {name}=FILE`")
    if path == "-":
        help_ = f"for the standard output, say `--output-format {name}`"
        raise UsageError("`--report` writes files", help_)
    return Report(name, path)


def _known() -> str:
    return "formats: " + ", ".join(FORMATS)


def _look_at(path: str) -> None:
    """Refuse a path that no report can be written to, before anything is checked."""
    folder = os.path.dirname(path) or "."
    if os.path.isdir(path):
        raise Failure(f"cannot write the report {path}: it is a folder", "name a file in it")
    if not os.path.isdir(folder):
        raise Failure(
            f"cannot write the report {path}: there is no folder {folder}", "make it first"
        )


def put_out(options: Options, run: Run, streams: Streams, *, remarks: bool) -> bool:
    """Print the run and write its reports; with `remarks` say what was not checked.

    Return whether every report was written. With `-qq` nothing is printed.
    """
    if options.quiet < 2:  # noqa: PLR2004 - twice `-q`
        style = style_for(streams.stdout, streams.environ, options.color)
        streams.write(_printed(options, run, style))
        is_said = options.statistics or options.output_format == FULL
        if run.fixed and not is_said and not options.quiet:
            streams.say(summary(run))
        if remarks and not options.quiet:
            streams.say(*notes(run, style.unicode))
    written = [_write(report, run, streams) for report in reports_of(options)]
    return all(written)


def _printed(options: Options, run: Run, style: Style) -> Iterator[str]:
    if options.statistics:
        from pipelint.report import statistics

        return statistics.render(run, style)
    if options.output_format != FULL:
        return _rendered(options.output_format, run, style)
    if not any(file.diagnostics or (run.show_hidden and file.hidden) for file in run.files):
        return iter(() if options.quiet else (summary(run),))  # most runs, and the cheapest
    from pipelint.report import full

    return full.render_findings(run, style) if options.quiet else full.render(run, style)


def _rendered(name: str, run: Run, style: Style) -> Iterator[str]:
    return renderer(name)(_from_root(run) if FORMATS[name].from_root else run, style)


def _from_root(run: Run) -> Run:
    """Name the files from the root of the repository that the current folder lies in."""
    cwd = os.getcwd()
    root = root_of(cwd)
    if root == cwd:
        return run
    return renamed(run, lambda path: path if path.startswith("<") else _named(path, cwd, root))


def _named(path: str, cwd: str, root: str) -> str:
    return shown(os.path.join(cwd, path), root)


def _write(report: Report, run: Run, streams: Streams) -> bool:
    from pipelint.cli.writing import write_whole

    text = "".join(f"{line}\n" for line in _rendered(report.format, run, PLAIN))
    try:
        write_whole(report.path, text)
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        tell(streams, f"cannot write the report {report.path}: {reason}")
        return False
    return True
