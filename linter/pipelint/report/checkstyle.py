"""The XML of Checkstyle 4.3, which most CI servers and review bots read."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, Diagnostic
from pipelint.report.markup import DECLARATION, Attributes, element, tag
from pipelint.report.masking import hide_secrets
from pipelint.report.run import FileReport, Run, files_by_path, in_order, start_of
from pipelint.report.telling import tell
from pipelint.report.terminal import PLAIN, Style


def render(run: Run, _: Style = PLAIN) -> Iterator[str]:
    """Yield an element for each file that was checked or could not be read, with its findings."""
    files = [one for one in files_by_path(hide_secrets(run)) if _is_told(one)]
    yield DECLARATION
    inside = (line for file in files for line in _file(file))
    yield from element("checkstyle", {"version": "4.3"}, inside)


def _is_told(file: FileReport) -> bool:
    return file.checked or file.failed or bool(file.diagnostics)


def _file(file: FileReport) -> Iterator[str]:
    yield from element("file", {"name": file.path}, _errors(file))


def _errors(file: FileReport) -> Iterator[str]:
    if file.failed:
        unread: Attributes = {
            "line": 1,
            "severity": ERROR,
            "message": file.note,
            "source": "pipelint",
        }
        yield f"<{tag('error', unread)}/>"
    for diagnostic in in_order(file):
        yield f"<{tag('error', _error(file, diagnostic))}/>"


def _error(file: FileReport, diagnostic: Diagnostic) -> Attributes:
    line, column = start_of(diagnostic.finding.span, file.source)
    return {
        "line": line,
        "column": column,
        "severity": diagnostic.level,
        "message": "; ".join(tell(diagnostic.finding)),
        "source": f"pipelint.{diagnostic.rule}",
    }
