"""Texts of strangers: whatever they are, they are read in time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelint.expressions.judge import judge_alone
from pipelint.expressions.reading import read_field, read_program

PATIENCE = 20
"""Seconds; on a quiet machine none needs more than two."""

PIECES = (
    *("<+", "<+a", ">", "<+a>", "\\>", "\\", "(", "[", "{", '"', "'", "`", "-", ".", "$", "${"),
    *("<+a ", "a.", "a-", "+ a", " ? a : ", "/*", "//", "[[", "<+input>", ".regex(", "[(", ",\\'"),
    *("<pipeline.", "${workflow.variables.", "not ", "if (a) {", "a;", "\n", "“"),
)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("frame", ["{}", "<+{}>", "<+input>{}", "<+<+a>{}> > 5>"])
def test_a_long_text_is_read_in_time(piece: str, frame: str) -> None:
    text = frame.format(piece * (1_000_000 // len(piece)))
    started = time.perf_counter()
    judge_alone(read_field(text))
    judge_alone(read_program(text))
    assert time.perf_counter() - started < PATIENCE


def test_many_different_expressions_are_read_in_time() -> None:
    text = "".join(f"<+<+a{at}> == 'b{at}' ? c : d - e> " for at in range(2_500))
    started = time.perf_counter()
    judge_alone(read_field(text))
    assert time.perf_counter() - started < PATIENCE


@given(st.lists(st.sampled_from([*PIECES, "\x01", "\x02", "é", " "]), max_size=25))
def test_any_text_is_judged_without_an_error_and_inside_of_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    for reading in (read_field(text), read_program(text)):
        for problem in judge_alone(reading):
            assert 0 <= problem.span.start < problem.span.end <= len(text)
            for change in problem.changes:
                assert all(0 <= s.start <= s.end <= len(text) for s, _ in change.edits)
