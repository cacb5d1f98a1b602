"""Keys that step groups do not have, and steps that they need."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import INFO, WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import (
    StepGroup,
    TemplateDefinition,
    Variable,
)
from pipelint.harness.stage_kind import (
    stage_kind_of,
)
from pipelint.harness.values import Deferred
from pipelint.rule import rule
from pipelint.yaml.view import items_of

LEGACY = "legacy"


@rule(on=TemplateDefinition, level=WARNING, family="harness", about=("StepGroup",))
def empty_group_template(template: TemplateDefinition, context: Context) -> Iterator[Finding]:
    """Reports a step group template without steps.

    ## Why is this bad?
    Harness saves it, but a step group needs a step: what is made with the template does nothing, or
    is refused.

    ## Example
    ```yaml
    template:
      name: later
      identifier: later
      versionLabel: v1
      type: StepGroup
      spec:
        stageType: Custom
        steps: []
    ```

    ## Use instead
    ```yaml
    template:
      name: later
      identifier: later
      versionLabel: v1
      type: StepGroup
      spec:
        stageType: Custom
        steps:
          - step:
              name: pause
              identifier: pause
              type: Wait
              spec:
                duration: 1m
    ```
    """
    body = template.body
    flow = body.steps if isinstance(body, StepGroup) else None
    if flow is not None and not flow.node.items and not flow.node.broken:
        yield Finding(
            flow.key.span,
            "the step group template has no steps",
            "empty list",
            help="add a step",
        )


@rule(on=StepGroup, level=WARNING, family="harness", about=("rollbackSteps",))
def rollback_steps_in_group(group: StepGroup, context: Context) -> Iterator[Finding]:
    """Reports rollback steps in a step group.

    ## Why is this bad?
    Older documentation has them; Harness reads them no more, and the steps never run. A stage has
    rollback steps of its own.

    The rule is silent with the setting `era: legacy`.

    ## Example
    ```yaml
    template:
      name: move
      identifier: move
      versionLabel: v1
      type: StepGroup
      spec:
        stageType: Custom
        steps:
          - step:
              name: there
              identifier: there
              type: Wait
              spec:
                duration: 1m
        rollbackSteps:
          - step:
              name: back
              identifier: back
              type: Wait
              spec:
                duration: 1m
    ```

    ## Use instead
    ```yaml
    template:
      name: move
      identifier: move
      versionLabel: v1
      type: StepGroup
      spec:
        stageType: Custom
        steps:
          - step:
              name: there
              identifier: there
              type: Wait
              spec:
                duration: 1m
          - step:
              name: back
              identifier: back
              type: Wait
              when:
                stageStatus: Failure
              spec:
                duration: 1m
    ```
    """
    flow = group.rollback
    if flow is not None and items_of(flow.node) and context.era != LEGACY:
        yield Finding(
            flow.key.span,
            "a step group has no `rollbackSteps`",
            "not read here",
            help="write them below `execution` of the stage",
        )


@rule(on=StepGroup, level=INFO, family="harness", about=("delegateSelectors",))
def delegate_selectors_on_group(group: StepGroup, context: Context) -> Iterator[Finding]:
    """Reports delegate selectors on a step group that has no use for them.

    ## Why is this bad?
    The steps of a build stage do not ask for a delegate each: what a group says about it is
    ignored. With the setting `era: legacy` the rule reports selectors on any group; older versions
    of Harness take them on steps and stages only.

    ## Example
    ```yaml
    template:
      name: compile
      identifier: compile
      versionLabel: v1
      type: StepGroup
      spec:
        stageType: CI
        delegateSelectors: [linux]
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
      type: StepGroup
      spec:
        stageType: CI
        steps:
          - step:
              name: compile
              identifier: compile
              type: Run
              spec:
                shell: Sh
                command: make
    ```
    """
    key = group.node.key("delegateSelectors")
    ignored = stage_kind_of(group) == "CI" or context.era == LEGACY
    if key is not None and ignored and items_of(group.node.get("delegateSelectors")):
        yield Finding(
            key.span,
            "delegate selectors on a step group have no effect here",
            "not read here",
            help="set them on the stage"
            if stage_kind_of(group) == "CI"
            else "set them on each step of the group",
        )


@rule(on=StepGroup, level=WARNING, family="harness", about=("timeout",))
def timeout_on_step_group(group: StepGroup, context: Context) -> Iterator[Finding]:
    """Reports a timeout on a step group.

    ## Why is this bad?
    Step groups have no timeout; Harness ignores it. Steps and stages have one.

    ## Example
    ```yaml
    template:
      name: wait
      identifier: wait
      versionLabel: v1
      type: StepGroup
      spec:
        stageType: Custom
        timeout: 10m
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
      name: wait
      identifier: wait
      versionLabel: v1
      type: StepGroup
      spec:
        stageType: Custom
        steps:
          - step:
              name: pause
              identifier: pause
              type: Wait
              spec:
                duration: 1m
    ```
    """
    key = group.node.key("timeout")
    if key is not None:
        yield Finding(
            key.span,
            "a step group has no `timeout`",
            "ignored by Harness",
            help="set it on the steps, or on the stage",
        )


@rule(on=Variable, level=WARNING, family="harness", about=("executionInput",))
def execution_input_in_group(variable: Variable, context: Context) -> Iterator[Finding]:
    """Reports a variable of a step group that is asked for while the pipeline runs.

    ## Why is this bad?
    Harness asks for execution inputs when a step or a stage begins, not when a step group does. The
    variable stays unset.

    ## Example
    ```yaml
    template:
      name: wait
      identifier: wait
      versionLabel: v1
      type: StepGroup
      spec:
        stageType: Custom
        variables:
          - name: reason
            type: String
            value: <+input>.executionInput()
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
      name: wait
      identifier: wait
      versionLabel: v1
      type: StepGroup
      spec:
        stageType: Custom
        variables:
          - name: reason
            type: String
            value: <+input>
        steps:
          - step:
              name: pause
              identifier: pause
              type: Wait
              spec:
                duration: 1m
    ```
    """
    value = variable.value
    if not isinstance(variable.owner, StepGroup) or not isinstance(value, Deferred):
        return
    if value.is_input and ".executionInput(" in value.node.text:
        yield Finding(
            value.node.span,
            "a step group cannot ask for a variable while it runs",
            "not supported on groups",
            help="use `<+input>`, or ask in a step or in the stage",
        )


RULES = (
    delegate_selectors_on_group,
    empty_group_template,
    execution_input_in_group,
    rollback_steps_in_group,
    timeout_on_step_group,
)
