"""Expressions of Harness: what is in reach at the cursor, the nearest first."""

from __future__ import annotations

import pytest

from completing import accepted, completed, labels
from completion_text import PIPELINE
from looking import CURSOR


def in_step(value: str) -> str:
    """Write a value, with a cursor in it, as the command of a step in the first stage."""
    return PIPELINE.replace("COMMAND", value).replace("SCRIPT", "true")


def in_later_stage(value: str) -> str:
    """Write a value, with a cursor in it, as the script of the second stage."""
    return PIPELINE.replace("COMMAND", "true").replace("SCRIPT", value)


@pytest.mark.parametrize(
    ("value", "first"),
    [
        ("<+pipeline.variables.‸>", ["color", "my.size"]),
        ("<+pipeline.stages.‸>", ["build", "ship"]),
        ("<+stage.variables.‸>", ["arch"]),
        ("<+execution.steps.‸>", ["pack", "checks", "end"]),
        ("<+steps.pack.output.outputVariables.‸>", ["digest", "image"]),
        ("<+execution.steps.checks.steps.‸>", ["lint"]),
        ("<+matrix.‸>", ["os", "version"]),
        ("<+‸>", ["matrix", "pipeline"]),
        ("<+mat‸>", ["matrix"]),
        ("<+pipe‸>", ["pipeline"]),
        ("<+pipeline.name.toU‸>", ["toUpperCase"]),
        ("<+json.‸>", ["format", "list", "object", "select"]),
        ("<+secre‸>", ["secrets", "secretJson"]),
        ("<+input>.‸", ["default", "allowedValues", "selectOneFrom"]),
        ('<+input>.default("a").all‸', ["allowedValues"]),
    ],
)
def test_what_is_in_reach_comes_nearest_first(value: str, first: list[str]) -> None:
    assert labels(in_step(value))[: len(first)] == first


def test_a_stage_comes_last_in_its_own_condition() -> None:
    text = PIPELINE.replace("COMMAND", "true").replace("SCRIPT", "true")
    at = text.rindex("identifier: ship")
    pad = " " * (at - text.rindex("\n", 0, at) - 1)
    when = f"when: {{condition: <+pipeline.stages.{CURSOR}>}}\n{pad}"
    assert labels(text[:at] + when + text[at:])[:2] == ["build", "ship"]


@pytest.mark.parametrize(
    "value",
    [
        "<+pipeline.variables.‸",
        "echo <+pipeline.variables.‸ and more",
        '"<+pipeline.variables.‸"',
        '"echo <+pipeline.variables.‸',
        "'<+pipeline.variables.‸'",
        "'<+pipeline.variables.‸",
        "|\n                      set -e\n                      echo <+pipeline.variables.‸",
        "|\n                      echo <+\n                        pipeline.variables.‸>",
        ">-\n                      echo <+pipeline.variables.‸>\n                      true",
        '[a, "<+pipeline.variables.‸"]',
        "[<+pipeline.variables.‸",
        "{a: <+pipeline.variables.‸",
        '{a: ["<+pipeline.variables.‸',
        "<+<+pipeline.variables.‸",
        '<+json.select("a", <+pipeline.variables.‸>)>',
        '<+json.select("a", pipeline.variables.‸',
        '<+stage.name == pipeline.variables.‸ ? "a" : "b">',
        "<+stage.name> <+pipeline.variables.‸> <+stage.name>",
        "<+pipeline?.variables.‸>",
        "😀 <+pipeline.variables.‸>",
    ],
)
def test_every_style_and_half_typed_text_offers_the_same(value: str) -> None:
    assert labels(in_step(value))[:2] == ["color", "my.size"]


def test_lines_that_end_in_crlf_offer_the_same() -> None:
    text = in_step("<+pipeline.variables.‸").replace("\n", "\r\n")
    assert labels(text)[0] == "color"


def test_a_mistake_in_another_line_changes_nothing() -> None:
    text = in_step("<+steps.pack.output.‸").replace("name: Ship", 'name: "Ship')
    assert labels(text)[0] == "outputVariables"


def test_a_later_stage_walks_to_an_output_by_completion_alone() -> None:
    path = "<+pipeline"
    for name in ("stages", "build", "spec", "execution", "steps", "pack", "output"):
        assert name in labels(in_later_stage(f"{path}.{name[:2]}‸"))
        path += f".{name}"
    path += ".outputVariables."
    assert labels(in_later_stage(f"{path}‸"))[:2] == ["digest", "image"]


@pytest.mark.parametrize(
    ("value", "absent"),
    [
        ("<+‸>", "repeat"),
        ("<+execution.steps.end.‸>", "output"),
        ("<+execution.steps.say.‸>", "output"),
        ("<+pipeline.stages.build.spec.execution.steps.end.‸>", "endTs"),
        ("<+pipeline.variables.‸>", "arch"),
    ],
)
def test_what_cannot_be_had_there_is_not_offered(value: str, absent: str) -> None:
    found = [item.label for item in completed(in_step(value))]
    assert found
    assert absent not in found


def test_a_step_of_an_earlier_stage_has_its_results() -> None:
    value = "<+pipeline.stages.build.spec.execution.steps.end.‸>"
    assert "endTs" in [item.label for item in completed(in_later_stage(value))]


@pytest.mark.parametrize(
    ("value", "label", "expected"),
    [
        ("<+pipeline.var‸", "variables", "<+pipeline.variables‸>"),
        ("<+pipeline.var‸>", "variables", "<+pipeline.variables‸>"),
        ("<+pipeline.var‸iab.color>", "variables", "<+pipeline.variables‸.color>"),
        ("<+pipe‸.name>", "pipeline", "<+pipeline‸.name>"),
        ("<+pipeline.na‸ > out.txt", "name", "<+pipeline.name‸> > out.txt"),
        ("<+<+pipeline.na‸>", "name", "<+<+pipeline.name‸>"),
        ("<+json.sel‸", "select", "<+json.select(${1:path}, ${2:text})$0>"),
        ("<+pipeline.name.tri‸>", "trim", "<+pipeline.name.trim()‸>"),
        ("<+pipeline.name.tri‸()>", "trim", "<+pipeline.name.trim‸()>"),
        ("<+pipeline.variables.my‸", "my.size", '<+pipeline.variables.get("my.size")‸>'),
        ("<+inp‸", "input", "<+input>‸"),
        ('<+json.select("a", pipeline.na‸', "name", '<+json.select("a", pipeline.name‸'),
        ('"<+pipeline.na‸"', "name", '"<+pipeline.name‸>"'),
    ],
)
def test_exactly_the_segment_is_replaced_and_the_end_is_closed(
    value: str, label: str, expected: str
) -> None:
    marked = accepted(in_step(value), label)
    line = next(line for line in marked.split("\n") if "command: " in line and "make" not in line)
    assert line.partition("command: ")[2] == expected


def test_functions_show_how_they_are_called() -> None:
    select = next(item for item in completed(in_step("<+json.‸>")) if item.label == "select")
    assert select.detail == "select(path, text) → unknown"


def test_names_of_secrets_repeat_what_the_file_uses() -> None:
    text = in_step('<+secrets.getValue("‸")>').replace("make end", '<+secrets.getValue("db_key")>')
    assert labels(text) == ["db_key"]
    assert f'getValue("db_key{CURSOR}")' in accepted(text, "db_key")


def test_what_is_not_known_repeats_what_the_file_uses() -> None:
    text = in_step("<+trigger.payload.‸>").replace("make end", "<+trigger.payload.number>")
    assert labels(text)[0] == "number"


def test_no_expression_is_offered_in_a_comment() -> None:
    assert completed(in_step("make # <+pipeline.‸")) == []


def test_a_variable_has_its_words() -> None:
    item = completed(in_step("<+pipeline.variables.co‸>"))[0]
    assert item.documentation == "A variable of the type String."
    assert item.kind == "variable"
