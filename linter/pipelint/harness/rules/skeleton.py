"""How stages and steps are put together: lists, `parallel`, a template in place of both."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import OFF, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Parallel, Pipeline
from pipelint.rule import rule
from pipelint.yaml.view import items_of


@rule(on=Pipeline, level=WARNING, family="harness", about=("template",))
def stages_beside_template(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a pipeline that is made of a template and has stages of its own.

    ## Why is this bad?
    The template gives all the stages. Those that are written beside it never run.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      template:
        templateRef: release
        versionLabel: v1
      stages:
        - stage:
            name: tell
            identifier: tell
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: pause
                      identifier: pause
                      type: Wait
                      spec:
                        duration: 1m
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      template:
        templateRef: release
        versionLabel: v1
    ```
    """
    flow, link = pipeline.stages, pipeline.template
    if flow is None or link is None or not items_of(flow.node):
        return
    yield Finding(
        flow.key.span,
        "`stages` are ignored beside `template`",
        "never run",
        help="remove one of the two",
        related=(Related(link.key.span, "the template gives the stages"),),
    )


@rule(on=Pipeline, level=OFF, family="harness")
def missing_project(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a pipeline that does not say to which project and organisation it belongs.

    ## Why is this bad?
    A pipeline that Harness reads from Git must name both. One that is pasted into the screen of a
    project needs neither.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      template:
        templateRef: release
        versionLabel: v1
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      template:
        templateRef: release
        versionLabel: v1
    ```

    ## When not to use it
    It is off: many pipelines are kept without the two keys.
    """
    if pipeline.outer is not None or pipeline.is_partial or pipeline.node.broken:
        return
    fields = pipeline.node.fields
    missing = [key for key in ("orgIdentifier", "projectIdentifier") if key not in fields]
    if missing and "identifier" in fields:
        shown = " and ".join(f"`{key}`" for key in missing)
        yield Finding(
            pipeline.key.span,
            f"the pipeline has no {shown}",
            "belongs to no project",
            help=f"add {shown}",
        )


@rule(on=Parallel, level=WARNING, family="harness", about=("parallel",))
def nested_parallel(parallel: Parallel, context: Context) -> Iterator[Finding]:
    """Reports `parallel` right below another `parallel`.

    ## Why is this bad?
    It means nothing: all that stands in the inner block runs at the same time as the rest of the
    outer one anyway. Harness describes only stages, steps and step groups there. What is to run
    one after the other, beside something else, goes into a step group.

    ## Example
    ```yaml
    template:
      name: wait
      identifier: wait
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - parallel:
                  - step:
                      name: first
                      identifier: first
                      type: Wait
                      spec:
                        duration: 1m
                  - parallel:
                      - step:
                          name: second
                          identifier: second
                          type: Wait
                          spec:
                            duration: 1m
                      - step:
                          name: third
                          identifier: third
                          type: Wait
                          spec:
                            duration: 1m
    ```

    ## Use instead
    ```yaml
    template:
      name: wait
      identifier: wait
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - parallel:
                  - step:
                      name: first
                      identifier: first
                      type: Wait
                      spec:
                        duration: 1m
                  - step:
                      name: second
                      identifier: second
                      type: Wait
                      spec:
                        duration: 1m
                  - step:
                      name: third
                      identifier: third
                      type: Wait
                      spec:
                        duration: 1m
    ```
    """
    if parallel.outer is not None:
        yield Finding(
            parallel.key.span,
            "`parallel` stands right below another `parallel`",
            "without meaning here",
            help="move its items into the outer one, or into a step group",
            related=(Related(parallel.outer.key.span, "the outer one"),),
        )


@rule(on=Parallel, level=OFF, family="harness", about=("parallel",))
def parallel_with_one_item(parallel: Parallel, context: Context) -> Iterator[Finding]:
    """Reports `parallel` with a single item.

    ## Why is this bad?
    It does no harm, and is what the screen leaves behind when somebody deletes the other items.
    Where it was written by hand, the second item often stands one level too high or too low.

    ## Example
    ```yaml
    template:
      name: wait
      identifier: wait
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - parallel:
                  - step:
                      name: pause
                      identifier: pause
                      type: Wait
                      spec:
                        duration: 1m
    ```

    ## Use instead
    ```yaml
    template:
      name: wait
      identifier: wait
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: pause
                  identifier: pause
                  type: Wait
                  spec:
                    duration: 1m
    ```

    ## When not to use it
    It is off: it finds more leftovers than mistakes.
    """
    pipeline = context.model.pipeline
    if pipeline is not None and pipeline.is_partial:
        return  # the others may be written in the pipeline alone
    if len(parallel.node.items) == 1 and not parallel.node.broken:
        yield Finding(
            parallel.key.span,
            "`parallel` has a single item",
            "nothing runs beside it",
            help="write the item without `parallel`, or add what runs beside it",
        )


RULES = (
    missing_project,
    nested_parallel,
    parallel_with_one_item,
    stages_beside_template,
)
