"""The Code Quality report of GitLab: an array that its merge requests compare and show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pipelint.diagnostic import ERROR, INFO, WARNING, Diagnostic
from pipelint.report.drawing import printable
from pipelint.report.masking import hide_secrets
from pipelint.report.run import FileReport, Run, last_of, ordered, start_of
from pipelint.report.terminal import PLAIN, Style

SEVERITIES = {ERROR: "major", WARNING: "minor", INFO: "info"}
"""GitLab also knows `critical` and `blocker`: more than a linter can know."""

Json = dict[str, Any]


def render(run: Run, _: Style = PLAIN) -> Iterator[str]:
    """Yield one JSON array in ASCII, with a line for each finding."""
    entries = list(_entries(run))
    if not entries:
        yield "[]"
        return
    yield "["
    for entry in entries[:-1]:
        yield json.dumps(entry) + ","
    yield json.dumps(entries[-1])
    yield "]"


def _entries(run: Run) -> Iterator[Json]:
    """Make an entry of each finding. GitLab drops all but the first of equal fingerprints."""
    seen: dict[str, int] = {}
    for file, diagnostic in ordered(hide_secrets(run)):
        mark = diagnostic.fingerprint
        seen[mark] = seen.get(mark, 0) + 1
        unique = mark if seen[mark] == 1 else f"{mark}-{seen[mark]}"
        yield _entry(file, diagnostic, unique)


def _entry(file: FileReport, diagnostic: Diagnostic, fingerprint: str) -> Json:
    span = diagnostic.finding.span
    return {
        "description": printable(diagnostic.finding.message),
        "check_name": diagnostic.rule,
        "fingerprint": fingerprint,
        "severity": SEVERITIES[diagnostic.level],
        "location": {
            "path": diagnostic.path.encode("utf-8", "replace").decode(),
            "lines": {
                "begin": start_of(span, file.source).line,
                "end": last_of(span, file.source).line,
            },
        },
    }
