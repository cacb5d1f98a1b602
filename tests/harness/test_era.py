"""With `era: legacy` rules know the Harness of older documentation; flags silence some rules."""

from __future__ import annotations

import pytest

from linting import rules_in

GROUP = """\
template:
  name: wait
  identifier: wait
  versionLabel: v1
  type: Stage
  spec:
    type: Custom
    spec:
      execution:
        steps:
          - stepGroup:
              name: outer
              identifier: outer
              steps:
                - step: {name: a, identifier: a, type: Wait, spec: {duration: 1m}}
"""
SELECTORS = GROUP.replace(
    "              steps:", "              delegateSelectors: [a]\n              steps:"
)
ROLLBACK = (
    GROUP
    + """\
              rollbackSteps:
                - step: {name: b, identifier: b, type: Wait, spec: {duration: 1m}}
"""
)
NESTED = GROUP.replace("type: Custom", "type: Deployment").replace(
    "    spec:\n      execution",
    """\
    failureStrategies:
      - onFailure: {errors: [AllErrors], action: {type: Abort}}
    spec:
      deploymentType: Kubernetes
      service: {serviceRef: <+input>}
      environment: {environmentRef: <+input>, infrastructureDefinitions: <+input>}
      execution""",
) + """\
                - stepGroup:
                    name: inner
                    identifier: inner
                    steps:
                      - step: {name: b, identifier: b, type: Wait, spec: {duration: 1m}}
"""  # fmt: skip
LOOP = """\
pipeline:
  name: release
  identifier: release
  projectIdentifier: shop
  orgIdentifier: default
  stages:
    - stage:
        name: build
        identifier: build
        type: Pipeline
        spec: {org: default, project: shop, pipeline: build}
        strategy:
          matrix: {region: [east, west], maxConcurrency: 1}
"""
FLAGS = [
    "PIPE_ENABLE_STRATEGY_FOR_CHAINED_PIPELINES",
    "PIPE_POPULATE_STEP_DETAILS_IN_RUNTIME_ID_FOR_STRATEGY_CHILD_NODES",
]


@pytest.mark.parametrize(
    ("text", "current", "legacy"),
    [
        (GROUP, [], ["step-group-in-wrong-stage"]),
        (SELECTORS, [], ["delegate-selectors-on-group", "step-group-in-wrong-stage"]),
        (ROLLBACK, ["rollback-steps-in-group"], ["step-group-in-wrong-stage"]),
        (NESTED, ["nested-step-group"], ["unsupported-nested-group"]),
    ],
    ids=["group", "selectors", "rollback", "nested"],
)
def test_step_groups_of_older_times(text: str, current: list[str], legacy: list[str]) -> None:
    assert rules_in(text) == current
    assert rules_in(text, harness={"era": "legacy"}) == legacy


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({}, ["looped-pipeline-stage"]),
        ({"flags": FLAGS[:1]}, ["looped-pipeline-stage"]),
        ({"flags": FLAGS}, []),
        ({"flags": FLAGS, "era": "legacy"}, ["looped-pipeline-stage"]),
    ],
)
def test_loops_of_chained_pipelines_need_two_flags(
    settings: dict[str, object], found: list[str]
) -> None:
    assert rules_in(LOOP, harness=settings) == found
