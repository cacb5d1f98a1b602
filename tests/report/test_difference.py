"""What a fix changes, as lines."""

from __future__ import annotations

import pytest

from pipelint.diagnostic import Edit
from pipelint.report.difference import WINDOW, changes_of
from pipelint.source import Source, Span

TEXT = "one\ntwo\nthree\nfour"


def change(*edits: tuple[int, int, str], text: str = TEXT) -> list[str]:
    changed = changes_of(Source(text), [Edit(Span(start, end), new) for start, end, new in edits])
    return [f"{one.number} {one.sign} {one.text}" for one in changed]


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([(4, 7, "TWO")], ["2 - two", "2 + TWO"]),
        ([(0, 0, "zero\n")], ["1 + zero"]),
        ([(4, 4, "a\nb\n")], ["2 + a", "3 + b"]),
        ([(18, 18, "\nfive")], ["5 + five"]),
        ([(18, 18, "!")], ["4 - four", "4 + four!"]),
        ([(4, 8, "")], ["2 - two"]),
        ([(3, 7, "")], ["2 - two"]),
        ([(0, 18, "")], ["1 - one", "2 - two", "3 - three", "4 - four", "1 + "]),
        ([(2, 5, "")], ["1 - one", "2 - two", "1 + onwo"]),
        ([(0, 1, "O"), (2, 3, "E")], ["1 - one", "1 + OnE"]),
        ([(2, 3, "E"), (0, 1, "O")], ["1 - one", "1 + OnE"]),
        ([(0, 0, "a"), (0, 0, "b")], ["1 - one", "1 + abone"]),
        ([(0, 4, ""), (8, 13, "3")], ["1 - one", "3 - three", "2 + 3"]),
        ([(0, 0, "a\n"), (14, 18, "4")], ["1 + a", "4 - four", "5 + 4"]),
        ([(4, 7, "two")], []),
        ([], []),
        ([(90, 99, "!")], ["4 - four", "4 + four!"]),
    ],
)
def test_only_changed_lines_are_listed(
    edits: list[tuple[int, int, str]], expected: list[str]
) -> None:
    assert change(*edits) == expected


def test_edits_that_overlap_do_not_break_the_report() -> None:
    assert change((0, 3, "1"), (2, 7, "2")) == ["1 - one", "2 - two", "1 + 12"]


def test_line_ends_of_any_kind_part_the_lines() -> None:
    assert change((5, 6, "B"), text="a\r\nxxb\rc") == ["2 - xxb", "2 + xxB"]


def test_of_an_endless_line_only_the_surroundings_are_kept() -> None:
    middle = 500_000
    before, after = changes_of(Source("x" * (2 * middle)), [Edit(Span(middle, middle + 1), "y")])
    assert before.text == "x" * (2 * WINDOW + 1)
    assert after.text == f"{'x' * WINDOW}y{'x' * WINDOW}"
    assert before.focus == after.focus == WINDOW
