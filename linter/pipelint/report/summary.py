"""What a run comes to in one line, and what it did not check."""

from __future__ import annotations

from pipelint.report.drawing import printable
from pipelint.report.run import (
    DIALECTS,
    FileReport,
    Run,
    count_dialects,
    count_levels,
    counted_files,
    files_by_path,
)

MOST_PATHS = 3


def count(number: int, noun: str) -> str:
    """Write a number with its noun: `1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def summary(run: Run, dialects: bool = True) -> str:
    """Say how much was found in how many files, and how much comments hide."""
    if not counted_files(run):
        return "No files checked."
    found = _found(run)
    text = f"Found {found} in {_where(run)}" if found else f"No problems in {_total(run)}"
    text += _by_dialect(run) if dialects else ""
    if run.suppressed:
        text += f"; {count(run.suppressed, 'finding')} ignored in place"
    return f"{text}."


def _found(run: Run) -> str:
    counts = [count(number, level) for level, number in count_levels(run).items() if number]
    return (
        " and ".join([", ".join(counts[:-1]), counts[-1]]) if len(counts) > 1 else "".join(counts)
    )


def _where(run: Run) -> str:
    files = counted_files(run)
    affected = sum(1 for file in files if file.diagnostics)
    return _total(run) if affected == len(files) else f"{affected} of {_total(run)}"


def _total(run: Run) -> str:
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
        if not file.checked:
            reasons.setdefault(_reason(file), []).append(file.path)
    return [printable(_note(reason, paths), unicode) for reason, paths in reasons.items()]


def _reason(file: FileReport) -> str:
    return f" ({file.note})" if file.note else ""


def _note(reason: str, paths: list[str]) -> str:
    named = ", ".join(paths[:MOST_PATHS])
    more = f" and {len(paths) - MOST_PATHS} more" if len(paths) > MOST_PATHS else ""
    return f"note: {count(len(paths), 'file')} not checked: {named}{more}{reason}"
