"""`pipelint --diff`: the lines that `--fix` would change, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelint.cli.arguments import Options
from pipelint.cli.check import CLEAN, FAILED, FINDINGS, is_vain, report_of
from pipelint.cli.nothing import explain_nothing
from pipelint.cli.streams import Streams
from pipelint.discover import Found
from pipelint.engine import INTERNAL_ERROR
from pipelint.fixing.files import File
from pipelint.fixing.patch import patch
from pipelint.report.masking import hide_secrets
from pipelint.report.run import FileReport, Run, parted
from pipelint.report.summary import count_fixes, mended_in, total
from pipelint.report.terminal import Style, paint, style_for

_HEAD = 2
"""Lines that name the file."""

_KINDS = {"-": "remove", "+": "add", "@": "gutter"}


def show(
    options: Options,
    files: Sequence[File],
    reports: Sequence[FileReport],
    found: Found | None,
    streams: Streams,
) -> int:
    """Print a difference for each file; return 1 where there is any, 2 where nothing was checked.

    `reports` say what the files would still have in them.
    """
    run = Run(tuple(parted(report) for report in reports))
    if options.quiet < 2:  # noqa: PLR2004 - twice `-q`
        style = style_for(streams.stdout, streams.environ, options.color)
        _print((line for file in files for line in _lines(file, style)), streams)
    if is_vain(options, run):
        explain_nothing(options, found, run, streams)
        return FAILED
    if not options.quiet:
        streams.say(_summary(options, files, run))
    if any(one.rule == INTERNAL_ERROR.name for file in run.files for one in file.diagnostics):
        return FAILED
    return FINDINGS if any(file.edits for file in files) and not options.exit_zero else CLEAN


def _lines(file: File, style: Style) -> Iterator[str]:
    """Yield the lines; credentials are hidden, also in those that stay."""
    if not file.edits:
        return
    (hidden,) = hide_secrets(Run((report_of(file.first.before),))).files
    if hidden.source is None:
        return
    for number, line in enumerate(patch(hidden.path, hidden.source.text, file.edits)):
        kind = "bold" if number < _HEAD else _KINDS.get(line[0])
        yield paint(style, kind, line) if kind else line


def _print(lines: Iterator[str], streams: Streams) -> None:
    r"""Write lines whose ends stay what they are: text streams would change `\r`."""
    encoding = streams.stdout.encoding or "utf-8"
    text = "".join(f"{line}\n" for line in lines)
    streams.write_bytes(text.encode(encoding, "backslashreplace"))


def _summary(options: Options, files: Sequence[File], run: Run) -> str:
    fixed = [one for file in files for one in file.fixed]
    said = f"Would fix {mended_in(fixed)}" if fixed else f"Nothing to fix in {total(run)}"
    unsafe = 0 if options.unsafe_fixes else count_fixes(hide_secrets(run))[1]
    if not unsafe:
        return f"{said}."
    return f"{said}; {unsafe} unsafe fix{'' if unsafe == 1 else 'es'} not shown (`--unsafe-fixes`)."
