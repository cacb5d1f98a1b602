"""The format for programs. Its shape is a contract: `pipelint_schemas/report.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipelint.diagnostic import Diagnostic, Edit, Fix, Related, Suppression
from pipelint.report.docs import url_of
from pipelint.report.masking import hide_secrets
from pipelint.report.run import (
    FileReport,
    Run,
    clamped,
    count_hidden,
    count_levels,
    files_by_path,
    ordered,
    sources_of,
)
from pipelint.report.terminal import PLAIN, Style
from pipelint.source import Position, Source, Span

VERSION = 1

Json = dict[str, Any]


def render(run: Run, _: Style = PLAIN, expressions: list[Json] | None = None) -> Iterator[str]:
    """Yield one JSON object in ASCII, with a line for each file and each diagnostic.

    `expressions` are what `pipelint expressions` lists besides.
    """
    value = report_of(run)
    yield f'{{"version": {value["version"]},'
    yield from list_lines("files", value["files"])
    yield from list_lines("diagnostics", value["diagnostics"])
    if expressions is not None:
        yield from list_lines("expressions", expressions)
    yield f'"summary": {json.dumps(value["summary"])}}}'


def report_of(run: Run) -> Json:
    """Make the object. Lines and columns are 1-based, in code points; `end` is exclusive."""
    hidden = hide_secrets(run)
    sources = sources_of(hidden)
    also_hidden = bool(run.show_hidden)
    return {
        "version": VERSION,
        "files": [_file(file) for file in files_by_path(hidden)],
        "diagnostics": [_diagnostic(one, sources) for _, one in ordered(hidden, also_hidden)],
        "summary": {
            "files": len(run.files),
            **count_levels(run),
            "suppressed": sum(count_hidden(run).values()),
        },
    }


def list_lines(name: str, values: list[Json], end: str = "],") -> Iterator[str]:
    """Yield a key with an array, a line for each value; `end` closes it, and what is around it."""
    if not values:
        yield f'"{name}": [{end}'
        return
    yield f'"{name}": ['
    last = len(values) - 1
    for index, value in enumerate(values):
        yield json.dumps(value) + ("," if index < last else "")
    yield end


def _file(file: FileReport) -> Json:
    return {"path": file.path, "kind": file.kind, "checked": file.checked}


def _diagnostic(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> Json:
    finding = diagnostic.finding
    source = sources.get(diagnostic.path)
    value = {
        "path": diagnostic.path,
        "rule": diagnostic.rule,
        "level": diagnostic.level,
        "message": finding.message,
        **range_of(finding.span, source),
    }
    optional = {
        "related": [_related(one, diagnostic.path, sources) for one in finding.related],
        "fixes": [_fix(fix, source) for fix in finding.fixes if source is not None],
        "help": finding.help,
        "notes": list(finding.notes),
        "suppressed": diagnostic.suppressed and _suppression(diagnostic.suppressed),
        "url": url_of(diagnostic.rule),
    }
    value.update({name: given for name, given in optional.items() if given})
    value["fingerprint"] = diagnostic.fingerprint
    return value


def _suppression(by: Suppression) -> Json:
    return {"kind": by.kind, **({"reason": by.reason} if by.reason else {})}


def _related(related: Related, path: str, sources: Mapping[str, Source]) -> Json:
    where = related.path or path
    return {"path": where, **range_of(related.span, sources.get(where)), "message": related.message}


def _fix(fix: Fix, source: Source) -> Json:
    edits = [_edit(edit, source) for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def _edit(edit: Edit, source: Source) -> Json:
    span = clamped(edit.span, source)
    start, end = source.position(span.start), source.position(span.end)
    return {"start": start._asdict(), "end": end._asdict(), "text": edit.text}


def range_of(span: Span, source: Source | None) -> Json:
    """Write a range that is never empty: 1:1 to 1:2 where there is no text at all."""
    if source is None or not source.text:
        start, end = Position(1, 1), Position(1, 2)
    else:
        fitted = source.inside(span)
        start, end = source.position(fitted.start), source.position(fitted.end)
    return {"start": start._asdict(), "end": end._asdict()}
