"""Step and artifact types that Harness or others have retired."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import INFO, OFF, WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import Model, Step
from pipelint.harness.values import Text, text_of
from pipelint.rule import rule

IN_PLACE_OF = {"BuildAndPushGCR": "BuildAndPushGAR", "Gcr": "GoogleArtifactRegistry"}
"""Types for the Container Registry of Google, and those for its successor."""

UNOFFERED = ("External", "IACMTemplate", "IACMTerraformPlan")


@rule(on=Model, level=WARNING, family="harness", about=tuple(IN_PLACE_OF))
def retired_container_registry(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a step or an artifact for the Container Registry of Google.

    ## Why is this bad?
    Google shut the registry down in March 2025; Artifact Registry took its place.

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
                  type: BuildAndPushGCR
                  name: push
                  identifier: push
                  timeout: 10m
                  spec:
                    connectorRef: google
                    host: gcr.io
                    projectID: shop
                    imageName: shop
                    tags: [stable]
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
                  type: BuildAndPushGAR
                  name: push
                  identifier: push
                  timeout: 10m
                  spec:
                    connectorRef: google
                    host: europe-docker.pkg.dev
                    projectID: shop
                    imageName: shop
                    tags: [stable]
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/triggers-overview
    """
    for field in context.fields("type"):
        kind = text_of(field.value)
        right = IN_PLACE_OF.get(kind.value) if kind is not None else None
        if kind is not None and right is not None and "spec" in field.owner.fields:
            yield Finding(
                kind.span,
                f"`{kind.value}` is for a registry that was shut down",
                "shut down in 2025",
                help=f"use `{right}`",
            )


@rule(on=Step, level=OFF, family="harness", about=("RunTests",))
def old_test_step(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step of the type `RunTests`.

    ## Why is this bad?
    It is the first version of Test Intelligence. Its successor, `Test`, needs neither the language
    nor the build tool, and chooses tests for more of them.

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
                  type: RunTests
                  name: test
                  identifier: test
                  timeout: 10m
                  spec:
                    language: Java
                    buildTool: Maven
                    args: test
                    runOnlySelectedTests: true
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
                  type: Test
                  name: test
                  identifier: test
                  timeout: 10m
                  spec: {command: mvn test}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/run-tests/tests-v1
    """
    if step.kind == "RunTests" and isinstance(step.type, Text):
        yield Finding(
            step.type.span,
            "`RunTests` is the old step for tests",
            "has a successor",
            help="use `Test`",
        )


@rule(on=Step, level=INFO, family="harness", about=UNOFFERED)
def step_type_without_stage(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step type that the schema of Harness describes, and that no stage offers.

    ## Why is this bad?
    `External`, `IACMTemplate` and `IACMTerraformPlan` are left over from early versions, or are
    used by Harness itself. A pipeline with such a step is refused or does nothing.

    ## Example
    ```yaml
    template:
      name: plan
      identifier: plan
      versionLabel: v1
      type: Stage
      spec:
        type: IACM
        spec:
          workspace: shop
          runtime: {type: Cloud, spec: {}}
          execution:
            steps:
              - step:
                  type: IACMTerraformPlan
                  name: plan
                  identifier: plan
                  timeout: 10m
                  spec: {}
    ```

    ## Use instead
    ```yaml
    template:
      name: plan
      identifier: plan
      versionLabel: v1
      type: Stage
      spec:
        type: IACM
        spec:
          workspace: shop
          runtime: {type: Cloud, spec: {}}
          execution:
            steps:
              - step:
                  type: IACMTerraformPlugin
                  name: plan
                  identifier: plan
                  timeout: 10m
                  spec: {command: plan}
    ```
    """
    places = context.placement.get(step.kind)
    if step.kind in UNOFFERED and places is not None and not places.stages:
        yield Finding(
            step.type.span if isinstance(step.type, Text) else step.span,
            f"no stage offers steps of the type `{step.kind}`",
            "not for pipelines",
            help="use `IACMTerraformPlugin`" if step.kind.startswith("IACM") else "remove it",
        )


RULES = (old_test_step, retired_container_registry, step_type_without_stage)
