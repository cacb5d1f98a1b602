"""The codebase that builds check out: none, nothing of it, or one commit for ever."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding
from pipelint.harness.build_place import BUILD_KINDS
from pipelint.harness.context import Context
from pipelint.harness.model import Model, Pipeline, Stage
from pipelint.harness.values import Text, flag_of, is_filled, text_of
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Scalar
from pipelint.yaml.view import mapping_of

_VALUES = {"branch": "branch", "tag": "tag", "PR": "number", "commitSha": "commitSha"}
"""What is built, and the key that says which."""


def _codebase(pipeline: Pipeline) -> Mapping | None:
    """Return `properties.ci.codebase`, where it is written out."""
    here = mapping_of(pipeline.node.get("properties"))
    for name in ("ci", "codebase"):
        here = mapping_of(here.get(name)) if here is not None else None
    return here


def _may_have_codebase(pipeline: Pipeline) -> bool:
    """Tell whether there is a codebase, or something that may hold one when it runs."""
    here = pipeline.node
    for name in ("properties", "ci", "codebase"):
        value = here.get(name)
        if value is None or (isinstance(value, Scalar) and not is_filled(value)):
            return False
        if not isinstance(value, Mapping) or value.broken:
            return True
        here = value
    return True


@rule(on=Pipeline, level=ERROR, family="harness", about=("CI", "SecurityTests"))
def clone_without_codebase(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a build stage that checks code out, in a pipeline that has no codebase.

    ## Why is this bad?
    The stage fails while it starts: it clones the codebase of the pipeline, and there is none.
    `cloneCodebase` is on where it is left out.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: build
            identifier: build
            type: CI
            spec:
              cloneCodebase: true
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
      stages:
        - stage:
            name: build
            identifier: build
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
    if pipeline.is_partial or pipeline.template is not None or pipeline.node.broken:
        return
    if _may_have_codebase(pipeline):
        return
    for stage in pipeline.all_stages():
        spec = stage.spec
        if stage.kind not in BUILD_KINDS or stage.template or spec is None or spec.broken:
            continue
        value = spec.get("cloneCodebase")
        if value is None and stage.kind == "CI" and isinstance(stage.type, Text):
            yield _no_codebase(stage.type.span, stage)
        elif value is not None and flag_of(value) is True:
            yield _no_codebase(Span(value.start, value.end), stage)


def _no_codebase(span: Span, stage: Stage) -> Finding:
    return Finding(
        span,
        f"stage `{stage.label}` clones a codebase that the pipeline does not have",
        "clones the codebase",
        help="add `properties.ci.codebase`, or write `cloneCodebase: false`",
    )


@rule(on=Model, level=WARNING, family="harness", about=("build",))
def build_without_source(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a codebase that is to build an empty branch, tag, pull request or commit.

    ## Why is this bad?
    Harness refuses a build of nothing. A value that is not known yet is a runtime input.

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
            build: {type: branch, spec: {branch: ""}}
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
            build: {type: branch, spec: {branch: main}}
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

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/codebase-configuration/git-clone-step
    """
    for field in context.fields("build"):
        build = mapping_of(field.value)
        kind = text_of(build.get("type")) if build is not None else None
        spec = mapping_of(build.get("spec")) if build is not None else None
        name = _VALUES.get(kind.value, "") if kind is not None else ""
        value = spec.get(name) if spec is not None and name else None
        if field.partial or not isinstance(value, Scalar) or is_filled(value):
            continue
        if value.style and kind is not None:
            yield Finding(
                value.span,
                f"the build has no {name}: it is empty",
                "nothing to build",
                help=f"name one, or write `{name}: <+input>`",
            )


@rule(on=Pipeline, level=WARNING, family="harness", about=("commitSha",))
def commit_as_codebase(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a codebase that always builds one commit.

    ## Why is this bad?
    The schema of Harness takes `commitSha` here, but servers refuse it for the codebase of a
    pipeline; steps of the type `GitClone` take it.

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
            build: {type: commitSha, spec: {commitSha: 1f3a9c2}}
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
            build: {type: branch, spec: {branch: main}}
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
    """
    codebase = _codebase(pipeline)
    build = mapping_of(codebase.get("build")) if codebase is not None else None
    kind = text_of(build.get("type")) if build is not None else None
    if kind is not None and kind.value == "commitSha":
        yield Finding(
            kind.span,
            "the codebase of a pipeline cannot be one commit",
            "for GitClone steps only",
            help="use `branch`, `tag` or `PR`, or clone the commit with a GitClone step",
        )


RULES = (build_without_source, clone_without_codebase, commit_as_codebase)
