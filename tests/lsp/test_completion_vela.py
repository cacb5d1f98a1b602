"""Vela: keys, names of stages, secrets and templates, events, variables; comments; settings."""

from __future__ import annotations

import pytest

from completing import VELA, accepted, completed, labels

PIPELINE = """\
version: "1"
environment:
  SHARED: a
stages:
  build:
    environment:
      STAGED: b
    steps:
      - name: pack
        image: alpine
        commands: [make]
  test:
    steps:
      - name: check
        image: alpine
        commands: [make test]
  ship:
    BODY
secrets:
  - name: token
  - name: password
templates:
  - name: notify
    source: notify.yml
    type: file
"""


def in_stage(lines: str) -> str:
    """Write something, with a cursor in it, below the last stage."""
    return PIPELINE.replace("BODY", lines)


def in_step(line: str) -> str:
    """Write a line, with a cursor in it, into a step of the last stage."""
    return in_stage(f"steps:\n      - name: send\n        {line}")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (in_stage("‸"), ["name", "steps"]),
        (in_stage("needs: ‸"), ["build", "test"]),
        (in_stage("needs: [‸]"), ["build", "test"]),
        (in_stage("needs: [build, ‸]"), ["build", "test"]),
        (in_stage("needs:\n      - ‸"), ["build", "test"]),
        (in_stage("needs:\n      - te‸"), ["test"]),
        (in_stage("steps:\n      - ‸"), ["name", "image"]),
        (in_step("‸"), ["image", "commands"]),
        (in_step("rule‸"), ["ruleset"]),
        (in_step("ruleset:\n          ev‸"), ["event"]),
        (in_step("ruleset:\n          event: ‸"), ["push", "tag", "pull_request"]),
        (in_step("ruleset:\n          event: [push, dep‸]"), ["deployment", "deployment:created"]),
        (in_step("ruleset:\n          status: ‸"), ["success", "failure"]),
        (in_step("ruleset: {matcher: re‸}"), ["regexp", "regex"]),
        (in_step("secrets: [‸]"), ["token", "password"]),
        (in_step("secrets:\n          - source: ‸"), ["token", "password"]),
        (in_step("template:\n          name: ‸"), ["notify"]),
        (in_step("pull: ‸"), ["always", "never", "not_present", "on_start"]),
        (in_step("detach: ‸"), ["true", "false"]),
        (PIPELINE + "    ‸", ["format", "vars"]),
        ("‸", ["version", "stages", "steps"]),
    ],
)
def test_keys_and_names(text: str, first: list[str]) -> None:
    assert labels(text, VELA)[: len(first)] == first


@pytest.mark.parametrize(
    ("value", "first"),
    [
        ("environment: {OWN: x}\n        commands: ['echo ${‸}']", ["OWN", "SHARED"]),
        ("commands:\n          - echo ${VELA_BUILD_BR‸", ["VELA_BUILD_BRANCH"]),
        ("commands:\n          - echo $VELA_REPO_FULL‸", ["VELA_REPO_FULL_NAME"]),
        ("commands: |\n          echo ${VELA_PULL_REQUEST_S‸", ["VELA_PULL_REQUEST_SOURCE"]),
        ("secrets: [token]\n        commands: ['echo ${TO‸']", ["TOKEN"]),
        ("parameters: {target: a}\n        commands: ['echo ${PAR‸']", ["PARAMETER_TARGET"]),
    ],
)
def test_variables(value: str, first: list[str]) -> None:
    assert labels(in_step(value), VELA)[: len(first)] == first


def test_a_variable_closes_its_braces() -> None:
    marked = accepted(in_step("image: a:${VELA_BUILD_COM‸"), "VELA_BUILD_COMMIT", VELA)
    assert "image: a:${VELA_BUILD_COMMIT}‸" in marked


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("# pipelint: ‸", ["ignore", "ignore-file"]),
        ("# pipelint: ignore[needs-c‸", ["needs-cycle"]),
        ("image: alpine # pipelint: ignore[needs-c‸]", ["needs-cycle"]),
        ("# pipelint: ignore-file[needs-cycle, needs-i‸", ["needs-init"]),
        ("# pipe‸", ["pipelint: ignore"]),
    ],
)
def test_comments(line: str, first: list[str]) -> None:
    assert labels(in_step(line), VELA)[: len(first)] == first


def test_rules_that_have_something_to_say_nearby_come_first() -> None:
    text = in_step("imag: alpine # pipelint: ignore[‸]")
    assert labels(text, VELA)[0] == "missing-image"


def test_a_comment_is_no_place_for_anything_else() -> None:
    assert completed(in_step("# see ${VELA_‸"), VELA) == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("‸", ["rules", "exclude", "overrides"]),
        ("rules:\n  vel‸", ["vela"]),
        ("rules:\n  needs-cy‸", ["needs-cycle"]),
        ("rules:\n  vela: ‸", ["off", "info", "warning", "error"]),
        ("rules:\n  vela: {level: ‸", ["off", "info", "warning", "error"]),
        ("harness:\n  ‸", ["era", "flags", "plan"]),
        ("harness:\n  era: ‸", ["current", "legacy"]),
        ("vela:\n  limits:\n    tem‸", ["template-depth"]),
        ("overrides:\n  - ‸", ["files", "rules"]),
        ("require-reason: ‸", ["true", "false"]),
    ],
)
def test_settings(text: str, first: list[str]) -> None:
    assert labels(text, "pipelint.yaml")[: len(first)] == first
