"""Infrastructures that cannot take what is deployed to them."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Infrastructure, Stage
from pipelint.harness.values import text_of
from pipelint.rule import rule
from pipelint.yaml.node import Scalar
from pipelint.yaml.view import mapping_of

_CLUSTERS = (
    "KubernetesDirect", "KubernetesGcp", "KubernetesAzure", "KubernetesAws", "KubernetesRancher",
)  # fmt: skip
_TYPES = {
    "Kubernetes": _CLUSTERS,
    "NativeHelm": _CLUSTERS,
    "Ssh": ("Pdc", "SshWinRmAws", "SshWinRmAzure", "SshGcp"),
    "WinRm": ("Pdc", "SshWinRmAws", "SshWinRmAzure"),
}
_SAME = frozenset({
    "AWS_SAM", "Asg", "AwsLambda", "AzureContainerApps", "AzureFunction", "AzureWebApp",
    "CustomDeployment", "ECS", "Elastigroup", "GoogleCloudFunctions", "GoogleCloudRun",
    "GoogleManagedInstanceGroup", "Salesforce", "ServerlessAwsLambda", "TAS",
})  # fmt: skip
"""Deployment types with one kind of infrastructure, of the same name."""
_ALL = frozenset(_CLUSTERS) | set(_TYPES["Ssh"]) | _SAME


def _types_for(deployment: str) -> tuple[str, ...]:
    return (deployment,) if deployment in _SAME else _TYPES.get(deployment, ())


@rule(on=Infrastructure, level=WARNING, family="harness", about=("deploymentType",))
def infrastructure_of_other_type(node: Infrastructure, context: Context) -> Iterator[Finding]:
    """Reports an infrastructure that cannot take deployments of its type.

    ## Why is this bad?
    `deploymentType` says which services are deployed to it, `type` what it is. Where the two do
    not go together no stage can use it.

    ## Example
    ```yaml
    infrastructureDefinition:
      name: cluster
      identifier: cluster
      projectIdentifier: web
      orgIdentifier: default
      environmentRef: testing
      deploymentType: Kubernetes
      type: ECS
      spec: {connectorRef: aws, region: eu-west-1, cluster: shop}
    ```

    ## Use instead
    ```yaml
    infrastructureDefinition:
      name: cluster
      identifier: cluster
      projectIdentifier: web
      orgIdentifier: default
      environmentRef: testing
      deploymentType: Kubernetes
      type: KubernetesDirect
      spec: {connectorRef: cluster, namespace: shop, releaseName: shop}
    ```
    """
    found = _misfit(node.node.get("deploymentType"), node.node.get("type"))
    if found is not None:
        yield found


@rule(on=Stage, level=WARNING, family="harness", about=("infrastructureDefinition",))
def stage_on_other_infrastructure(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports an old stage whose infrastructure cannot take its service.

    ## Why is this bad?
    The type of the service says what is deployed, that of the infrastructure what takes it. Where
    the two do not go together the deployment fails.

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
              type: ECS
              spec: {connectorRef: aws, region: eu-west-1, cluster: shop}
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
    """
    here = [
        mapping_of(stage.spec.get(name)) if stage.spec is not None else None
        for name in ("serviceConfig", "infrastructure")
    ]
    below = [
        mapping_of(holder.get(name)) if holder is not None else None
        for holder, name in zip(
            here, ("serviceDefinition", "infrastructureDefinition"), strict=True
        )
    ]
    if below[0] is not None and below[1] is not None:
        found = _misfit(below[0].get("type"), below[1].get("type"))
        if found is not None:
            yield found


def _misfit(deployment: object, infrastructure: object) -> Finding | None:
    service = text_of(deployment) if isinstance(deployment, Scalar) else None
    kind = text_of(infrastructure) if isinstance(infrastructure, Scalar) else None
    if service is None or kind is None or kind.value not in _ALL:
        return None
    types = _types_for(service.value)
    if not types or kind.value in types:
        return None
    return Finding(
        kind.span,
        f"`{kind.value}` is no infrastructure for `{service.value}`",
        "does not go together",
        help=f"use {' or '.join(f'`{one}`' for one in types)}",
        related=(Related(service.span, "what is deployed"),),
    )


RULES = (infrastructure_of_other_type, stage_on_other_infrastructure)
