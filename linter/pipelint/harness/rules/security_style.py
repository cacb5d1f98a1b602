"""Habits of a house: all off by default."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import OFF, Finding, Fix
from pipelint.harness.context import Context, Field
from pipelint.harness.model import Model, Pipeline, TemplateLink
from pipelint.harness.values import text_of
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Sequence

_MAIN = frozenset({"main", "master", "trunk", "release", "develop"})
_ORDER = ("name", "identifier", "description", "type", "spec", "timeout", "tags", "when",
          "failureStrategies", "strategy")  # fmt: skip
_NOISE = ("rollbackSteps", "environmentVariables", "outputVariables", "tags", "serviceDependencies")


@rule(on=Pipeline, level=OFF, family="style")
def missing_pipeline_timeout(pipeline: Pipeline, _context: Context) -> Iterator[Finding]:
    """Reports a pipeline without a timeout of its own.

    ## Why is this bad?
    A run that hangs is stopped after the longest time that the plan allows, weeks later.

    ## Example
    ```yaml
    pipeline:
      name: build
      identifier: build
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: wait
            identifier: wait
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: wait
                      identifier: wait
                      type: Wait
                      spec: {duration: 1m}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: build
      identifier: build
      projectIdentifier: web
      orgIdentifier: default
      timeout: 8h
      stages:
        - stage:
            name: wait
            identifier: wait
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: wait
                      identifier: wait
                      type: Wait
                      spec: {duration: 1m}
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/failure-handling/timeout-settings
    """
    if pipeline.is_partial or pipeline.template is not None or pipeline.node.broken:
        return
    if "timeout" not in pipeline.node.fields:
        yield Finding(
            pipeline.key.span,
            "this pipeline has no timeout",
            "stops when the plan says so",
            help="add `timeout`, such as `8h`",
        )


@rule(on=TemplateLink, level=OFF, family="security", about=("gitBranch",))
def template_from_branch(link: TemplateLink, _context: Context) -> Iterator[Finding]:
    """Reports a template that is taken from a branch of work.

    ## Why is this bad?
    What is on the branch runs, reviewed or not, and the pipeline breaks when the branch is gone.

    ## Example
    ```yaml
    pipeline:
      name: build
      identifier: build
      projectIdentifier: web
      orgIdentifier: default
      template:
        templateRef: account.build
        versionLabel: v1
        gitBranch: feature/new-scanner
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: build
      identifier: build
      projectIdentifier: web
      orgIdentifier: default
      template:
        templateRef: account.build
        versionLabel: v1
    ```
    """
    branch = text_of(link.node.get("gitBranch"))
    if branch is not None and branch.value.split("/")[0] not in _MAIN:
        yield Finding(
            branch.span,
            f"the template is taken from branch `{branch.value}`",
            "may change or go",
            help="leave `gitBranch` out once the branch is merged",
        )


@rule(on=Model, level=OFF, family="style")
def keys_out_of_order(_model: Model, context: Context) -> Iterator[Finding]:
    """Reports a stage, a group or a step whose keys have another order than the editor writes.

    ## Why is this bad?
    Harness does not mind. But the next change in its editor puts them in its own order, and the
    difference hides what was changed. This is a habit, so it is off by default.

    ## Example
    ```yaml
    pipeline:
      name: build
      identifier: build
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            type: Custom
            name: wait
            identifier: wait
            spec:
              execution:
                steps:
                  - step:
                      name: wait
                      identifier: wait
                      type: Wait
                      spec: {duration: 1m}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: build
      identifier: build
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: wait
            identifier: wait
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: wait
                      identifier: wait
                      type: Wait
                      spec: {duration: 1m}
    ```
    """
    for unit in context.model.by_node.values():
        first = [key for key in ("name", "identifier", "type") if key in unit.node.fields]
        written = [key for key in unit.node.fields if key in {"name", "identifier", "type", "spec"}]
        behind = "spec" in written and written[-1] != "spec"
        if behind or sorted(written[: len(first)]) != sorted(first) or _type_first(written):
            key = unit.node.fields[written[0]][0]
            yield Finding(
                key.span,
                "the keys stand in another order than Harness writes them",
                "",
                help="write " + ", ".join(f"`{name}`" for name in _ORDER[:2] + _ORDER[3:5]),
            )


def _type_first(written: list[str]) -> bool:
    """Tell whether the type stands before the name; the editor writes steps in both ways."""
    return len(written) > 1 and written[0] == "type" and "identifier" in written[2:]


@rule(on=Model, level=OFF, family="style", about=_NOISE)
def empty_collection(_model: Model, context: Context) -> Iterator[Finding]:
    """Reports an empty list or map that says nothing.

    ## Why is this bad?
    Harness's editor writes `outputVariables: []` and the like; without them a reader sees sooner
    what a step does. It changes nothing, so it is off by default.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: make check
          outputVariables: []
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: make check
    ```

    ## Fix safety
    The fix is unsafe: an override may say on purpose that there is nothing.
    """
    for field in context.fields(*_NOISE):
        value = field.value
        empty = (isinstance(value, Mapping) and not value.fields and not value.broken) or (
            isinstance(value, Sequence) and not value.items and not value.broken
        )
        if empty:
            yield Finding(
                Span(field.key.start, value.end),
                f"`{field.key.text}` is empty",
                "says nothing",
                help="leave it out",
                fixes=_removal(field, context),
            )


def _removal(field: Field, context: Context) -> tuple[Fix, ...]:
    """Remove a key of which its map has others: without any it would be no map."""
    from pipelint.yaml.removal import remove_key

    edits = remove_key(context.source.text, field.owner, field.key.text)
    return (Fix("remove it", edits, safe=False),) if edits else ()


RULES = (
    empty_collection,
    keys_out_of_order,
    missing_pipeline_timeout,
    template_from_branch,
)
