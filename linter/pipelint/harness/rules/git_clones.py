"""Clones beside that of the codebase: into folders in use, at the same time, unchecked."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import OFF, WARNING, Finding, Related
from pipelint.harness.build_place import BUILD_KINDS, CLOUD, VM, place_of
from pipelint.harness.context import Context
from pipelint.harness.model import Model, Parallel, Step
from pipelint.harness.values import flag_of, text_of
from pipelint.rule import rule
from pipelint.yaml.node import Scalar

WORKSPACE = "/harness"
MOST_RELATED = 2


@rule(on=Step, level=WARNING, family="harness", about=("cloneDirectory",))
def reserved_clone_directory(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a GitClone step that clones into the folder of the codebase.

    ## Why is this bad?
    `/harness` is the workspace, where the codebase of the pipeline lies. The step fails, or mixes
    two repositories.

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
          cloneCodebase: true
          runtime: {type: Cloud, spec: {}}
          execution:
            steps:
              - step:
                  type: GitClone
                  name: lib
                  identifier: lib
                  spec:
                    connectorRef: github
                    repoName: lib
                    build: {type: branch, spec: {branch: main}}
                    cloneDirectory: /harness/
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
          cloneCodebase: true
          runtime: {type: Cloud, spec: {}}
          execution:
            steps:
              - step:
                  type: GitClone
                  name: lib
                  identifier: lib
                  spec:
                    connectorRef: github
                    repoName: lib
                    build: {type: branch, spec: {branch: main}}
                    cloneDirectory: /harness/lib
    ```

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/codebase-configuration/git-clone-step
    """
    stage = step.stage
    if step.kind != "GitClone" or step.spec is None or stage is None:
        return
    value = text_of(step.spec.get("cloneDirectory"))
    if value is None or value.value.rstrip("/") != WORKSPACE or stage.kind not in BUILD_KINDS:
        return
    if stage.spec is not None and flag_of(stage.spec.get("cloneCodebase")) is not False:
        yield Finding(
            value.span,
            f"`{value.value}` is the folder of the codebase",
            "in use already",
            help="clone into a folder below it, such as `/harness/lib`",
        )


@rule(on=Parallel, level=WARNING, family="harness", about=("GitClone",))
def parallel_clones(parallel: Parallel, context: Context) -> Iterator[Finding]:
    """Reports GitClone steps that run at the same time on one machine.

    ## Why is this bad?
    On Harness Cloud and virtual machines they share the credentials of Git, and one of them fails.
    On Kubernetes each has a container of its own.

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
              - parallel:
                  - step:
                      type: GitClone
                      name: lib
                      identifier: lib
                      spec:
                        connectorRef: github
                        repoName: lib
                        build: {type: branch, spec: {branch: main}}
                        cloneDirectory: lib
                  - step:
                      type: GitClone
                      name: tools
                      identifier: tools
                      spec:
                        connectorRef: github
                        repoName: tools
                        build: {type: branch, spec: {branch: main}}
                        cloneDirectory: tools
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
                  type: GitClone
                  name: lib
                  identifier: lib
                  spec:
                    connectorRef: github
                    repoName: lib
                    build: {type: branch, spec: {branch: main}}
                    cloneDirectory: lib
              - step:
                  type: GitClone
                  name: tools
                  identifier: tools
                  spec:
                    connectorRef: github
                    repoName: tools
                    build: {type: branch, spec: {branch: main}}
                    cloneDirectory: tools
    ```

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/codebase-configuration/git-clone-step
    """
    if parallel.outer is not None:
        return
    clones = [unit for unit in parallel.units if isinstance(unit, Step) and unit.kind == "GitClone"]
    if len(clones) <= 1:
        return
    place = place_of(clones[0].stage, context)
    if place.kind in {CLOUD, VM}:
        others = tuple(Related(one.span, "the other clone") for one in clones[:-1])
        yield Finding(
            clones[-1].span,
            f"two GitClone steps at the same time on `{place.kind}`",
            "beside another clone",
            help="run them one after the other",
            related=others[:MOST_RELATED],
        )


@rule(on=Model, level=OFF, family="harness", about=("sslVerify",))
def unverified_clone(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a clone that does not check the certificate of the Git provider.

    ## Why is this bad?
    Whoever sits between the build and the provider can put in code of his own, and reads the
    credentials.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      properties:
        ci:
          codebase:
            connectorRef: github
            repoName: shop
            build: <+input>
            sslVerify: false
      stages:
        - stage:
            name: build
            identifier: build
            type: CI
            spec:
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
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      properties:
        ci:
          codebase:
            connectorRef: github
            repoName: shop
            build: <+input>
      stages:
        - stage:
            name: build
            identifier: build
            type: CI
            spec:
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

    ## When not to use it
    Where the provider has a certificate that the build machines cannot check.
    """
    for field in context.fields("sslVerify"):
        if flag_of(field.value) is False and isinstance(field.value, Scalar):
            yield Finding(
                field.value.span,
                "the certificate of the Git provider is not checked",
                "anybody may answer",
                help="remove it, and give the build machines the certificate",
            )


RULES = (parallel_clones, reserved_clone_directory, unverified_clone)
