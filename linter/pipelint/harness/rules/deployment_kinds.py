"""What custom deployments, hosts and Argo ask for."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, INFO, WARNING, Edit, Finding, Fix, Related
from pipelint.harness.context import Context
from pipelint.harness.deployment import platform_of, steps_of
from pipelint.harness.model import Stage, Step
from pipelint.harness.stage_kind import DEPLOYMENT
from pipelint.harness.values import text_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Scalar
from pipelint.yaml.view import items_of, mapping_of

CUSTOM = "CustomDeployment"
FETCH = "FetchInstanceScript"


@rule(on=Stage, level=ERROR, family="harness", about=(CUSTOM,))
def custom_deployment_without_fetch(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a custom deployment that does not fetch its instances exactly once.

    ## Why is this bad?
    Harness learns from a step of the type `FetchInstanceScript` which instances it has deployed
    to. It refuses a stage without such a step or with two; its rollback may have one.

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
          deploymentType: CustomDeployment
          customDeploymentRef: {templateRef: shop, versionLabel: v1}
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: hosts}]}
          execution:
            steps:
              - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 1m}}
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
          deploymentType: CustomDeployment
          customDeploymentRef: {templateRef: shop, versionLabel: v1}
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: hosts}]}
          execution:
            steps:
              - step:
                  type: FetchInstanceScript
                  name: find
                  identifier: find
                  timeout: 10m
                  spec: {}
    ```
    """
    kind = platform_of(stage)
    if kind is None or kind.value != CUSTOM or stage.steps is None or context.is_partial:
        return
    if stage.steps.node.broken:
        return
    fetching = [step for step in steps_of(stage.steps) if step.kind == FETCH]
    if not fetching and all(step.kind for step in steps_of(stage.steps)):
        yield Finding(
            kind.span,
            f"a custom deployment without a step of the type `{FETCH}`",
            "asks for one step",
            help=f"add a step of the type `{FETCH}` behind those that deploy",
        )
    rollback = [step for step in steps_of(stage.rollback) if step.kind == FETCH]
    for found in (fetching, rollback):
        for step in found[1:]:
            yield Finding(
                step.span,
                f"a second step of the type `{FETCH}`",
                "one is enough",
                help="remove it",
                related=(Related(found[0].span, "the first one"),),
            )


@rule(on=Stage, level=WARNING, family="harness", about=(CUSTOM,))
def custom_deployment_without_template(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a custom deployment that does not name its deployment template.

    ## Why is this bad?
    The template says what an infrastructure of this kind consists of, and how its instances are
    found. Without `customDeploymentRef` Harness knows neither.

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
          deploymentType: CustomDeployment
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: hosts}]}
          execution:
            steps:
              - step:
                  type: FetchInstanceScript
                  name: find
                  identifier: find
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
          deploymentType: CustomDeployment
          customDeploymentRef: {templateRef: shop, versionLabel: v1}
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: hosts}]}
          execution:
            steps:
              - step:
                  type: FetchInstanceScript
                  name: find
                  identifier: find
                  timeout: 10m
                  spec: {}
    ```
    """
    if stage.kind != DEPLOYMENT or stage.spec is None or stage.spec.broken or context.is_partial:
        return
    kind = text_of(stage.spec.get("deploymentType"))
    if kind is not None and kind.value == CUSTOM and "customDeploymentRef" not in stage.spec.fields:
        yield Finding(
            kind.span,
            "a custom deployment without `customDeploymentRef`",
            "asks for a template",
            help="add `customDeploymentRef: {templateRef: …, versionLabel: …}` beside it",
        )


@rule(on=Step, level=ERROR, family="harness", about=("commandUnits",))
def copied_artifact_on_windows(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a Command step that copies the artifact to hosts over WinRM.

    ## Why is this bad?
    Over WinRM a unit of the type `Copy` copies configuration files only; for artifacts there is
    `DownloadArtifact`.

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
          deploymentType: WinRm
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: hosts}]}
          execution:
            steps:
              - step:
                  type: Command
                  name: copy
                  identifier: copy
                  timeout: 10m
                  spec:
                    onDelegate: false
                    commandUnits:
                      - name: copy
                        identifier: copy
                        type: Copy
                        spec: {sourceType: Artifact, destinationPath: 'C:/shop'}
                  strategy: {repeat: {items: <+stage.output.hosts>}}
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
          deploymentType: WinRm
          service: {serviceRef: shop}
          environment: {environmentRef: testing, infrastructureDefinitions: [{identifier: hosts}]}
          execution:
            steps:
              - step:
                  type: Command
                  name: copy
                  identifier: copy
                  timeout: 10m
                  spec:
                    onDelegate: false
                    commandUnits:
                      - name: copy
                        identifier: copy
                        type: DownloadArtifact
                        spec: {destinationPath: 'C:/shop'}
                  strategy: {repeat: {items: <+stage.output.hosts>}}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/utilities/download-and-copy-artifacts-using-the-command-step
    """
    stage = step.stage
    if step.kind != "Command" or step.spec is None or stage is None or stage.spec is None:
        return
    platform = text_of(stage.spec.get("deploymentType"))
    if platform is None or platform.value != "WinRm":
        return
    for unit in items_of(step.spec.get("commandUnits")):
        kind = text_of(unit.get("type")) if isinstance(unit, Mapping) else None
        below = mapping_of(unit.get("spec")) if isinstance(unit, Mapping) else None
        source = text_of(below.get("sourceType")) if below is not None else None
        if kind is not None and kind.value == "Copy" and source and source.value == "Artifact":
            yield Finding(
                source.span,
                "an artifact cannot be copied over WinRM",
                "configuration files only",
                help="use a unit of the type `DownloadArtifact`",
                related=(Related(platform.span, "what the stage deploys to"),),
            )


@rule(on=Step, level=INFO, family="harness", about=("autoPromoteRolloutBehavior",))
def deprecated_rollout_setting(step: Step, context: Context) -> Iterator[Finding]:
    """Reports `autoPromoteRolloutBehavior` of a step of the type `GitOpsRollout`.

    ## Why is this bad?
    The setting is deprecated; `autoRolloutAction` took its place.

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
                  type: GitOpsRollout
                  name: roll out
                  identifier: roll_out
                  timeout: 10m
                  spec:
                    agentIdentifier: argo
                    appName: shop
                    namespace: shop
                    rolloutName: shop
                    autoPromoteRolloutBehavior: promote-full
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
                  type: GitOpsRollout
                  name: roll out
                  identifier: roll_out
                  timeout: 10m
                  spec:
                    agentIdentifier: argo
                    appName: shop
                    namespace: shop
                    rolloutName: shop
                    autoRolloutAction: promote-full
    ```

    ## Fix safety
    The fix is unsafe: whether the newer setting takes every value of the older one is not said.
    """
    key = step.spec.key("autoPromoteRolloutBehavior") if step.spec is not None else None
    if step.kind == "GitOpsRollout" and key is not None:
        yield Finding(
            key.span,
            "`autoPromoteRolloutBehavior` is deprecated",
            "replaced",
            help="use `autoRolloutAction`",
            fixes=_renamed(key, step.spec),
        )


def _renamed(key: Scalar, owner: Mapping | None) -> tuple[Fix, ...]:
    """Offer the newer name; whether it takes every value of the older one is not said."""
    if owner is None or "autoRolloutAction" in owner.fields:
        return ()
    quotes = key.style
    edit = Edit(key.span, f"{quotes}autoRolloutAction{quotes}")
    return (Fix("write `autoRolloutAction`", (edit,), safe=False),)


RULES = (
    copied_artifact_on_windows,
    custom_deployment_without_fetch,
    custom_deployment_without_template,
    deprecated_rollout_setting,
)
