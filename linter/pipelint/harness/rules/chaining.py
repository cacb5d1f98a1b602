"""What stages of type `Pipeline` give to the pipelines that they run, and read from them."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Edit, Finding, Fix, Related
from pipelint.harness.context import Context
from pipelint.harness.model import (
    Stage,
)
from pipelint.harness.stage_kind import (
    is_chained,
)
from pipelint.harness.values import Deferred, Text, is_filled, text_of, value_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping
from pipelint.yaml.view import items_of, mapping_of

INPUTS = ("inputs", "pipelineInputs")


@rule(on=Stage, level=ERROR, family="harness", about=("inputSetReferences",))
def inputs_beside_input_sets(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a stage that gives another pipeline both inputs and input sets.

    ## Why is this bad?
    Harness takes the values for the pipeline that it runs from one of the two, and refuses both.

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
              inputs:
                identifier: build
              inputSetReferences: [nightly]
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
              inputSetReferences: [nightly]
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/pipeline-chaining
    """
    if not is_chained(stage) or stage.spec is None:
        return
    sets, key = stage.spec.get("inputSetReferences"), stage.spec.key("inputSetReferences")
    for name in INPUTS:
        other = stage.spec.key(name)
        if key is None or other is None or not items_of(sets):
            continue
        if is_filled(stage.spec.get(name)):
            yield Finding(
                key.span,
                f"`inputSetReferences` and `{name}` exclude each other",
                "one of the two",
                help="remove one of them",
                related=(Related(other.span, "the inputs are here"),),
            )


@rule(on=Stage, level=WARNING, family="harness", about=("inputs", "pipelineInputs"))
def inputs_of_other_pipeline(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports inputs whose identifier is not that of the pipeline which the stage runs.

    ## Why is this bad?
    `inputs` holds what the other pipeline leaves open, with the identifier of that pipeline. If it
    names another one, a copied stage was changed in one of the two places only.

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
              inputs:
                identifier: biuld
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
              inputs:
                identifier: build
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.

    ## References
    - https://developer.harness.io/docs/platform/pipelines/pipeline-chaining
    """
    if not is_chained(stage) or stage.spec is None:
        return
    pipeline = text_of(stage.spec.get("pipeline"))
    for name in INPUTS:
        inputs = mapping_of(stage.spec.get(name))
        found = text_of(inputs.get("identifier")) if inputs else None
        if pipeline is None or found is None or found.value == pipeline.value:
            continue
        edits = (Edit(found.span, pipeline.value),)
        yield Finding(
            found.span,
            f"the inputs are those of `{found.value}`, the stage runs `{pipeline.value}`",
            "another pipeline",
            help=f"write `{pipeline.value}`, or run `{found.value}`",
            related=(Related(pipeline.span, "the pipeline that is run"),),
            fixes=(Fix(f"replace `{found.value}` with `{pipeline.value}`", edits, safe=False),),
        )


@rule(on=Stage, level=ERROR, family="harness", about=("outputs",))
def repeated_output(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports two outputs of one name in a stage that runs another pipeline.

    ## Why is this bad?
    Later stages read an output by its name. Of two with the same name one is lost.

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
              outputs:
                - name: tag
                  value: <+pipeline.variables.tag>
                - name: tag
                  value: <+pipeline.sequenceId>
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
              outputs:
                - name: tag
                  value: <+pipeline.variables.tag>
                - name: number
                  value: <+pipeline.sequenceId>
    ```

    ## References
    - https://developer.harness.io/docs/platform/variables-and-expressions/chained-pipeline-output-variables
    """
    first: dict[str, Text] = {}
    for output in _outputs(stage):
        name = text_of(output.get("name"))
        if name is None:
            continue
        before = first.setdefault(name.value, name)
        if before is not name:
            yield Finding(
                name.span,
                f"stage `{stage.label}` has two outputs `{name.value}`",
                "named before",
                help="give one of them another name",
                related=(Related(before.span, "first here"),),
            )


@rule(on=Stage, level=WARNING, family="harness", about=("outputs",))
def output_of_own_stage(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports an output that reads from the very stage which defines it.

    ## Why is this bad?
    Expressions in `outputs` are resolved in the pipeline that is run, not in this one. There is no
    stage of that name there, so that the output has no value.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: child
            identifier: child
            type: Pipeline
            spec:
              org: default
              project: shop
              pipeline: build
              outputs:
                - name: tag
                  value: <+pipeline.stages.child.pipeline.variables.tag>
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
            name: child
            identifier: child
            type: Pipeline
            spec:
              org: default
              project: shop
              pipeline: build
              outputs:
                - name: tag
                  value: <+pipeline.variables.tag>
    ```

    ## When not to use it
    Where the pipeline that is run has a stage of the same identifier.

    ## References
    - https://developer.harness.io/docs/platform/variables-and-expressions/chained-pipeline-output-variables
    """
    for output in _outputs(stage):
        value = value_of(output.get("value"))
        if isinstance(value, Deferred) and stage.id and _reads(value.node.text, stage.id):
            yield Finding(
                value.node.span,
                f"the output reads from stage `{stage.id}` itself",
                "resolved in the other pipeline",
                help="write the path as it is in the pipeline that is run",
            )


def _reads(text: str, stage: str) -> bool:
    return text.removeprefix("<+").lstrip().startswith(f"pipeline.stages.{stage}.")


def _outputs(stage: Stage) -> Iterator[Mapping]:
    if is_chained(stage) and stage.spec is not None:
        for output in items_of(stage.spec.get("outputs")):
            if isinstance(output, Mapping):
                yield output


RULES = (inputs_beside_input_sets, inputs_of_other_pipeline, output_of_own_stage, repeated_output)
