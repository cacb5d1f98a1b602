"""Workflow commands of GitHub Actions: each finding stands beside the code of a pull request.

GitHub shows the first ten errors, warnings and notices of a step there and drops all others. So
each says its place again: the log of the step holds them all.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, INFO, WARNING, Diagnostic
from pipelint.report.drawing import printable
from pipelint.report.masking import hide_secrets
from pipelint.report.run import (
    FileReport,
    Run,
    count_levels,
    files_by_path,
    last_of,
    ordered,
    start_of,
)
from pipelint.report.summary import count, summary
from pipelint.report.telling import tell
from pipelint.report.terminal import PLAIN, Style
from pipelint.source import Position

COMMANDS = {ERROR: "error", WARNING: "warning", INFO: "notice"}
MOST_SHOWN = 10
"""Annotations of one level that GitHub shows for a step."""


def render(run: Run, style: Style = PLAIN) -> Iterator[str]:
    """Yield a command for each file that could not be read and for each finding, and the sum."""
    for file in files_by_path(run):
        if file.failed:
            said = f"{printable(file.path, style.unicode)}: {printable(file.note, style.unicode)}"
            yield f"::error {_properties({'title': 'pipelint'})}::{_data(said)}"
    for file, diagnostic in ordered(hide_secrets(run)):
        yield _command(file, diagnostic, style)
    yield summary(run)
    yield from _remarks(run)


def _command(file: FileReport, diagnostic: Diagnostic, style: Style) -> str:
    path = printable(diagnostic.path, style.unicode)
    start = start_of(diagnostic.finding.span, file.source)
    last = last_of(diagnostic.finding.span, file.source)
    place = {"file": path, **_place(start, last), "title": f"pipelint {diagnostic.rule}"}
    said = "\n".join(tell(diagnostic.finding, style.unicode))
    text = f"{path}:{start.line}:{start.column}: {said}"
    return f"::{COMMANDS[diagnostic.level]} {_properties(place)}::{_data(text)}"


def _place(start: Position, last: Position) -> dict[str, str]:
    """Say from where to where it stands; GitHub takes columns only within one line."""
    if last.line > start.line:
        return {"line": str(start.line), "endLine": str(last.line)}
    columns = {"col": str(start.column), "endColumn": str(last.column)}
    return {"line": str(start.line), "endLine": str(start.line), **columns}


def _remarks(run: Run) -> Iterator[str]:
    for level, number in count_levels(run).items():
        if number > MOST_SHOWN:
            shown = f"the first {MOST_SHOWN} of {count(number, COMMANDS[level])}"
            yield f"GitHub shows {shown} beside the code; the lines above are all."


def _properties(values: dict[str, str]) -> str:
    return ",".join(f"{name}={_property(value)}" for name, value in values.items())


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
