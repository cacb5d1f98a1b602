"""Images of build steps: containers without one, or without a connector to fetch it by."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, OFF, WARNING, Finding
from pipelint.harness.build_place import CLOUD, DOCKER, KUBERNETES, VM, place_of, where
from pipelint.harness.context import Context
from pipelint.harness.model import Step
from pipelint.harness.values import Text, is_filled
from pipelint.rule import rule
from pipelint.yaml.node import Mapping

IN_CONTAINERS = frozenset({"Run", "RunTests", "Test", "Plugin", "Background"})
"""Step types whose container is chosen by the step."""

MACHINES = frozenset({VM, CLOUD, DOCKER})


def _spec(step: Step) -> Mapping | None:
    """Return the spec of a step that chooses its container, if all of it is known."""
    if step.kind not in IN_CONTAINERS or step.template is not None or step.spec is None:
        return None
    return None if step.spec.broken else step.spec


def _has(spec: Mapping, *names: str) -> bool:
    return any(is_filled(spec.get(name)) for name in names)


@rule(on=Step, level=ERROR, family="harness", about=(KUBERNETES,))
def step_without_image(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a build step on Kubernetes that does not name the image of its container.

    ## Why is this bad?
    Each step is a container of the pod, and Harness refuses to make a pod with a container that
    has no image. On virtual machines and Harness Cloud steps run on the machine itself.

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
                  type: Run
                  name: test
                  identifier: test
                  timeout: 10m
                  spec: {command: make test}
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
                  type: Run
                  name: test
                  identifier: test
                  timeout: 10m
                  spec: {connectorRef: docker, image: "golang:1.24", command: go test ./...}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/set-up-build-infrastructure/which-build-infrastructure-is-right-for-me
    """
    spec = _spec(step)
    if spec is None or not isinstance(step.type, Text) or context.is_partial:
        return
    place = place_of(step.stage, context)
    if place.kind == KUBERNETES and not _has(spec, "image", "uses"):
        yield Finding(
            step.type.span,
            f"step `{step.label}` runs in a pod, but has no image",
            "a container without image",
            help="add `image` and `connectorRef` below its `spec`",
            related=where(place),
        )


@rule(on=Step, level=WARNING, family="harness", about=("image",))
def image_without_connector(step: Step, context: Context) -> Iterator[Finding]:
    """Reports an image that no connector fetches.

    ## Why is this bad?
    On Kubernetes Harness refuses a step with an image and without `connectorRef` or `registryRef`.
    On other machines it asks a registry for the image without logging in.

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
                  type: Run
                  name: test
                  identifier: test
                  timeout: 10m
                  spec: {image: "golang:1.24", command: go test ./...}
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
                  type: Run
                  name: test
                  identifier: test
                  timeout: 10m
                  spec: {connectorRef: docker, image: "golang:1.24", command: go test ./...}
    ```

    ## When not to use it
    Where the account has registries of its own configured for all steps.
    """
    spec = _spec(step)
    key = spec.key("image") if spec is not None else None
    if spec is None or key is None or context.is_partial or not _has(spec, "image"):
        return
    place = place_of(step.stage, context)
    known = place.kind == KUBERNETES or place.kind in MACHINES
    if known and not _has(spec, "connectorRef", "registryRef"):
        yield Finding(
            key.span,
            f"step `{step.label}` has an image, but no connector to fetch it by",
            "no `connectorRef` beside it",
            help="add `connectorRef: account.harnessImage`, or a connector of your own",
            related=where(place),
        )


@rule(on=Step, level=OFF, family="harness", about=("connectorRef",))
def connector_without_image(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a connector to a registry on a step that runs without a container.

    ## Why is this bad?
    On virtual machines and Harness Cloud a step without an image runs on the machine. Its
    connector is not used; most likely the image was forgotten.

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
                  type: Run
                  name: test
                  identifier: test
                  timeout: 10m
                  spec: {connectorRef: docker, command: go test ./...}
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
                  type: Run
                  name: test
                  identifier: test
                  timeout: 10m
                  spec: {command: make test}
    ```
    """
    spec = _spec(step)
    key = spec.key("connectorRef") if spec is not None else None
    if spec is None or key is None or context.is_partial or _has(spec, "image", "uses"):
        return
    place = place_of(step.stage, context)
    if place.kind in MACHINES and _has(spec, "connectorRef"):
        yield Finding(
            key.span,
            f"step `{step.label}` has a connector, but no image",
            "runs on the machine itself",
            help="add the `image`, or remove the connector",
            related=where(place),
        )


@rule(on=Step, level=WARNING, family="harness", about=("MacOS",))
def image_on_mac(step: Step, context: Context) -> Iterator[Finding]:
    """Reports an image of a step that runs on macOS of Harness Cloud.

    ## Why is this bad?
    These machines run no containers: the step fails, or runs without what the image holds.

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
          platform: {os: MacOS, arch: Arm64}
          runtime: {type: Cloud, spec: {}}
          execution:
            steps:
              - step:
                  type: Run
                  name: test
                  identifier: test
                  timeout: 10m
                  spec: {connectorRef: docker, image: "golang:1.24", command: go test ./...}
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
          platform: {os: MacOS, arch: Arm64}
          runtime: {type: Cloud, spec: {}}
          execution:
            steps:
              - step:
                  type: Run
                  name: test
                  identifier: test
                  timeout: 10m
                  spec: {command: make test}
    ```
    """
    spec = _spec(step)
    key = spec.key("image") if spec is not None else None
    if spec is None or key is None or not _has(spec, "image"):
        return
    place = place_of(step.stage, context)
    if place.kind == CLOUD and place.os == "MacOS":
        yield Finding(
            key.span,
            "no containers on macOS of Harness Cloud",
            "no container for it",
            help="remove `image` and `connectorRef`; the step runs on the machine",
            related=where(place),
        )


RULES = (
    connector_without_image,
    image_on_mac,
    image_without_connector,
    step_without_image,
)
