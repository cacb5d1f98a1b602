"""A key at the wrong level is moved to where it belongs."""

from __future__ import annotations

import pytest

from linting import lint

STEP = """\
template:
  name: test
  identifier: test
  versionLabel: "1.0"
  projectIdentifier: shop
  orgIdentifier: default
  type: StepGroup
  spec:
    stageType: CI
    steps:
      - step:
          type: Run
          name: a
          identifier: a
{body}"""

UP = ("          spec:\n            command: make\n            timeout: 10m\n", "timeout")
UP_MOVED = "          timeout: 10m\n          spec:\n            command: make\n"
DOWN = ("          shell: Sh # quick\n          spec:\n            command: make\n", "shell")
DOWN_MOVED = "          spec:\n            shell: Sh # quick\n            command: make\n"
LAST = ("          spec:\n            command: make\n            timeout: 10m", "timeout")


@pytest.mark.parametrize(
    ("given", "expected"), [(UP, UP_MOVED), (DOWN, DOWN_MOVED), (LAST, UP_MOVED)]
)
def test_line_is_moved(given: tuple[str, str], expected: str) -> None:
    text = STEP.format(body=given[0])
    (found,) = lint(text)
    assert found.rule == "misplaced-key"
    (fix,) = found.finding.fixes
    assert not fix.safe
    for edit in sorted(fix.edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text == STEP.format(body=expected)
    assert lint(text) == []


@pytest.mark.parametrize(
    "body",
    [
        (
            "          spec:\n            command: make\n            when:\n"
            "              stageStatus: All\n"
        ),
        "          spec: {command: make, timeout: 10m}\n",
    ],
)
def test_more_than_a_line_is_left_to_people(body: str) -> None:
    (found,) = lint(STEP.format(body=body))
    assert found.rule == "misplaced-key"
    assert found.finding.fixes == ()
