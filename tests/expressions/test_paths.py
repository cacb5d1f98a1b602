"""What is found sound at a glance is what a closer look has nothing against."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expressions.facts import cases, real_expressions
from expressions.test_checker import World
from pipelint.expressions.checker import check, problems_in
from pipelint.expressions.judge import judge_paths, judge_text
from pipelint.expressions.paths import is_sound, is_sound_condition
from pipelint.expressions.reading import Reading, read_field, read_program
from pipelint.expressions.types import Anywhere, Scope

SCOPES: tuple[Scope, ...] = (World(), Anywhere())


def problems(reading: Reading, scope: Scope) -> list[str]:
    """Return the rules that a closer look at a text reports."""
    told = judge_text(reading)
    return [one.rule for one in (*told, *judge_paths(reading, scope, told))]


@pytest.mark.parametrize(
    "text",
    [
        "<+pipeline.name>",
        "< + <+ pipeline.variables >",
        "a <+pipeline.name> b <+matrix.x.y>",
        "<+secrets.getValue('token')>",
        "<+input>.default(a b)",
        "<+input>.allowedValues(a,b)",
    ],
)
def test_paths_and_inputs_are_seen_through_at_a_glance(text: str) -> None:
    assert is_sound(text, World())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text",
        "<+>",
        "<+pipeline.name",
        "<+pipeline.nam>",
        "<+pipeline.name> > x",
        "<+steps.late>",
        "<+pipeline.name.trim()>",
        "<+host>",
        "<+input>.default()",
        "<+input>.regex([)",
        "<+secrets.getValue(token)>",
        '<+secrets.token")>',
        "${pipeline.name}",
    ],
)
def test_anything_else_is_looked_at(text: str) -> None:
    assert not is_sound(text, World())


@pytest.mark.parametrize(
    ("text", "is_seen_through"),
    [
        ('<+pipeline.name> == "a b"', True),
        ("<+matrix.os>!='linux'", True),
        ("<+pipeline.name> == 'null'", False),
        ("<+steps.build.status> == 'ok'", False),
        ("<+pipeline.name> == 'a' && true", False),
        ("<+pipeline.name> = 'a'", False),
        ("<+pipeline.nam> == 'a'", False),
        ("<+pipeline.name>", False),
        ("", False),
    ],
)
def test_conditions_that_compare_a_path_with_a_text(text: str, is_seen_through: bool) -> None:
    assert is_sound_condition(text, World()) == is_seen_through


def hold(text: str) -> None:
    """Hold both looks at a text to each other."""
    for scope in SCOPES:
        if is_sound(text, scope):
            assert problems(read_field(text), scope) == []
        if is_sound_condition(text, scope):
            assert problems(read_program(text), scope) == []


def test_a_closer_look_agrees_on_each_case_and_each_real_expression() -> None:
    for text in [*(case.text for case in cases()), *real_expressions()]:
        hold(text)
        hold(f'{text} == "a"')
        for base, block in (*read_field(text).roots, *read_program(text).roots):
            for scope in SCOPES:
                assert problems_in(block, base, scope) == [*check(block, base, scope).problems]


PIECES = [
    *("<+", "<+", ">", ">", "pipeline", "matrix", "steps", "secrets", "late", "host", "infra"),
    *(".", ".", "name", "variables", "status", "getValue", "kubernetes", "input", "new", "1"),
    *("<+input>", "default", "allowedValues", "regex", "(", ")", "('a')", '("b")', '")', " ", "\n"),
    *("==", "!=", "=", "'x'", '"null"', '"', "'", "\\", "$", "${", "{", "}", "-", "//", "\x01"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=10))
def test_a_closer_look_agrees_on_anything(pieces: list[str]) -> None:
    hold("".join(pieces))


@given(
    st.sampled_from(["pipeline.name", "steps.late", "host", "a.status", "secrets.getValue('x')"]),
    st.lists(st.sampled_from(PIECES), max_size=4),
)
def test_a_closer_look_agrees_behind_a_path(path: str, pieces: list[str]) -> None:
    hold("<+" + path + ">" + "".join(pieces))
    hold("<+input>" + "".join(pieces))
