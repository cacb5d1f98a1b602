"""Deployments to Tanzu."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.deployment import platform_of, steps_of
from pipelint.harness.model import Stage, Step
from pipelint.harness.values import text_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping
from pipelint.yaml.view import items_of

TANZU = "TAS"
TANZU_DEPLOYS = frozenset({"BasicAppSetup", "BGAppSetup", "CanaryAppSetup", "TasRollingDeploy"})
TANZU_OTHERS = frozenset({"TanzuCommand", "RouteMapping"})
TANZU_ROLLBACKS = frozenset({"AppRollback", "SwapRollback", "TasRollingRollback"})


@rule(on=Stage, level=WARNING, family="harness", about=(TANZU,))
def doubtful_tanzu_steps(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a deployment to Tanzu that sets up several applications, or none.

    ## Why is this bad?
    Such a stage has one step that sets an application up or rolls it out, or commands of its own,
    and one step that rolls it back. Harness refuses others.

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
          deploymentType: TAS
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: space}]}
          execution:
            steps:
              - step:
                  type: TasRollingDeploy
                  name: shop
                  identifier: shop
                  timeout: 10m
                  spec: {}
              - step:
                  type: TasRollingDeploy
                  name: cart
                  identifier: cart
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
          deploymentType: TAS
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: space}]}
          execution:
            steps:
              - step:
                  type: TasRollingDeploy
                  name: shop
                  identifier: shop
                  timeout: 10m
                  spec: {}
    ```
    """
    kind = platform_of(stage)
    if kind is None or kind.value != TANZU or stage.steps is None or context.is_partial:
        return
    steps = steps_of(stage.steps)
    deploys = [step for step in steps if step.kind in TANZU_DEPLOYS]
    others = [step for step in steps if step.kind in TANZU_OTHERS]
    if not deploys and not others and all(step.kind for step in steps):
        yield Finding(
            kind.span,
            "a deployment to Tanzu without a step that deploys",
            "no step does it",
            help="add a step such as `BasicAppSetup` or `TasRollingDeploy`",
        )
    rollback = [step for step in steps_of(stage.rollback) if step.kind in TANZU_ROLLBACKS]
    for found, what in ((deploys, "deploys"), (rollback, "rolls back")):
        for step in found[1:]:
            yield Finding(
                step.span,
                f"a second step that {what} an application of Tanzu",
                "one is enough",
                help="remove it, or move it to a stage of its own",
                related=(Related(found[0].span, "the first one"),),
            )


@rule(on=Step, level=WARNING, family="harness", about=("TanzuCommand",))
def secret_in_tanzu_command(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a variable of the type Secret in a step of the type `TanzuCommand`.

    ## Why is this bad?
    The step takes variables of the types String and Number only.

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
          deploymentType: TAS
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: space}]}
          execution:
            steps:
              - step:
                  type: TanzuCommand
                  name: push
                  identifier: push
                  timeout: 10m
                  spec:
                    script:
                      store: {type: Inline, spec: {content: cf apps}}
                    inputVariables: [{name: user, type: Secret, value: user}]
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
          deploymentType: TAS
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: space}]}
          execution:
            steps:
              - step:
                  type: TanzuCommand
                  name: push
                  identifier: push
                  timeout: 10m
                  spec:
                    script:
                      store: {type: Inline, spec: {content: cf apps}}
                    inputVariables: [{name: user, type: String, value: shop}]
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/deploy-srv-diff-platforms/tanzu/tanzu-command-step
    """
    if step.kind != "TanzuCommand" or step.spec is None:
        return
    for name in ("inputVariables", "outputVariables"):
        for item in items_of(step.spec.get(name)):
            kind = text_of(item.get("type")) if isinstance(item, Mapping) else None
            if kind is not None and kind.value == "Secret":
                yield Finding(
                    kind.span,
                    "a variable of a Tanzu command cannot be a secret",
                    "String or Number only",
                    help="make it a String, and read the secret in the script",
                )


RULES = (doubtful_tanzu_steps, secret_in_tanzu_command)
