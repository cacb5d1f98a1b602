"""Conditions that can never be met, or that hold what cannot be known then."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Condition, Pipeline, Stage
from pipelint.harness.values import Text
from pipelint.rule import rule


@rule(on=Pipeline, level=WARNING, family="harness", about=("Failure",))
def failure_stage_after_rollback(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a stage that waits for a failure where every failure is rolled back.

    ## Why is this bad?
    A stage that was rolled back does not count as failed. Where all stages before it answer every
    error with `StageRollback`, a stage with `pipelineStatus: Failure` never runs.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: switch
            identifier: switch
            type: Deployment
            spec:
              deploymentType: Kubernetes
              service: {serviceRef: shop}
              environment:
                environmentRef: prod
                infrastructureDefinitions:
                  - identifier: cluster
              execution:
                steps:
                  - step:
                      name: "on"
                      identifier: turn
                      type: Http
                      timeout: 1m
                      spec: &call {method: POST, url: "https://flags.example.com"}
                rollbackSteps:
                  - step:
                      name: "off"
                      identifier: undo
                      type: Http
                      timeout: 1m
                      spec: *call
            failureStrategies:
              - onFailure:
                  errors: [AllErrors]
                  action: {type: StageRollback}
        - stage:
            name: report
            identifier: report
            type: Custom
            spec:
              execution:
                steps:
                  - step: {name: tell, identifier: tell, type: Http, timeout: 1m, spec: *call}
            when: {pipelineStatus: Failure}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: switch
            identifier: switch
            type: Deployment
            spec:
              deploymentType: Kubernetes
              service: {serviceRef: shop}
              environment:
                environmentRef: prod
                infrastructureDefinitions:
                  - identifier: cluster
              execution:
                steps:
                  - step:
                      name: "on"
                      identifier: turn
                      type: Http
                      timeout: 1m
                      spec: &call {method: POST, url: "https://flags.example.com"}
                rollbackSteps:
                  - step:
                      name: "off"
                      identifier: undo
                      type: Http
                      timeout: 1m
                      spec: *call
            failureStrategies:
              - onFailure:
                  errors: [AllErrors]
                  action: {type: StageRollback}
        - stage:
            name: report
            identifier: report
            type: Custom
            spec:
              execution:
                steps:
                  - step: {name: tell, identifier: tell, type: Http, timeout: 1m, spec: *call}
            when: {pipelineStatus: All}
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/failure-handling/define-a-failure-strategy-on-stages-and-steps
    """
    if pipeline.is_open:
        return
    before: list[Stage] = []
    for stage in pipeline.all_stages():
        status = _status(stage.when, "pipelineStatus")
        if status is not None and status.value == "Failure" and before:
            actions = [_rollback(earlier) for earlier in before]
            if all(actions):
                yield Finding(
                    status.span,
                    f"stage `{stage.label}` never runs: what fails before it is rolled back",
                    "a rollback is no failure",
                    help="write `All`, or another failure strategy for the stages before",
                    related=tuple(Related(one.span, "rolled back") for one in actions[:2] if one),
                )
        before.append(stage)


def _status(condition: Condition | None, name: str) -> Text | None:
    for key, value in condition.statuses if condition else ():
        if key.text == name and isinstance(value, Text):
            return value
    return None


def _rollback(stage: Stage) -> Text | None:
    """Return the action of a stage that rolls back whatever fails in it, else None."""
    if stage.is_open or stage.looping or len(stage.failure_strategies) != 1:
        return None
    if any(unit.failure_strategies for unit in stage.units()):
        return None
    [strategy] = stage.failure_strategies
    action = strategy.action
    if action is None or action.name != "StageRollback" or not isinstance(action.type, Text):
        return None
    return action.type if "AllErrors" in {error.value for error in strategy.errors} else None


@rule(on=Condition, level=ERROR, family="harness", about=("executionInput()",))
def execution_input_in_condition(condition: Condition, context: Context) -> Iterator[Finding]:
    """Reports an input that is asked for during the run, in a condition.

    ## Why is this bad?
    Harness asks for such inputs when it begins the step. By then the condition must be decided, so
    Harness refuses it there.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        when:
          stageStatus: Success
          condition: <+input>.executionInput()
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        when:
          stageStatus: Success
          condition: <+input>
    ```
    """
    scalar = condition.condition
    if scalar is not None and not scalar.broken and ".executionInput()" in scalar.text:
        yield Finding(
            scalar.span,
            "condition asks for its input during the run",
            "decided before that",
            help="remove `.executionInput()`",
        )


RULES = (
    execution_input_in_condition,
    failure_stage_after_rollback,
)
