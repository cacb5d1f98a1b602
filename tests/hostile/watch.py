"""Check the hostile texts of a set, each in a process of its own: `python -m hostile.watch SET`.

Prints a line of JSON for each text: what was found, how long it took, how much memory.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from typing import Any

from hostile.texts import SETS
from hostile.writing import MEMORY, Text
from linting import checked, lint
from pipelint.engine import Checked
from pipelint.report import FORMATS, renderer
from pipelint.report.run import FileReport, Run, parted
from pipelint.report.terminal import PLAIN

PATIENCE = 30
"""Seconds after which a check is taken for hanging."""

USUAL = """\
version: "1"
steps:
  - {name: a, image: b, commands: ["c ${D} ${E:-f}"], ruleset: {eval: "a == b", branch: "(x"}}
"""


def outcome(text: str) -> dict[str, Any]:
    """Check a text and write it in every format; the slowest counts."""
    begin = time.process_time()
    result = checked(text)
    middle = time.process_time()
    run = Run((_report(result),))
    return {
        "check": middle - begin,
        "reports": max(_seconds(name, run) for name in FORMATS),
        "findings": len(result.diagnostics),
        "rules": sorted({one.rule for one in result.diagnostics}),
    }


def _seconds(name: str, run: Run) -> float:
    render = renderer(name)
    begin = time.process_time()
    for _ in render(run, PLAIN):
        pass
    return time.process_time() - begin


def _report(result: Checked) -> FileReport:
    source, found, masked = result.source, result.diagnostics, result.masked
    file = FileReport(source.path, result.kind, result.checked, source, found, masked=masked)
    return parted(file)


def watched(text: Text) -> dict[str, Any]:
    """Let a child do it, so that memory is its own and a crash ends nothing else."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(PATIENCE)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.write(writer, json.dumps(outcome(text())).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        said = told.read()
    _, status, usage = os.wait4(child, 0)
    return {"ended": status, "peak": _megabytes(usage.ru_maxrss), **json.loads(said or "{}")}


def _megabytes(peak: int) -> float:
    """Turn the unit of the system, kilobytes or on a Mac bytes, into megabytes."""
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


def main() -> None:
    """Watch all texts of the set that is named."""
    lint(USUAL)  # modules that are imported late are not what is measured
    lint("a: b: c\n")
    for title, text in SETS[sys.argv[1]].items():
        print(json.dumps({"title": title, **watched(text)}), flush=True)


if __name__ == "__main__":
    main()
