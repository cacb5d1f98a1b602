"""What a Deployment stage does about failures: strategies that must be there, and rollbacks."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, OFF, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Stage, StepGroup, Unit
from pipelint.harness.stage_kind import DEPLOYMENT
from pipelint.harness.values import Text, is_filled, text_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Scalar, Sequence
from pipelint.yaml.view import items_of, mapping_of

ALL_ERRORS = "AllErrors"
ROLLBACKS = frozenset({"StageRollback", "PipelineRollback"})

FOR_SERVICES = frozenset({"PipelineRollback", "Retry", "Abort", "MarkAsFailure"})
FOR_ENVIRONMENTS = FOR_SERVICES | {"StageRollback"}
_HOLDERS = {
    "service": FOR_SERVICES,
    "services": FOR_SERVICES,
    "environment": FOR_ENVIRONMENTS,
    "environments": FOR_ENVIRONMENTS,
    "environmentGroup": FOR_ENVIRONMENTS,
}

WITH_HOSTS = frozenset({"Ssh", "WinRm"})


@rule(on=Stage, level=ERROR, family="harness", about=(DEPLOYMENT,))
def all_errors_not_handled(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a Deployment stage whose failure strategies do not cover all errors.

    ## Why is this bad?
    A Deployment stage has to say what happens when anything fails. Without a strategy for
    `AllErrors` Harness refuses to run it; further strategies for certain errors may stand beside.

    ## Example
    ```yaml
    template:
      name: deploy
      identifier: deploy
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: Deployment
        failureStrategies: [{onFailure: {errors: [Timeout], action: {type: StageRollback}}}]
        spec:
          deploymentType: Kubernetes
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: cluster}]}
          execution:
            steps:
              - step:
                  type: K8sRollingDeploy
                  name: roll out
                  identifier: roll_out
                  timeout: 10m
                  spec: {skipDryRun: false}
            rollbackSteps:
              - step:
                  type: K8sRollingRollback
                  name: roll back
                  identifier: roll_back
                  timeout: 10m
                  spec: {}
    ```

    ## Use instead
    ```yaml
    template:
      name: deploy
      identifier: deploy
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: Deployment
        failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
        spec:
          deploymentType: Kubernetes
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: cluster}]}
          execution:
            steps:
              - step:
                  type: K8sRollingDeploy
                  name: roll out
                  identifier: roll_out
                  timeout: 10m
                  spec: {skipDryRun: false}
            rollbackSteps:
              - step:
                  type: K8sRollingRollback
                  name: roll back
                  identifier: roll_back
                  timeout: 10m
                  spec: {}
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/failure-handling/define-a-failure-strategy-on-stages-and-steps
    """
    node, key = stage.node.get("failureStrategies"), stage.node.key("failureStrategies")
    if stage.kind != DEPLOYMENT or stage.template is not None or context.is_partial:
        return
    if not isinstance(node, Sequence) or key is None or node.broken:
        return
    if len(stage.failure_strategies) == len(node.items) and not any(
        _may_be_all(strategy.errors_node) for strategy in stage.failure_strategies
    ):
        yield Finding(
            key.span,
            f"no failure strategy of `{stage.label}` is for `{ALL_ERRORS}`"
            if stage.label
            else f"no failure strategy of the stage is for `{ALL_ERRORS}`",
            f"`{ALL_ERRORS}` is missing",
            help="add `- onFailure: {errors: [AllErrors], action: {type: StageRollback}}`",
        )


def _may_be_all(errors: object) -> bool:
    """Tell whether errors are all of them, or cannot be read; a near miss is another finding."""
    if not isinstance(errors, Sequence):
        return is_filled(errors) if isinstance(errors, (Mapping, Scalar)) else False
    texts = [text_of(item) for item in errors.items]
    return errors.broken or any(
        text is None or text.value.lower().startswith("all") for text in texts
    )


@rule(on=Stage, level=OFF, family="harness", about=tuple(sorted(ROLLBACKS)))
def rollback_without_steps(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a Deployment stage that rolls back without steps to do so.

    ## Why is this bad?
    The strategy of the stage says `StageRollback`, and `rollbackSteps` is empty or not there. When
    a step fails nothing is undone: what is deployed half stays.

    ## Example
    ```yaml
    template:
      name: deploy
      identifier: deploy
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: Deployment
        failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
        spec:
          deploymentType: Kubernetes
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: cluster}]}
          execution:
            steps:
              - step:
                  type: K8sRollingDeploy
                  name: roll out
                  identifier: roll_out
                  timeout: 10m
                  spec: {skipDryRun: false}
    ```

    ## Use instead
    ```yaml
    template:
      name: deploy
      identifier: deploy
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: Deployment
        failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
        spec:
          deploymentType: Kubernetes
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: cluster}]}
          execution:
            steps:
              - step:
                  type: K8sRollingDeploy
                  name: roll out
                  identifier: roll_out
                  timeout: 10m
                  spec: {skipDryRun: false}
            rollbackSteps:
              - step:
                  type: K8sRollingRollback
                  name: roll back
                  identifier: roll_back
                  timeout: 10m
                  spec: {}
    ```

    ## When not to use it
    For platforms that undo a failed deployment by themselves.
    """
    if stage.kind != DEPLOYMENT or stage.template is not None or stage.execution is None:
        return
    if context.is_partial or is_filled(stage.execution.get("rollbackSteps")):
        return
    if stage.execution.broken or stage.is_open or any(_undoes(unit) for unit in stage.units()):
        return
    for strategy in stage.failure_strategies:
        action = strategy.action
        if action is not None and action.name in ROLLBACKS and isinstance(action.type, Text):
            yield Finding(
                action.type.span,
                f"stage `{stage.label}` rolls back, but has no rollback steps",
                "nothing is undone",
                help="add `rollbackSteps` below `execution`, or another action",
            )


def _undoes(unit: Unit) -> bool:
    """Tell whether a step group brings rollback steps of its own."""
    return isinstance(unit, StepGroup) and unit.rollback is not None


@rule(on=Stage, level=WARNING, family="harness", about=("failureStrategies",))
def failure_action_not_for_service(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a failure strategy of a service or an environment with an action that it cannot take.

    ## Why is this bad?
    When a service or an environment cannot be prepared there is no step to be ignored or asked
    about: only `Retry`, `Abort`, `MarkAsFailure` and rollbacks apply. Others are passed over.

    ## Example
    ```yaml
    template:
      name: deploy
      identifier: deploy
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: Deployment
        failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
        spec:
          deploymentType: Kubernetes
          service:
            serviceRef: shop
            failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: Ignore}}}]
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: cluster}]}
          execution:
            steps:
              - step:
                  type: K8sRollingDeploy
                  name: roll out
                  identifier: roll_out
                  timeout: 10m
                  spec: {skipDryRun: false}
            rollbackSteps:
              - step:
                  type: K8sRollingRollback
                  name: roll back
                  identifier: roll_back
                  timeout: 10m
                  spec: {}
    ```

    ## Use instead
    ```yaml
    template:
      name: deploy
      identifier: deploy
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: Deployment
        failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
        spec:
          deploymentType: Kubernetes
          service:
            serviceRef: shop
            failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: Abort}}}]
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: cluster}]}
          execution:
            steps:
              - step:
                  type: K8sRollingDeploy
                  name: roll out
                  identifier: roll_out
                  timeout: 10m
                  spec: {skipDryRun: false}
            rollbackSteps:
              - step:
                  type: K8sRollingRollback
                  name: roll back
                  identifier: roll_back
                  timeout: 10m
                  spec: {}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/failure-strategy-service-env
    """
    if stage.kind != DEPLOYMENT or stage.spec is None:
        return
    for name, allowed in _HOLDERS.items():
        holder = mapping_of(stage.spec.get(name))
        for item in items_of(holder.get("failureStrategies")) if holder is not None else ():
            kind = _action_of(item)
            if kind is not None and kind.value in _KNOWN - allowed:
                yield Finding(
                    kind.span,
                    f"`{kind.value}` is no action for a failure of `{name}`",
                    "passed over here",
                    help=f"write {', '.join(f'`{one}`' for one in sorted(allowed))}",
                )


def _action_of(item: object) -> Text | None:
    here = item if isinstance(item, Mapping) else None
    for name in ("onFailure", "action"):
        here = mapping_of(here.get(name)) if here is not None else None
    return text_of(here.get("type")) if here is not None else None


_KNOWN = FOR_ENVIRONMENTS | {
    "Ignore", "MarkAsSuccess", "ManualIntervention", "ProceedWithDefaultValues",
    "RetryStepGroup", "StepGroupRollback",
}  # fmt: skip


@rule(on=Stage, level=OFF, family="harness", about=("skipInstances",))
def skip_instances_without_hosts(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports `skipInstances` in a stage that does not deploy to hosts.

    ## Why is this bad?
    It passes over hosts that have the artifact already. Only deployments over SSH and WinRM have
    hosts; elsewhere it does nothing.

    ## Example
    ```yaml
    template:
      name: deploy
      identifier: deploy
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: Deployment
        skipInstances: true
        failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
        spec:
          deploymentType: Kubernetes
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: cluster}]}
          execution:
            steps:
              - step:
                  type: K8sRollingDeploy
                  name: roll out
                  identifier: roll_out
                  timeout: 10m
                  spec: {skipDryRun: false}
            rollbackSteps:
              - step:
                  type: K8sRollingRollback
                  name: roll back
                  identifier: roll_back
                  timeout: 10m
                  spec: {}
    ```

    ## Use instead
    ```yaml
    template:
      name: deploy
      identifier: deploy
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: Deployment
        failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
        spec:
          deploymentType: Kubernetes
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: cluster}]}
          execution:
            steps:
              - step:
                  type: K8sRollingDeploy
                  name: roll out
                  identifier: roll_out
                  timeout: 10m
                  spec: {skipDryRun: false}
            rollbackSteps:
              - step:
                  type: K8sRollingRollback
                  name: roll back
                  identifier: roll_back
                  timeout: 10m
                  spec: {}
    ```
    """
    key = stage.node.key("skipInstances")
    kind = text_of(stage.spec.get("deploymentType")) if stage.spec is not None else None
    if key is not None and kind is not None and kind.value not in WITH_HOSTS:
        yield Finding(
            key.span,
            f"`skipInstances` does nothing in a deployment to `{kind.value}`",
            "no hosts here",
            help="remove it",
            related=(Related(kind.span, "what the stage deploys to"),),
        )


RULES = (
    all_errors_not_handled,
    failure_action_not_for_service,
    rollback_without_steps,
    skip_instances_without_hosts,
)
