"""What a stage holds that stages of its kind do not read."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import (
    Model,
    Stage,
)
from pipelint.harness.stage_kind import (
    KINDS,
    article,
)
from pipelint.harness.values import is_filled
from pipelint.rule import rule
from pipelint.yaml.view import items_of

_WITHOUT_ROLLBACK = frozenset(KINDS) - {"Deployment", "Custom", "DRTest"}
_UNREAD: dict[str, tuple[str, ...]] = {
    "IDP": ("timeout",),
    "DRTest": ("timeout",),
    "CompositeLoadTest": ("timeout", "delegateSelectors"),
    "Dynamic": ("tags",),
}
_INSTEAD = {
    "timeout": "set it on the steps, or on the pipeline",
    "delegateSelectors": "set them on the steps, or on the pipeline",
    "tags": "set them on the pipeline",
    "pipelineVariables": "use `variables`",
}


@rule(on=Stage, level=WARNING, family="harness", about=("rollbackSteps",))
def ignored_rollback_steps(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports rollback steps in a stage of a kind that never rolls back.

    ## Why is this bad?
    Only stages that deploy have a rollback. Elsewhere Harness does not read `rollbackSteps`, and
    the steps below it never run.

    ## Example
    ```yaml
    template:
      name: release
      identifier: release
      versionLabel: v1
      type: Stage
      spec:
        type: FeatureFlag
        spec:
          execution:
            steps:
              - step:
                  name: pause
                  identifier: pause
                  type: Wait
                  spec:
                    duration: 1m
            rollbackSteps:
              - step:
                  name: undo
                  identifier: undo
                  type: Wait
                  spec:
                    duration: 1m
    ```

    ## Use instead
    ```yaml
    template:
      name: release
      identifier: release
      versionLabel: v1
      type: Stage
      spec:
        type: FeatureFlag
        spec:
          execution:
            steps:
              - step:
                  name: pause
                  identifier: pause
                  type: Wait
                  spec:
                    duration: 1m
              - step:
                  name: undo
                  identifier: undo
                  type: Wait
                  when:
                    stageStatus: Failure
                  spec:
                    duration: 1m
    ```
    """
    flow = stage.rollback
    if flow is None or stage.kind not in _WITHOUT_ROLLBACK or not items_of(flow.node):
        return
    yield Finding(
        flow.key.span,
        f"{article(stage.kind)} stage never runs its `rollbackSteps`",
        "not read here",
        help="write steps with `when: {stageStatus: Failure}` below `steps`",
        notes=("Harness rolls back Deployment stages only",),
    )


@rule(
    on=Stage,
    level=WARNING,
    family="harness",
    about=("timeout", "delegateSelectors", "tags", "pipelineVariables"),
)
def setting_of_other_stages(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a setting of a stage that stages of its kind do not have.

    ## Why is this bad?
    Not all kinds of stages have all settings: test stages and those of the developer portal have
    no timeout, a Dynamic stage has no tags. Harness ignores what it does not know.

    ## Example
    ```yaml
    template:
      name: register
      identifier: register
      versionLabel: v1
      type: Stage
      spec:
        type: IDP
        timeout: 1h
        spec:
          runtime:
            type: Cloud
            spec: {}
          execution:
            steps:
              - step:
                  name: register
                  identifier: register
                  type: Run
                  spec:
                    shell: Sh
                    command: ./register.sh
    ```

    ## Use instead
    ```yaml
    template:
      name: register
      identifier: register
      versionLabel: v1
      type: Stage
      spec:
        type: IDP
        spec:
          runtime:
            type: Cloud
            spec: {}
          execution:
            steps:
              - step:
                  name: register
                  identifier: register
                  type: Run
                  timeout: 1h
                  spec:
                    shell: Sh
                    command: ./register.sh
    ```
    """
    if stage.kind not in KINDS or stage.template is not None:
        return
    unread = _UNREAD.get(stage.kind, ())
    for name in unread if stage.kind == "CI" else (*unread, "pipelineVariables"):
        key = stage.node.key(name)
        if key is not None and is_filled(stage.node.get(name)):
            yield Finding(
                key.span,
                f"{article(stage.kind)} stage has no `{name}`",
                "not read here",
                help=_INSTEAD.get(name, "remove it"),
            )


@rule(on=Model, level=WARNING, family="harness", about=("skipCondition",))
def legacy_skip_condition(model: Model, context: Context) -> Iterator[Finding]:
    """Reports `skipCondition`, the predecessor of `when`.

    ## Why is this bad?
    `when` took its place years ago: no screen of Harness shows a skip condition any more, and the
    documentation does not know it. What it says is also turned round: it names when *not* to run.

    ## Example
    ```yaml
    template:
      name: tell
      identifier: tell
      versionLabel: v1
      type: Step
      spec:
        type: ShellScript
        timeout: 10m
        skipCondition: <+env.type> == "PreProduction"
        spec:
          shell: Bash
          source:
            type: Inline
            spec:
              script: ./tell.sh
    ```

    ## Use instead
    ```yaml
    template:
      name: tell
      identifier: tell
      versionLabel: v1
      type: Step
      spec:
        type: ShellScript
        timeout: 10m
        when:
          stageStatus: Success
          condition: <+env.type> != "PreProduction"
        spec:
          shell: Bash
          source:
            type: Inline
            spec:
              script: ./tell.sh
    ```
    """
    for each in context.fields("skipCondition"):
        if each.unit is not None and each.unit.node is each.owner:
            yield Finding(
                each.key.span,
                "`skipCondition` is the old form of `when`",
                "hidden predecessor",
                help="write the opposite as `condition` below `when`",
            )


RULES = (ignored_rollback_steps, legacy_skip_condition, setting_of_other_stages)
