"""Step groups: in which stages they may stand, and how deep."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import INFO, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import (
    StepGroup,
)
from pipelint.harness.stage_kind import (
    DEPLOYMENT,
    KINDS,
    article,
    container_group_of,
    stage_kind_of,
)
from pipelint.rule import rule

LEGACY = "legacy"
FAILURES_INHERITED = 5
_NESTING = frozenset({"", DEPLOYMENT, "Custom", "DRTest", "CompositeLoadTest"})
_WITHOUT_GROUPS = frozenset({"IACM", "IDP", "SecurityTests"})


@rule(on=StepGroup, level=INFO, family="harness", about=("stepGroup",))
def nested_step_group(group: StepGroup, context: Context) -> Iterator[Finding]:
    """Reports a step group in a step group.

    ## Why is this bad?
    Harness runs it, but its documentation is of two minds: one page says that groups cannot be
    nested, another describes parent and child groups. The path of a step in expressions grows with
    each level, and failure strategies are inherited through five levels only.

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
              - stepGroup:
                  name: outer
                  identifier: outer
                  steps:
                    - stepGroup:
                        name: inner
                        identifier: inner
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
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - stepGroup:
                  name: inner
                  identifier: inner
                  steps:
                    - step:
                        name: pause
                        identifier: pause
                        type: Wait
                        spec:
                          duration: 1m
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/use-step-groups
    """
    outer = list(group.groups)
    if len(outer) != 1 or stage_kind_of(group) not in _NESTING or context.era == LEGACY:
        return
    if container_group_of(group) is None:  # that is an error of its own
        yield Finding(
            group.key.span,
            f"step group `{group.label}` stands in another step group",
            "a group in a group",
            help="put the groups one after the other, or side by side in `parallel`",
            related=(Related(outer[0].span, "the outer group"),),
        )


@rule(on=StepGroup, level=WARNING, family="harness", about=("stepGroup",))
def unsupported_nested_group(group: StepGroup, context: Context) -> Iterator[Finding]:
    """Reports a step group in a step group, in a stage that does not run it.

    ## Why is this bad?
    Groups in build stages hold steps; a group in them is not planned for, and may be left out when
    the stage runs. With the setting `era: legacy` the rule reports every nested group: Harness had
    none before 2023.

    ## Example
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
              - stepGroup:
                  name: outer
                  identifier: outer
                  steps:
                    - stepGroup:
                        name: inner
                        identifier: inner
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
              - stepGroup:
                  name: inner
                  identifier: inner
                  steps:
                    - step:
                        name: compile
                        identifier: compile
                        type: Run
                        spec:
                          shell: Sh
                          command: make
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/use-step-groups
    """
    outer = next(group.groups, None)
    kind = stage_kind_of(group)
    if outer is None or (kind in _NESTING and context.era != LEGACY):
        return
    where = f" in {article(kind)} stage" if kind in KINDS else ""
    yield Finding(
        group.key.span,
        f"step groups cannot be nested{where}",
        "a group in a group",
        help="put the groups one after the other, or side by side in `parallel`",
        related=(Related(outer.span, "the outer group"),),
    )


@rule(on=StepGroup, level=WARNING, family="harness", about=("stepGroup",))
def deep_step_group(group: StepGroup, context: Context) -> Iterator[Finding]:
    """Reports a step group in more than four others.

    ## Why is this bad?
    Failure strategies are inherited through five levels of groups. A group below that runs without
    those of the groups around it. At 25 levels of any kind Harness gives up.

    ## Example
    ```yaml
    template:
      name: wait
      identifier: wait
      versionLabel: v1
      type: StepGroup
      spec:
        stageType: Custom
        steps:
          - stepGroup: # pipelint: ignore[nested-step-group]
              name: two
              identifier: two
              steps:
                - stepGroup:
                    name: three
                    identifier: three
                    steps:
                      - stepGroup:
                          name: four
                          identifier: four
                          steps:
                            - stepGroup:
                                name: five
                                identifier: five
                                steps:
                                  - stepGroup:
                                      name: six
                                      identifier: six
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
    depth = 1 + sum(1 for _ in group.groups)
    if depth == FAILURES_INHERITED + 1:
        yield Finding(
            group.key.span,
            f"step group `{group.label}` stands in {depth - 1} others",
            "too deep for failure strategies",
            help="use fewer levels of groups",
            notes=(f"Harness inherits failure strategies through {FAILURES_INHERITED} levels",),
        )


@rule(on=StepGroup, level=WARNING, family="harness", about=("stepGroup",))
def step_group_in_wrong_stage(group: StepGroup, context: Context) -> Iterator[Finding]:
    """Reports a step group in a stage of a kind for which Harness does not describe groups.

    ## Why is this bad?
    Infrastructure (`IACM`), developer portal (`IDP`) and security (`SecurityTests`) stages have no
    step groups, says the official schema: nothing in the group is checked when it is saved, and
    nothing says that it runs. With the setting `era: legacy` the rule reports groups in all stages
    but Deployment: older versions of Harness had them there only.

    ## Example
    ```yaml
    template:
      name: portal
      identifier: portal
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
              - stepGroup:
                  name: register
                  identifier: register
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
      name: portal
      identifier: portal
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
                  spec:
                    shell: Sh
                    command: ./register.sh
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/use-step-groups
    """
    kind = stage_kind_of(group)
    legacy = context.era == LEGACY and kind in KINDS and kind != DEPLOYMENT
    if (kind in _WITHOUT_GROUPS or legacy) and next(group.groups, None) is None:
        yield Finding(
            group.key.span,
            f"{article(kind)} stage has no step groups",
            "not offered in this stage",
            help="write the steps without a group",
        )


RULES = (deep_step_group, nested_step_group, step_group_in_wrong_stage, unsupported_nested_group)
