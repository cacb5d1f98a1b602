"""What a stage that runs another pipeline cannot do, and where it may not stand."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import (
    Pipeline,
    Stage,
    TemplateDefinition,
)
from pipelint.harness.stage_kind import (
    is_chained,
)
from pipelint.harness.values import Text, is_filled, text_of
from pipelint.rule import rule

FLAGS = frozenset({
    "PIPE_ENABLE_STRATEGY_FOR_CHAINED_PIPELINES",
    "PIPE_POPULATE_STEP_DETAILS_IN_RUNTIME_ID_FOR_STRATEGY_CHILD_NODES",
})  # fmt: skip
"""With both of them an account may loop stages that run other pipelines."""


@rule(on=Stage, level=WARNING, family="harness", about=("strategy",))
def looped_pipeline_stage(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a looping strategy on a stage that runs another pipeline.

    ## Why is this bad?
    Harness refuses it, unless the account has two feature flags:
    `PIPE_ENABLE_STRATEGY_FOR_CHAINED_PIPELINES` and
    `PIPE_POPULATE_STEP_DETAILS_IN_RUNTIME_ID_FOR_STRATEGY_CHILD_NODES`.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: build
            identifier: build
            type: Pipeline
            spec:
              org: default
              project: shop
              pipeline: build
            strategy:
              matrix:
                region: [east, west]
                maxConcurrency: 1
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: build
            identifier: build
            type: Pipeline
            spec:
              org: default
              project: shop
              pipeline: build
    ```

    Loop over the stages of the other pipeline, or write a stage for each round.

    ## When not to use it
    Name the flags that your account has in the configuration (`harness: {flags: […]}`); with both
    of them the rule is silent.

    ## References
    - https://developer.harness.io/docs/platform/pipelines/pipeline-chaining
    """
    key = stage.node.key("strategy")
    if not is_chained(stage) or key is None or not is_filled(stage.node.get("strategy")):
        return
    if context.era == "legacy" or not set(context.flags) >= FLAGS:
        yield Finding(
            key.span,
            f"stage `{stage.label}` runs another pipeline and cannot be looped",
            "needs two feature flags",
            help="loop over the stages of the other pipeline instead",
            notes=("without the flags Harness refuses it",),
        )


@rule(on=Pipeline, level=ERROR, family="harness", about=("Pipeline",))
def pipeline_runs_itself(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a pipeline with a stage that runs the same pipeline.

    ## Why is this bad?
    It would never end; Harness refuses it.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: again
            identifier: again
            type: Pipeline
            spec:
              org: default
              project: shop
              pipeline: release
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: build
            identifier: build
            type: Pipeline
            spec:
              org: default
              project: shop
              pipeline: build
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/pipeline-chaining
    """
    own = [text_of(pipeline.node.get(key)) for key in ("orgIdentifier", "projectIdentifier")]
    if pipeline.outer is not None or not pipeline.id or None in own:
        return
    names = [*(text.value for text in own if text), pipeline.id]
    for stage in pipeline.all_stages():
        if not is_chained(stage) or stage.spec is None:
            continue
        called = [text_of(stage.spec.get(key)) for key in ("org", "project", "pipeline")]
        last = called[-1]
        if last is not None and [text.value if text else "" for text in called] == names:
            yield Finding(
                last.span,
                f"pipeline `{pipeline.id}` runs itself",
                "this very pipeline",
                help="run another pipeline",
            )


@rule(on=TemplateDefinition, level=ERROR, family="harness", about=("Pipeline",))
def chained_pipeline_in_template(
    template: TemplateDefinition, context: Context
) -> Iterator[Finding]:
    """Reports a template with a stage that runs another pipeline.

    ## Why is this bad?
    Pipeline chaining is not supported in templates: neither may a pipeline template hold such a
    stage, nor is there a stage template of that type.

    ## Example
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Pipeline
      spec:
        stages:
          - stage:
              name: build
              identifier: build
              type: Pipeline
              spec:
                org: default
                project: shop
                pipeline: build
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: build
            identifier: build
            type: Pipeline
            spec:
              org: default
              project: shop
              pipeline: build
    ```

    ## References
    - https://developer.harness.io/docs/platform/templates/template
    """
    body = template.body
    stages = [body] if isinstance(body, Stage) else []
    if isinstance(body, Pipeline):
        stages = list(body.all_stages())
    for stage in stages:
        if is_chained(stage) and isinstance(stage.type, Text):
            yield Finding(
                stage.type.span,
                f"a {template.kind.lower()} template cannot run another pipeline",
                "not supported in templates",
                help="write the stage in the pipelines themselves",
            )


RULES = (chained_pipeline_in_template, looped_pipeline_stage, pipeline_runs_itself)
