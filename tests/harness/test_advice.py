"""Rules that are off until somebody turns them on."""

from __future__ import annotations

import pytest

from linting import rules_in

STAGE = """\
template:
  name: wait
  identifier: wait
  versionLabel: v1
  type: Stage
  spec:
    type: {kind}
    spec:
      execution:
        steps:
          - {item}
"""
WAIT = "step: {name: a, identifier: a, type: Wait, spec: {duration: 1m}}"
HTTP = "step: {name: a, identifier: a, type: Http, spec: {url: https://example.com, method: GET}}"
PIPELINE = """\
pipeline:
  name: release
  identifier: release
  orgIdentifier: default
  template: {templateRef: release, versionLabel: v1}
"""
PARTIAL = """\
inputSet:
  name: nightly
  identifier: nightly
  projectIdentifier: shop
  orgIdentifier: default
  pipeline:
    identifier: release
    stages:
      - parallel:
          - stage: {identifier: a, type: Custom, variables: [{name: a, type: String, value: b}]}
"""


def stage(kind: str, item: str) -> str:
    return STAGE.replace("{kind}", kind).replace("{item}", item)


@pytest.mark.parametrize(
    ("rule", "text", "reports"),
    [
        ("missing-project", PIPELINE, True),
        ("missing-project", PIPELINE + "  projectIdentifier: shop\n", False),
        ("missing-project", PARTIAL, False),
        ("parallel-with-one-item", stage("Custom", f"parallel: [{{{WAIT}}}]"), True),
        ("parallel-with-one-item", PARTIAL, False),
        ("step-without-timeout", stage("Custom", HTTP), True),
        ("step-without-timeout", stage("Custom", HTTP.replace("spec", "timeout: 1m, spec")), False),
        ("step-without-timeout", stage("FeatureFlag", HTTP), False),
        ("step-without-timeout", stage("Custom", WAIT), False),
    ],
)
def test_advice_is_given_on_demand(rule: str, text: str, reports: bool) -> None:
    assert rules_in(text) == []
    assert rules_in(text, levels={rule: "info"}) == ([rule] if reports else [])
