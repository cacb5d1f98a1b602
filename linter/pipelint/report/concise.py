"""One finding a line, for `grep`, for editors that read compilers, for commit hooks."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import Diagnostic
from pipelint.report.docs import url_of
from pipelint.report.drawing import printable
from pipelint.report.masking import hide_secrets
from pipelint.report.run import FileReport, Run, is_fixable, ordered, start_of
from pipelint.report.summary import hidden_by
from pipelint.report.terminal import Style, link, paint


def render(run: Run, style: Style) -> Iterator[str]:
    """Yield `path:line:col: level[rule] message`, without line ends; nothing when all is well."""
    for file, diagnostic in ordered(hide_secrets(run), bool(run.show_hidden)):
        yield _line(file, diagnostic, style)


def _line(file: FileReport, diagnostic: Diagnostic, style: Style) -> str:
    path = printable(diagnostic.path, style.unicode)
    line, column = start_of(diagnostic.finding.span, file.source)
    rule = link(style, url_of(diagnostic.rule), diagnostic.rule)
    level = paint(style, diagnostic.level, f"{diagnostic.level}[{rule}]")
    message = printable(diagnostic.finding.message, style.unicode)
    fixable = " [fixable]" if is_fixable(diagnostic) else ""
    hidden = f" [{hidden_by(diagnostic.suppressed)}]" if diagnostic.suppressed else ""
    return f"{path}:{line}:{column}: {level} {message}{fixable}{printable(hidden, style.unicode)}"
