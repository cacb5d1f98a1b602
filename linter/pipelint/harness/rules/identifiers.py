"""Identifiers and names: what the server refuses, and what only seems to be a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from pipelint.diagnostic import ERROR, WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import (
    Environment,
    Infrastructure,
    InputSet,
    Insert,
    OverlayInputSet,
    Pipeline,
    Service,
    Stage,
    Step,
    StepGroup,
    TemplateDefinition,
    Trigger,
)
from pipelint.harness.values import EXPRESSION, Deferred, Text
from pipelint.rule import rule

NAMED = (
    Environment,
    Infrastructure,
    InputSet,
    Insert,
    OverlayInputSet,
    Pipeline,
    Service,
    Stage,
    Step,
    StepGroup,
    TemplateDefinition,
    Trigger,
)
"""The types of nodes that have an identifier and a name."""

Named: TypeAlias = (
    Environment
    | Infrastructure
    | InputSet
    | Insert
    | OverlayInputSet
    | Pipeline
    | Service
    | Stage
    | Step
    | StepGroup
    | TemplateDefinition
    | Trigger
)

RESERVED = frozenset({
    "account", "and", "class", "div", "eq", "false", "ge", "gt", "le", "lt", "mod", "ne", "new",
    "not", "null", "or", "org", "parallel", "return", "shellScriptProvisioner", "step",
    "stepGroup", "true", "var",
})  # fmt: skip
"""Words of the expression language, and of paths in it: the server takes none as an identifier."""

_INTERNAL = frozenset({"liteEngineTask", "status"})
_INTERNAL_PREFIX = "_harness_system"


@rule(on=NAMED, level=ERROR, family="harness")
def reserved_identifier(node: Named, context: Context) -> Iterator[Finding]:
    """Reports an identifier that is a word of Harness's expression language.

    ## Why is this bad?
    Harness refuses to save the document: `step`, `new`, `null` and some others mean something
    else in expressions.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: cool down
            identifier: cool_down
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      type: Wait
                      name: step
                      identifier: step
                      spec: {duration: 10m}
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
            name: cool down
            identifier: cool_down
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      type: Wait
                      name: pause
                      identifier: pause
                      spec: {duration: 10m}
    ```

    ## References
    - https://developer.harness.io/docs/platform/references/entity-identifier-reference
    """
    identifier = node.identifier
    if isinstance(identifier, Text) and identifier.value in RESERVED:
        yield Finding(
            identifier.span,
            f"identifier `{identifier.value}` is a reserved word",
            "refused by Harness",
            help=f"choose another one, such as `{identifier.value}_1`",
        )


@rule(on=NAMED, level=WARNING, family="harness", about=(f"~{_INTERNAL_PREFIX}", *sorted(_INTERNAL)))
def internal_identifier(node: Named, context: Context) -> Iterator[Finding]:
    """Reports an identifier that Harness uses for parts of its own.

    ## Why is this bad?
    `status`, `liteEngineTask` and everything that begins with `_harness_system` name parts that
    Harness adds to a run. An expression may get those in place of yours.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: status
            identifier: status
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      type: Wait
                      name: pause
                      identifier: pause
                      spec: {duration: 10m}
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
            name: status
            identifier: report_status
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      type: Wait
                      name: pause
                      identifier: pause
                      spec: {duration: 10m}
    ```

    ## References
    - https://developer.harness.io/docs/platform/references/entity-identifier-reference
    """
    identifier = node.identifier
    if isinstance(identifier, Text) and (
        identifier.value in _INTERNAL or identifier.value.startswith(_INTERNAL_PREFIX)
    ):
        yield Finding(
            identifier.span,
            f"identifier `{identifier.value}` is used by Harness itself",
            "not free for yours",
            help="choose another one",
        )


@rule(on=NAMED, level=WARNING, family="harness", about=("$",))
def dollar_in_identifier(node: Named, context: Context) -> Iterator[Finding]:
    """Reports a `$` in an identifier.

    ## Why is this bad?
    The documentation allows it and the server saves it; the schema by which Harness checks
    documents refuses it. Other tools around Harness do not expect it either.

    ## Example
    ```yaml
    template:
      name: cool down
      identifier: cool$down
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      spec:
        type: Wait
        spec: {duration: 10m}
    ```

    ## Use instead
    ```yaml
    template:
      name: cool down
      identifier: cool_down
      versionLabel: "1.0"
      projectIdentifier: shop
      orgIdentifier: default
      type: Step
      spec:
        type: Wait
        spec: {duration: 10m}
    ```

    ## References
    - https://developer.harness.io/docs/platform/references/entity-identifier-reference
    """
    identifier = node.identifier
    if isinstance(identifier, Text) and "$" in identifier.value[1:]:
        yield Finding(
            identifier.span,
            f"identifier `{identifier.value}` has a `$` in it",
            "refused by the schema of Harness",
            help="use letters, digits and `_`",
        )


@rule(on=NAMED, level=ERROR, family="harness", about=(EXPRESSION,))
def expression_in_identifier(node: Named, context: Context) -> Iterator[Finding]:
    """Reports an identifier that is an expression or a runtime input.

    ## Why is this bad?
    Harness needs identifiers before anything runs, so it takes only fixed ones.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: <+input>
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: cool down
            identifier: cool_down
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      type: Wait
                      name: pause
                      identifier: pause
                      spec: {duration: 10m}
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
            name: cool down
            identifier: cool_down
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      type: Wait
                      name: pause
                      identifier: pause
                      spec: {duration: 10m}
    ```
    """
    identifier = node.identifier
    if isinstance(node, Pipeline) and (node.is_partial or node.outer is not None):
        return
    if isinstance(identifier, Deferred) and EXPRESSION in identifier.node.text:
        yield Finding(
            identifier.node.span,
            "an identifier cannot be an expression",
            "must be a fixed text",
            help="write the identifier itself: letters, digits and `_`",
        )


RULES = (
    dollar_in_identifier,
    expression_in_identifier,
    internal_identifier,
    reserved_identifier,
)
