"""Expressions in a document: each judged once, mended where it stands, and never too many."""

from __future__ import annotations

import time

import pytest

from linting import lint, rules_in

STEP = """\
template:
  name: build
  identifier: build
  versionLabel: v1
  type: Step
  spec:
    type: Run
    spec:
      shell: Bash
      command: make
      envVariables:
"""
PATIENCE = 20
"""Seconds; on a quiet machine no text needs more than two."""


def fixed(text: str) -> str:
    """Return a text after the first fix of its only finding."""
    (found,) = lint(text)
    for span, new in sorted(found.finding.fixes[0].edits, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


@pytest.mark.parametrize(
    ("value", "mended"),
    [
        ("<+stage.variables.a-b>", '<+stage.variables.get("a-b")>'),
        ("'<+stage.variables.a-b>'", "'<+stage.variables.get(\"a-b\")>'"),
        ('"<+stage.variables.a-b>"', r'"<+stage.variables.get(\"a-b\")>"'),
        ("'it''s <+<+stage.name> == True>'", "'it''s <+<+stage.name> == true>'"),
        (r'"\t<+<+stage.name> == True>"', r'"\t<+<+stage.name> == true>"'),
        (">-\n          a\n          <+<+stage.name>\n          == True>", ""),
        ("|\n          a\n          <+<+stage.name> == True>\n          b", ""),
        ("<+<+stage.name> == “x”>", '<+<+stage.name> == "x">'),
    ],
)
def test_a_fix_is_written_in_the_style_of_the_value(value: str, mended: str) -> None:
    text = fixed(f"{STEP}        A: {value}\n")
    assert text == f"{STEP}        A: {mended or value.replace('True', 'true')}\n"
    assert lint(text) == []


@pytest.mark.parametrize(
    ("condition", "rule"),
    [
        ("prod == <+stage.name>", "unquoted-text"),  # quotes cannot begin a plain value
        ("'prod == <+stage.name>'", ""),
    ],
)
def test_a_fix_never_breaks_a_value_without_quotes(condition: str, rule: str) -> None:
    text = STEP.replace("      envVariables:\n", "")
    text += f"    when:\n      stageStatus: Success\n      condition: {condition}\n"
    (found,) = lint(text)
    assert found.rule == "unquoted-text"
    assert bool(found.finding.fixes) == (not rule)


def test_a_value_is_reported_at_each_place_where_it_stands() -> None:
    text = STEP + "        A: <+a b>\n        B: <+a b>\n        C: [<+a b>]\n"
    assert [one.rule for one in lint(text)].count("expression-syntax") == 3


def test_rules_that_are_off_say_nothing() -> None:
    text = STEP + "        A: <+a b>\n        B: <+>\n"
    assert rules_in(text, levels={"expression-syntax": "off"}) == ["empty-expression"]


@pytest.mark.parametrize(
    "value",
    [
        "<+<+a.b{}> == 'x' && !<+c{}.toUpperCase().contains('y')>>",
        "<+a{} b c>",
        "<+json.select('a{}')>",
        "<+input>.default(A{}).regex([a-z]+)",
        "${{workflow.variables.x{}}}",
    ],
)
def test_too_many_expressions_are_told_once_and_in_time(value: str) -> None:
    lines: list[str] = []
    size = 0
    while size < 1_000_000:
        line = f"        K{len(lines)}: {value.replace('{}', str(len(lines)))}\n"
        lines.append(line)
        size += len(line)
    started = time.perf_counter()
    found = [one.rule for one in lint(STEP + "".join(lines).replace("{{", "{").replace("}}", "}"))]
    assert time.perf_counter() - started < PATIENCE
    assert found.count("too-many-expressions") == 1
