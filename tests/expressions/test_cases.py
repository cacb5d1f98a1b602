"""Every labelled case that needs no pipeline, and every expression that somebody wrote."""

from __future__ import annotations

from expressions.facts import Case, cases, real_expressions
from pipelint.expressions.judge import judge_alone
from pipelint.expressions.problem import Problem
from pipelint.expressions.reading import read_field, read_program

NEEDS_A_PIPELINE = {"path", "scope"}
"""What a path leads to, and whether it may be used there, is for those who know the pipeline."""

WARNINGS = {"wrong-opener"}
INFORMATION = {
    "input-blank",
    "input-conflict",
    "lone-opener",
    "quoted-expression",
    "quoted-null",
    "script-expression",
    "single-bar",
}


def judged(case: Case) -> list[Problem]:
    """Judge a case as the field that it stands for."""
    read = read_program if case.is_condition else read_field
    return judge_alone(read(case.text))


def test_valid_expressions_have_no_problem() -> None:
    valid = [case for case in cases() if case.verdict == "valid"]
    assert len(valid) > 200
    for case in valid:
        assert {problem.rule for problem in judged(case)} <= WARNINGS, case


def test_what_is_not_certain_is_information_at_most() -> None:
    for case in cases():
        if case.verdict == "unknown":
            assert {problem.rule for problem in judged(case)} <= INFORMATION, case


def test_invalid_expressions_have_a_problem() -> None:
    for case in cases():
        if case.verdict == "invalid" and case.category not in NEEDS_A_PIPELINE:
            assert {problem.rule for problem in judged(case)} - INFORMATION, case


def test_what_the_engine_cannot_parse_has_one_problem() -> None:
    for case in cases():
        if case.verdict == "invalid" and ") parse" in case.why:
            assert len(judged(case)) == 1, case


REFUSED = {
    '<+secrets.getValue("my_app_store_id)>': "a text is never closed",
    "<+eventPayload.commits[]{}>": "`]` cannot stand here",
    "<+eventPayload.commits[]>": "`]` cannot stand here",
    "<+eventPayload.commits[].message>": "`]` cannot stand here",
    "<+eventPayload.commits[{.message}]>": "`.` cannot stand here",
    "<+var x= 'pipeline.stages.ExecuteMatrix_'\"0\"'.name'; return x.toString()>": "no operator",
    "<+var x=[...];for (i: [0,1] {var z = 'eventPayload.commits'+[i]; x.add(i);};"
    " return x.toString()>": "`{` cannot stand here",
}
"""Expressions of public files that no engine can read; and all those with `\\"` in them."""


def test_real_expressions_are_read_or_rightly_refused() -> None:
    expressions = real_expressions()
    assert len(expressions) > 1_400
    refused = {}
    for text in expressions:
        for _, block in read_field(text).blocks():
            if block.refusal is not None:
                refused[text] = judge_alone(read_field(text))
            else:
                assert block.tree is not None, text
    for text, problems in refused.items():
        assert len(problems) == 1
        if problems[0].rule == "escaped-quote":
            assert '\\"' in text
        else:
            assert REFUSED[text] in problems[0].message
    assert REFUSED.keys() <= refused.keys()
