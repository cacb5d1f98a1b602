"""Steps where they may not stand, or do not do what they do elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.deployment_steps import DEPLOYMENT_TYPES
from pipelint.harness.model import Step
from pipelint.harness.stage_kind import (
    DEPLOYMENT,
    KINDS,
    WITH_STEPS,
    article,
    stage_kind_of,
    stages_in_words,
)
from pipelint.harness.values import Text, text_of
from pipelint.rule import rule

REPLACEMENTS = {
    "ShellScript": "Run",
    "Http": "Run",
    "Run": "ShellScript",
    "Container": "Run",
    "Test": "Run",
    "RunTests": "Run",
}
"""What does much the same in stages that do not offer a type."""


@rule(on=Step, level=ERROR, family="harness")
def step_not_allowed_here(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step in a stage of a kind that does not offer steps of its type.

    ## Why is this bad?
    Each kind of stage has its own list of steps, and Harness refuses a pipeline with a step that
    is not in it. Build stages (`CI`) run every step in a container and know neither `ShellScript`
    nor `Http` nor approvals; Custom stages have no steps that build images or deploy services.

    ## Example
    ```yaml
    template:
      name: ship
      identifier: ship
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: roll out
                  identifier: roll_out
                  type: K8sRollingDeploy
                  timeout: 10m
                  spec:
                    skipDryRun: false
    ```

    ## Use instead
    ```yaml
    template:
      name: ship
      identifier: ship
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: roll out
                  identifier: roll_out
                  type: ShellScript
                  timeout: 10m
                  spec:
                    shell: Bash
                    source:
                      type: Inline
                      spec:
                        script: kubectl apply --filename manifests
    ```

    Or write it in a stage that offers it: `K8sRollingDeploy` may stand in Deployment stages.

    ## References
    - https://developer.harness.io/docs/platform/pipelines/add-a-stage
    """
    places = context.placement.get(step.kind)
    if places is None or not places.stages or step.template is not None:
        return
    kind = stage_kind_of(step)
    if kind not in WITH_STEPS or kind in places.stages or not isinstance(step.type, Text):
        return
    others = sorted(places.stages & set(KINDS))
    yield Finding(
        step.type.span,
        f"`{step.kind}` is not allowed in {article(kind)} stage",
        f"not offered in {kind} stages",
        help=_advice(step.kind, kind, others, context),
        notes=(f"`{step.kind}` may stand in {stages_in_words(others)}",) if others else (),
        related=_stage_type(step),
    )


def _advice(step_type: str, kind: str, others: list[str], context: Context) -> str:
    instead = REPLACEMENTS.get(step_type, "")
    places = context.placement.get(instead)
    if places is not None and kind in places.stages:
        return f"use `{instead}`, or move it to a stage of another kind"
    return f"move it to {article(min(others, key=KINDS.index))} stage" if others else "remove it"


def _stage_type(step: Step) -> tuple[Related, ...]:
    stage = step.stage
    if stage is None or not isinstance(stage.type, Text):
        return ()
    return (Related(stage.type.span, "the kind of the stage"),)


@rule(on=Step, level=WARNING, family="harness", about=("deploymentType",))
def step_of_other_deployment_type(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step that is made for another deployment type than that of its stage.

    ## Why is this bad?
    Most steps of deployments work on one platform only. `EcsRollingDeploy` in a stage that deploys
    to Kubernetes finds no task definition, and fails when it runs.

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
                  name: roll out
                  identifier: roll_out
                  type: EcsRollingDeploy
                  timeout: 10m
                  spec: {}
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action:
                type: Abort
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
                  name: roll out
                  identifier: roll_out
                  type: K8sRollingDeploy
                  timeout: 10m
                  spec:
                    skipDryRun: false
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action:
                type: Abort
    ```
    """
    types = DEPLOYMENT_TYPES.get(step.kind)
    stage = step.stage
    if types is None or stage is None or stage.kind != DEPLOYMENT or stage.spec is None:
        return
    found = text_of(stage.spec.get("deploymentType"))
    if found is None or found.value in types or not isinstance(step.type, Text):
        return
    shown = " or ".join(f"`{name}`" for name in types)
    yield Finding(
        step.type.span,
        f"`{step.kind}` does not deploy to `{found.value}`",
        f"made for {types[0]}",
        help=f"use a step for `{found.value}`, or deploy to {shown}",
        related=(Related(found.span, "what the stage deploys to"),),
    )


RULES = (step_not_allowed_here, step_of_other_deployment_type)
