"""Stages whose pipeline is made when they run (`type: Dynamic`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import (
    Stage,
)
from pipelint.harness.values import Deferred, Text, value_of
from pipelint.rule import rule
from pipelint.yaml.node import Scalar

_BASE64 = re.compile(r"[0-9A-Za-z+/]+={0,2}")


@rule(on=Stage, level=WARNING, family="harness", about=("Dynamic",))
def unreadable_dynamic_source(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports the source of a Dynamic stage that is no pipeline in base64.

    ## Why is this bad?
    `source` is the text of a pipeline in base64, or an expression that gives one. Plain YAML is not
    read, and nobody can be asked for it (`<+input>`).

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: made
            identifier: made
            type: Dynamic
            spec:
              source: "pipeline: {}"
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
            name: made
            identifier: made
            type: Dynamic
            spec:
              source: <+trigger.payload.text>
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/add-a-stage
    """
    if stage.kind != "Dynamic" or stage.spec is None:
        return
    source = value_of(stage.spec.get("source"))
    if isinstance(source, Deferred) and source.node.text == "<+input>":
        yield _unreadable(source.node, "a Dynamic stage cannot ask for its `source`")
    if isinstance(source, Text) and not _is_pipeline(source.value):
        yield _unreadable(source.node, "the `source` of a Dynamic stage is no pipeline in base64")


def _is_pipeline(text: str) -> bool:
    """Tell whether a text is YAML with a pipeline, in base64."""
    from binascii import Error, a2b_base64

    written = "".join(text.split())
    if not _BASE64.fullmatch(written):
        return False
    try:
        decoded = a2b_base64(written)
    except Error:
        return False
    return b"pipeline" in decoded


def _unreadable(node: Scalar, message: str) -> Finding:
    return Finding(
        node.span,
        message,
        "not read as a pipeline",
        help="write an expression that gives the text in base64",
    )


RULES = (unreadable_dynamic_source,)
