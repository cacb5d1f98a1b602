"""How pipelint says that it could not do its job: mistakes in arguments and in configurations."""

from __future__ import annotations

import os
from collections.abc import Iterable

from pipelint.cli.streams import Streams
from pipelint.config import ConfigProblem
from pipelint.diagnostic import ERROR, Diagnostic, Finding
from pipelint.discover import shown


class Failure(Exception):  # noqa: N818 - it is no error of the program
    """The run ends with exit code 2; `lines` says why, unless that has been told already."""

    def __init__(self, *lines: str, count: int = 1) -> None:
        super().__init__(*lines)
        self.lines = lines
        self.count = count


def tell(streams: Streams, *lines: str) -> None:
    """Write an error with its help to the standard error."""
    if lines and lines[0]:
        streams.say(f"error: {lines[0]}", *(f"  = help: {line}" for line in lines[1:] if line))


def tell_config(problems: Iterable[ConfigProblem], streams: Streams) -> None:
    """Write mistakes in configurations as findings are written, to the standard error."""
    from pipelint.report import full
    from pipelint.report.terminal import style_for

    style = style_for(streams.stderr, streams.environ, "auto")
    for number, problem in enumerate(problems):
        if number:
            streams.say("")
        path = shown(problem.path, os.getcwd())
        if problem.source is None:
            tell(streams, f"{path}: {problem.message}", problem.help)
            continue
        finding = Finding(problem.span, problem.message, problem.label, help=problem.help)
        diagnostic = Diagnostic(path, "configuration", ERROR, finding)
        streams.say(*full.render_one(diagnostic, {path: problem.source}, style))
