"""Any text is judged in linear time, without an exception."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelint.vela.evaluation.check import check
from pipelint.vela.evaluation.names import names

SIZE = 100_000

HOSTILE = {
    "parentheses": "(" * SIZE,
    "closed parentheses": "(" * 50_000 + ")" * 50_000,
    "negations": "!" * SIZE,
    "members": "a." * 50_000,
    "complete members": "a" + ".a" * 40_000,
    "braces": "{" * SIZE,
    "quotes": "'" + "\\" * (SIZE - 1),
    "back-ticks": "`" * (SIZE - 1),
    "comments": "/*" * 50_000,
    "blanks": " " * SIZE,
    "digits": "9" * SIZE,
    "conditions": "a == 'x' or " * 8_000 + "b",
    "pattern": f"a matches '{'(' * 99_000}'",
    "escapes": f"a == '{chr(92)}n{'a' * 90_000}{chr(92)}q'",
    "sequence": "a;" * 50_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_judged_soon(text: str) -> None:
    start = time.process_time()
    problems = check(text)
    names(text)
    assert time.process_time() - start < 5
    assert len(problems) == 1


DEEP = {
    "groups": "(" * 4_000 + "true" + ")" * 4_000,
    "negations": "!" * 9_000 + "true",
    "powers": "1" + "**1" * 4_000 + "== 1",
    "comparisons": "1" + "<1" * 4_000,
    "conditions": "true ? " * 3_000 + "true" + ": false" * 3_000,
    "declarations": "".join(f"let a{each} = 1; " for each in range(3_000)) + "true",
    "calls": "string(" * 3_000 + "1" + ")" * 3_000 + "== 'a'",
    "arrays": "[" * 3_000 + "]" * 3_000 + "== []",
    "pipes": "1" + "|string()" * 3_000 + "== 'a'",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_depth_is_no_problem(text: str) -> None:
    assert check(text) == []


def test_the_server_stops_at_ten_thousand_parts() -> None:
    assert check("true" + " or true" * 4_000) == []
    (problem,) = check("true" + " or true" * 10_000)
    assert problem.message == "the expression has more than 10000 parts"


def test_a_text_beyond_all_measure_is_not_read() -> None:
    assert check("(" * (SIZE + 1)) == []
    assert names("a" * (SIZE + 1)) == []


PIECES = st.sampled_from(
    [
        *"()[]{}.,;:?!#|&=<>+-*/%^@'\"`\\$ \n\t0",
        *("a", "VELA", "1", "0x1", "'a'", "`a`", "true", "nil", "==", "&&", "??", "?.", "..", "**"),
        *(" and ", " not ", " in ", " matches ", "let x = ", "if ", " else ", "::", "#acc", "$env"),
        *("len(", "filter(", "map(", "split(a, 'b')", "| count(", "get(", "//", "/*", "b'", "é"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_any_text_gives_places_inside_of_it(text: str) -> None:
    for problem in check(text):
        assert 0 <= problem.start < problem.end <= len(text)
        assert problem.message
    for name in names(text):
        assert 0 <= name.start < name.end <= len(text)
