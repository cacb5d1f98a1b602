"""Settings of build steps that are not read: services of old, failure strategies, delegates."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding
from pipelint.harness.build_place import BUILD_KINDS
from pipelint.harness.context import Context
from pipelint.harness.model import Stage, Step
from pipelint.harness.values import is_filled
from pipelint.rule import rule
from pipelint.yaml.view import items_of


@rule(on=Step, level=WARNING, family="harness", about=("Background",))
def failure_strategy_on_background(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a failure strategy of a background step.

    ## Why is this bad?
    Nothing waits for a background step, so Harness does not look at how it ends: the strategy is
    never used.

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
                  type: Background
                  name: database
                  identifier: database
                  spec: {connectorRef: docker, image: "postgres:17"}
                  failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: Abort}}}]
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
                  type: Background
                  name: database
                  identifier: database
                  spec: {connectorRef: docker, image: "postgres:17"}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/manage-dependencies/background-step-settings
    """
    key = step.node.key("failureStrategies")
    if step.kind == "Background" and key is not None and step.failure_strategies:
        yield Finding(
            key.span,
            f"background step `{step.label}` has a failure strategy",
            "nothing waits for it",
            help="remove it; let a later step check that the service answers",
        )


@rule(on=Stage, level=WARNING, family="harness", about=("serviceDependencies",))
def service_dependencies(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports services of a build that are written in the way of old pipelines.

    ## Why is this bad?
    Steps of the type `Background` took the place of `serviceDependencies`, which newer versions of
    Harness do not offer.

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
          serviceDependencies:
            - type: Service
              name: database
              identifier: database
              spec: {connectorRef: docker, image: "postgres:17"}
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
                  type: Background
                  name: database
                  identifier: database
                  spec: {connectorRef: docker, image: "postgres:17"}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/manage-dependencies/background-step-settings
    """
    key = stage.spec.key("serviceDependencies") if stage.spec is not None else None
    if key is None or stage.spec is None or context.era == "legacy":
        return
    if items_of(stage.spec.get("serviceDependencies")):
        yield Finding(
            key.span,
            "`serviceDependencies` are a thing of old pipelines",
            "no longer offered",
            help="write each service as a step of the type `Background`",
        )


@rule(on=Step, level=WARNING, family="harness", about=("delegateSelectors",))
def delegate_selectors_on_build_step(step: Step, context: Context) -> Iterator[Finding]:
    """Reports delegate selectors on a step of a build stage.

    ## Why is this bad?
    The steps of a build run in its pod or on its machine, not on a delegate each. Selectors are
    read from the stage and from the pipeline only.

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
                  spec: {command: make test}
                  delegateSelectors: [linux]
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
    - https://developer.harness.io/docs/platform/delegates/manage-delegates/select-delegates-with-selectors
    """
    stage = step.stage
    if stage is None or stage.kind not in BUILD_KINDS or step.kind not in _IN_THE_BUILD:
        return
    for holder in (step.node, step.spec):
        key = holder.key("delegateSelectors") if holder is not None else None
        if holder is not None and key and is_filled(holder.get("delegateSelectors")):
            yield Finding(
                key.span,
                f"delegate selectors of `{step.label}` have no effect",
                "not read in a build step",
                help="set them on the stage",
            )


_IN_THE_BUILD = frozenset({
    "Run", "RunTests", "Test", "Plugin", "Background", "GitClone", "Action", "Bitrise",
    "BuildAndPushDockerRegistry", "BuildAndPushECR", "BuildAndPushACR", "BuildAndPushGAR",
    "BuildAndPushGCR", "SaveCacheS3", "RestoreCacheS3", "SaveCacheGCS", "RestoreCacheGCS",
    "S3Upload", "GCSUpload", "ArtifactoryUpload",
})  # fmt: skip
"""Step types that run where the build runs; others (`Http` …) ask a delegate in any stage."""

RULES = (delegate_selectors_on_build_step, failure_strategy_on_background, service_dependencies)
