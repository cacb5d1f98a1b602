"""How often each rule was found, for those who adopt pipelint in an old repository."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.report.run import RuleCount, Run, count_rules
from pipelint.report.summary import summary
from pipelint.report.terminal import Style, paint


def render(run: Run, style: Style) -> Iterator[str]:
    """Yield a row for each rule and level, the most frequent first, and the summary."""
    rows = count_rules(run)
    numbers = max((len(str(row.number)) for row in rows), default=0)
    rules = max((len(row.rule) for row in rows), default=0)
    dialects = max((len(_dialects(row)) for row in rows), default=0)
    for row in rows:
        level = paint(style, row.level, row.level) + " " * (len("warning") - len(row.level))
        dialect = _dialects(row).ljust(dialects)
        fixable = "  [fixable]" if row.fixable else ""
        number = str(row.number).rjust(numbers)
        yield f"  {number}  {level}  {row.rule.ljust(rules)}  {dialect}{fixable}".rstrip()
    yield summary(run, dialects=False)


def _dialects(row: RuleCount) -> str:
    return ", ".join(row.dialects)
