"""Measure pipelint against its floor and its peers, in turn, and write benchmarks/RESULTS.md.

Everything is a ratio of medians: both sides run in turn in one go, so that a machine whose speed
drifts drifts for both. Peers are public tools; where one is missing its row says so.
"""

from __future__ import annotations

import gc
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import inputs
import yaml
from pipelint.config import Rulebook, Settings
from pipelint.engine import check
from pipelint.registry import all_rules
from pipelint.source import Source

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 15
PROCESS_ROUNDS = 11


class Row(NamedTuple):
    """One measurement: ours and theirs in milliseconds, and what the budget allows."""

    what: str
    ours: float
    against: str
    theirs: float
    budget: float

    @property
    def ratio(self) -> float:
        """Ours in units of theirs."""
        return self.ours / self.theirs


def in_turn(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> list[float]:
    """Run both in turn; return the medians in milliseconds."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for run, spent in zip((ours, theirs), times, strict=True):
            begin = time.perf_counter()
            run()
            spent.append((time.perf_counter() - begin) * 1000)
    return [statistics.median(spent) for spent in times]


# --- in process ----------------------------------------------------------------------------------


def floor(texts: Sequence[str]) -> Callable[[], None]:
    """Compose the texts with PyYAML's C loader: no linter can do with less."""

    def run() -> None:
        for text in texts:
            try:
                yaml.compose(text, Loader=yaml.CSafeLoader)
            except yaml.YAMLError:
                continue

    return run


def whole(texts: Sequence[str]) -> Callable[[], None]:
    """Check the texts with every rule that is on by default."""
    settings = Settings(Rulebook(all_rules))

    def run() -> None:
        for text in texts:
            check(Source(text, ".vela.yml"), settings)

    return run


def in_process() -> list[Row]:
    """Measure whole checks in one process."""
    sets = [
        ("1 000 lines", [inputs.pipeline(1_000)]),
        ("10 000 lines", [inputs.pipeline(10_000)]),
        ("real pipelines", inputs.real()),
    ]
    rows = []
    for name, texts in sets:
        if texts:
            gc.collect()
            ours, theirs = in_turn(whole(texts), floor(texts), ROUNDS)
            rows.append(Row(f"{name}, in process", ours, "FLOOR", theirs, 3.0))
    return rows


# --- whole processes -----------------------------------------------------------------------------


def installed(folder: Path) -> Path:
    """Install the wheel in an environment of its own; return its `bin`. Compiled, not editable."""
    target = folder / "venv"
    venv.create(target, with_pip=True)
    bin_ = target / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(bin_ / "python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, str(ROOT)], check=True)
    subprocess.run([*pip, "yamllint", "check-jsonschema"], check=True)
    return bin_


def process(command: Sequence[str | Path]) -> Callable[[], None]:
    """Run a command to its end; what it says and returns does not matter."""
    words = [str(word) for word in command]

    def run() -> None:
        subprocess.run(words, check=False, capture_output=True)

    return run


def whole_process(folder: Path) -> list[Row]:
    """Measure the installed wheel from its start to its end."""
    bin_ = installed(folder)
    small, large = folder / "small" / ".vela.yml", folder / "large" / ".vela.yml"
    for path, lines in ((small, 100), (large, 10_000)):
        path.parent.mkdir()
        path.write_text(inputs.pipeline(lines), encoding="utf-8")
    ours = [bin_ / "pipelint"]
    nothing: list[str | Path] = [bin_ / "python", "-c", "pass"]
    yamllint: list[str | Path] = [bin_ / "yamllint"]
    rows = [
        _row("100 lines, cold", [*ours, small], "python -c pass", nothing, 7.0),
        _row("100 lines, cold", [*ours, small], "yamllint", [*yamllint, small], 1.0),
        _row("10 000 lines", [*ours, large], "yamllint", [*yamllint, large], 0.30),
    ]
    schema = Path(os.environ.get("PIPELINT_CORPUS", "../shared")) / "vendor/vela-schema/schema.json"
    if schema.is_file():
        checker: list[str | Path] = [bin_ / "check-jsonschema", "--schemafile", schema.resolve()]
        name = "check-jsonschema"
        rows += [
            _row("100 lines, cold", [*ours, small], name, [*checker, small], 0.25),
            _row("10 000 lines", [*ours, large], name, [*checker, large], 0.05),
        ]
    return rows


def _row(
    what: str, ours: Sequence[str | Path], against: str, theirs: Sequence[str | Path], budget: float
) -> Row:
    medians = in_turn(process(ours), process(theirs), PROCESS_ROUNDS)
    return Row(what, medians[0], against, medians[1], budget)


def peak_memory(folder: Path) -> float:
    """Return the peak memory of a check of 10 000 lines, in MB."""
    path = folder / "large" / ".vela.yml"
    program = folder / "venv" / "bin" / "pipelint"
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], capture_output=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", script, str(program), str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


# --- the table -----------------------------------------------------------------------------------


def table(rows: Sequence[Row], memory: float) -> str:
    """Write the table in Markdown."""
    lines = [
        "# Measurements",
        "",
        "Made by `make bench`: medians, both sides in turn in one run. FLOOR is",
        "`yaml.compose(text, Loader=yaml.CSafeLoader)`. Ratios carry over to other machines,",
        "times do not.",
        "",
        "| what | pipelint (ms) | against | its time (ms) | ratio | budget |",
        "|---|---:|---|---:|---:|---:|",
    ]
    for row in rows:
        kept = "" if row.ratio <= row.budget else " (over)"
        lines.append(
            f"| {row.what} | {row.ours:.1f} | {row.against} | {row.theirs:.1f}"
            f" | {row.ratio:.2f} | {row.budget:g}{kept} |"
        )
    kept = "" if memory <= 45 else " (over)"  # noqa: PLR2004 - the budget, in MB
    lines.append(f"| 10 000 lines, peak memory | {memory:.0f} MB | | | | 45 MB{kept} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure everything and write the table."""
    folder = Path(tempfile.mkdtemp())
    try:
        rows = [*in_process(), *whole_process(folder)]
        text = table(rows, peak_memory(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    (ROOT / "benchmarks" / "RESULTS.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return int(any(row.ratio > row.budget for row in rows))


if __name__ == "__main__":
    sys.exit(main())
