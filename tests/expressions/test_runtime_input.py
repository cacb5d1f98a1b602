"""`<+input>`: what may follow it, and what contradicts."""

from __future__ import annotations

import pytest

from pipelint.expressions.judge import judge_alone
from pipelint.expressions.reading import read_field
from pipelint.expressions.runtime_input.judge import misused_inputs
from pipelint.expressions.runtime_input.pattern import broken_pattern
from pipelint.expressions.runtime_input.read import read_runtime_input
from pipelint.expressions.runtime_input.values import split_values


@pytest.mark.parametrize(
    ("text", "suffixes"),
    [
        ("<+input>", []),
        ("<+input>.default(a)", [("default", "a")]),
        ("<+input>.executionInput().default(a b)", [("executionInput", ""), ("default", "a b")]),
        ("<+input>.regex(^(a|b).c(d)?$)", [("regex", "^(a|b).c(d)?$")]),
        ("<+input>.regex([(]\\(x)", [("regex", "[(]\\(x")]),
        ('<+input>.default("a)").regex(.*)', [("default", '"a)"'), ("regex", ".*")]),
        ("<+input>.allowedValues(jexl(<+a.b(1)>))", [("allowedValues", "jexl(<+a.b(1)>)")]),
        ("<+input>.executionInput", [("executionInput", None)]),
        ("<+input>.default()", [("default", "")]),
    ],
)
def test_suffixes_are_read(text: str, suffixes: list[tuple[str, str | None]]) -> None:
    found = read_runtime_input(text)
    assert found.problem is None
    assert [(suffix.name, suffix.argument) for suffix in found.suffixes] == suffixes
    for suffix in found.suffixes:
        assert text[suffix.start : suffix.end] == suffix.name
        if suffix.argument:
            assert text[suffix.argument_start :].startswith(suffix.argument)


FINE = [
    "<+input>",
    "<+input>.default(1).allowedValues(1.0,2)",
    "<+input>.default(a,b).allowedValues(a,b,c)",
    "<+input>.default(<+a>).allowedValues(b)",
    "<+input>.default(b).allowedValues('a', \"b\")",
    "<+input>.regex(a\\Q[(\\E)",
    "<+input>.regex((?i)a(?:b)[a[b]&&[^c]])",
    "<+input>.default(a:()",  # nobody knows where that ends
    "<+lastPublished.tag>.regex(1.*)",
    "abc.allowedValues(abc,def)",
]

WRONG = [
    ("<+input>.Default(a)", "input-form", "Default", "default"),
    ("<+input>.executionInput", "input-form", "executionInput", "()"),
    ("<+input>.executionInput(x)", "input-form", "x", None),
    ("<+input>.regex()", "input-form", "regex()", None),
    ("<+input>.default()", "input-empty-default", "default()", None),
    ("<+input>.default(a", "input-form", "(", None),
    ("<+input>..default(a)", "input-form", "..", None),
    ("<+input>-suffix", "input-form", "-suffix", None),
    ("<+input>.default(<+input>)", "nested-input", "<+input>", None),
    ("<+input>.regex([)", "input-form", "[", None),
    ("<+input>.regex(*a)", "input-form", "*", None),
    ("<+input>.default(x).allowedValues(a,b)", "input-contradiction", "x", None),
    ("<+input>.default(prodd).allowedValues(prod)", "input-contradiction", "prodd", "prod"),
    ("<+input>.default(a).default(b)", "input-contradiction", "default", None),
    ("<+input>.allowedValues(a).regex(a)", "input-conflict", "regex", None),
    ("<+input>.allowedValues(a).selectOneFrom(a)", "input-conflict", "selectOneFrom", None),
    ("<+input>  ", "input-blank", "  ", ""),
    ("x-<+input>", "input-form", "<+input>", None),
    ("<+<+input>.trim()>", "input-form", "<+input>", None),
    ("<+INPUT>", "input-form", "<+INPUT>", "<+input>"),
    (" <+input>", "input-form", "<+input>", "<+input>"),
]


@pytest.mark.parametrize("text", FINE)
def test_what_the_platform_takes_is_fine(text: str) -> None:
    assert judge_alone(read_field(text)) == []


@pytest.mark.parametrize(("text", "rule", "covered", "new"), WRONG)
def test_a_mistake_is_reported_once(text: str, rule: str, covered: str, new: str | None) -> None:
    (problem,) = judge_alone(read_field(text))
    assert (problem.rule, text[problem.span.start : problem.span.end]) == (rule, covered)
    assert [edit for change in problem.changes for _, edit in change.edits] == (
        [] if new is None else [new]
    )


def test_a_default_is_held_to_its_pattern_by_who_can_match() -> None:
    reading = read_field("<+input>.default(x).regex(^a$)")
    assert list(misused_inputs(reading)) == []
    assert list(misused_inputs(reading, lambda _pattern, _text: None)) == []
    (problem,) = misused_inputs(reading, lambda pattern, text: (pattern, text) != ("^a$", "x"))
    assert problem.rule == "input-contradiction"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a, b ,c", ["a", "b", "c"]),
        ("\\'a,b\\',c", ["a,b", "c"]),
        ('\\"a,b\\",c', ["a,b", "c"]),
        ('"a,b",c', ["a,b", "c"]),
        ("", [""]),
    ],
)
def test_values_are_apart_at_commas(text: str, values: list[str]) -> None:
    assert split_values(text) == values


@pytest.mark.parametrize(
    ("pattern", "at"),
    [("a[b", 1), ("a(b", 1), ("a)b", 1), ("+a", 0), ("a|*", 2), ("(?<n>a)", None), ("[]a]", None)],
)
def test_a_pattern_is_broken_where_that_is_certain(pattern: str, at: int | None) -> None:
    found = broken_pattern(pattern)
    assert (found[0] if found else None) == at
