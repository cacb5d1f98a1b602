"""Single faults in real pipelines are found on their lines.

The files are no part of the project (see CONTRIBUTING.md); without them this test is skipped.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus import mutations
from linting import DEFAULTS
from pipelint.diagnostic import ERROR
from pipelint.engine import check
from pipelint.source import Source
from repository import shared

EVERY = 6
"""One file of so many is read."""

MOST = 4
"""So many mutants of each kind are made of a file."""

FLOORS = {
    mutations.KEY: 0.99,
    mutations.TYPE: 0.98,
    mutations.VALUE: 0.97,
    mutations.DROPPED: 0.99,
    mutations.DOUBLED: 0.99,
    mutations.INDENTED: 0.97,
    mutations.MISPLACED: 0.97,
}
"""The part of the faults of each kind that must be found. The rest is what nobody can see."""

NEAR = {mutations.DROPPED: 2, mutations.DOUBLED: 1}
"""How many lines away a finding may be: what is missing has no line of its own."""

Said = tuple[str, str]


def files() -> Iterator[tuple[str, str]]:
    """Give the paths and texts of files without errors that people or the product keep in Git."""
    folder = shared("corpus", "harness")
    with (folder / "manifest.csv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if is_plain(row)]
    for row in rows[::EVERY]:
        text = Path(folder / row["file"]).read_text(encoding="utf-8-sig")
        if "\t" not in text and "\r" not in text:
            yield row["path"], text


def is_plain(row: dict[str, str]) -> bool:
    kept = row["origin"] in {"git-experience", "sample"}
    return kept and row["flavor"] == "plain" and row["kind"] != "v1-or-other"


def found_in(text: str, path: str) -> tuple[dict[int, list[Said]], bool]:
    """Return what is said on each line, and whether any of it is an error."""
    source = Source(text, path)
    said: dict[int, list[Said]] = {}
    diagnostics = check(source, DEFAULTS).diagnostics
    for one in diagnostics:
        line = source.position(one.finding.span.start).line
        said.setdefault(line, []).append((one.rule, one.finding.message))
    return said, any(one.level == ERROR for one in diagnostics)


def is_found(mutant: mutations.Mutant, before: Counter[Said], path: str) -> bool:
    """Tell whether something new is said near the fault."""
    near = NEAR.get(mutant.kind, 0)
    said, _ = found_in(mutant.text, path)
    left, here = before.copy(), Counter[Said]()
    for line, what in said.items():
        if abs(line - mutant.line) <= near:
            here.update(what)
        else:
            left.subtract(what)
    return any(count > max(left[one], 0) for one, count in here.items())


def test_single_faults_are_found_on_their_lines() -> None:
    made, found, missed = Counter[str](), Counter[str](), []
    for path, text in files():
        said, broken = found_in(text, path)
        before = Counter(one for line in said.values() for one in line)
        for mutant in [] if broken else mutations.mutants(text, MOST):
            made[mutant.kind] += 1
            if is_found(mutant, before, path):
                found[mutant.kind] += 1
            else:
                missed.append(f"{mutant.kind}: {path}:{mutant.line} {mutant.what}")
    recall = {kind: found[kind] / made[kind] for kind in made}
    for kind, part in recall.items():
        print(f"{kind}: {found[kind]} of {made[kind]} ({part:.1%})")
    assert made.keys() >= FLOORS.keys()
    below = [kind for kind, floor in FLOORS.items() if recall[kind] < floor]
    assert below == [], "\n".join(missed)
