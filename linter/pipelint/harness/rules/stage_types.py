"""What a stage is: a type that Harness does not know, or that only pipelint does not."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Edit, Finding, Fix
from pipelint.harness import step_words
from pipelint.harness.context import Context
from pipelint.harness.model import (
    Model,
    TemplateDefinition,
)
from pipelint.harness.stage_kind import (
    KINDS,
)
from pipelint.harness.values import Text, text_of
from pipelint.name import nearest
from pipelint.rule import rule
from pipelint.yaml.node import Mapping
from pipelint.yaml.view import mapping_of

MOST_COMPARED = 200
"""For so many unknown types it is found out what is meant; a document has a few."""


@rule(on=Model, level=ERROR, family="harness")
def unknown_stage_type(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a stage whose type is a misspelling, or another word, of one that Harness has.

    ## Why is this bad?
    Harness refuses to save the pipeline. The names on the screen are not always those in YAML: a
    Build stage is of type `CI`, a Deploy stage of type `Deployment`.

    ## Example
    ```yaml
    template:
      name: compile
      identifier: compile
      versionLabel: v1
      type: Stage
      spec:
        type: Build
        spec:
          cloneCodebase: false
          execution:
            steps:
              - step:
                  name: compile
                  identifier: compile
                  type: Run
                  spec:
                    shell: Sh
                    command: make
    ```

    ## Use instead
    ```yaml
    template:
      name: compile
      identifier: compile
      versionLabel: v1
      type: Stage
      spec:
        type: CI
        spec:
          cloneCodebase: false
          runtime:
            type: Cloud
            spec: {}
          execution:
            steps:
              - step:
                  name: compile
                  identifier: compile
                  type: Run
                  spec:
                    shell: Sh
                    command: make
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.

    ## References
    - https://developer.harness.io/docs/platform/pipelines/add-a-stage
    """
    for text in _unknown_types(context):
        meant = _meant(text.value)
        if meant:
            fix = Fix(
                f"replace `{text.value}` with `{meant}`", (Edit(text.span, meant),), safe=False
            )
            yield Finding(
                text.span,
                f"unknown stage type `{text.value}`",
                "Harness has no such type",
                help=f"the type is called `{meant}`",
                fixes=(fix,),
            )


@rule(on=Model, level=WARNING, family="harness")
def unlisted_stage_type(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a stage of a type that pipelint does not know and that looks like no other.

    ## Why is this bad?
    Either the type is wrong, and Harness refuses the pipeline, or it is newer than this version of
    pipelint. Of such a stage nothing else is checked.

    ## Example
    ```yaml
    template:
      name: watch
      identifier: watch
      versionLabel: v1
      type: Stage
      spec:
        type: Observability
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
    template:
      name: watch
      identifier: watch
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
    Ignore the finding, or update pipelint, where Harness itself offers the type.
    """
    for text in _unknown_types(context):
        if not _meant(text.value):
            shown = ", ".join(f"`{kind}`" for kind in KINDS[:4])
            yield Finding(
                text.span,
                f"no stage type `{text.value}` is known",
                "not in the list of types",
                help=f"use {shown} or another type that Harness has",
                notes=("new types that pipelint does not know yet may be right",),
            )


def _unknown_types(context: Context) -> list[Text]:
    """Return the literal types of stages that are not known, wherever they are written."""
    root = context.model.root
    found = []
    if isinstance(root, TemplateDefinition) and root.spec is not None:
        key = {"Stage": "type", "StepGroup": "stageType"}.get(root.kind, "")
        found.append(text_of(root.spec.get(key)) if "template" not in root.spec.fields else None)
    values = [each.value for each in context.fields("stage")]
    found += [_type_of(value) for value in values if isinstance(value, Mapping)]
    return [text for text in found if text and text.value not in KINDS][:MOST_COMPARED]


def _type_of(stage: Mapping) -> Text | None:
    """Return the literal type of a stage; one made of a template repeats it among the inputs."""
    if "template" not in stage.fields:
        return text_of(stage.get("type"))
    link = mapping_of(stage.get("template"))
    inputs = mapping_of(link.get("templateInputs")) if link else None
    return text_of(inputs.get("type")) if inputs else None


def _meant(word: str) -> str:
    """Return the type that is meant by an unknown word, or the empty text."""
    said = step_words.STAGES.get(step_words.fold(word))
    near = [said] if said else step_words.slips(word, KINDS) or nearest(word, KINDS, within=2)
    return near[0] if len(near) == 1 else ""


RULES = (unknown_stage_type, unlisted_stage_type)
