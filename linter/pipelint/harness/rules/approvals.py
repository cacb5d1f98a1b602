"""Approvals that nobody can give, or that cannot wait as long as they say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.duration import DAY, timeout_of
from pipelint.harness.model import Step
from pipelint.harness.values import Text, is_filled, text_of, whole_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping
from pipelint.yaml.view import items_of, mapping_of

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.$-]*")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{1,2}:\d{2} ?(AM|PM|am|pm)")


def _approvers(step: Step) -> Mapping | None:
    if step.kind != "HarnessApproval" or step.spec is None:
        return None
    return mapping_of(step.spec.get("approvers"))


@rule(on=Step, level=ERROR, family="harness", about=("approvers",))
def approval_without_approvers(step: Step, context: Context) -> Iterator[Finding]:
    """Reports an approval that names nobody who may give it.

    ## Why is this bad?
    Without a user group or a service account Harness refuses the step: nobody could approve.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: HarnessApproval
        timeout: 1d
        spec:
          includePipelineExecutionHistory: true
          approvers:
            userGroups: []
            minimumCount: 1
            disallowPipelineExecutor: true
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: HarnessApproval
        timeout: 1d
        spec:
          includePipelineExecutionHistory: true
          approvers:
            userGroups: [account.release_managers]
            minimumCount: 1
            disallowPipelineExecutor: true
    ```

    ## References
    - https://developer.harness.io/docs/platform/approvals/adding-harness-approval-stages
    """
    approvers = _approvers(step)
    if approvers is None or approvers.broken or context.is_partial:
        return
    groups = approvers.key("userGroups") or approvers.key("serviceAccounts")
    if any(is_filled(approvers.get(name)) for name in ("userGroups", "serviceAccounts")):
        return
    key = groups or (step.spec.key("approvers") if step.spec else None) or step.key
    yield Finding(
        key.span,
        "nobody may give this approval",
        "no user group",
        help="name user groups: `userGroups: [account.ops]`",
    )


@rule(on=Step, level=ERROR, family="harness", about=("minimumCount",))
def approval_by_nobody(step: Step, context: Context) -> Iterator[Finding]:
    """Reports an approval that needs no approver.

    ## Why is this bad?
    Harness wants one approver at least, and refuses a `minimumCount` of 0.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: HarnessApproval
        timeout: 1d
        spec:
          includePipelineExecutionHistory: true
          approvers:
            userGroups: [account.release_managers]
            minimumCount: 0
            disallowPipelineExecutor: true
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: HarnessApproval
        timeout: 1d
        spec:
          includePipelineExecutionHistory: true
          approvers:
            userGroups: [account.release_managers]
            minimumCount: 1
            disallowPipelineExecutor: true
    ```
    """
    approvers = _approvers(step)
    count = text_of(approvers.get("minimumCount")) if approvers else None
    number = whole_of(count.node) if count else None
    if count is not None and number is not None and number < 1:
        yield Finding(
            count.span,
            f"`minimumCount` is {number}",
            "one approver at least",
            help="write 1 or more",
        )


@rule(on=Step, level=WARNING, family="harness", about=("approverInputs",))
def unusable_approver_input(step: Step, context: Context) -> Iterator[Finding]:
    """Reports an input for approvers whose name cannot be used, or is used twice.

    ## Why is this bad?
    The name becomes a variable: `<+execution.steps.ID.output.approverInputs.NAME>`. It begins with
    a letter or `_`, and of two inputs of the same name one is lost.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: HarnessApproval
        timeout: 1d
        spec:
          includePipelineExecutionHistory: true
          approvers:
            userGroups: [account.release_managers]
            minimumCount: 1
            disallowPipelineExecutor: true
          approverInputs:
            - {name: 1st ticket, defaultValue: ""}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: HarnessApproval
        timeout: 1d
        spec:
          includePipelineExecutionHistory: true
          approvers:
            userGroups: [account.release_managers]
            minimumCount: 1
            disallowPipelineExecutor: true
          approverInputs:
            - {name: ticket, defaultValue: ""}
    ```
    """
    inputs = step.spec.get("approverInputs") if step.spec else None
    seen: dict[str, Text] = {}
    for item in items_of(inputs):
        name = text_of(item.get("name")) if isinstance(item, Mapping) else None
        if name is None or step.kind != "HarnessApproval":
            continue
        before = seen.setdefault(name.value, name)
        if before is not name:
            yield Finding(
                name.span,
                f"input `{name.value}` is asked for twice",
                "the same name",
                help="rename or remove one of them",
                related=(Related(before.span, "first here"),),
            )
        elif not _NAME.fullmatch(name.value):
            yield Finding(
                name.span,
                f"`{name.value}` cannot be the name of an input",
                "no name of a variable",
                help="use letters, digits and `_`; not a digit first",
            )


@rule(on=Step, level=WARNING, family="harness", about=("scheduledDeadline",))
def malformed_deadline(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a deadline for automatic approval that is not written as Harness reads it.

    ## Why is this bad?
    Harness reads the day, and the time with AM or PM: `2030-01-31 10:00 AM`. Anything else fails
    when the step begins.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: HarnessApproval
        timeout: 1d
        spec:
          includePipelineExecutionHistory: true
          approvers:
            userGroups: [account.release_managers]
            minimumCount: 1
            disallowPipelineExecutor: true
          autoApproval:
            action: APPROVE
            scheduledDeadline: {time: "31.01.2030 10:00", timeZone: UTC}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: HarnessApproval
        timeout: 1d
        spec:
          includePipelineExecutionHistory: true
          approvers:
            userGroups: [account.release_managers]
            minimumCount: 1
            disallowPipelineExecutor: true
          autoApproval:
            action: APPROVE
            scheduledDeadline: {time: "2030-01-31 10:00 AM", timeZone: UTC}
    ```
    """
    automatic = mapping_of(step.spec.get("autoApproval")) if step.spec else None
    deadline = mapping_of(automatic.get("scheduledDeadline")) if automatic else None
    time = text_of(deadline.get("time")) if deadline else None
    if step.kind == "HarnessApproval" and time is not None and not _TIME.fullmatch(time.value):
        yield Finding(
            time.span,
            f"`{time.value}` is no deadline",
            "not day, time, AM or PM",
            help="write it as `2030-01-31 10:00 AM`",
        )


@rule(on=Step, level=WARNING, family="harness", about=("stepGroupInfra",))
def approval_outlives_group(step: Step, context: Context) -> Iterator[Finding]:
    """Reports an approval that takes longer than the pod around it lives.

    ## Why is this bad?
    The pod of a step group with `stepGroupInfra` ends after a day unless the stage has a longer
    timeout. The approval waits on, but the steps after it have no pod any more.

    ## Example
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - stepGroup:
                  name: build
                  identifier: build
                  stepGroupInfra:
                    type: KubernetesDirect
                    spec: {connectorRef: account.cluster, namespace: builds}
                  steps:
                    - step:
                        name: ask
                        identifier: ask
                        type: HarnessApproval
                        timeout: 3d
                        spec:
                          includePipelineExecutionHistory: true
                          approvers:
                            userGroups: [account.release_managers]
                            minimumCount: 1
                            disallowPipelineExecutor: true
    ```

    ## Use instead
    ```yaml
    template:
      name: checks
      identifier: checks
      versionLabel: v1
      orgIdentifier: default
      projectIdentifier: web
      type: Stage
      spec:
        type: Custom
        timeout: 4d
        spec:
          execution:
            steps:
              - stepGroup:
                  name: build
                  identifier: build
                  stepGroupInfra:
                    type: KubernetesDirect
                    spec: {connectorRef: account.cluster, namespace: builds}
                  steps:
                    - step:
                        name: ask
                        identifier: ask
                        type: HarnessApproval
                        timeout: 3d
                        spec:
                          includePipelineExecutionHistory: true
                          approvers:
                            userGroups: [account.release_managers]
                            minimumCount: 1
                            disallowPipelineExecutor: true
    ```

    ## References
    - https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/containerized-steps/approval-steps-in-container-step-groups
    """
    own, stage = timeout_of(step.node), step.stage
    if step.kind != "HarnessApproval" or own is None or stage is None or own[1] <= DAY:
        return
    group = next((one for one in step.groups if one.infra is not None), None)
    if group is None or "timeout" in stage.node.fields:
        return
    yield Finding(
        own[0].span,
        "approval takes longer than its pod lives",
        "the pod ends after a day",
        help="give the stage a longer timeout",
        related=(Related(group.span, "runs in this pod"),),
    )


RULES = (
    approval_by_nobody,
    approval_outlives_group,
    approval_without_approvers,
    malformed_deadline,
    unusable_approver_input,
)
