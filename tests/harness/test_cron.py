"""Cron expressions: what is refused, and how often they run."""

from __future__ import annotations

import pytest

from pipelint.harness.cron import QUARTZ, UNIX, Cron, Fault, read, shortest_gap

REFUSED = [
    (UNIX, "0 0 4 * * *", "a UNIX expression has 5 fields, not 6", "0 0 4 * * *"),
    (UNIX, "0 4 * *", "a UNIX expression has 5 fields, not 4", "0 4 * *"),
    (UNIX, "60 4 * * *", "the minute is 0 to 59, not `60`", "60"),
    (UNIX, "0 24 * * *", "the hour is 0 to 23, not `24`", "24"),
    (UNIX, "0 4 0 * *", "the day of month is 1 to 31, not `0`", "0"),
    (UNIX, "0 4 * 13 *", "the month is 1 to 12, not `13`", "13"),
    (UNIX, "0 4 * * 8", "the day of week is 0 to 7, not `8`", "8"),
    (UNIX, "0 4 ? * *", "`?` is no day of month", "?"),
    (UNIX, "0 4 * * MON-", "the day of week is incomplete", "MON-"),
    (UNIX, "0 4,, * * *", "the hour is incomplete", "4,,"),
    (UNIX, "*/0 * * * *", "the minute cannot go in steps of `0`", "*/0"),
    (UNIX, "*/x * * * *", "the minute cannot go in steps of `x`", "*/x"),
    (UNIX, "0 four * * *", "`four` is no hour", "four"),
    (QUARTZ, "0 4 * * *", "a QUARTZ expression has 6 or 7 fields, not 5", "0 4 * * *"),
    (QUARTZ, "0 0 4 ? * 0", "the day of week is 1 to 7, not `0`", "0"),
    (QUARTZ, "0 0 4 * * L5 2020", "`L5` is no day of week", "L5"),
    (QUARTZ, "0 0 4 * * ? 1900", "the year is 1970 to 2099, not `1900`", "1900"),
]


@pytest.mark.parametrize(("dialect", "expression", "message", "covered"), REFUSED)
def test_refused(dialect: str, expression: str, message: str, covered: str) -> None:
    fault = read(expression, dialect)
    assert isinstance(fault, Fault)
    assert fault.message == message
    assert expression[fault.start : fault.end] in {covered, expression}


READ = [
    (UNIX, "0 4 * * *", 60),
    (UNIX, "  45  13 13 09 2 ", 60),
    (UNIX, "0/5 * * * *", 5),
    (UNIX, "*/5 9-17 * * MON-FRI", 5),
    (UNIX, "*/2 * * * *", 2),
    (UNIX, "* * * * *", 1),
    (UNIX, "0,1 4 * * *", 1),
    (UNIX, "0,57 4 * JAN,JUL sun", 57),
    (UNIX, "0,57 4-6 * * *", 3),
    (UNIX, "58 0,23 * * *", 60),
    (UNIX, "1-30/15 0,23 * * *", 15),
    (QUARTZ, "0 0 4 * * ?", 60),
    (QUARTZ, "0 0/10 4 ? * MON-FRI", 10),
    (QUARTZ, "0 0 4 L * ?", 60),
    (QUARTZ, "0 0 4 LW * ?", 60),
    (QUARTZ, "0 0 4 15W * ?", 60),
    (QUARTZ, "0 0 4 ? * 6#3 2030", 60),
    (QUARTZ, "0 0 4 ? * FRIL", 60),
    (QUARTZ, "0,30 0 4 ? * 6L", 0),
]


@pytest.mark.parametrize(("dialect", "expression", "gap"), READ)
def test_read(dialect: str, expression: str, gap: int) -> None:
    cron = read(expression, dialect)
    assert isinstance(cron, Cron)
    assert shortest_gap(cron) == gap


@pytest.mark.parametrize("expression", ["", "  ", "@daily", "1," * 1000 + "1 * * * *"])
def test_nothing_is_said(expression: str) -> None:
    assert read(expression, UNIX) is None
