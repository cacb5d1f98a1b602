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
PEERS = ("yamllint", "check-jsonschema", "zizmor")

NOTE = """
The bound of 0.05 beside check-jsonschema was set for Harness, whose schema takes it seconds. With
the small schema of Vela a twentieth of its time is no more than FLOOR alone, and that row stays
over. zizmor reads a workflow of GitHub with as many lines. Python's collector runs during FLOOR,
as it does for everybody, and is paused during a check. Real pipelines are short (24 lines on
average): what a file costs before its first line weighs most there.
"""


Command = Sequence[str | Path]


class Row(NamedTuple):
    """One measurement: ours and theirs in milliseconds, and what the budget allows.

    `theirs` is 0 where the peer could not be installed.
    """

    what: str
    ours: float
    against: str
    theirs: float
    budget: float

    @property
    def ratio(self) -> float:
        """Ours in units of theirs; 0 without a peer."""
        return self.ours / self.theirs if self.theirs else 0.0

    @property
    def is_over(self) -> bool:
        """Whether we take longer than the budget allows."""
        return self.ratio > self.budget


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
    """Install the wheel and the peers in an environment of their own; return its `bin`.

    Compiled, not editable: that is what users start.
    """
    target = folder / "venv"
    venv.create(target, with_pip=True)
    bin_ = target / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(bin_ / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, str(ROOT)], check=True)
    for peer in PEERS:
        subprocess.run([*pip, peer], check=False)
    return bin_


def process(command: Command) -> Callable[[], None]:
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
    workflow = folder / "workflow.yml"
    workflow.write_text(inputs.workflow(10_000), encoding="utf-8")
    ours, yamllint = bin_ / "pipelint", bin_ / "yamllint"
    zizmor: list[str | Path] = [bin_ / "zizmor", "--offline", "--no-progress"]
    rows = [
        _row("100 lines, cold", [ours, small], [bin_ / "python", "-c", "pass"], 7.0),
        _row("100 lines, cold", [ours, small], [yamllint, small], 1.0),
        _row("10 000 lines", [ours, large], [yamllint, large], 0.30),
        _row("10 000 lines", [ours, large], [*zizmor, workflow], 1.0),
    ]
    schema = Path(os.environ.get("PIPELINT_CORPUS", "../shared")) / "vendor/vela-schema/schema.json"
    if schema.is_file():
        program = bin_ / "check-jsonschema"
        checker: list[str | Path] = [program, "--schemafile", schema.resolve()]
        rows += [
            _row("100 lines, cold", [ours, small], [*checker, small], 0.25),
            _row("10 000 lines", [ours, large], [*checker, large], 0.05),
        ]
    return rows


def _row(what: str, ours: Command, theirs: Command, budget: float) -> Row:
    program = Path(theirs[0])
    name = "python -c pass" if program.stem == "python" else program.stem
    if not program.exists() and not program.with_suffix(".exe").exists():
        return Row(what, in_turn(process(ours), lambda: None, PROCESS_ROUNDS)[0], name, 0.0, budget)
    medians = in_turn(process(ours), process(theirs), PROCESS_ROUNDS)
    return Row(what, medians[0], name, medians[1], budget)


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
        kept = " (over)" if row.is_over else ""
        measured = f"{row.theirs:.1f} | {row.ratio:.2f}" if row.theirs else "not installed |"
        lines.append(
            f"| {row.what} | {row.ours:.1f} | {row.against} | {measured} | {row.budget:g}{kept} |"
        )
    kept = "" if memory <= 45 else " (over)"  # noqa: PLR2004 - the budget, in MB
    lines.append(f"| 10 000 lines, peak memory | {memory:.0f} MB | | | | 45 MB{kept} |")
    return "\n".join(lines) + "\n" + NOTE


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
    return int(any(row.is_over for row in rows))


if __name__ == "__main__":
    sys.exit(main())
