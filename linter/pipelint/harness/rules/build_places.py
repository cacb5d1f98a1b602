"""Where builds run: infrastructure that is missing, doubled, or not offered."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.harness.build_place import (
    BUILD_KINDS,
    CLOUD,
    KUBERNETES,
    place_of,
)
from pipelint.harness.context import Context
from pipelint.harness.model import Stage
from pipelint.harness.values import Text, flag_of, is_filled, text_of
from pipelint.rule import rule
from pipelint.yaml.view import mapping_of


@rule(on=Stage, level=ERROR, family="harness", about=("CI", "SecurityTests"))
def build_without_infrastructure(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a build stage that does not say where it runs.

    ## Why is this bad?
    A build needs a machine: `infrastructure` names a cluster or a pool of your own, `runtime` a
    machine of Harness. The schema demands neither, but the server refuses a stage without both.

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

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/set-up-build-infrastructure/ci-stage-settings
    """
    spec = stage.spec
    if stage.kind not in BUILD_KINDS or spec is None or spec.broken or stage.template is not None:
        return
    if context.is_partial or stage.node.broken or not isinstance(stage.type, Text):
        return
    if not {"infrastructure", "runtime"} & spec.fields.keys():
        yield Finding(
            stage.type.span,
            f"stage `{stage.label}` does not say where it runs"
            if stage.label
            else "the stage does not say where it runs",
            "neither infrastructure nor runtime",
            help="add `runtime: {type: Cloud, spec: {}}`, or an `infrastructure` of your own",
        )


@rule(on=Stage, level=WARNING, family="harness", about=("runtime",))
def infrastructure_beside_runtime(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a build stage with both `infrastructure` and `runtime`.

    ## Why is this bad?
    They are two ways to say where the stage runs, and only one of them counts.

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
          infrastructure: {type: VM, spec: {type: Pool, spec: {poolName: linux}}}
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
    spec = stage.spec
    if stage.kind not in BUILD_KINDS or spec is None:
        return
    runtime, other = spec.key("runtime"), spec.key("infrastructure")
    if runtime is None or other is None:
        return
    if is_filled(spec.get("runtime")) and is_filled(spec.get("infrastructure")):
        later, earlier = sorted((runtime, other), key=lambda key: -key.start)
        yield Finding(
            later.span,
            "`infrastructure` and `runtime` in one stage",
            "a second place to run",
            help="remove one of them",
            related=(Related(earlier.span, "the first"),),
        )


@rule(on=Stage, level=WARNING, family="harness", about=("platform",))
def unsupported_platform(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a combination of operating system, processor and infrastructure that is not offered.

    ## Why is this bad?
    No machine is found for the build. Windows runs on Amd64 only, macOS of Harness Cloud on Arm64
    only, and Kubernetes does not run macOS.

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
          platform: {os: Windows, arch: Arm64}
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
          platform: {os: Windows, arch: Amd64}
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

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/set-up-build-infrastructure/which-build-infrastructure-is-right-for-me
    """
    platform = mapping_of(stage.spec.get("platform")) if stage.spec else None
    if platform is None:
        return
    place = place_of(stage, context)
    system, arch = text_of(platform.get("os")), text_of(platform.get("arch"))
    if system is None:
        return
    if system.value == "Windows" and arch is not None and arch.value == "Arm64":
        yield _unsupported(arch, "Windows does not run on `Arm64`", "write `Amd64`")
    if system.value != "MacOS":
        return
    if place.kind == KUBERNETES:
        yield _unsupported(
            system, "Kubernetes does not run `MacOS`", "use `runtime: {type: Cloud}`"
        )
    if place.kind == CLOUD and arch is not None and arch.value == "Amd64":
        yield _unsupported(arch, "macOS of Harness Cloud does not run on `Amd64`", "write `Arm64`")


def _unsupported(value: Text, message: str, advice: str) -> Finding:
    return Finding(value.span, message, "not offered", help=advice)


@rule(on=Stage, level=WARNING, family="harness", about=("runAsNonRoot",))
def non_root_without_user(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports containers that must not run as root, without a user to run them as.

    ## Why is this bad?
    Most images run as root unless told otherwise. Kubernetes refuses to start their containers.

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
          infrastructure:
            type: KubernetesDirect
            spec:
              connectorRef: cluster
              namespace: builds
              containerSecurityContext: {runAsNonRoot: true}
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
          infrastructure:
            type: KubernetesDirect
            spec:
              connectorRef: cluster
              namespace: builds
              runAsUser: "1000"
              containerSecurityContext: {runAsNonRoot: true}
          execution:
            steps:
              - step:
                  type: Run
                  name: test
                  identifier: test
                  timeout: 10m
                  spec: {connectorRef: docker, image: "golang:1.24", command: go test ./...}
    ```
    """
    spec = place_of(stage, context).spec
    security = mapping_of(spec.get("containerSecurityContext")) if spec is not None else None
    key = security.key("runAsNonRoot") if security is not None else None
    if spec is None or security is None or key is None or context.is_partial:
        return
    if flag_of(security.get("runAsNonRoot")) is not True or not stage.spec:
        return
    users = (security.get("runAsUser"), spec.get("runAsUser"))
    own = mapping_of(stage.spec.get("infrastructure"))
    if not any(is_filled(user) for user in users) and own is not None and own.get("spec") is spec:
        yield Finding(
            key.span,
            "`runAsNonRoot` without `runAsUser`",
            "as which user then?",
            help='add `runAsUser: "1000"` beside `containerSecurityContext`',
        )


RULES = (
    build_without_infrastructure,
    infrastructure_beside_runtime,
    non_root_without_user,
    unsupported_platform,
)
