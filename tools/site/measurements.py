"""What was measured against other tools, from where it is counted again and again."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import takewhile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OURS = {"FLOOR", "python -c pass"}
"""What is no other tool: bounds of our own."""

HEAD = "| | refused by Vela, and reported | accepted by Vela, and reported as an error |"
_ROW = re.compile(
    r"\| (?P<what>[^|]+) \| (?P<ours>[\d.]+) \| (?P<tool>[^|]+) \| (?P<theirs>[\d.]+)"
    r" \| (?P<ratio>[\d.]+) \|.*"
)


def verdicts() -> str:
    """Return the table of the README that compares verdicts; a test counts it again."""
    lines = _read("README.md")
    table = lines[lines.index(HEAD) :]
    return "\n".join(takewhile(lambda line: line.startswith("|"), table))


def speed() -> str:
    """Return the rows of the measurements that are about other tools, without our budgets."""
    return "\n".join(_speed())


def _speed() -> Iterator[str]:
    yield "| what | pipelint (ms) | tool | its time (ms) | ratio |"
    yield "|---|---:|---|---:|---:|"
    for line in _read("benchmarks", "RESULTS.md"):
        row = _ROW.fullmatch(line)
        if row and row["tool"] not in OURS:
            yield "| {what} | {ours} | {tool} | {theirs} | {ratio} |".format_map(row.groupdict())


def _read(*path: str) -> list[str]:
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read().splitlines()
