"""Steps that make an infrastructure before it is deployed to."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Model
from pipelint.harness.values import Text, is_filled, text_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Sequence
from pipelint.yaml.view import items_of, mapping_of

PROVISIONERS = frozenset({
    "TerraformApply", "TerragruntApply", "AzureCreateARMResource", "ShellScriptProvision",
    "CreateStack",
})  # fmt: skip
"""Step types whose outputs an infrastructure can take."""


def _provisioning(field: Mapping | None) -> list[tuple[Mapping, Text]]:
    """Return the steps of a provisioner that make something, at any depth of `parallel`."""
    found: list[tuple[Mapping, Text]] = []
    seen: set[int] = set()
    work = list(reversed(items_of(field.get("steps")))) if field is not None else []
    while work:
        item = work.pop()
        if not isinstance(item, Mapping) or id(item) in seen:
            continue
        seen.add(id(item))
        work += reversed(items_of(item.get("parallel")))
        group = mapping_of(item.get("stepGroup"))
        work += reversed(items_of(group.get("steps"))) if group is not None else []
        step = mapping_of(item.get("step"))
        kind = text_of(step.get("type")) if step is not None else None
        if step is not None and kind is not None and kind.value in PROVISIONERS:
            found.append((step, kind))
    return found


@rule(on=Model, level=ERROR, family="harness", about=("provisionerIdentifier",))
def repeated_provisioner(model: Model, context: Context) -> Iterator[Finding]:
    """Reports two steps of one provisioner with the same provisioner identifier.

    ## Why is this bad?
    The infrastructure reads the outputs of a step by this identifier. Harness refuses a second
    step that has it.

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
          environment:
            environmentRef: testing
            infrastructureDefinitions: [{identifier: cluster}]
            provisioner:
              steps:
                - step:
                    type: TerraformApply
                    name: network
                    identifier: network
                    timeout: 10m
                    spec: {provisionerIdentifier: shop, configuration: {type: InheritFromApply}}
                - step:
                    type: TerraformApply
                    name: cluster
                    identifier: cluster
                    timeout: 10m
                    spec: {provisionerIdentifier: shop, configuration: {type: InheritFromApply}}
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
          environment:
            environmentRef: testing
            infrastructureDefinitions: [{identifier: cluster}]
            provisioner:
              steps:
                - step:
                    type: TerraformApply
                    name: network
                    identifier: network
                    timeout: 10m
                    spec: {provisionerIdentifier: network, configuration: {type: InheritFromApply}}
                - step:
                    type: TerraformApply
                    name: cluster
                    identifier: cluster
                    timeout: 10m
                    spec: {provisionerIdentifier: cluster, configuration: {type: InheritFromApply}}
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
    for field in context.fields("provisioner"):
        first: dict[str, Text] = {}
        for step, _ in _provisioning(mapping_of(field.value)):
            spec = mapping_of(step.get("spec"))
            name = text_of(spec.get("provisionerIdentifier")) if spec is not None else None
            if name is None:
                continue
            before = first.setdefault(name.value, name)
            if before is not name:
                yield Finding(
                    name.span,
                    f"two steps provision as `{name.value}`",
                    "taken already",
                    help="choose another identifier",
                    related=(Related(before.span, "the first one"),),
                )


@rule(on=Model, level=WARNING, family="harness", about=("provisioner",))
def provisioner_without_steps(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a provisioner that has no steps.

    ## Why is this bad?
    Nothing is made before the deployment, and an infrastructure that reads outputs of it finds
    none.

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
          environment:
            environmentRef: testing
            infrastructureDefinitions: [{identifier: cluster}]
            provisioner:
              steps: []
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
    for field in context.fields("provisioner"):
        node = mapping_of(field.value)
        steps = node.get("steps") if node is not None else None
        if isinstance(steps, Sequence) and not field.partial and not is_filled(steps):
            yield Finding(
                field.key.span,
                "the provisioner has no steps",
                "makes nothing",
                help="add a step such as `TerraformApply`, or remove it",
            )


RULES = (provisioner_without_steps, repeated_provisioner)
