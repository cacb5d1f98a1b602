"""Steps that wait: for time to pass, for people, for other stages."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import INFO, OFF, WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import (
    Step,
)
from pipelint.harness.stage_kind import (
    CUSTOM,
    DEPLOYMENT,
    article,
    stage_kind_of,
)
from pipelint.harness.values import Text
from pipelint.rule import rule

APPROVALS = frozenset({"HarnessApproval", "JiraApproval", "ServiceNowApproval", "CustomApproval"})
_BARRIERS_UNDOCUMENTED = frozenset({
    "Approval", "FeatureFlag", "IACM", "DRTest", "CompositeLoadTest",
})  # fmt: skip
_WITHOUT_TIMEOUT = frozenset({"Wait", "Barrier"})


@rule(on=Step, level=WARNING, family="harness", about=("Barrier",))
def barrier_in_other_stage(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a barrier in a stage that is neither a Deployment nor a Custom stage.

    ## Why is this bad?
    Barriers are documented for Deployment and Custom stages. Harness lets them stand in some other
    kinds of stages, but does not say that they hold anything up there.

    ## Example
    ```yaml
    template:
      name: meet
      identifier: meet
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: FeatureFlag
        spec:
          execution:
            steps:
              - step:
                  name: meet
                  identifier: meet
                  type: Barrier
                  timeout: 10m
                  spec:
                    barrierRef: meeting
    ```

    ## Use instead
    ```yaml
    template:
      name: meet
      identifier: meet
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: meet
                  identifier: meet
                  type: Barrier
                  timeout: 10m
                  spec:
                    barrierRef: meeting
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/barriers
    """
    kind = stage_kind_of(step)
    if step.kind == "Barrier" and kind in _BARRIERS_UNDOCUMENTED and isinstance(step.type, Text):
        yield Finding(
            step.type.span,
            f"a barrier in {article(kind)} stage may hold nothing up",
            "documented for other stages",
            help="move it to a Deployment or a Custom stage",
        )


@rule(on=Step, level=INFO, family="harness", about=("rollbackSteps",))
def approval_in_rollback(step: Step, context: Context) -> Iterator[Finding]:
    """Reports an approval among the rollback steps.

    ## Why is this bad?
    The rollback stops until somebody answers, while what failed stays deployed.

    ## Example
    ```yaml
    template:
      name: ship
      identifier: ship
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: Deployment
        spec:
          deploymentType: Kubernetes
          service:
            serviceRef: shop
          environment:
            environmentRef: production
            infrastructureDefinitions:
              - identifier: cluster
          execution:
            steps:
              - step:
                  name: pause
                  identifier: pause
                  type: Wait
                  spec:
                    duration: 1m
            rollbackSteps:
              - step:
                  name: ask
                  identifier: ask
                  type: HarnessApproval
                  timeout: 1d
                  spec:
                    approvalMessage: Roll back?
                    includePipelineExecutionHistory: true
                    approvers:
                      minimumCount: 1
                      disallowPipelineExecutor: true
                      userGroups: [operations]
                    approverInputs: []
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action:
                type: StageRollback
    ```

    ## Use instead
    ```yaml
    template:
      name: ship
      identifier: ship
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: Deployment
        spec:
          deploymentType: Kubernetes
          service:
            serviceRef: shop
          environment:
            environmentRef: production
            infrastructureDefinitions:
              - identifier: cluster
          execution:
            steps:
              - step:
                  name: pause
                  identifier: pause
                  type: Wait
                  spec:
                    duration: 1m
            rollbackSteps:
              - step:
                  name: undo
                  identifier: undo
                  type: Wait
                  spec:
                    duration: 1m
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action:
                type: StageRollback
    ```
    """
    if step.kind in APPROVALS and isinstance(step.type, Text) and step.in_rollback:
        yield Finding(
            step.type.span,
            f"approval `{step.label}` holds up the rollback",
            "waits for somebody",
            help="ask before the rollback, in a failure strategy of `ManualIntervention`",
        )


@rule(on=Step, level=WARNING, family="harness", about=("Wait",))
def timeout_of_wait(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a Wait step with a timeout.

    ## Why is this bad?
    How long the step waits stands in `spec.duration`. It has no timeout of its own: Harness does
    not offer one, and ignores what is written.

    ## Example
    ```yaml
    template:
      name: pause
      identifier: pause
      versionLabel: v1
      type: Step
      spec:
        type: Wait
        timeout: 10m
        spec:
          duration: 5m
    ```

    ## Use instead
    ```yaml
    template:
      name: pause
      identifier: pause
      versionLabel: v1
      type: Step
      spec:
        type: Wait
        spec:
          duration: 5m
    ```
    """
    key = step.node.key("timeout")
    if step.kind == "Wait" and key is not None and step.template is None:
        yield Finding(
            key.span,
            "a Wait step has no `timeout`",
            "ignored by Harness",
            help="say how long to wait by `duration` below `spec`",
        )


@rule(on=Step, level=OFF, family="harness")
def step_without_timeout(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step of a Deployment, Custom or Approval stage that says nothing of its timeout.

    ## Why is this bad?
    Most steps that hang are given up after ten hours then.

    ## Example
    ```yaml
    template:
      name: prepare
      identifier: prepare
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: check
                  identifier: check
                  type: Http
                  spec:
                    url: https://example.com/health
                    method: GET
    ```

    ## Use instead
    ```yaml
    template:
      name: prepare
      identifier: prepare
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: check
                  identifier: check
                  type: Http
                  timeout: 30s
                  spec:
                    url: https://example.com/health
                    method: GET
    ```

    ## When not to use it
    It is off: a tenth of all pipelines are content with the default.

    ## References
    - https://developer.harness.io/docs/platform/pipelines/failure-handling/timeout-settings
    """
    if step.kind in _WITHOUT_TIMEOUT or step.template is not None or step.node.broken:
        return
    if "timeout" in step.node.fields or not isinstance(step.type, Text):
        return
    pipeline = context.model.pipeline
    partial = pipeline is not None and pipeline.is_partial
    if not partial and stage_kind_of(step) in {DEPLOYMENT, CUSTOM, "Approval"}:
        yield Finding(
            step.type.span,
            f"step `{step.label}` has no timeout",
            "given up after ten hours",
            help="add `timeout`",
        )


RULES = (approval_in_rollback, barrier_in_other_stage, step_without_timeout, timeout_of_wait)
