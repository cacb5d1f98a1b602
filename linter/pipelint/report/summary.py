"""What a run comes to in one line, and what it did not check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pipelint.diagnostic import BASELINE, IGNORE, Diagnostic, Suppression
from pipelint.report.drawing import printable
from pipelint.report.run import (
    DIALECTS,
    FileReport,
    Run,
    count_dialects,
    count_hidden,
    count_levels,
    counted_files,
    files_by_path,
    levels_of,
)

MOST_PATHS = 3
HIDDEN_BY = MappingProxyType({IGNORE: "ignored in place", BASELINE: "in the baseline"})


def count(number: int, noun: str) -> str:
    """Write a number with its noun: `1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def summary(run: Run, dialects: bool = True) -> str:
    """Say how much was found in how many files, and how much is hidden."""
    if not counted_files(run):
        return "No files checked."
    found = by_level(count_levels(run))
    if run.fixed:
        text = f"{_fixed(run.fixed)} {_left(run, found)}"
    else:
        text = f"Found {found} in {_where(run)}" if found else f"No problems in {total(run)}"
        text += _by_dialect(run) if dialects else ""
    hidden = _hidden(run)
    return f"{text}; {hidden}." if hidden else f"{text}."


def by_level(numbers: Mapping[str, int]) -> str:
    """Write how many there are of each level: `1 error, 2 warnings and 1 info`."""
    counts = [count(number, level) for level, number in numbers.items() if number]
    return (
        " and ".join([", ".join(counts[:-1]), counts[-1]]) if len(counts) > 1 else "".join(counts)
    )


def _fixed(mended: Sequence[Diagnostic]) -> str:
    return f"Fixed {mended_in(mended)}."


def mended_in(mended: Sequence[Diagnostic]) -> str:
    """Say what is mended, and in how many files: `2 errors in 2 files`."""
    paths = {one.path for one in mended}
    return f"{by_level(levels_of(mended))} in {count(len(paths), 'file')}"


def _left(run: Run, found: str) -> str:
    if not found:
        return "No problems remain"
    return f"{found} remain{'s' if sum(count_levels(run).values()) == 1 else ''}"


def hint(run: Run) -> str:
    """Say how much `--fix` would mend, or nothing; what it has left is no more of its work."""
    safe, unsafe = count_fixes(run)
    if run.fixed is not None:
        safe, unsafe = 0, 0 if run.unsafe else unsafe
    number, command = safe, "`pipelint --fix`"
    if run.unsafe or not safe:
        number, unsafe, command = safe + unsafe, 0, "`pipelint --fix --unsafe-fixes`"
    if not number:
        return ""
    verb = "is" if number == 1 else "are"
    more = f", {unsafe} more with `--unsafe-fixes`" if unsafe else ""
    return f"{count(number, 'finding')} {verb} fixable with {command}{more}."


def count_fixes(run: Run) -> tuple[int, int]:
    """Count the findings with a safe fix, and the others with one; broken files have to wait."""
    readable = [file for file in run.files if not any(map(_is_broken, file.diagnostics))]
    offers = [one.finding.fixes for file in readable for one in file.diagnostics]
    safe = sum(any(fix.safe for fix in fixes) for fixes in offers)
    return safe, sum(bool(fixes) for fixes in offers) - safe


def _is_broken(diagnostic: Diagnostic) -> bool:
    return diagnostic.rule == "yaml-syntax"


def _hidden(run: Run) -> str:
    """Say how much is hidden, and by what; the noun stands once."""
    said = ""
    for kind, number in count_hidden(run).items():
        if number:
            said += f", {number}" if said else count(number, "finding")
            said += f" {HIDDEN_BY[kind]}"
    return said


def hidden_by(suppression: Suppression) -> str:
    """Say what hides a finding, and why."""
    said = HIDDEN_BY[suppression.kind]
    return f"{said}: {suppression.reason}" if suppression.reason else said


def _where(run: Run) -> str:
    files = counted_files(run)
    affected = sum(1 for file in files if file.diagnostics)
    return total(run) if affected == len(files) else f"{affected} of {total(run)}"


def total(run: Run) -> str:
    """Say how many files count."""
    return count(len(counted_files(run)), "file")


def _by_dialect(run: Run) -> str:
    """Say what the files are taken for; of a single file its findings speak."""
    dialects = count_dialects(run)
    if len(counted_files(run)) == 1 or not dialects:
        return ""
    return f" ({', '.join(f'{number} {DIALECTS[name]}' for name, number in dialects.items())})"


def notes(run: Run, unicode: bool = True) -> list[str]:
    """Say which files were not checked and why: one line a reason, for the standard error."""
    reasons: dict[str, list[str]] = {}
    for file in files_by_path(run):
        if not file.checked and not file.failed:
            reasons.setdefault(_reason(file), []).append(file.path)
    return [printable(_note(reason, paths), unicode) for reason, paths in reasons.items()]


def _reason(file: FileReport) -> str:
    return f" ({file.note})" if file.note else ""


def _note(reason: str, paths: list[str]) -> str:
    named = ", ".join(paths[:MOST_PATHS])
    more = f" and {len(paths) - MOST_PATHS} more" if len(paths) > MOST_PATHS else ""
    return f"note: {count(len(paths), 'file')} not checked: {named}{more}{reason}"
