"""Gates that hold nothing: approvals beside or after what they approve, and empty policies."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, INFO, OFF, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Parallel, Pipeline, Stage, Step
from pipelint.harness.values import Text, flag_of, text_of
from pipelint.rule import rule
from pipelint.yaml.node import Sequence

APPROVALS = frozenset({
    "HarnessApproval", "JiraApproval", "ServiceNowApproval", "CustomApproval", "IACMApproval",
})  # fmt: skip


@rule(on=Parallel, level=WARNING, family="harness", about=("~Approval",))
def approval_in_parallel(parallel: Parallel, context: Context) -> Iterator[Finding]:
    """Reports an approval that runs at the same time as other steps.

    ## Why is this bad?
    The other steps do not wait for it: what is to be approved may be done by then.

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
              - parallel:
                  - step:
                      name: release
                      identifier: release
                      type: HarnessApproval
                      timeout: 1d
                      spec:
                        includePipelineExecutionHistory: true
                        approvers:
                          userGroups: [account.release_managers]
                          minimumCount: 1
                          disallowPipelineExecutor: true
                  - step:
                      name: ship
                      identifier: ship
                      type: Http
                      timeout: 1m
                      spec: {method: POST, url: "https://a.example.com"}
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
        spec:
          execution:
            steps:
              - step:
                  name: release
                  identifier: release
                  type: HarnessApproval
                  timeout: 1d
                  spec:
                    includePipelineExecutionHistory: true
                    approvers:
                      userGroups: [account.release_managers]
                      minimumCount: 1
                      disallowPipelineExecutor: true
              - step:
                  name: ship
                  identifier: ship
                  type: Http
                  timeout: 1m
                  spec: {method: POST, url: "https://a.example.com"}
    ```

    ## References
    - https://developer.harness.io/docs/platform/approvals/adding-harness-approval-stages
    """
    units = list(parallel.units)
    others = [unit for unit in units if not (isinstance(unit, Step) and unit.kind in APPROVALS)]
    if parallel.outer is not None or not others or context.is_partial:
        return
    for unit in units:
        if isinstance(unit, Step) and unit.kind in APPROVALS and isinstance(unit.type, Text):
            yield Finding(
                unit.type.span,
                "approval at the same time as other steps",
                "they do not wait",
                help="put it before what it approves, outside `parallel`",
                related=(Related(others[0].span, "runs without the approval"),),
            )


@rule(on=Stage, level=INFO, family="harness", about=("~Approval",))
def approval_stage_without_approval(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a stage of type Approval in which nobody is asked.

    ## Why is this bad?
    Such a stage does not hold the pipeline. Steps of other kinds have a home in a Custom stage,
    which tells readers what to expect.

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
        type: Approval
        spec:
          execution:
            steps:
              - step:
                  name: tell
                  identifier: tell
                  type: Http
                  timeout: 1m
                  spec: {method: POST, url: "https://a.example.com"}
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
        spec:
          execution:
            steps:
              - step:
                  name: tell
                  identifier: tell
                  type: Http
                  timeout: 1m
                  spec: {method: POST, url: "https://a.example.com"}
    ```

    ## References
    - https://developer.harness.io/docs/platform/approvals/adding-harness-approval-stages
    """
    if stage.kind != "Approval" or stage.is_open or context.is_partial or stage.steps is None:
        return
    steps = list(stage.all_steps())
    if not steps or stage.steps.node.broken or any(not step.kind for step in steps):
        return
    if not APPROVALS & {step.kind for step in steps} and isinstance(stage.type, Text):
        yield Finding(
            stage.type.span,
            "Approval stage without an approval step",
            "nobody is asked",
            help="add an approval step, or make it a Custom stage",
        )


@rule(on=Pipeline, level=OFF, family="harness", about=("~Approval",))
def approval_at_the_end(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports an approval after which nothing comes.

    ## Why is this bad?
    There is nothing left that could be approved or stopped.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: release
            identifier: release
            type: Approval
            spec:
              execution:
                steps:
                  - step:
                      name: ask
                      identifier: ask
                      type: HarnessApproval
                      timeout: 1d
                      spec:
                        includePipelineExecutionHistory: true
                        approvers:
                          userGroups: [account.release_managers]
                          minimumCount: 1
                          disallowPipelineExecutor: true
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: release
            identifier: release
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: ask
                      identifier: ask
                      type: HarnessApproval
                      timeout: 1d
                      spec:
                        includePipelineExecutionHistory: true
                        approvers:
                          userGroups: [account.release_managers]
                          minimumCount: 1
                          disallowPipelineExecutor: true
                  - step:
                      name: tell
                      identifier: tell
                      type: Http
                      timeout: 1m
                      spec: {method: POST, url: "https://a.example.com"}
    ```
    """
    if pipeline.is_open or pipeline.stages is None or not pipeline.stages.items:
        return
    last = pipeline.stages.items[-1]
    if not isinstance(last, Stage) or last.is_open or last.steps is None or not last.steps.items:
        return
    step = last.steps.items[-1]
    if isinstance(step, Step) and step.kind in APPROVALS and isinstance(step.type, Text):
        yield Finding(
            step.type.span,
            "nothing comes after this approval",
            "the last step",
            help="move it before what it approves, or remove it",
        )


@rule(on=Pipeline, level=WARNING, family="harness", about=("isAutoRejectEnabled",))
def repeated_approval(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports approvals of the same identifier that reject older ones.

    ## Why is this bad?
    With `isAutoRejectEnabled` Harness looks for older runs that wait at the approval of this
    identifier, and rejects them. Where another approval has the same one, it may hit that.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: test
            identifier: test
            type: Approval
            spec:
              execution:
                steps:
                  - step:
                      name: ask
                      identifier: ask
                      type: HarnessApproval
                      timeout: 1d
                      spec: &approval
                        includePipelineExecutionHistory: true
                        isAutoRejectEnabled: true
                        approvers:
                          userGroups: [account.release_managers]
                          minimumCount: 1
                          disallowPipelineExecutor: true
        - stage:
            name: prod
            identifier: prod
            type: Approval
            spec:
              execution:
                steps:
                  - step:
                      name: ask
                      identifier: ask
                      type: HarnessApproval
                      timeout: 1d
                      spec: *approval
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: test
            identifier: test
            type: Approval
            spec:
              execution:
                steps:
                  - step:
                      name: ask
                      identifier: ask_test
                      type: HarnessApproval
                      timeout: 1d
                      spec: &approval
                        includePipelineExecutionHistory: true
                        isAutoRejectEnabled: true
                        approvers:
                          userGroups: [account.release_managers]
                          minimumCount: 1
                          disallowPipelineExecutor: true
        - stage:
            name: prod
            identifier: prod
            type: Approval
            spec:
              execution:
                steps:
                  - step:
                      name: ask
                      identifier: ask_prod
                      type: HarnessApproval
                      timeout: 1d
                      spec: *approval
    ```
    """
    seen: dict[str, Step] = {}
    for stage in pipeline.all_stages():
        for step in stage.all_steps():
            rejects = flag_of(step.spec.get("isAutoRejectEnabled")) if step.spec else None
            if step.kind != "HarnessApproval" or not step.id or rejects is not True:
                continue
            before = seen.setdefault(step.id, step)
            if before is not step and before.node is not step.node:
                yield Finding(
                    step.span,
                    f"two approvals that reject older ones are called `{step.id}`",
                    "the same identifier",
                    help="give each its own identifier",
                    related=(Related(before.span, "first here"),),
                )


@rule(on=Step, level=ERROR, family="harness", about=("policySets",))
def policy_step_without_policies(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a Policy step that checks nothing.

    ## Why is this bad?
    The step holds the payload against the policy sets that it names. With an empty list it fails.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Policy
        timeout: 10m
        spec:
          policySets: []
          type: Custom
          policySpec: {payload: "{}"}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Policy
        timeout: 10m
        spec:
          policySets: [account.release_rules]
          type: Custom
          policySpec: {payload: "{}"}
    ```
    """
    if step.kind != "Policy" or step.spec is None or context.is_partial:
        return
    sets, key = step.spec.get("policySets"), step.spec.key("policySets")
    if isinstance(sets, Sequence) and key and not (sets.items or sets.broken):
        yield Finding(
            key.span,
            "Policy step without policy sets",
            "nothing to check",
            help="name the policy sets",
        )


@rule(on=Step, level=ERROR, family="harness", about=("policySets",))
def policy_step_without_payload(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a Policy step that has nothing to hold against its policies.

    ## Why is this bad?
    A policy of type `Custom` judges the `payload` of its `policySpec`. Without one it fails.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Policy
        timeout: 10m
        spec:
          policySets: [account.release_rules]
          type: Custom
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Policy
        timeout: 10m
        spec:
          policySets: [account.release_rules]
          type: Custom
          policySpec: {payload: "{}"}
    ```
    """
    kind = text_of(step.spec.get("type")) if step.spec and step.kind == "Policy" else None
    if kind is None or step.spec is None or kind.value != "Custom" or context.is_partial:
        return
    if "policySpec" not in step.spec.fields and not step.spec.broken:
        yield Finding(
            kind.span,
            "Policy step without a payload",
            "no `policySpec`",
            help="add `policySpec` with the `payload` to judge",
        )


RULES = (
    approval_at_the_end,
    approval_in_parallel,
    approval_stage_without_approval,
    policy_step_without_payload,
    policy_step_without_policies,
    repeated_approval,
)
