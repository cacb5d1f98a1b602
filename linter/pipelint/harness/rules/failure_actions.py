"""What is done about failures: actions that cannot be taken where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import (
    FailureStrategy,
    Insert,
    Pipeline,
    Stage,
    Step,
    StepGroup,
    TemplateDefinition,
)
from pipelint.harness.values import Text, flag_of
from pipelint.rule import rule

RETRY = "Retry"
RETRY_GROUP = "RetryStepGroup"
STAGE_ROLLBACK = "StageRollback"
GROUP_ROLLBACK = "StepGroupRollback"
PIPELINE_ROLLBACK = "PipelineRollback"
FAIL_ALL_FLAG = "PIPE_FAIL_ALL_FAILURE_STRATEGY"
ANY_STAGE_FLAG = "CDS_ALLOW_EXPRESSION_RESOLUTION_PIPELINE_ROLLBACK"

_DATABASE = frozenset({STAGE_ROLLBACK, PIPELINE_ROLLBACK})
_ONLY = {
    "AIExperiment": frozenset({"Ignore", "MarkAsSuccess", "Abort", RETRY}),
    "DBSchemaApply": _DATABASE,
    "DBSchemaRollback": _DATABASE,
    "DBSchemaRollbackSQL": _DATABASE,
    "DBSchemaUpdateSQL": _DATABASE,
    "DBTestAndPreview": _DATABASE,
    "FlywayCommand": _DATABASE,
    "LiquibaseCommand": _DATABASE,
}
"""The actions that the steps of a type offer, where those are not all."""


def _stage_kind(strategy: FailureStrategy) -> str:
    """Return the type of the stage around a strategy, or the empty text."""
    owner = strategy.owner
    if isinstance(owner, (Pipeline, TemplateDefinition)):
        return ""
    stage = owner.stage
    return stage.kind if stage else ""


@rule(on=FailureStrategy, level=ERROR, family="harness", about=(RETRY_GROUP, GROUP_ROLLBACK))
def misplaced_group_action(strategy: FailureStrategy, context: Context) -> Iterator[Finding]:
    """Reports an action for step groups at a step or a stage.

    ## Why is this bad?
    `RetryStepGroup` and `StepGroupRollback` are about the group that has the strategy. A step or a
    stage with them is refused.

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
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: StepGroupRollback}
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
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: StageRollback}
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/failure-handling/define-a-failure-strategy-on-stages-and-steps
    """
    owner = strategy.owner
    if not isinstance(owner, (Stage, Step)):
        return
    for action, kind in strategy.actions:
        if action.name in {RETRY_GROUP, GROUP_ROLLBACK}:
            instead = RETRY if action.name == RETRY_GROUP else STAGE_ROLLBACK
            yield Finding(
                kind.span,
                f"`{action.name}` stands at a {owner.what}",
                "only for step groups",
                help=f"write `{instead}`, or move the strategy to a step group",
            )


@rule(on=FailureStrategy, level=ERROR, family="harness", about=("rollbackSteps",))
def rollback_in_rollback(strategy: FailureStrategy, context: Context) -> Iterator[Finding]:
    """Reports a rollback as the answer to a failure in the rollback.

    ## Why is this bad?
    Steps in `rollbackSteps` are the rollback already. Harness refuses a pipeline that would begin
    it again from there.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: tidy
            identifier: tidy
            type: Deployment
            failureStrategies:
              - onFailure:
                  errors: [AllErrors]
                  action: {type: StageRollback}
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
                      name: on
                      identifier: "on"
                      type: Http
                      timeout: 1m
                      spec: {method: POST, url: "https://flags.example.com/on"}
                rollbackSteps:
                  - step:
                      name: revert
                      identifier: revert
                      type: Http
                      timeout: 1m
                      spec: {method: POST, url: "https://flags.example.com/off"}
                      failureStrategies:
                        - onFailure:
                            errors: [AllErrors]
                            action: {type: StageRollback}
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
            name: tidy
            identifier: tidy
            type: Deployment
            failureStrategies:
              - onFailure:
                  errors: [AllErrors]
                  action: {type: StageRollback}
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
                      name: on
                      identifier: "on"
                      type: Http
                      timeout: 1m
                      spec: {method: POST, url: "https://flags.example.com/on"}
                rollbackSteps:
                  - step:
                      name: revert
                      identifier: revert
                      type: Http
                      timeout: 1m
                      spec: {method: POST, url: "https://flags.example.com/off"}
                      failureStrategies:
                        - onFailure:
                            errors: [AllErrors]
                            action: {type: Ignore}
    ```
    """
    owner = strategy.owner
    if not isinstance(owner, (Step, StepGroup, Insert)) or not owner.in_rollback:
        return
    for action, kind in strategy.actions:
        if action.name in {STAGE_ROLLBACK, GROUP_ROLLBACK}:
            yield Finding(
                kind.span,
                f"`{action.name}` inside a rollback",
                "already rolling back",
                help="choose another action, such as `Ignore` or `Abort`",
            )


@rule(on=FailureStrategy, level=WARNING, family="harness", about=(STAGE_ROLLBACK,))
def stage_rollback_without_deployment(
    strategy: FailureStrategy, context: Context
) -> Iterator[Finding]:
    """Reports a rollback of a stage that deploys nothing.

    ## Why is this bad?
    `StageRollback` runs the rollback steps of a Deployment stage. Other stages have none: the
    stage just fails, and nothing is undone.

    ## Example
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
        type: Custom
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: StageRollback}
        spec:
          execution:
            steps:
              - step:
                  name: check
                  identifier: check
                  type: Http
                  timeout: 1m
                  spec: {method: GET, url: "https://shop.example.com/health"}
    ```

    ## Use instead
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
        type: Custom
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: Abort}
        spec:
          execution:
            steps:
              - step:
                  name: check
                  identifier: check
                  type: Http
                  timeout: 1m
                  spec: {method: GET, url: "https://shop.example.com/health"}
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/add-a-stage
    """
    owner = strategy.owner
    if isinstance(owner, (Pipeline, TemplateDefinition)) or owner.stage is None:
        return
    stage = owner.stage
    if stage.kind in {"", "Deployment"} or stage.is_open or owner.in_rollback:
        return
    if stage.rollback is not None and stage.rollback.items:
        return
    if isinstance(owner, Step) and owner.kind in _ONLY:
        return
    for action, kind in strategy.actions:
        if action.name == STAGE_ROLLBACK:
            yield Finding(
                kind.span,
                f"`{STAGE_ROLLBACK}` in a stage of type `{stage.kind}`",
                "nothing to roll back",
                help="write `Abort`, or add `rollbackSteps`",
            )


@rule(on=FailureStrategy, level=WARNING, family="harness", about=(PIPELINE_ROLLBACK,))
def pipeline_rollback_without_deployment(
    strategy: FailureStrategy, context: Context
) -> Iterator[Finding]:
    """Reports a rollback of the pipeline for a failure in a stage that deploys nothing.

    ## Why is this bad?
    `PipelineRollback` is made for Deployment stages. Elsewhere it is taken only where the account
    has the flag CDS_ALLOW_EXPRESSION_RESOLUTION_PIPELINE_ROLLBACK.

    ## Example
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
        type: Custom
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: PipelineRollback}
        spec:
          execution:
            steps:
              - step:
                  name: check
                  identifier: check
                  type: Http
                  timeout: 1m
                  spec: {method: GET, url: "https://shop.example.com/health"}
    ```

    ## Use instead
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
        type: Custom
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: Abort}
        spec:
          execution:
            steps:
              - step:
                  name: check
                  identifier: check
                  type: Http
                  timeout: 1m
                  spec: {method: GET, url: "https://shop.example.com/health"}
    ```

    ## When not to use it
    Name the flag in `harness.flags` of the configuration where the account has it.

    ## References
    - https://developer.harness.io/docs/platform/pipelines/failure-handling/define-a-failure-strategy-for-pipelines
    """
    kind = _stage_kind(strategy)
    if kind in {"", "Deployment", "Pipeline"} or ANY_STAGE_FLAG in context.flags:
        return
    if isinstance(strategy.owner, Step) and strategy.owner.kind in _ONLY:
        return
    for action, name in strategy.actions:
        if action.name == PIPELINE_ROLLBACK:
            yield Finding(
                name.span,
                f"`{PIPELINE_ROLLBACK}` in a stage of type `{kind}`",
                "only for Deployment stages",
                help="write `Abort`",
                notes=(f"elsewhere it needs the flag {ANY_STAGE_FLAG}",),
            )


@rule(on=FailureStrategy, level=WARNING, family="harness", about=("failAll",))
def fail_all_out_of_place(strategy: FailureStrategy, context: Context) -> Iterator[Finding]:
    """Reports `failAll` where it has no effect.

    ## Why is this bad?
    `failAll: true` stops all other stages at once. Harness looks for it in a `PipelineRollback` of
    a stage's own strategy only, not at steps or groups, nor in other actions.

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
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action:
                type: PipelineRollback
                spec: {failAll: true}
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
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: PipelineRollback}
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/failure-handling/fast-fail
    """
    for action, _ in strategy.actions:
        key = action.spec.key("failAll") if action.spec else None
        if key is None or action.spec is None or flag_of(action.spec.get("failAll")) is not True:
            continue
        if isinstance(strategy.owner, (Step, StepGroup)) or action.name != PIPELINE_ROLLBACK:
            yield Finding(
                key.span,
                "`failAll` has no effect here",
                "not a stage's `PipelineRollback`",
                help="write it in the failure strategy of the stage",
                notes=(f"it needs the flag {FAIL_ALL_FLAG}",),
            )


@rule(on=FailureStrategy, level=ERROR, family="harness", about=tuple(_ONLY))
def failure_action_not_for_step(strategy: FailureStrategy, context: Context) -> Iterator[Finding]:
    """Reports an action that steps of this type do not offer.

    ## Why is this bad?
    Steps that change databases can be rolled back only, and experiments cannot; Harness refuses
    other actions there.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: DBSchemaApply
        timeout: 10m
        spec:
          connectorRef: account.registry
          dbSchema: orders
          dbInstance: prod
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: Ignore}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: DBSchemaApply
        timeout: 10m
        spec:
          connectorRef: account.registry
          dbSchema: orders
          dbInstance: prod
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: StageRollback}
    ```
    """
    owner = strategy.owner
    if not isinstance(owner, Step) or strategy.action is None:
        return
    offered = _ONLY.get(owner.kind)
    name, kind = strategy.action.name, strategy.action.type
    if offered and name and name not in offered and isinstance(kind, Text):
        yield Finding(
            kind.span,
            f"`{name}` is not offered by {owner.kind} steps",
            "not for this step",
            help=f"choose one of {', '.join(f'`{one}`' for one in sorted(offered))}",
        )


RULES = (
    fail_all_out_of_place,
    failure_action_not_for_step,
    misplaced_group_action,
    pipeline_rollback_without_deployment,
    rollback_in_rollback,
    stage_rollback_without_deployment,
)
