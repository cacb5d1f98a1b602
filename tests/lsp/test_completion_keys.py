"""Keys and values of the schemas, at the right place and with the right indentation."""

from __future__ import annotations

import pytest

from completing import VELA, accepted, completed, labels

STAGE = """\
pipeline:
  name: Shop
  identifier: shop
  projectIdentifier: web
  orgIdentifier: default
  stages:
    - stage:
        name: Build
        identifier: build
        type: KIND
        spec:
          execution:
            steps:
"""
STEPS = STAGE.replace("KIND", "CI")
STEP = (
    STEPS
    + """\
              - step:
                  name: Pack
                  identifier: pack
"""
)

INSIDE = STEP + "                  "
"""Behind the last key of the step, where the next one is to be written."""

SPEC = INSIDE + "type: Run\n                  spec:\n                    "

DEEPER = " " * 20


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # The keys of the mapping that the indentation belongs to; those that it needs come first.
        (INSIDE + "‸", ["type", "spec", "template", "timeout"]),
        (INSIDE + "sp‸", ["spec"]),
        (INSIDE + "type: Run\n                  ‸", ["spec", "timeout"]),
        (SPEC + "‸", ["image", "shell", "command"]),
        (STEP + "        ‸", ["timeout", "tags"]),
        (STEP + "        fai‸", ["failureStrategies"]),
        (STEP + "  ‸", ["timeout"]),
        (STEPS + "              - ‸", ["step", "stepGroup"]),
        (STEPS + "              - st‸", ["step", "stepGroup"]),
        (STEPS + "              ‸", ["step", "stepGroup"]),
        (STEP + "              ‸", ["step", "stepGroup"]),
        # Broken lines above and below change nothing.
        (STEP.replace("name: Pack", 'name: "Pack') + "                  sp‸", ["spec"]),
        (INSIDE + "sp‸\n                   type Run\n  - x", ["spec"]),
        (INSIDE + "sp‸\r\n", ["spec"]),
        # In brackets.
        (INSIDE + "when: {‸}", ["stageStatus"]),
        (INSIDE + "when: {stageStatus: All, con‸", ["condition"]),
        (INSIDE + "failureStrategies: [{onFailure: {‸", ["errors", "action"]),
        (INSIDE + "failureStrategies: [\n" + DEEPER + "{onFailure: {\n" + DEEPER + "‸", ["errors"]),
        (INSIDE + "when: {\n" + DEEPER + "stageStatus: All,\n" + DEEPER + "c‸", ["condition"]),
        # An empty text in the folder of Harness.
        ("‸", ["pipeline", "template", "service"]),
        ("pipe‸", ["pipeline"]),
        ("pipeline:\n  ‸", ["name", "identifier"]),
    ],
)  # fmt: skip
def test_keys_of_the_mapping_at_the_cursor(text: str, first: list[str]) -> None:
    assert labels(text)[: len(first)] == first


def test_keys_that_are_there_are_left_out_above_and_below_the_cursor() -> None:
    text = INSIDE + "‸\n                  type: Run\n                  timeout: 10m\n"
    found = labels(text)
    assert "spec" in found
    assert {"name", "identifier", "type", "timeout"}.isdisjoint(found)


def test_the_key_that_is_being_changed_stays() -> None:
    text = INSIDE + "tim‸eout: 10m\n"
    assert labels(text) == ["timeout"]
    assert accepted(text, "timeout") == INSIDE + "timeout‸: 10m\n"


@pytest.mark.parametrize(
    ("text", "label", "line"),
    [
        ("                  tim‸", "timeout", "                  timeout: ‸"),
        ("                  wh‸", "when", "                  when:\n                    ‸"),
        (
            "                  fai‸",
            "failureStrategies",
            "                  failureStrategies:\n                    - ‸",
        ),
        (
            "                  when: {sta‸}",
            "stageStatus",
            "                  when: {stageStatus: ‸}",
        ),
        (
            "              - st‸",
            "step",
            "              - step:\n                  ‸",
        ),
        (
            "              ‸",
            "step",
            "              - step:\n                  ‸",
        ),
        ("                  type:‸", "Run", "                  type: Run‸"),
    ],
)
def test_what_follows_a_key_is_indented(text: str, label: str, line: str) -> None:
    assert accepted(STEP + text, label) == STEP + line


def test_a_line_that_is_too_deep_is_put_right() -> None:
    text = INSIDE + "    tim‸"
    assert accepted(text, "timeout") == INSIDE + "timeout: ‸"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (SPEC + "shell: ‸", ["Sh", "Bash"]),
        (SPEC + "shell: Po‸", ["Powershell"]),
        (INSIDE + "when:\n" + DEEPER + "stageStatus: ‸", ["Success", "Failure", "All"]),
        (INSIDE + "failureStrategies: [{onFailure: {errors: [‸", ["AllErrors"]),
        (INSIDE + "failureStrategies: [{onFailure: {errors: [], action: {type: Ab‸", ["Abort"]),
        ("pipeline:\n  allowStageExecutions: ‸", ["true", "false"]),
        ('pipeline:\n  allowStageExecutions: "‸"', ["true", "false"]),
    ],
)  # fmt: skip
def test_values_of_the_schema(text: str, first: list[str]) -> None:
    assert labels(text)[: len(first)] == first


@pytest.mark.parametrize(
    ("kind", "there", "absent"),
    [
        ("CI", "Run", "K8sRollingDeploy"),
        ("Deployment", "K8sRollingDeploy", "BuildAndPushECR"),
        ("Approval", "HarnessApproval", "Plugin"),
    ],
)
def test_only_steps_that_may_stand_in_the_stage(kind: str, there: str, absent: str) -> None:
    text = STEP.replace("type: CI", f"type: {kind}") + "                  type: ‸"
    found = labels(text)
    assert there in found
    assert absent not in found


@pytest.mark.parametrize(
    ("body", "there", "absent"),
    [
        ("type: Step\n  spec:\n    type: ‸", "Run", "AIExperiment"),
        (
            "type: Stage\n  spec:\n    type: CI\n    spec: {execution: {steps: [{step: {type: ‸",
            "Run",
            "K8sRollingDeploy",
        ),
    ],
)
def test_only_steps_that_a_template_may_hold(body: str, there: str, absent: str) -> None:
    found = labels(f"template:\n  name: a\n  identifier: a\n  {body}")
    assert found[0] == there
    assert absent not in found


def test_dashes_right_below_their_key_leave_two_meanings() -> None:
    found = labels('version: "1"\nsteps:\n- name: a\n  image: b\n‸', VELA)
    assert {"name", "image", "secrets", "services"} <= set(found)
    found = labels("steps:\n- name: a\n  commands:\n  - make\n  ‸", VELA)
    assert {"image", "ruleset"} <= set(found)


def test_types_of_stages() -> None:
    found = labels(STAGE.replace("KIND", "‸"))
    assert {"CI", "Deployment", "Approval", "Custom"} <= set(found)


def test_references_repeat_what_the_file_uses_below_the_same_key() -> None:
    text = (
        STEP
        + """\
                  type: Run
                  spec:
                    connectorRef: account.docker
              - step:
                  type: Run
                  spec:
                    connectorRef: ‸
"""
    )
    assert labels(text)[:2] == ["account.docker", "<+input>"]


@pytest.mark.parametrize(
    ("text", "label", "lines"),
    [
        (
            STEPS + "              - ‸",
            "step …",
            [
                "              - step:",
                "                  name: ‸",
                "                  identifier: ${2:identifier}",
                "                  type: ${3:Run}",
                "                  spec:",
                "                    $0",
            ],
        ),
        (
            STEPS + "              ‸",
            "stepGroup …",
            [
                "              - stepGroup:",
                "                  name: ‸",
                "                  identifier: ${2:identifier}",
                "                  steps:",
                "                    - $0",
            ],
        ),
        (
            INSIDE + "failureStrategies:\n                    - ‸",
            "onFailure …",
            [
                "                    - onFailure:",
                "                        errors:",
                "                          - ‸",
                "                        action:",
                "                          type: ${2:Abort}",
            ],
        ),
    ],
)
def test_blocks_begin_an_item(text: str, label: str, lines: list[str]) -> None:
    marked = accepted(text, label).replace("${1:name}", "‸").replace("${1:AllErrors}", "‸")
    assert marked.split("\n")[-len(lines) :] == lines


def test_a_stage_can_be_begun_as_a_block() -> None:
    found = labels("pipeline:\n  name: a\n  identifier: a\n  stages:\n    - ‸")
    assert {"stage (CI) …", "stage (Deployment) …"} <= set(found)


def test_keys_have_their_words() -> None:
    text = INSIDE + "type: Run\n                  ‸"
    assert next(one for one in completed(text) if one.label == "spec").detail == "required"
    timeout = next(one for one in completed(INSIDE + "‸") if one.label == "timeout")
    assert timeout.documentation


@pytest.mark.parametrize(
    "text",
    [
        SPEC + "command: |\n                      ‸",
        SPEC + "command: |\n                      make\n                      ‸",
        SPEC + "command: |-\n                      ma‸\n                      x",
    ],
)  # fmt: skip
def test_nothing_is_offered_in_a_script(text: str) -> None:
    assert completed(text) == []


@pytest.mark.parametrize("path", ["docker-compose.yml", "values.yaml"])
def test_nothing_is_offered_in_other_files(path: str) -> None:
    assert completed("services:\n  web:\n    ‸", path) == []


def test_an_imported_document_of_vela_is_no_business_of_harness() -> None:
    assert "pipeline" not in labels("‸", VELA)
