"""One comparison: ours and theirs in turn, so that a machine whose speed drifts drifts for both."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROUNDS = 11
FEW = 3
"""Rounds for a peer that takes seconds."""

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

    def __str__(self) -> str:
        """Return a line of the table in Markdown."""
        kept = " (over)" if self.is_over else ""
        theirs = f"{self.theirs:.1f} | {self.ratio:.2f}" if self.theirs else "not installed |"
        return (
            f"| {self.what} | {self.ours:.1f} | {self.against} | {theirs} | {self.budget:g}{kept} |"
        )


def in_turn(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> list[float]:
    """Run both in turn; return the medians in milliseconds."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for run, spent in zip((ours, theirs), times, strict=True):
            begin = time.perf_counter()
            run()
            spent.append((time.perf_counter() - begin) * 1000)
    return [statistics.median(spent) for spent in times]


def processes(
    what: str, ours: Command, theirs: Command, budget: float, rounds: int = ROUNDS
) -> Row:
    """Measure two programs from their start to their end."""
    program = Path(theirs[0])
    name = "python -c pass" if program.stem == "python" else program.stem
    if not program.exists() and not program.with_suffix(".exe").exists():
        return Row(what, in_turn(_process(ours), lambda: None, rounds)[0], name, 0.0, budget)
    medians = in_turn(_process(ours), _process(theirs), rounds)
    return Row(what, medians[0], name, medians[1], budget)


def _process(command: Command) -> Callable[[], None]:
    """Run a command to its end; what it says and returns does not matter."""
    words = [str(word) for word in command]

    def run() -> None:
        subprocess.run(words, check=False, capture_output=True)

    return run
