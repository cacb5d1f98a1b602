"""Of one rule so many findings in a file are enough: nobody reads more, and all take time."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pipelint.diagnostic import Finding
from pipelint.rule import Rule
from pipelint.source import Span

MOST = 1_000
"""Findings of one rule in one file that are told one by one."""

ENOUGH = 10_000
"""So many are counted; a rule that has found them need not go on."""

Found = tuple[Rule, Finding]


class Gathered:
    """Findings as they come. Of those that are too many the first says how many they are."""

    __slots__ = ("_counts", "_first", "_kept")

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Span, str], Found] = {}
        self._counts: dict[str, int] = {}
        self._first: dict[str, Found] = {}

    def add(self, rule: Rule, finding: Finding) -> bool:
        """Take a finding, unless it is there already; tell whether its rule may go on."""
        key = (rule.name, finding.span, finding.message)
        count = self._counts.get(rule.name, 0)
        if key not in self._kept and count < ENOUGH:
            count += 1
            self._counts[rule.name] = count
            if count <= MOST:
                self._kept[key] = rule, finding
            else:
                self._first.setdefault(rule.name, (rule, finding))
        return count < ENOUGH

    def add_all(self, found: Iterable[Found]) -> None:
        """Take many findings."""
        for rule, finding in found:
            self.add(rule, finding)

    @property
    def names(self) -> Collection[str]:
        """The names of the rules that have found something."""
        return self._counts.keys()

    @property
    def complete(self) -> bool:
        """Whether every finding is told."""
        return not self._first

    def all(self) -> list[Found]:
        """Return what is told, in the order in which it came."""
        more = ((rule, self._more(rule, first)) for rule, first in self._first.values())
        return [*self._kept.values(), *more]

    def _more(self, rule: Rule, first: Finding) -> Finding:
        count = self._counts[rule.name]
        if count == MOST + 1:
            return first
        number = f"more than {ENOUGH - MOST}" if count == ENOUGH else f"{count - MOST} more"
        return Finding(
            first.span,
            f"{number} findings of this rule are not shown",
            "the first of them",
            "mend the others, then check again",
        )
