"""Code that is checked out: for nobody, or only a part of what is needed."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Model, Pipeline
from pipelint.harness.values import flag_of, text_of, whole_of
from pipelint.rule import rule
from pipelint.yaml.view import mapping_of

CLONING = frozenset({"CI", "SecurityTests", "IACM", "IDP"})


@rule(on=Pipeline, level=WARNING, family="harness", about=("codebase",))
def unused_codebase(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a codebase that no stage checks out.

    ## Why is this bad?
    Whoever runs the pipeline is asked for a branch or a tag that nothing uses. Only stages that
    build, scan or plan check the codebase out, unless they say `cloneCodebase: false`.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      properties:
        ci:
          codebase: {connectorRef: account.github, repoName: shop, build: <+input>}
      stages:
        - stage:
            name: check
            identifier: check
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: check
                      identifier: check
                      type: Http
                      timeout: 1m
                      spec: {method: GET, url: "https://a.example.com"}
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
            name: check
            identifier: check
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: check
                      identifier: check
                      type: Http
                      timeout: 1m
                      spec: {method: GET, url: "https://a.example.com"}
    ```
    """
    properties = mapping_of(pipeline.node.get("properties"))
    build = mapping_of(properties.get("ci")) if properties else None
    key = build.key("codebase") if build else None
    if key is None or pipeline.is_open or not list(pipeline.all_stages()):
        return
    if "<+codebase." in context.source.text or "<+trigger." in context.source.text:
        return
    for stage in pipeline.all_stages():
        if not stage.kind or stage.spec is None or stage.kind == "Dynamic":
            return
        if stage.kind in CLONING and flag_of(stage.spec.get("cloneCodebase")) is not False:
            return
    yield Finding(
        key.span,
        "no stage checks this codebase out",
        "never used",
        help="remove it, or set `cloneCodebase: true` in a build stage",
    )


@rule(on=Model, level=WARNING, family="harness", about=("preFetchCommand",))
def shallow_partial_clone(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a partial clone that is shallow, too.

    ## Why is this bad?
    `--filter` leaves out files until they are needed, which takes the whole history. With a depth
    Git fetches the rest again and again, or not at all; write `depth: 0`.

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
            connectorRef: account.github
            repoName: shop
            build: <+input>
            depth: 50
            preFetchCommand: git config remote.origin.partialclonefilter --filter=blob:none
      template: {templateRef: account.build, versionLabel: v1}
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
            connectorRef: account.github
            repoName: shop
            build: <+input>
            depth: 0
            preFetchCommand: git config remote.origin.partialclonefilter --filter=blob:none
      template: {templateRef: account.build, versionLabel: v1}
    ```
    """
    for field in context.fields("preFetchCommand"):
        command = text_of(field.value)
        depth = text_of(field.owner.get("depth"))
        number = whole_of(depth.node) if depth else None
        if command is not None and "--filter" in command.value and depth and number:
            yield Finding(
                depth.span,
                "partial clone of a shallow history",
                "not 0",
                help="write `depth: 0`",
                related=(Related(field.key.span, "leaves files out"),),
            )


RULES = (shallow_partial_clone, unused_codebase)
