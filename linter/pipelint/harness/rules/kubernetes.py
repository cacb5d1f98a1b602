"""Canaries on Kubernetes: none at all, or one that stays behind."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, OFF, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import Stage, Step
from pipelint.harness.values import Text, text_of, whole_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Sequence
from pipelint.yaml.view import mapping_of

_AMOUNTS = {"Count": "count", "Percentage": "percentage"}


@rule(on=Step, level=ERROR, family="harness", about=("instanceSelection",))
def empty_instance_selection(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step that is to deploy to no instances.

    ## Why is this bad?
    The step needs a number of instances, or a percentage of them, of 1 or more. Without one it
    fails when it runs.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: K8sCanaryDeploy
        timeout: 10m
        spec:
          skipDryRun: false
          instanceSelection: {type: Count, spec: {count: 0}}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: K8sCanaryDeploy
        timeout: 10m
        spec:
          skipDryRun: false
          instanceSelection: {type: Count, spec: {count: 1}}
    ```
    """
    if step.kind != "K8sCanaryDeploy" or step.spec is None or context.is_partial:
        return
    selection = mapping_of(step.spec.get("instanceSelection"))
    kind = text_of(selection.get("type")) if selection else None
    spec = mapping_of(selection.get("spec")) if selection else None
    name = _AMOUNTS.get(kind.value) if kind else None
    if kind is None or spec is None or name is None or spec.broken:
        return
    amount = text_of(spec.get(name))
    number = whole_of(amount.node) if amount else None
    if amount is not None and number is not None and number < 1:
        yield Finding(
            amount.span,
            f"`{name}` of the canary is {number}",
            "no instance",
            help="write 1 or more",
        )
    elif name not in spec.fields:
        yield Finding(
            kind.span,
            f"`{name}` of the canary is missing",
            f"no `{name}` in its `spec`",
            help=f"add `{name}` to its `spec`",
        )


@rule(on=Step, level=ERROR, family="harness", about=("K8sDelete",))
def nothing_to_delete(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a K8sDelete step that does not say what to delete.

    ## Why is this bad?
    `deleteResources` names resources, manifests or the whole release, by `type` and `spec`.
    Without them the step fails.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: K8sDelete
        timeout: 10m
        spec:
          deleteResources:
            type: ResourceName
            spec: {resourceNames: []}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: K8sDelete
        timeout: 10m
        spec:
          deleteResources:
            type: ResourceName
            spec: {resourceNames: [Deployment/shop]}
    ```
    """
    resources = step.spec.get("deleteResources") if step.spec and step.kind == "K8sDelete" else None
    key = step.spec.key("deleteResources") if step.spec else None
    if not isinstance(resources, Mapping) or resources.broken or key is None or context.is_partial:
        return
    kind, spec = text_of(resources.get("type")), mapping_of(resources.get("spec"))
    names = spec.get("resourceNames") if spec else None
    empty = kind is not None and kind.value == "ResourceName" and isinstance(names, Sequence)
    if "type" not in resources.fields:
        message, label = "nothing to delete", "no `type`"
    elif empty and isinstance(names, Sequence) and not (names.items or names.broken):
        message, label = "no resources to delete", "`resourceNames` is empty"
    else:
        return
    yield Finding(key.span, message, label, help="say what to delete, with `type` and `spec`")


@rule(on=Stage, level=OFF, family="harness", about=("K8sCanaryDeploy",))
def canary_left_behind(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a canary that no later step deletes.

    ## Why is this bad?
    The canary runs on beside what is deployed after it, and takes a part of the traffic.

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
                  name: canary
                  identifier: canary
                  type: K8sCanaryDeploy
                  timeout: 10m
                  spec:
                    skipDryRun: false
                    instanceSelection: {type: Count, spec: {count: 1}}
            rollbackSteps: []
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: StageRollback}
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
                  name: canary
                  identifier: canary
                  type: K8sCanaryDeploy
                  timeout: 10m
                  spec:
                    skipDryRun: false
                    instanceSelection: {type: Count, spec: {count: 1}}
              - step:
                  name: clean
                  identifier: clean
                  type: K8sCanaryDelete
                  timeout: 10m
                  spec: {}
            rollbackSteps: []
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: StageRollback}
    ```
    """
    if stage.is_open or context.is_partial:
        return
    steps = [step for step in stage.all_steps() if not step.in_rollback]
    deleted = max((step.position for step in steps if step.kind == "K8sCanaryDelete"), default=0)
    for step in steps:
        late = step.position > deleted
        if step.kind == "K8sCanaryDeploy" and late and isinstance(step.type, Text):
            yield Finding(
                step.type.span,
                "canary that no later step deletes",
                "stays behind",
                help="add a K8sCanaryDelete step",
            )


RULES = (canary_left_behind, empty_instance_selection, nothing_to_delete)
