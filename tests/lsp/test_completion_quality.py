"""Completion of real files: what was cut out has to be among the first that are offered.

An editor filters what is offered by what is typed. With nothing typed at all the order alone
decides; from the first letter on hardly anything may be missed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from completing import is_begun
from completion_truths import Truth, expression_truths, key_truths
from looking import snapshot_of
from pipelint_lsp.features.completion import complete
from pipelint_lsp.snapshot import Snapshot
from repository import shared

FIRST = 5
LONGEST = 40_000
CUTS = 280


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - nothing secret is chosen


class Score:
    """How far in front the right answers were."""

    def __init__(self) -> None:
        self.ranks: list[int] = []

    @property
    def recall(self) -> float:
        """The part of the answers that are among the first."""
        return sum(0 < rank <= FIRST for rank in self.ranks) / len(self.ranks)

    @property
    def reciprocal(self) -> float:
        """The mean of one by the rank, none where an answer is missing."""
        return sum(1 / rank for rank in self.ranks if rank) / len(self.ranks)


def texts(dialect: str) -> Iterator[tuple[str, str]]:
    """Give real files in a fixed order of chance, each under a path that tells its dialect."""
    paths = sorted(shared("corpus", dialect, "files").rglob("*.y*ml"))
    _chance(1).shuffle(paths)
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        if len(text) <= LONGEST:
            yield text, _name(dialect, path)


def _name(dialect: str, path: Path) -> str:
    return f".harness/{path.name}" if dialect == "harness" else ".vela.yml"


def truths(dialect: str, kind: str, most: int) -> Iterator[tuple[Truth, str]]:
    """Cut some places out of each file that is read as a pipeline."""
    rng, count = _chance(2), 0
    for text, name in texts(dialect):
        if kind == "expressions" and "<+" not in text:
            continue
        snapshot = snapshot_of(text, name)
        if count >= most or not _is_ours(snapshot, dialect):
            continue
        cut = _cut(snapshot, kind, rng)
        count += len(cut)
        yield from ((truth, name) for truth in cut)


def _is_ours(snapshot: Snapshot, dialect: str) -> bool:
    document = snapshot.document
    return document is not None and document.checked and document.kind.startswith(dialect)


def _cut(snapshot: Snapshot, kind: str, rng: random.Random) -> list[Truth]:
    if kind == "expressions":
        return expression_truths(snapshot, rng, 3)
    return key_truths(snapshot.source.text, rng, 2)


def score(cuts: Iterable[tuple[Truth, str]], typed: int) -> Score:
    """Ask for completions with some letters typed."""
    found = Score()
    for truth, name in cuts:
        before = truth.before + truth.word[:typed]
        offered = complete(snapshot_of(before + truth.after, name), len(before))
        shown = [item.label for item in offered if is_begun(item, before)]
        found.ranks.append(shown.index(truth.word) + 1 if truth.word in shown else 0)
    return found


@pytest.mark.parametrize(
    ("dialect", "kind", "typed", "recall", "reciprocal"),
    [
        ("harness", "expressions", 0, 0.95, 0.70),
        ("harness", "expressions", 1, 0.97, 0.95),
        ("harness", "keys", 0, 0.90, 0.70),
        ("harness", "keys", 1, 0.94, 0.90),
        ("vela", "keys", 0, 0.90, 0.65),
        ("vela", "keys", 1, 0.95, 0.88),
    ],
)
def test_what_was_there_is_among_the_first(
    dialect: str, kind: str, typed: int, recall: float, reciprocal: float
) -> None:
    cuts = list(truths(dialect, kind, CUTS))
    assert len(cuts) > CUTS // 2
    found = score(cuts, typed)
    said = f"recall@{FIRST} {found.recall:.3f}, mean reciprocal rank {found.reciprocal:.3f}"
    print(f"{dialect} {kind}, {typed} typed, {len(cuts)} cuts: {said}")
    assert found.recall >= recall, said
    assert found.reciprocal >= reciprocal, said


def test_truths_are_cut_where_they_say() -> None:
    text = "pipeline:\n  name: a\n  stages:\n    - stage:\n        name: b\n  tags: {}\n"
    for truth in key_truths(text, _chance(1), 9):
        assert text.startswith(truth.before + truth.word + ":")
        assert not truth.after.strip() or re.match(r"\n[ -]*\w+:", truth.after)
