"""Services and infrastructures that are written in the way of old pipelines."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, OFF, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.deployment import deployment_spec
from pipelint.harness.model import Stage
from pipelint.harness.values import is_filled
from pipelint.rule import rule
from pipelint.yaml.node import Scalar
from pipelint.yaml.view import mapping_of

LEGACY = "legacy"
NOT_BESIDE_OLD = (
    "service", "services", "environment", "environments", "environmentGroup", "deploymentType",
    "gitOpsEnabled",
)  # fmt: skip
"""What an old service, `serviceConfig`, cannot have beside it."""


@rule(on=Stage, level=ERROR, family="harness", about=("serviceConfig", "infrastructure"))
def mixed_service_models(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a stage that mixes the two ways to write services and environments.

    ## Why is this bad?
    Old pipelines write the service in `serviceConfig` and the place in `infrastructure`; newer ones
    refer to a `service` and an `environment`. Harness refuses a stage with parts of both.

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
          infrastructure:
            environmentRef: testing
            infrastructureDefinition:
              type: KubernetesDirect
              spec: {connectorRef: cluster, namespace: shop, releaseName: shop}
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
    spec = deployment_spec(stage)
    if spec is None or context.is_partial:
        return
    old = spec.key("serviceConfig")
    if old is not None and is_filled(spec.get("serviceConfig")):
        wrong = [spec.key(name) for name in NOT_BESIDE_OLD if is_filled(spec.get(name))]
    else:
        new = "service" in spec.fields or "services" in spec.fields
        wrong = [spec.key("infrastructure")] if new and "infrastructure" in spec.fields else []
    for key in wrong:
        if key is not None:
            yield _mixed(key, old)


def _mixed(key: Scalar, old: Scalar | None) -> Finding:
    if old is None:
        return Finding(
            key.span,
            "`infrastructure` beside a `service` that is referred to",
            "of old pipelines",
            help="write an `environment` with `infrastructureDefinitions` in its place",
        )
    return Finding(
        key.span,
        f"`{key.text}` beside `serviceConfig`",
        "of newer pipelines",
        help="write a `service` in place of `serviceConfig`, and no `infrastructure`",
        related=(Related(old.span, "of old pipelines"),),
    )


@rule(on=Stage, level=OFF, family="harness", about=("serviceConfig",))
def old_service_model(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a stage that writes its service and its infrastructure in the old way.

    ## Why is this bad?
    Since 2023 services, environments and infrastructures are entities of their own, which stages
    refer to. What is newer in Harness works with those only.

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
          serviceConfig:
            serviceRef: shop
            serviceDefinition: {type: Kubernetes, spec: {variables: []}}
          infrastructure:
            environmentRef: testing
            infrastructureDefinition:
              type: KubernetesDirect
              spec: {connectorRef: cluster, namespace: shop, releaseName: shop}
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

    ## When not to use it
    With the setting `era: legacy` the rule is silent.
    """
    spec = deployment_spec(stage)
    key = spec.key("serviceConfig") if spec is not None else None
    if spec is None or key is None or context.era == LEGACY or context.is_partial:
        return
    if mapping_of(spec.get("serviceConfig")) is not None:
        yield Finding(
            key.span,
            "the service is written in the way of old pipelines",
            "replaced in 2023",
            help="make a service of it, and refer to it: `service: {serviceRef: …}`",
        )


RULES = (mixed_service_models, old_service_model)
