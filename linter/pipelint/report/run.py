"""What one run found: the value that every report format is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pipelint.diagnostic import ERROR, INFO, WARNING, Diagnostic
from pipelint.record import NamedTuple
from pipelint.source import Position, Source, Span

NO_SOURCES: Mapping[str, Source] = MappingProxyType({})
DIALECTS = MappingProxyType({"harness": "Harness", "vela": "Vela"})


class FileReport(NamedTuple):
    """A file that was asked for, and what was found in it.

    `diagnostics` are those to show, in any order. `source` is None where the file could not be
    read. `note` says why a file was not checked. `masked` are spans of literal credentials:
    hide them with `masking.hide_secrets` before a word of the file is printed.
    """

    path: str
    kind: str
    checked: bool
    source: Source | None
    diagnostics: tuple[Diagnostic, ...]
    note: str = ""
    masked: tuple[Span, ...] = ()


class Run(NamedTuple):
    """All files of a run; `suppressed` counts the findings that comments hide.

    `sources` holds the files that related places lie in, by path. Those which are also in
    `files` need not be repeated. Nothing is masked in the others: give them already masked.
    """

    files: tuple[FileReport, ...]
    suppressed: int = 0
    sources: Mapping[str, Source] = NO_SOURCES


def sources_of(run: Run) -> dict[str, Source]:
    """Collect every known source by its path."""
    own = {file.path: file.source for file in run.files if file.source is not None}
    return {**run.sources, **own}


def ordered(run: Run) -> Iterator[tuple[FileReport, Diagnostic]]:
    """Yield all diagnostics by path, then position, then rule."""
    for file in files_by_path(run):
        for diagnostic in sorted(file.diagnostics, key=lambda one: _order(one, file.source)):
            yield file, diagnostic


def files_by_path(run: Run) -> list[FileReport]:
    """Sort the files by path, so that the order of arguments never shows."""
    return sorted(run.files, key=lambda file: file.path)


def _order(diagnostic: Diagnostic, source: Source | None) -> tuple[int, str, int, str]:
    span = diagnostic.finding.span
    fitted = source.inside(span) if source is not None else span
    return fitted.start, diagnostic.rule, fitted.end, diagnostic.finding.message


def start_of(span: Span, source: Source | None) -> Position:
    """Return where a span is reported to begin; 1:1 in a file that could not be read."""
    if source is None:
        return Position(1, 1)
    return source.position(source.inside(span).start)


def clamped(span: Span, source: Source) -> Span:
    """Fit a span into the text as it is: an edit may be empty, that is how it inserts."""
    size = len(source.text)
    start = min(max(span.start, 0), size)
    return Span(start, min(max(span.end, start), size))


def is_fixable(diagnostic: Diagnostic) -> bool:
    """Tell whether a safe fix exists."""
    return any(fix.safe for fix in diagnostic.finding.fixes)


def dialect_of(kind: str) -> str:
    """Return the dialect that a kind belongs to, or nothing: `vela-template` → `vela`."""
    dialect = kind.partition("-")[0]
    return dialect if dialect in DIALECTS else ""


def counted_files(run: Run) -> list[FileReport]:
    """Choose the files that a summary counts: those checked, and those with findings."""
    return [file for file in run.files if file.checked or file.diagnostics]


def count_levels(run: Run) -> dict[str, int]:
    """Count the diagnostics of each level; no level is left out."""
    counts = {ERROR: 0, WARNING: 0, INFO: 0}
    for file in run.files:
        for diagnostic in file.diagnostics:
            counts[diagnostic.level] += 1
    return counts


def count_dialects(run: Run) -> dict[str, int]:
    """Count the files of each dialect that has any."""
    dialects = [dialect_of(file.kind) for file in counted_files(run)]
    return {name: dialects.count(name) for name in DIALECTS if name in dialects}


class RuleCount(NamedTuple):
    """How often a rule was found at one level, and in which dialects."""

    number: int
    level: str
    rule: str
    dialects: tuple[str, ...]
    fixable: bool


def count_rules(run: Run) -> list[RuleCount]:
    """Count the diagnostics of each rule and level, the most frequent first."""
    groups: dict[tuple[str, str], list[tuple[FileReport, Diagnostic]]] = {}
    for file, diagnostic in ordered(run):
        groups.setdefault((diagnostic.rule, diagnostic.level), []).append((file, diagnostic))
    counts = [_count_group(rule, level, found) for (rule, level), found in groups.items()]
    return sorted(counts, key=lambda count: (-count.number, count.rule, count.level))


def _count_group(rule: str, level: str, found: list[tuple[FileReport, Diagnostic]]) -> RuleCount:
    return RuleCount(
        number=len(found),
        level=level,
        rule=rule,
        dialects=tuple(sorted({dialect_of(file.kind) for file, _ in found} - {""})),
        fixable=any(is_fixable(diagnostic) for _, diagnostic in found),
    )
