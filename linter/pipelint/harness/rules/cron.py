"""Triggers that start a pipeline at certain times."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, Finding
from pipelint.harness.context import Context
from pipelint.harness.cron import QUARTZ, UNIX, Fault, read, shortest_gap
from pipelint.harness.model import Trigger
from pipelint.harness.values import Text, text_of, value_of
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.yaml.view import mapping_of

_SHORTEST = 5


@rule(on=Trigger, level=ERROR, family="harness", about=("expression",))
def malformed_cron(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports a cron expression that cannot be read.

    ## Why is this bad?
    Harness refuses the trigger. An expression of type `UNIX` (also where there is no type) has
    five fields: minute, hour, day of month, month and day of week. One of type `QUARTZ` begins
    with the second, and may end with the year.

    ## Example
    ```yaml
    trigger:
      name: nightly
      identifier: nightly
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      source:
        type: Scheduled
        spec:
          type: Cron
          spec:
            type: UNIX
            expression: 0 0 4 * * *
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
      source:
        type: Scheduled
        spec:
          type: Cron
          spec:
            type: UNIX
            expression: 0 4 * * *
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/schedule-pipelines-using-cron-triggers
    """
    found = _cron(trigger)
    if found is None:
        return
    text, dialect = found
    fault = read(text.value, dialect)
    if isinstance(fault, Fault):
        yield Finding(
            _place(text, fault),
            fault.message,
            "Harness cannot read this",
            help=_advice(text.value, dialect),
            notes=(f"an expression of type `{dialect}`",),
        )


def _cron(trigger: Trigger) -> tuple[Text, str] | None:
    """Return the literal expression of a scheduled trigger, and how it is to be read."""
    source = mapping_of(trigger.node.get("source"))
    outer = mapping_of(source.get("spec")) if source is not None else None
    spec = mapping_of(outer.get("spec")) if outer is not None else None
    kind = text_of(source.get("type")) if source is not None else None
    if kind is None or kind.value != "Scheduled" or spec is None:
        return None
    text, dialect = text_of(spec.get("expression")), value_of(spec.get("type"))
    if text is None or not (dialect is None or isinstance(dialect, Text)):
        return None
    is_quartz = dialect is not None and dialect.value.upper() == QUARTZ
    return text, QUARTZ if is_quartz else UNIX


def _place(text: Text, fault: Fault) -> Span:
    """Return the place of a fault where the expression is written out plainly, else all of it."""
    span = text.span
    if span.end - span.start != len(text.value):
        return span
    return Span(span.start + fault.start, span.start + fault.end)


def _advice(expression: str, dialect: str) -> str:
    other = QUARTZ if dialect == UNIX else UNIX
    if not isinstance(read(expression, other), Fault):
        return f"write `type: {other}`, or leave the right number of fields"
    if dialect == UNIX:
        return "write minute, hour, day of month, month and day of week"
    return "write second, minute, hour, day of month, month and day of week, perhaps the year"


@rule(on=Trigger, level=ERROR, family="harness", about=("expression",))
def frequent_cron(trigger: Trigger, context: Context) -> Iterator[Finding]:
    """Reports a schedule with less than five minutes between two runs.

    ## Why is this bad?
    Harness refuses triggers that run more often than every five minutes.

    ## Example
    ```yaml
    trigger:
      name: often
      identifier: often
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      source:
        type: Scheduled
        spec:
          type: Cron
          spec:
            type: UNIX
            expression: "*/2 * * * *"
    ```

    ## Use instead
    ```yaml
    trigger:
      name: often
      identifier: often
      enabled: true
      orgIdentifier: default
      projectIdentifier: shop
      pipelineIdentifier: release
      source:
        type: Scheduled
        spec:
          type: Cron
          spec:
            type: UNIX
            expression: "*/5 * * * *"
    ```

    ## References
    - https://developer.harness.io/docs/platform/triggers/schedule-pipelines-using-cron-triggers
    """
    found = _cron(trigger)
    cron = read(*_written(found)) if found is not None else None
    if found is None or cron is None or isinstance(cron, Fault):
        return
    gap = shortest_gap(cron)
    if gap < _SHORTEST:
        every = f"every {gap} minutes" if gap > 1 else "every minute" if gap else "within a minute"
        yield Finding(
            found[0].span,
            f"this trigger runs {every}, Harness allows every {_SHORTEST} minutes",
            "too often",
            help=f"leave {_SHORTEST} minutes or more between two runs",
        )


def _written(found: tuple[Text, str]) -> tuple[str, str]:
    return found[0].value, found[1]


RULES = (frequent_cron, malformed_cron)
