"""Values that nobody can change, or that nothing uses: rules that are off by default."""

from __future__ import annotations

import pytest

from linting import rules_in

TEMPLATE = """\
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
        TARGET: {value}
"""

PIPELINE = """\
pipeline:
  name: release
  identifier: release
  projectIdentifier: web
  orgIdentifier: default
  variables:
    - {name: region, type: String, value: west}
  stages:
    - stage:
        name: check
        identifier: check
        type: Custom
        variables:
          - {name: zone, type: String, value: VALUE}
        spec:
          execution:
            steps:
              - step:
                  name: wait
                  identifier: wait
                  type: Http
                  timeout: 1m
                  spec: {method: GET, url: "https://example.com/<+stage.variables.zone>"}
"""
TWO = PIPELINE.replace("VALUE", "<+pipeline.variables.region>")
ONE = PIPELINE.replace("VALUE", "a")


def found(rule: str, text: str) -> bool:
    assert rules_in(text) == []
    return rules_in(text, levels={rule: "info"}) == [rule]


@pytest.mark.parametrize(
    ("value", "is_locked"),
    [
        ("<+input>.default(dev)", True),
        ("<+input>.default(dev).allowedValues(dev,qa)", True),
        ("<+input>.default(dev).executionInput()", False),
        ("<+input>.executionInput().default(dev)", False),
        ("<+input>", False),
        ("a.default(dev)", False),
    ],
)
def test_a_default_in_a_template_stays(value: str, is_locked: bool) -> None:
    assert found("locked-default", TEMPLATE.replace("{value}", value)) is is_locked


def test_a_default_in_a_pipeline_can_be_changed() -> None:
    text = PIPELINE.replace("VALUE", "<+input>.default(dev)")
    assert not found("locked-default", text)


@pytest.mark.parametrize(
    ("text", "is_unused"),
    [
        (ONE, True),
        (TWO, False),
        (ONE.replace("stage.variables.zone", "pipeline.variables.zone_<+stage.name>"), False),
        (ONE.replace("stage.variables.zone", "stage.variables"), False),
        (ONE.replace("<+stage.variables.zone>", "<+stage.variables.get(<+stage.name>)>"), False),
        (ONE.replace("stage.variables.zone", "pipeline.variables.region"), True),
    ],
)
def test_a_variable_is_unused_where_no_expression_names_it(text: str, is_unused: bool) -> None:
    assert ("unused-variable" in rules_in(text, levels={"unused-variable": "info"})) is is_unused


def test_a_build_hands_its_variables_to_its_steps() -> None:
    text = TWO.replace("https://example.com/<+stage.variables.zone>", "https://example.com")
    levels = {"unused-variable": "info"}
    assert "unused-variable" in rules_in(text, levels=levels)
    assert "unused-variable" not in rules_in(text.replace("Custom", "CI"), levels=levels)


def test_a_template_may_use_any_variable() -> None:
    text = ONE.replace("type: Http\n", "template: {templateRef: a, versionLabel: v1}\n")
    assert "unused-variable" not in rules_in(text, levels={"unused-variable": "info"})
