"""What one run found: the value that every report format is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from pipelint.diagnostic import BASELINE, ERROR, IGNORE, INFO, LEVELS, WARNING, Diagnostic, at_least
from pipelint.record import NamedTuple
from pipelint.source import Position, Source, Span

NO_SOURCES: Mapping[str, Source] = MappingProxyType({})
DIALECTS = MappingProxyType({"harness": "Harness", "vela": "Vela"})


class FileReport(NamedTuple):
    """A file that was asked for, and what was found in it.

    `diagnostics` are those to show, `hidden` those that a comment or the baseline hides, both in
    any order. `source` is None where the file could not be read. `note` says why a file was not
    checked. `masked` are spans of literal credentials: hide them with `masking.hide_secrets`
    before a word of the file is printed. The run has `failed` for a file that could not be read.
    `stale` counts what the baseline knows of the file and is not found any more.
    """

    path: str
    kind: str
    checked: bool
    source: Source | None
    diagnostics: tuple[Diagnostic, ...]
    note: str = ""
    masked: tuple[Span, ...] = ()
    hidden: tuple[Diagnostic, ...] = ()
    failed: bool = False
    stale: int = 0


class Run(NamedTuple):
    """All files of a run.

    `sources` holds the files that related places lie in, by path. Those which are also in
    `files` need not be repeated. Nothing is masked in the others: give them already masked.
    `fixed` are the findings that the run has taken away, or None where it was not asked to; with
    `unsafe` unsafe fixes count, too.
    A finding of the level `fail_on`, or above, fails the run; with `never` none does.
    `show_hidden` says whether what is hidden is listed as well; None leaves it to the format.
    """

    files: tuple[FileReport, ...]
    sources: Mapping[str, Source] = NO_SOURCES
    fixed: tuple[Diagnostic, ...] | None = None
    unsafe: bool = False
    fail_on: str = ERROR
    show_hidden: bool | None = None


def parted(file: FileReport) -> FileReport:
    """Move what is suppressed from the diagnostics to what is hidden."""
    if not any(one.suppressed for one in file.diagnostics):
        return file
    shown = tuple(one for one in file.diagnostics if not one.suppressed)
    hidden = tuple(one for one in file.diagnostics if one.suppressed)
    return file._replace(diagnostics=shown, hidden=(*file.hidden, *hidden))


def renamed(run: Run, name: Callable[[str], str]) -> Run:
    """Give every file another path, wherever it is named."""
    return run._replace(
        files=tuple(_renamed(file, name) for file in run.files),
        sources={name(path): source for path, source in run.sources.items()},
    )


def _renamed(file: FileReport, name: Callable[[str], str]) -> FileReport:
    return file._replace(
        path=name(file.path),
        diagnostics=tuple(_moved(one, name) for one in file.diagnostics),
        hidden=tuple(_moved(one, name) for one in file.hidden),
    )


def _moved(diagnostic: Diagnostic, name: Callable[[str], str]) -> Diagnostic:
    finding = diagnostic.finding
    related = tuple(
        one._replace(path=name(one.path)) if one.path else one for one in finding.related
    )
    return diagnostic._replace(
        path=name(diagnostic.path), finding=finding._replace(related=related)
    )


def sources_of(run: Run) -> dict[str, Source]:
    """Collect every known source by its path."""
    own = {file.path: file.source for file in run.files if file.source is not None}
    return {**run.sources, **own}


def ordered(run: Run, hidden: bool = False) -> Iterator[tuple[FileReport, Diagnostic]]:
    """Yield all diagnostics by path, then position, then rule; `hidden` ones if so asked."""
    for file in files_by_path(run):
        for diagnostic in in_order(file, hidden):
            yield file, diagnostic


def in_order(file: FileReport, hidden: bool = False) -> list[Diagnostic]:
    """Sort the diagnostics of a file by position, then rule; `hidden` ones if so asked."""
    found = (*file.diagnostics, *file.hidden) if hidden else file.diagnostics
    return sorted(found, key=lambda one: _order(one, file.source))


def fails(diagnostic: Diagnostic, run: Run) -> bool:
    """Tell whether a finding fails the run."""
    return run.fail_on in LEVELS and at_least(diagnostic.level, run.fail_on)


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


def last_of(span: Span, source: Source | None) -> Position:
    """Return where the last character of a span is reported; 1:1 where there is no text."""
    if source is None or not source.text:
        return Position(1, 1)
    return source.position(source.inside(span).end - 1)


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
    return levels_of(diagnostic for file in run.files for diagnostic in file.diagnostics)


def levels_of(diagnostics: Iterable[Diagnostic]) -> dict[str, int]:
    """Count diagnostics by level; no level is left out."""
    counts = {ERROR: 0, WARNING: 0, INFO: 0}
    for diagnostic in diagnostics:
        counts[diagnostic.level] += 1
    return counts


def count_hidden(run: Run) -> dict[str, int]:
    """Count the diagnostics that comments and the baseline hide; neither kind is left out."""
    counts = {IGNORE: 0, BASELINE: 0}
    for file in run.files:
        for diagnostic in file.hidden:
            if diagnostic.suppressed:
                counts[diagnostic.suppressed.kind] += 1
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
