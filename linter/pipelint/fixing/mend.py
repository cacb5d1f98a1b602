"""Fix a text: make the fixes, read and check it again, and go on until nothing more changes.

A round makes all fixes that do not touch each other. What it gives must be readable, every finding
that it mends must be gone, and there must be none that was not there. Where that does not hold,
half as many are tried, down to a single one, which is left out from then on; where it holds, twice
as many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from pipelint.diagnostic import Diagnostic, Edit
from pipelint.document import Document
from pipelint.engine import Checked
from pipelint.fixing.choice import Chosen, Mark, together, wanted
from pipelint.fixing.edits import apply, compose, moved
from pipelint.record import NamedTuple
from pipelint.source import BOM
from pipelint.surplus import MOST

Examined = tuple[Checked, Document | None]
Examine = Callable[[str], Examined]
"""Checks a text as `Project.examine_text` does, with the settings that hold for it."""

MOST_ROUNDS = 100
"""So often a text is checked: what has not settled by then is left as it is."""

UNREADABLE = "the file could not be read any more"
REMAINS = "it would not mend the finding"
LEADS = "it would lead to a finding of"
BUGS = frozenset({UNREADABLE, REMAINS})
"""Why a fix is not made that should never have been offered."""


class Refused(NamedTuple):
    """A fix that was not made: `start` is where it would begin in the text that came out."""

    start: int
    rule: str
    title: str
    why: str


class Mended(NamedTuple):
    """What came of a text.

    `before` and `after` are the checks of the text as it was given and as it is now; `edits`, those
    of the former that make the latter, ordered and apart. `fixed` are the findings that are gone.
    `unread` says that nothing was tried, since a part of the text cannot be read; `settled` is
    false where there was no end to it.
    """

    before: Checked
    after: Checked
    edits: tuple[Edit, ...] = ()
    fixed: tuple[Diagnostic, ...] = ()
    refused: tuple[Refused, ...] = ()
    unread: bool = False
    settled: bool = True


def mend(
    text: str, examine: Examine, *, unsafe: bool = False, known: Examined | None = None
) -> Mended:
    """Fix what can be fixed in a text, which is given without its byte order mark.

    With `unsafe` the fixes that may change what works today are made, too. `known` is what
    `examine` says of the text, where that has been asked already.
    """
    work = _Work(text, examine, unsafe=unsafe, known=known)
    batch = work.next()
    if batch and not work.now.readable:
        return Mended(work.now.checked, work.now.checked, unread=True)
    while batch and work.rounds < MOST_ROUNDS:
        work.attempt(batch)
        batch = work.next()
    return work.end(settled=not batch)


class _Seen(NamedTuple):
    """A text as it was checked; `readable` tells whether all of it is a pipeline."""

    checked: Checked
    readable: bool

    @property
    def counts(self) -> Counter[str]:
        """How many findings of each rule there are; those that are hidden do not count."""
        return Counter(one.rule for one in self.checked.diagnostics if not one.suppressed)


def _seen(examined: Examined) -> _Seen:
    checked, document = examined
    return _Seen(checked, document is not None and not document.tree.problems)


class _Work:
    """The state between two rounds.

    `edits` and `fixed` are what has been done so far, `without` the fixes that must not be made,
    with the reason. At most `limit` fixes are made in the next round.
    """

    __slots__ = (
        "_before", "_examine", "_unsafe", "edits", "fixed", "limit", "now", "rounds", "text",
        "without",
    )  # fmt: skip

    def __init__(
        self, text: str, examine: Examine, *, unsafe: bool, known: Examined | None
    ) -> None:
        self._examine = examine
        self._unsafe = unsafe
        self.text = text
        self.now = _seen(known) if known is not None else self._look(text)
        self._before = self.now.checked
        self.edits: list[Edit] = []
        self.fixed: list[Diagnostic] = []
        self.without: dict[Mark, str] = {}
        self.limit = len(text)
        self.rounds = 0

    def _look(self, text: str) -> _Seen:
        return _seen(self._examine(BOM + text))  # a second mark in front belongs to the text

    def next(self) -> list[Chosen]:
        """Return the fixes to make in the next round."""
        found = wanted(self.now.checked, unsafe=self._unsafe, without=self.without)
        return together(found)[: self.limit]

    def attempt(self, batch: Sequence[Chosen]) -> None:
        """Make some fixes; where they do no good, remember to make fewer, or to leave it."""
        edits = sorted(edit for fix in batch for edit in fix.edits)
        text = apply(self.text, edits)
        after = self._look(text)
        self.rounds += 1
        why = _objection(self.now, after, batch)
        if not why:
            self._accept(batch, edits, text, after)
        elif len(batch) > 1:
            self.limit = len(batch) // 2
        else:
            self.without[batch[0].mark] = why

    def _accept(
        self, batch: Sequence[Chosen], edits: Sequence[Edit], text: str, after: _Seen
    ) -> None:
        self.edits = compose(self.edits, edits, self.text)
        self.fixed += [one for fix in batch for one in fix.mends]
        self.without = {
            mark._replace(start=moved(mark.start, edits)): why for mark, why in self.without.items()
        }
        self.text, self.now = text, after
        self.limit *= 2

    def end(self, *, settled: bool) -> Mended:
        """Return what came of it."""
        refused = (Refused(*mark, why) for mark, why in sorted(self.without.items()))
        return Mended(
            self._before,
            self.now.checked,
            tuple(self.edits),
            tuple(self.fixed),
            tuple(refused),
            settled=settled,
        )


def _objection(before: _Seen, after: _Seen, batch: Iterable[Chosen]) -> str:
    """Say why fixes must not be made, or nothing."""
    if not after.readable:
        return UNREADABLE
    mended = Counter(one.rule for fix in batch for one in fix.mends)
    counts = before.counts
    for rule, number in sorted(after.counts.items()):
        if number > counts[rule]:
            return f"{LEADS} `{rule}`"
        # Of more than so many findings of a rule the others take the places of those that are gone.
        if number > counts[rule] - mended[rule] and counts[rule] <= MOST:
            return REMAINS if _is_there(before, after, rule) else f"{LEADS} `{rule}`"
    return ""


def _is_there(before: _Seen, after: _Seen, rule: str) -> bool:
    """Tell whether all that a rule finds afterwards was there before."""
    words = [
        Counter(one.finding.message for one in seen.checked.diagnostics if one.rule == rule)
        for seen in (before, after)
    ]
    return words[1] <= words[0]
