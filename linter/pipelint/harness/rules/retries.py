"""Retries and questions to people: what follows them, and what they cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, OFF, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import (
    Action,
    FailureStrategy,
)
from pipelint.harness.values import EXPRESSION, Deferred, Text, value_of, whole_of
from pipelint.rule import rule
from pipelint.yaml.node import Scalar, Sequence

RETRY = "Retry"
RETRY_GROUP = "RetryStepGroup"
MANUAL = "ManualIntervention"
DEFAULTS = "ProceedWithDefaultValues"

_TRIES = ("retryCount", "retryIntervals")
_PLANNED = {RETRY: _TRIES, RETRY_GROUP: _TRIES, MANUAL: ("timeout",)}
"""What must be known before the run, by the name of the action."""


@rule(on=FailureStrategy, level=ERROR, family="harness", about=(RETRY, MANUAL))
def forbidden_follow_up(strategy: FailureStrategy, context: Context) -> Iterator[Finding]:
    """Reports an action that may not follow the one before it.

    ## Why is this bad?
    What comes after the last retry is no other retry, and what comes when nobody intervenes is
    neither another wait nor a retry. Harness refuses such a chain, also where a retry is hidden
    two steps further.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action:
                type: Retry
                spec:
                  retryCount: 2
                  retryIntervals: [10s]
                  onRetryFailure:
                    action:
                      type: Retry
                      spec:
                        retryCount: 1
                        retryIntervals: [1m]
                        onRetryFailure:
                          action: {type: Abort}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action:
                type: Retry
                spec:
                  retryCount: 3
                  retryIntervals: [10s, 10s, 1m]
                  onRetryFailure:
                    action: {type: Abort}
    ```
    """
    if strategy.action is not None:
        yield from _follow_ups(strategy.action, ())


def _follow_ups(action: Action, before: tuple[str, ...]) -> Iterator[Finding]:
    """Judge what follows an action; `before` are the actions that led to it."""
    for _, after in action.follow_ups:
        way = (*before, action.name)
        kind = after.type
        if isinstance(kind, Text) and _is_forbidden(after.name, way):
            yield Finding(
                kind.span,
                f"`{after.name}` may not follow `{action.name}`",
                f"after `{action.name}`",
                help="choose an action that ends it, such as `Abort` or `StageRollback`",
            )
        else:
            yield from _follow_ups(after, way)


def _is_forbidden(name: str, way: tuple[str, ...]) -> bool:
    if name == DEFAULTS:
        return way[-1] in {RETRY, MANUAL}
    if name == MANUAL:
        return way[-1] == MANUAL
    return name == RETRY and (way[-1] in {RETRY, MANUAL} or RETRY in way)


@rule(on=FailureStrategy, level=ERROR, family="harness", about=("<+",))
def expression_in_failure_action(strategy: FailureStrategy, context: Context) -> Iterator[Finding]:
    """Reports an expression in the settings of a retry, or of a question to people.

    ## Why is this bad?
    Harness plans both before the run begins, and refuses a number or a time that it would
    have to compute. A runtime input is fine: it is filled in before.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action:
                type: Retry
                spec:
                  retryCount: <+pipeline.variables.retries>
                  retryIntervals: [10s]
                  onRetryFailure:
                    action: {type: Abort}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action:
                type: Retry
                spec:
                  retryCount: <+input>
                  retryIntervals: [10s]
                  onRetryFailure:
                    action: {type: Abort}
    ```
    """
    for action, _ in strategy.actions:
        for name in _PLANNED.get(action.name, ()) if action.spec else ():
            value = value_of(action.spec.get(name)) if action.spec else None
            if not isinstance(value, Deferred) or value.is_input:
                continue
            if value.node.text.startswith(EXPRESSION):
                yield Finding(
                    value.node.span,
                    f"`{name}` is an expression",
                    "must be known before the run",
                    help="write a value, or `<+input>`",
                )


@rule(on=FailureStrategy, level=WARNING, family="harness", about=("retryCount", "retryIntervals"))
def retry_without_tries(strategy: FailureStrategy, context: Context) -> Iterator[Finding]:
    """Reports a retry that tries nothing again.

    ## Why is this bad?
    With a count of 0, or without an interval, the action after the retry is taken at once.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action:
                type: Retry
                spec:
                  retryCount: 0
                  retryIntervals: [10s]
                  onRetryFailure:
                    action: {type: Abort}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: Abort}
    ```
    """
    for action, _ in strategy.actions:
        spec = action.spec
        if action.name not in {RETRY, RETRY_GROUP} or spec is None:
            continue
        count, intervals = spec.get("retryCount"), spec.get("retryIntervals")
        if isinstance(count, Scalar) and whole_of(count) == 0:
            yield Finding(
                count.span, "`retryCount` is 0", "never tried again", help="write 1 or more"
            )
        key = spec.key("retryIntervals")
        if isinstance(intervals, Sequence) and key and not (intervals.items or intervals.broken):
            yield Finding(
                key.span,
                "`retryIntervals` is empty",
                "no time to wait",
                help="write the time to wait, such as `[10s]`",
            )


@rule(on=FailureStrategy, level=OFF, family="harness", about=("retryIntervals",))
def unused_retry_interval(strategy: FailureStrategy, context: Context) -> Iterator[Finding]:
    """Reports more intervals than there are retries.

    ## Why is this bad?
    Each retry takes the next interval. What is left over is never used.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action:
                type: Retry
                spec:
                  retryCount: 1
                  retryIntervals: [10s, 1m]
                  onRetryFailure:
                    action: {type: Abort}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 1m
        spec: {method: GET, url: "https://shop.example.com/health"}
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action:
                type: Retry
                spec:
                  retryCount: 2
                  retryIntervals: [10s, 1m]
                  onRetryFailure:
                    action: {type: Abort}
    ```
    """
    for action, _ in strategy.actions:
        spec = action.spec
        if action.name not in {RETRY, RETRY_GROUP} or spec is None:
            continue
        count, intervals = whole_of(spec.get("retryCount")), spec.get("retryIntervals")
        if not count or not isinstance(intervals, Sequence) or len(intervals.items) <= count:
            continue
        many = spec.get("retryCount")
        yield Finding(
            intervals.items[count].span,
            "interval of a retry that never comes",
            "left over",
            help="remove it, or raise `retryCount`",
            related=(Related(many.span, "so many retries"),) if many else (),
        )


RULES = (
    expression_in_failure_action,
    forbidden_follow_up,
    retry_without_tries,
    unused_retry_interval,
)
