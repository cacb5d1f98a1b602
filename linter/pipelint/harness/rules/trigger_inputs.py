"""What a trigger gives to the pipeline that it starts: branch, inputs, input sets, stages."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import Trigger
from pipelint.harness.trigger_source import source_of, type_of
from pipelint.harness.values import EXPRESSION
from pipelint.rule import rule
from pipelint.yaml.node import Scalar
from pipelint.yaml.view import items_of

_TOOLS = ("${", "{{", "{%", "<%")
"""What other tools fill in before Harness reads the text."""

LITERAL = "|"

_WITHOUT_BRANCH = frozenset({"Artifact", "Manifest", "MultiRegionArtifact", "Scheduled"})
_BRANCHES = ("trigger.branch", "trigger.payload", "trigger.sourceBranch", "trigger.targetBranch")


@rule(on=Trigger, level=WARNING, family="harness", about=("pipelineBranchName",))
def branch_without_webhook(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports a branch of a webhook in a trigger of another kind.

    ## Why is this bad?
    Only what a Git provider sends has a branch. A schedule or a new artifact has none, and the
    expression comes to nothing.

    ## Example
    ```yaml
    trigger:
      name: nightly
      identifier: nightly
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      pipelineBranchName: <+trigger.branch>
      source:
        type: Scheduled
        spec:
          type: Cron
          spec:
            type: UNIX
            expression: 0 4 * * *
    ```

    ## Use instead
    ```yaml
    trigger:
      name: nightly
      identifier: nightly
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      pipelineBranchName: main
      source:
        type: Scheduled
        spec:
          type: Cron
          spec:
            type: UNIX
            expression: 0 4 * * *
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/triggers-reference
    """
    source, branch = source_of(trigger), trigger.node.get("pipelineBranchName")
    if type_of(source) not in _WITHOUT_BRANCH or not isinstance(branch, Scalar):
        return
    if EXPRESSION in branch.text and any(name in branch.text for name in _BRANCHES):
        yield Finding(
            branch.span,
            f"a trigger of type {type_of(source)} has no branch",
            "only webhooks have one",
            help="name the branch, such as `main`",
        )


_PAYLOAD = ("trigger.payload", "eventPayload")


@rule(on=Trigger, level=ERROR, family="harness", about=("inputSetRefs",))
def expression_among_input_sets(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports an expression as an item of `inputSetRefs`.

    ## Why is this bad?
    The items are identifiers. Only all of `inputSetRefs` may be one expression, which gives the
    list.

    ## Example
    ```yaml
    trigger:
      name: nightly
      identifier: nightly
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      inputSetRefs:
        - <+trigger.branch>
      source:
        type: Webhook
        spec:
          type: Custom
          spec: {payloadConditions: []}
    ```

    ## Use instead
    ```yaml
    trigger:
      name: nightly
      identifier: nightly
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      inputSetRefs:
        - night
      source:
        type: Webhook
        spec:
          type: Custom
          spec: {payloadConditions: []}
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/triggers-reference
    """
    for item in items_of(trigger.node.get("inputSetRefs")):
        if isinstance(item, Scalar) and EXPRESSION in item.text:
            yield Finding(
                item.span,
                "an item of `inputSetRefs` cannot be an expression",
                "must be an identifier",
                help="name the input set, or make all of `inputSetRefs` one expression",
            )


@rule(on=Trigger, level=WARNING, family="harness", about=("inputSetRefs", "stagesToExecute"))
def choice_not_from_payload(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports stages or input sets that are chosen by something else than the payload.

    ## Why is this bad?
    When a trigger fires, only what was sent to it is known: an expression there must be made of
    `trigger.payload`.

    ## Example
    ```yaml
    trigger:
      name: call
      identifier: call
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      stagesToExecute: <+pipeline.variables.stages>
      source:
        type: Webhook
        spec:
          type: Custom
          spec: {payloadConditions: []}
    ```

    ## Use instead
    ```yaml
    trigger:
      name: call
      identifier: call
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      stagesToExecute: <+trigger.payload.stages>
      source:
        type: Webhook
        spec:
          type: Custom
          spec: {payloadConditions: []}
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/triggers-reference
    """
    for name in ("inputSetRefs", "stagesToExecute"):
        value = trigger.node.get(name)
        if not isinstance(value, Scalar) or not value.text.startswith(EXPRESSION):
            continue
        if not any(name in value.text for name in _PAYLOAD):
            yield Finding(
                value.span,
                f"`{name}` is not taken from the payload",
                "not known when it fires",
                help="take it from `<+trigger.payload.NAME>`",
            )


RULES = (
    branch_without_webhook,
    choice_not_from_payload,
    expression_among_input_sets,
)
