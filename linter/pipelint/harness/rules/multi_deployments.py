"""Stages that deploy several services, or to several environments."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Stage
from pipelint.harness.stage_kind import DEPLOYMENT
from pipelint.harness.values import INPUT, Deferred, is_filled, value_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence
from pipelint.yaml.view import items_of, mapping_of

SEVERAL = ("services", "environments", "environmentGroup")


def _several(stage: Stage) -> Scalar | None:
    """Return the key that makes a stage one of several deployments."""
    if stage.kind != DEPLOYMENT or stage.spec is None:
        return None
    return next((key for name in SEVERAL if (key := stage.spec.key(name)) is not None), None)


@rule(on=Stage, level=ERROR, family="harness", about=("services", "environments"))
def deployment_of_nothing(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a list of services or environments that has nothing in it.

    ## Why is this bad?
    Harness refuses a stage that deploys no service, or deploys nowhere. `services` has either
    `values` or `useFromStage`.

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
          services:
            values: []
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
          services:
            values: [{serviceRef: shop}]
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
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/advanced/multiserv-multienv
    """
    if stage.kind != DEPLOYMENT or stage.spec is None or context.is_partial:
        return
    for name, others in (("services", ("useFromStage",)), ("environments", ("filters",))):
        holder, key = mapping_of(stage.spec.get(name)), stage.spec.key(name)
        if holder is None or key is None or holder.broken:
            continue
        values, found = holder.get("values"), holder.key("values")
        other = next((holder.key(one) for one in others if is_filled(holder.get(one))), None)
        if not is_filled(values) and other is None:
            yield Finding(
                (found or key).span,
                f"`{name}` has no values",
                "nothing to deploy" if name == "services" else "nowhere to deploy to",
                help="add an item to `values`, or write `values: <+input>`",
            )
        elif name == "services" and found is not None and other is not None and is_filled(values):
            yield Finding(
                other.span,
                "`useFromStage` beside `values`",
                "one of them is enough",
                help="remove one of them",
                related=(Related(found.span, "the services"),),
            )


@rule(on=Stage, level=ERROR, family="harness", about=SEVERAL)
def looped_multi_deployment(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a loop on a stage that goes through several services or environments already.

    ## Why is this bad?
    The list is a loop of its own. Harness refuses a second one on the same stage.

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
        strategy: {matrix: {colour: [green, blue]}}
        failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
        spec:
          deploymentType: Kubernetes
          services:
            values: [{serviceRef: shop}, {serviceRef: cart}]
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
          services:
            values: [{serviceRef: shop}, {serviceRef: cart}]
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
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/advanced/multiserv-multienv
    """
    several = _several(stage)
    if several is not None and stage.looping is not None and stage.looping.node.fields:
        yield Finding(
            stage.looping.key.span,
            f"a loop on a stage with `{several.text}`",
            "a second loop",
            help=f"remove the loop, or write one of the `{several.text}` with the value of it",
            related=(Related(several.span, "the first loop"),),
        )


@rule(on=Stage, level=WARNING, family="harness", about=("envGroupRef",))
def expression_for_environment_group(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a group of environments that is given by an expression.

    ## Why is this bad?
    Harness looks into the group before the pipeline runs, when expressions have no value yet. A
    runtime input is fine: it is filled in before.

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
          environmentGroup: {envGroupRef: <+pipeline.variables.group>, deployToAll: true}
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
          environmentGroup: {envGroupRef: <+input>, deployToAll: true}
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
    group = mapping_of(stage.spec.get("environmentGroup")) if stage.spec is not None else None
    value = value_of(group.get("envGroupRef")) if group is not None else None
    if isinstance(value, Deferred) and "<+" in value.node.text and not value.is_input:
        yield Finding(
            value.node.span,
            "a group of environments cannot be given by an expression",
            "not known before the run",
            help="write its identifier, or `<+input>`",
        )


@rule(on=Stage, level=WARNING, family="harness", about=("serviceOverrideInputs",))
def open_override_of_many(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a runtime input in the overrides of several services or environments.

    ## Why is this bad?
    Harness does not ask for inputs of overrides in such a stage; the value stays as it is written.

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
          services:
            values: [{serviceRef: shop}, {serviceRef: cart}]
          environment:
            environmentRef: testing
            infrastructureDefinitions: [{identifier: cluster}]
            serviceOverrideInputs:
              variables: [{name: size, type: String, value: <+input>}]
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
          services:
            values: [{serviceRef: shop}, {serviceRef: cart}]
          environment:
            environmentRef: testing
            infrastructureDefinitions: [{identifier: cluster}]
            serviceOverrideInputs:
              variables: [{name: size, type: String, value: large}]
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
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/advanced/multiserv-multienv
    """
    several = _several(stage)
    if several is None or stage.spec is None:
        return
    seen: set[int] = set()
    for holder in _environments(stage.spec):
        for value in _inputs_below(holder.get("serviceOverrideInputs"), seen):
            yield Finding(
                value.span,
                f"a runtime input of an override in a stage with `{several.text}`",
                "nobody is asked for it",
                help="write the value",
                related=(Related(several.span, "several at once"),),
            )


def _environments(spec: Mapping) -> Iterator[Mapping]:
    for name, values in (("environments", "values"), ("environmentGroup", "environments")):
        several = mapping_of(spec.get(name))
        for item in items_of(several.get(values)) if several is not None else ():
            if isinstance(item, Mapping):
                yield item
    one = mapping_of(spec.get("environment"))
    if one is not None:
        yield one


def _inputs_below(node: Node | None, seen: set[int]) -> Iterator[Scalar]:
    """Give the runtime inputs below a node, but not below what was seen before."""
    work = [node] if node is not None else []
    while work:
        here = work.pop()
        if id(here) in seen:
            continue
        seen.add(id(here))
        if not isinstance(here, Scalar):
            below = here.items if isinstance(here, Sequence) else [v for _, v in here.pairs]
            work += reversed(below)
        elif here.text.startswith(INPUT):
            yield here


RULES = (
    deployment_of_nothing,
    expression_for_environment_group,
    looped_multi_deployment,
    open_override_of_many,
)
