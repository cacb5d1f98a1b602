"""What services bring: manifests and artifacts that do not suit what they deploy to."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, OFF, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Model, Service
from pipelint.harness.values import Text, is_deferred, is_filled, text_of
from pipelint.record import NamedTuple
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Scalar
from pipelint.yaml.view import items_of, mapping_of

PRIMARY = {
    "Kubernetes": ("K8sManifest", "HelmChart", "Kustomize", "OpenshiftTemplate"),
    "NativeHelm": ("HelmChart",),
}
"""Manifests of which a service has one; the others only add to it."""


class Definition(NamedTuple):
    """`serviceDefinition` of a service, or of an old stage: its type and its spec."""

    key: Scalar
    type: Text
    spec: Mapping


def _definitions(context: Context) -> Iterator[Definition]:
    for field in context.fields("serviceDefinition"):
        node = mapping_of(field.value)
        kind = text_of(node.get("type")) if node is not None else None
        spec = mapping_of(node.get("spec")) if node is not None else None
        if not field.partial and kind is not None and spec is not None and not spec.broken:
            yield Definition(field.key, kind, spec)


def _manifests(definition: Definition) -> list[Text]:
    """Return the types of the manifests, those that are primary only."""
    wanted = PRIMARY.get(definition.type.value, ())
    found = []
    for item in items_of(definition.spec.get("manifests")):
        manifest = mapping_of(item.get("manifest")) if isinstance(item, Mapping) else None
        kind = text_of(manifest.get("type")) if manifest is not None else None
        if kind is not None and kind.value in wanted:
            found.append(kind)
    return found


@rule(on=Model, level=ERROR, family="harness", about=("manifests",))
def several_primary_manifests(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a service with more than one manifest that says what is deployed.

    ## Why is this bad?
    A service for Kubernetes deploys one of manifests, a Helm chart, a Kustomize folder or an
    OpenShift template; values files add to it. Harness refuses a second one, unless all of them
    are Helm charts and `manifestConfigurations.primaryManifestRef` chooses one.

    ## Example
    ```yaml
    service:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      serviceDefinition:
        type: Kubernetes
        spec:
          manifests:
            - manifest:
                identifier: shop
                type: K8sManifest
                spec: &files
                  store:
                    type: Github
                    spec:
                      connectorRef: github
                      repoName: shop
                      branch: main
                      gitFetchType: Branch
                      paths: [deploy]
            - manifest:
                identifier: shop2
                type: OpenshiftTemplate
                spec: *files
    ```

    ## Use instead
    ```yaml
    service:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      serviceDefinition:
        type: Kubernetes
        spec:
          manifests:
            - manifest:
                identifier: shop
                type: K8sManifest
                spec: &files
                  store:
                    type: Github
                    spec:
                      connectorRef: github
                      repoName: shop
                      branch: main
                      gitFetchType: Branch
                      paths: [deploy]
            - manifest:
                identifier: shop2
                type: Values
                spec: *files
    ```
    """
    for definition in _definitions(context):
        primary = _manifests(definition)
        chosen = mapping_of(definition.spec.get("manifestConfigurations"))
        if len(primary) <= 1 or (chosen is not None and is_filled(chosen)):
            continue
        for kind in primary[1:]:
            yield Finding(
                kind.span,
                f"a second primary manifest, `{kind.value}`",
                "one is enough",
                help="remove it, or make it a service of its own",
                related=(Related(primary[0].span, "the first one"),),
            )


@rule(on=Service, level=OFF, family="harness", about=("serviceDefinition",))
def service_without_manifest(service: Service, context: Context) -> Iterator[Finding]:
    """Reports a service for Kubernetes that has no manifest.

    ## Why is this bad?
    There is nothing to deploy, unless an environment overrides the manifests.

    ## Example
    ```yaml
    service:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      serviceDefinition:
        type: Kubernetes
        spec:
          variables: []
    ```

    ## Use instead
    ```yaml
    service:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      serviceDefinition:
        type: Kubernetes
        spec:
          manifests:
            - manifest:
                identifier: shop
                type: K8sManifest
                spec:
                  store:
                    type: Github
                    spec:
                      connectorRef: github
                      repoName: shop
                      branch: main
                      gitFetchType: Branch
                      paths: [deploy]
    ```

    ## When not to use it
    Where manifests come from overrides, or the pipeline applies its own.
    """
    if is_filled(service.node.get("gitOpsEnabled")):
        return
    for definition in _definitions(context):
        manifests = definition.spec.get("manifests")
        known = not (isinstance(manifests, Scalar) and is_deferred(manifests))
        if definition.type.value in PRIMARY and known and not _manifests(definition):
            yield Finding(
                definition.type.span,
                f"a service for `{definition.type.value}` without a manifest",
                "nothing to deploy",
                help="add a manifest of the type "
                + " or ".join(f"`{one}`" for one in PRIMARY[definition.type.value]),
            )


@rule(on=Model, level=WARNING, family="harness", about=("artifacts",))
def artifact_of_other_platform(model: Model, context: Context) -> Iterator[Finding]:
    """Reports an artifact that the service cannot deploy.

    ## Why is this bad?
    Each platform takes artifacts of some kinds. AWS SAM takes none, Elastigroup takes machine
    images, and functions of the second generation take no Cloud Source. Harness saves the service,
    and the deployment fails.

    ## Example
    ```yaml
    service:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      serviceDefinition:
        type: Elastigroup
        spec:
          artifacts:
            primary:
              primaryArtifactRef: shop
              sources:
                - identifier: shop
                  type: AmazonS3
                  spec: {connectorRef: aws, bucketName: shop, filePath: shop.zip}
    ```

    ## Use instead
    ```yaml
    service:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      serviceDefinition:
        type: Elastigroup
        spec:
          artifacts:
            primary:
              primaryArtifactRef: shop
              sources:
                - identifier: shop
                  type: AmazonMachineImage
                  spec: {connectorRef: aws, region: eu-west-1, version: shop-1.0}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/services/artifact-sources
    """
    for definition in _definitions(context):
        for kind in _artifacts(definition.spec):
            if _is_foreign(definition, kind.value):
                yield Finding(
                    kind.span,
                    f"a service for `{definition.type.value}` has no use for `{kind.value}`",
                    "not an artifact for it",
                    help="use an artifact of another type, or remove it",
                    related=(Related(definition.type.span, "what it deploys to"),),
                )


def _is_foreign(definition: Definition, artifact: str) -> bool:
    platform = definition.type.value
    if platform == "AWS_SAM":
        return True
    if platform == "Elastigroup":
        return artifact != "AmazonMachineImage"
    if platform != "GoogleCloudFunctions" or artifact != "GoogleCloudSource":
        return False
    generation = text_of(definition.spec.get("environmentType"))
    return generation is not None and generation.value == "GenTwo"


def _sources(spec: Mapping) -> Iterator[Mapping]:
    """Give the artifacts of a service, written in the old way or as sources."""
    artifacts = mapping_of(spec.get("artifacts"))
    primary = mapping_of(artifacts.get("primary")) if artifacts is not None else None
    if primary is None:
        return
    yield primary
    for item in items_of(primary.get("sources")):
        if isinstance(item, Mapping):
            yield item


def _artifacts(spec: Mapping) -> Iterator[Text]:
    for source in _sources(spec):
        kind = text_of(source.get("type"))
        if kind is not None and "template" not in source.fields:
            yield kind


@rule(on=Model, level=WARNING, family="harness", about=("artifactPath",))
def blank_in_artifact_path(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a blank in the path of an artifact that a host is to download.

    ## Why is this bad?
    Command steps that download artifacts to hosts cannot read such a path.

    ## Example
    ```yaml
    service:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      serviceDefinition:
        type: Ssh
        spec:
          artifacts:
            primary:
              primaryArtifactRef: shop
              sources:
                - identifier: shop
                  type: ArtifactoryRegistry
                  spec:
                    connectorRef: artifactory
                    repository: shop
                    repositoryFormat: generic
                    artifactDirectory: /
                    artifactPath: my shop.zip
    ```

    ## Use instead
    ```yaml
    service:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      serviceDefinition:
        type: Ssh
        spec:
          artifacts:
            primary:
              primaryArtifactRef: shop
              sources:
                - identifier: shop
                  type: ArtifactoryRegistry
                  spec:
                    connectorRef: artifactory
                    repository: shop
                    repositoryFormat: generic
                    artifactDirectory: /
                    artifactPath: my-shop.zip
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/utilities/download-and-copy-artifacts-using-the-command-step
    """
    for definition in _definitions(context):
        if definition.type.value not in {"Ssh", "WinRm"}:
            continue
        for source in _sources(definition.spec):
            below = mapping_of(source.get("spec"))
            path = text_of(below.get("artifactPath")) if below is not None else None
            if path is not None and " " in path.value.strip():
                yield Finding(
                    path.span,
                    f"a blank in the path `{path.value}`",
                    "cannot be downloaded",
                    help="rename the artifact",
                )


RULES = (
    artifact_of_other_platform,
    blank_in_artifact_path,
    service_without_manifest,
    several_primary_manifests,
)
