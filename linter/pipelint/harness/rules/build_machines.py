"""Steps of builds that ask for other machines than those that they run on."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding
from pipelint.harness.build_place import (
    CLOUD,
    DOCKER,
    KUBERNETES,
    VM,
    place_of,
    where,
)
from pipelint.harness.context import Context
from pipelint.harness.model import Step
from pipelint.harness.values import Text, is_filled
from pipelint.rule import rule

PLACES = (KUBERNETES, VM, CLOUD, DOCKER)
ONLY_ON = {"Action": (CLOUD,), "Bitrise": (CLOUD,)}
"""Step types that run on some machines only."""
WITHOUT_WINDOWS_PODS = frozenset({
    "BuildAndPushDockerRegistry", "BuildAndPushECR", "BuildAndPushACR", "BuildAndPushGAR",
    "BuildAndPushGCR",
})  # fmt: skip
"""Step types that build images, and cannot do so in a pod on Windows."""


@rule(on=Step, level=ERROR, family="harness", about=tuple(ONLY_ON))
def step_needs_harness_cloud(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a GitHub action or a Bitrise step in a build that does not run on Harness Cloud.

    ## Why is this bad?
    The steps `Action` and `Bitrise` need the machines of Harness Cloud; elsewhere the build fails.
    With `KubernetesDirect`, run the action by a Plugin step with the image of the plugin.

    ## Example
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: CI
        spec:
          cloneCodebase: false
          infrastructure: {type: KubernetesDirect, spec: {connectorRef: cluster, namespace: builds}}
          execution:
            steps:
              - step:
                  type: Action
                  name: node
                  identifier: node
                  timeout: 10m
                  spec: {uses: actions/setup-node@v4}
    ```

    ## Use instead
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: CI
        spec:
          cloneCodebase: false
          runtime: {type: Cloud, spec: {}}
          execution:
            steps:
              - step:
                  type: Action
                  name: node
                  identifier: node
                  timeout: 10m
                  spec: {uses: actions/setup-node@v4}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/set-up-build-infrastructure/which-build-infrastructure-is-right-for-me
    """
    if step.kind not in ONLY_ON or not isinstance(step.type, Text):
        return
    place = place_of(step.stage, context)
    if place.kind in PLACES and place.kind not in ONLY_ON[step.kind]:
        yield Finding(
            step.type.span,
            f"`{step.kind}` does not run on `{place.kind}`",
            "for Harness Cloud only",
            help="run the stage with `runtime: {type: Cloud, spec: {}}`, or use another step",
            related=where(place),
        )


@rule(on=Step, level=WARNING, family="harness", about=tuple(sorted(WITHOUT_WINDOWS_PODS)))
def image_build_not_here(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step that builds an image where it cannot.

    ## Why is this bad?
    `BuildAndPushACR` needs a Kubernetes cluster. No step that builds images runs in a pod on
    Windows.

    ## Example
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: CI
        spec:
          cloneCodebase: false
          runtime: {type: Cloud, spec: {}}
          execution:
            steps:
              - step:
                  type: BuildAndPushACR
                  name: push
                  identifier: push
                  timeout: 10m
                  spec: {connectorRef: azure, repository: shop.azurecr.io/shop, tags: [stable]}
    ```

    ## Use instead
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: CI
        spec:
          cloneCodebase: false
          runtime: {type: Cloud, spec: {}}
          execution:
            steps:
              - step:
                  type: BuildAndPushDockerRegistry
                  name: push
                  identifier: push
                  timeout: 10m
                  spec: {connectorRef: shop, repo: shop.azurecr.io/shop, tags: [stable]}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/build-and-upload-artifacts/build-and-push/build-and-push-to-acr
    """
    if step.kind not in WITHOUT_WINDOWS_PODS or not isinstance(step.type, Text):
        return
    place = place_of(step.stage, context)
    message = ""
    if place.kind == KUBERNETES and place.os == "Windows":
        message = f"`{step.kind}` does not run in a pod on Windows"
    elif step.kind == "BuildAndPushACR" and place.kind in {VM, CLOUD, DOCKER}:
        message = f"`{step.kind}` does not run on `{place.kind}`"
    if message:
        yield Finding(
            step.type.span,
            message,
            "not offered here",
            help="use `BuildAndPushDockerRegistry`"
            if place.kind != KUBERNETES
            else "build the image on Linux, or on Harness Cloud",
            related=where(place),
        )


@rule(on=Step, level=WARNING, family="harness", about=("portBindings",))
def ports_in_pod(step: Step, context: Context) -> Iterator[Finding]:
    """Reports port bindings of a background step on Kubernetes.

    ## Why is this bad?
    The containers of a pod share their network: other steps reach the port as it is, and
    `portBindings` are not read.

    ## Example
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: CI
        spec:
          cloneCodebase: false
          infrastructure: {type: KubernetesDirect, spec: {connectorRef: cluster, namespace: builds}}
          execution:
            steps:
              - step:
                  type: Background
                  name: database
                  identifier: database
                  spec: {connectorRef: docker, image: "postgres:17", portBindings: {"5433": "5432"}}
    ```

    ## Use instead
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: CI
        spec:
          cloneCodebase: false
          infrastructure: {type: KubernetesDirect, spec: {connectorRef: cluster, namespace: builds}}
          execution:
            steps:
              - step:
                  type: Background
                  name: database
                  identifier: database
                  spec: {connectorRef: docker, image: "postgres:17"}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/manage-dependencies/background-step-settings
    """
    key = step.spec.key("portBindings") if step.spec is not None else None
    if step.kind != "Background" or step.spec is None or key is None:
        return
    place = place_of(step.stage, context)
    if place.kind == KUBERNETES and is_filled(step.spec.get("portBindings")):
        yield Finding(
            key.span,
            "`portBindings` have no effect on Kubernetes",
            "one network in a pod",
            help="remove them, and use the port of the container",
            related=where(place),
        )


RULES = (image_build_not_here, ports_in_pod, step_needs_harness_cloud)
