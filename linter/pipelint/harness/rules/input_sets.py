"""Input sets: values under a name, and lists of them."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, OFF, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import InputSet, OverlayInputSet
from pipelint.harness.values import INPUT
from pipelint.rule import rule
from pipelint.yaml.node import Scalar
from pipelint.yaml.view import items_of


@rule(on=InputSet, level=OFF, family="harness", about=(INPUT,))
def input_left_open(inputs: InputSet, context: Context) -> Iterator[Finding]:
    """Reports a runtime input that an input set leaves open.

    ## Why is this bad?
    Whoever runs the pipeline with this input set is asked all the same; a trigger cannot be
    asked.

    ## Example
    ```yaml
    inputSet:
      name: night
      identifier: night
      orgIdentifier: default
      projectIdentifier: shop
      pipeline:
        identifier: release
        variables:
          - {name: reason, type: String, value: <+input>}
    ```

    ## Use instead
    ```yaml
    inputSet:
      name: night
      identifier: night
      orgIdentifier: default
      projectIdentifier: shop
      pipeline:
        identifier: release
        variables:
          - {name: reason, type: String, value: schedule}
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/input-sets
    """
    for field in sorted(context.all_fields(), key=lambda field: field.key.start):
        value = field.value
        if isinstance(value, Scalar) and value.text.startswith(INPUT):
            yield Finding(
                value.span,
                f"this input set leaves `{field.key.text}` open",
                "asked for in each run",
                help="write a value, or leave the key out",
            )


@rule(on=OverlayInputSet, level=ERROR, family="harness", about=("inputSetReferences",))
def nameless_input_set(overlay: OverlayInputSet, context: Context) -> Iterator[Finding]:
    """Reports an empty text among the input sets of an overlay.

    ## Why is this bad?
    Harness refuses an overlay that refers to an input set without an identifier.

    ## Example
    ```yaml
    overlayInputSet:
      name: night
      identifier: night
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      inputSetReferences:
        - common
        - ""
    ```

    ## Use instead
    ```yaml
    overlayInputSet:
      name: night
      identifier: night
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      inputSetReferences:
        - common
        - schedule
    ```
    """
    for item in items_of(overlay.node.get("inputSetReferences")):
        if isinstance(item, Scalar) and item.style and not item.text.strip():
            yield Finding(
                item.span,
                "an empty text names no input set",
                "refused by Harness",
                help="write the identifier of an input set, or remove the item",
            )


RULES = (input_left_open, nameless_input_set)
