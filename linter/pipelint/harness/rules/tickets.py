"""Tickets: what is asked of them."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Step
from pipelint.harness.values import Text, flag_of, text_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Sequence
from pipelint.yaml.view import items_of, mapping_of

_CRITERIA = ("approvalCriteria", "rejectionCriteria")


def _criteria(step: Step) -> Iterator[tuple[str, Mapping]]:
    """Give the criteria of an approval that are written out: type and spec."""
    for name in _CRITERIA:
        criteria = mapping_of(step.spec.get(name)) if step.spec else None
        kind = text_of(criteria.get("type")) if criteria else None
        spec = mapping_of(criteria.get("spec")) if criteria else None
        if kind is not None and spec is not None:
            yield kind.value, spec


@rule(on=Step, level=ERROR, family="harness", about=("approvalCriteria",))
def empty_approval_criteria(step: Step, context: Context) -> Iterator[Finding]:
    """Reports an approval by ticket that asks nothing of the ticket.

    ## Why is this bad?
    Harness refuses criteria without a condition, or with an empty expression.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: JiraApproval
        timeout: 1d
        spec:
          connectorRef: account.jira
          projectKey: OPS
          issueKey: OPS-1
          approvalCriteria:
            type: KeyValues
            spec:
              matchAnyCondition: true
              conditions: []
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: JiraApproval
        timeout: 1d
        spec:
          connectorRef: account.jira
          projectKey: OPS
          issueKey: OPS-1
          approvalCriteria:
            type: KeyValues
            spec:
              matchAnyCondition: true
              conditions:
                - {key: Status, operator: equals, value: Done}
    ```
    """
    if context.is_partial or step.spec is None:
        return
    approval = step.spec.get("approvalCriteria")
    for kind, spec in _criteria(step):
        if not isinstance(approval, Mapping) or approval.get("spec") is not spec:
            continue
        name = "conditions" if kind == "KeyValues" else "expression"
        value, key = spec.get(name), spec.key(name)
        empty = isinstance(value, Sequence) and not (value.items or value.broken)
        if kind == "Jexl" and value is not None and not isinstance(value, (Mapping, Sequence)):
            empty = not value.text.strip() and not value.broken
        if empty and key is not None:
            yield Finding(
                key.span,
                "approval that asks nothing of the ticket",
                f"empty `{name}`",
                help="say what the ticket must be like",
            )


@rule(on=Step, level=WARNING, family="harness", about=_CRITERIA)
def contradictory_criteria(step: Step, context: Context) -> Iterator[Finding]:
    """Reports conditions of a ticket that can never be met together.

    ## Why is this bad?
    Where all conditions are to be met, a field cannot have two values at once: the approval waits
    until its timeout. Several values of a field are written in one condition, with `in`.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: JiraApproval
        timeout: 1d
        spec:
          connectorRef: account.jira
          projectKey: OPS
          issueKey: OPS-1
          approvalCriteria:
            type: KeyValues
            spec:
              matchAnyCondition: false
              conditions:
                - {key: Status, operator: equals, value: Done}
                - {key: Status, operator: equals, value: Closed}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: JiraApproval
        timeout: 1d
        spec:
          connectorRef: account.jira
          projectKey: OPS
          issueKey: OPS-1
          approvalCriteria:
            type: KeyValues
            spec:
              matchAnyCondition: false
              conditions:
                - {key: Status, operator: in, value: "Done,Closed"}
    ```
    """
    for kind, spec in _criteria(step):
        if kind == "KeyValues" and flag_of(spec.get("matchAnyCondition")) is False:
            yield from _contradictions(spec)


def _contradictions(spec: Mapping) -> Iterator[Finding]:
    seen: dict[str, Text] = {}
    for item in items_of(spec.get("conditions")):
        if not isinstance(item, Mapping):
            continue
        key, value = text_of(item.get("key")), text_of(item.get("value"))
        operator = text_of(item.get("operator"))
        if key is None or value is None or operator is None or operator.value != "equals":
            continue
        before = seen.setdefault(key.value, value)
        if before.value != value.value:
            yield Finding(
                value.span,
                f"`{key.value}` cannot be `{value.value[:20]}` and `{before.value[:20]}` at once",
                "all conditions must be met",
                help="write one condition with the operator `in`, or `matchAnyCondition: true`",
                related=(Related(before.span, "the other value"),),
            )


@rule(on=Step, level=ERROR, family="harness", about=("fields",))
def repeated_ticket_field(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a field of a ticket that is set twice.

    ## Why is this bad?
    Harness refuses the step: it cannot tell which value is meant.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: JiraCreate
        timeout: 5m
        spec:
          connectorRef: account.jira
          projectKey: OPS
          issueType: Task
          fields:
            - {name: Priority, value: P1}
            - {name: Priority, value: P2}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: JiraCreate
        timeout: 5m
        spec:
          connectorRef: account.jira
          projectKey: OPS
          issueType: Task
          fields:
            - {name: Priority, value: P1}
    ```
    """
    kinds = {"JiraCreate", "JiraUpdate", "ServiceNowCreate", "ServiceNowUpdate"}
    if step.kind in kinds and step.spec is not None:
        yield from _repeated(step.spec.get("fields"))


def _repeated(items: object) -> Iterator[Finding]:
    """Report the fields that have the name of one before."""
    seen: dict[str, Text] = {}
    for item in items.items if isinstance(items, Sequence) else ():
        name = text_of(item.get("name")) if isinstance(item, Mapping) else None
        if name is None:
            continue
        before = seen.setdefault(name.value, name)
        if before is not name:
            yield Finding(
                name.span,
                f"field `{name.value}` is set twice",
                "again",
                help="keep one of them",
                related=(Related(before.span, "first here"),),
            )


RULES = (
    contradictory_criteria,
    empty_approval_criteria,
    repeated_ticket_field,
)
