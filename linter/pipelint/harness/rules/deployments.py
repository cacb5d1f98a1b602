"""Where in an environment a stage deploys to."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.deployment import deployment_spec
from pipelint.harness.model import Stage
from pipelint.harness.values import Text, flag_of, is_filled, text_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Sequence
from pipelint.yaml.view import mapping_of

TARGETS = ("infrastructureDefinitions", "infrastructureDefinition", "filters")
GITOPS_TARGETS = ("gitOpsClusters", "filters")


@rule(on=Stage, level=ERROR, family="harness", about=("environmentRef",))
def environment_without_target(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports an environment without a place in it to deploy to.

    ## Why is this bad?
    An environment has any number of infrastructures, and Harness refuses a stage that names none
    of them. A GitOps stage that does not deploy to all clusters names some.

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
          environment: {environmentRef: testing}
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
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/advanced/multiserv-multienv
    """
    spec = deployment_spec(stage)
    environment = mapping_of(spec.get("environment")) if spec is not None else None
    if spec is None or environment is None or environment.broken or context.is_partial:
        return
    reference = text_of(environment.get("environmentRef"))
    to_all = environment.get("deployToAll")
    if "useFromStage" in environment.fields or reference is None:
        return
    if is_filled(to_all) and flag_of(to_all) is not False:
        return
    gitops = _gitops(stage, spec)
    if gitops is None or (gitops and to_all is None):
        return
    wanted = GITOPS_TARGETS if gitops else TARGETS
    if not any(is_filled(environment.get(name)) for name in wanted):
        yield _without_target(reference, wanted[0])


def _gitops(stage: Stage, spec: Mapping) -> bool | None:
    """Tell whether an agent deploys; None where that is not known."""
    values = [spec.get("gitOpsEnabled"), stage.node.get("gitOpsEnabled")]
    if any(is_filled(value) and flag_of(value) is None for value in values):
        return None
    return any(flag_of(value) is True for value in values)


def _without_target(reference: Text, wanted: str) -> Finding:
    return Finding(
        reference.span,
        f"nothing says where in `{reference.value}` to deploy",
        f"no `{wanted}`",
        help=f"add `{wanted}` with an `identifier`, or `{wanted}: <+input>`",
    )


@rule(on=Stage, level=ERROR, family="harness", about=("deployToAll",))
def deploy_to_all_and_some(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports an environment with `deployToAll: true` and a list of some places.

    ## Why is this bad?
    The two contradict each other, and Harness refuses them together.

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
            deployToAll: true
            infrastructureDefinitions: [{identifier: cluster}]
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
            deployToAll: false
            infrastructureDefinitions: [{identifier: cluster}]
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
    spec = deployment_spec(stage)
    environment = mapping_of(spec.get("environment")) if spec is not None else None
    if environment is None or flag_of(environment.get("deployToAll")) is not True:
        return
    value = environment.get("deployToAll")
    for name in ("infrastructureDefinitions", "gitOpsClusters"):
        some, key = environment.get(name), environment.key(name)
        if isinstance(some, Sequence) and some.items and key is not None and value is not None:
            yield Finding(
                key.span,
                f"`{name}` beside `deployToAll: true`",
                "all of them already",
                help=f"write `deployToAll: false`, or remove `{name}`",
                related=(Related(value.span, "deploys to all"),),
            )


RULES = (deploy_to_all_and_some, environment_without_target)
