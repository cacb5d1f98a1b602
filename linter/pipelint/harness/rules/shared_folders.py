"""Folders that the steps of a build share."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, OFF, WARNING, Finding
from pipelint.harness.build_place import KUBERNETES, caching_of, place_of
from pipelint.harness.context import Context
from pipelint.harness.model import Stage
from pipelint.harness.values import Text, texts_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Scalar, Sequence

RESERVED = frozenset({"/harness", "/addon"})
WORKSPACE = "/harness"
DEPTH_LIMIT = 100


def _shared(stage: Stage) -> list[Text]:
    return texts_of(stage.spec.get("sharedPaths")) if stage.spec is not None else []


@rule(on=Stage, level=ERROR, family="harness", about=("sharedPaths",))
def reserved_shared_path(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a shared folder that Harness uses for itself.

    ## Why is this bad?
    `/harness` is the workspace, which all steps share anyway, and `/addon` holds what Harness puts
    into each container. A stage that shares them once more is refused.

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
          sharedPaths: [/harness]
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
          sharedPaths: [/root/.m2]
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
    for path in _shared(stage):
        if path.value in RESERVED:
            yield Finding(
                path.span,
                f"`{path.value}` cannot be shared",
                "used by Harness itself",
                help="remove it; the workspace is shared without being named"
                if path.value == WORKSPACE
                else "share another folder",
            )


@rule(on=Stage, level=OFF, family="harness", about=("sharedPaths",))
def relative_shared_path(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a shared folder that does not begin at the root.

    ## Why is this bad?
    A relative path is taken from where a step happens to start, and `~` is another folder in each
    image. A path from the root means the same for all steps.

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
          sharedPaths: [~/.m2]
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
          sharedPaths: [/root/.m2]
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
    for path in _shared(stage):
        if not path.value.startswith("/") and path.value[1:2] != ":":
            yield Finding(
                path.span,
                f"the shared folder `{path.value}` does not begin at the root",
                "relative",
                help="write the whole path, such as `/root/.m2`",
            )


@rule(on=Stage, level=WARNING, family="harness", about=("caching",))
def unshared_cache_path(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a folder to cache that only one container of the pod can see.

    ## Why is this bad?
    On Kubernetes each step has a file system of its own, apart from the workspace and the shared
    folders. What a step writes elsewhere is gone before it is cached.

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
          caching: {enabled: true, key: shop, paths: [/root/.m2]}
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
          sharedPaths: [/root/.m2]
          caching: {enabled: true, key: shop, paths: [/root/.m2]}
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
    - https://developer.harness.io/docs/continuous-integration/use-ci/caching-ci-data/cache-intelligence
    """
    caching = caching_of(stage)
    if caching is None or stage.spec is None or place_of(stage, context).kind != KUBERNETES:
        return
    shared = stage.spec.get("sharedPaths")
    if shared is not None and not _is_known(shared):
        return
    folders = {WORKSPACE, *(path.value.rstrip("/") for path in _shared(stage))}
    for path in texts_of(caching.get("paths")):
        if path.value.startswith("/") and not folders.intersection(_with_outer(path.value)):
            yield Finding(
                path.span,
                f"`{path.value}` is not shared by the steps, and stays empty",
                "in one container only",
                help="add it to `sharedPaths` of the stage",
            )


def _with_outer(path: str) -> Iterator[str]:
    """Give a folder and all that it lies in, the root as the empty text; depth is limited."""
    parts = path.rstrip("/").split("/")[:DEPTH_LIMIT]
    return ("/".join(parts[:count]) for count in range(1, len(parts) + 1))


def _is_known(shared: Mapping | Sequence | Scalar) -> bool:
    """Tell whether all shared folders are written out."""
    return isinstance(shared, Sequence) and len(texts_of(shared)) == len(shared.items)


RULES = (relative_shared_path, reserved_shared_path, unshared_cache_path)
