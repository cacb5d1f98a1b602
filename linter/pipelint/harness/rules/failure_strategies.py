"""What failures are told apart: errors that no strategy can match, or that two strategies claim."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pipelint.diagnostic import ERROR, OFF, WARNING, Finding, Fix, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Action, FailureStrategy, Stage, Step, StepGroup
from pipelint.harness.values import EXPRESSION, Text
from pipelint.rule import rule
from pipelint.yaml.node import Node, Scalar, Sequence

ALL = "AllErrors"
INPUT_TIMEOUT = "InputTimeoutError"

_MOST_WORDS = 200
"""So much of an action is compared with another."""

_MOST_REPEATED = 100
"""So many errors of one step, group or stage are compared with those before."""


@rule(on=FailureStrategy, level=WARNING, family="harness", about=("errors",))
def failure_strategy_without_errors(
    strategy: FailureStrategy, context: Context
) -> Iterator[Finding]:
    """Reports a failure strategy with an empty list of errors.

    ## Why is this bad?
    A strategy is followed when the failure is one of its errors. With none, it never is.

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
              errors: []
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

    ## References
    - https://developer.harness.io/docs/platform/pipelines/failure-handling/define-a-failure-strategy-on-stages-and-steps
    """
    errors, key = strategy.errors_node, strategy.errors_key
    if context.is_partial or key is None or not isinstance(errors, Sequence):
        return
    if not errors.items and not errors.broken:
        yield Finding(
            key.span,
            "failure strategy matches no error",
            "an empty list",
            help="name the errors that it is for, or `AllErrors`",
        )


@rule(on=FailureStrategy, level=ERROR, family="harness", about=(ALL,))
def all_errors_with_others(strategy: FailureStrategy, context: Context) -> Iterator[Finding]:
    """Reports `AllErrors` in a list with other errors.

    ## Why is this bad?
    `AllErrors` stands for every error that no other strategy names. Harness refuses the pipeline
    when it has company.

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
              errors: [AllErrors, Timeout]
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

    ## References
    - https://developer.harness.io/docs/platform/pipelines/failure-handling/define-a-failure-strategy-on-stages-and-steps
    """
    names = {error.value for error in strategy.errors}
    found = next((error for error in strategy.errors if error.value == ALL), None)
    if found is not None and len(names) > 1:
        yield Finding(
            found.span,
            "`AllErrors` stands beside other errors",
            "must be alone",
            help="remove the others, or put them in a strategy of their own",
        )


@rule(on=(Stage, StepGroup, Step), level=ERROR, family="harness", about=("failureStrategies",))
def conflicting_failure_strategies(
    owner: Stage | StepGroup | Step, context: Context
) -> Iterator[Finding]:
    """Reports an error for which two strategies of one step, group or stage say different things.

    ## Why is this bad?
    Harness refuses the pipeline: it cannot tell which of the two actions is meant. The same goes
    for `AllErrors`, which a stage or a step may name in one strategy only.

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
              errors: [Timeout]
              action: {type: Abort}
          - onFailure:
              errors: [Timeout]
              action: {type: Ignore}
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
              errors: [Timeout]
              action: {type: Abort}
          - onFailure:
              errors: [Connectivity]
              action: {type: Ignore}
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/failure-handling/define-a-failure-strategy-on-stages-and-steps
    """
    for error, action, first, first_action in islice(_again(owner), _MOST_REPEATED):
        only_one = error.value == ALL and not isinstance(owner, StepGroup)
        if only_one or _differ(action, first_action):
            yield Finding(
                error.span,
                f"two failure strategies for `{error.value}`",
                f"`{action.name}` here" if action and action.name else "here again",
                help="keep one of them",
                related=(Related(first.span, "the other one"),),
            )


@rule(on=(Stage, StepGroup, Step), level=WARNING, family="harness", about=("failureStrategies",))
def repeated_failure_type(owner: Stage | StepGroup | Step, context: Context) -> Iterator[Finding]:
    """Reports an error that is named twice with the same action.

    ## Why is this bad?
    The second time says nothing new; most likely another error was meant.

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
              errors: [Timeout, Connectivity, Timeout]
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
              errors: [Timeout, Connectivity]
              action: {type: Abort}
    ```

    ## Fix safety
    The fix is safe: an error counts once. There is one where a single list names it twice.
    """
    for error, action, first, first_action in islice(_again(owner), _MOST_REPEATED):
        if error.value == ALL and not isinstance(owner, StepGroup):
            continue
        if not _differ(action, first_action):
            yield _repeated(error, first)
    for strategy in owner.failure_strategies:
        seen: dict[str, Text] = {}
        for error in strategy.errors:
            if error.value in seen:
                twice = _repeated(error, seen[error.value])
                yield twice._replace(fixes=_removal(strategy, error, context))
            seen.setdefault(error.value, error)


def _removal(strategy: FailureStrategy, error: Text, context: Context) -> tuple[Fix, ...]:
    """Take an error out of the list of a strategy that names it before."""
    from pipelint.yaml.removal import remove_item

    edits = remove_item(context.source.text, strategy.errors_node, error.node)
    return (Fix("remove it", edits),) if edits else ()


def _repeated(error: Text, first: Text) -> Finding:
    return Finding(
        error.span,
        f"error `{error.value}` is named twice",
        "again",
        help="remove one of them",
        related=(Related(first.span, "named here first"),),
    )


def _again(
    owner: Stage | StepGroup | Step,
) -> Iterator[tuple[Text, Action | None, Text, Action | None]]:
    """Give each error that an earlier strategy names, too: error, action, and those before."""
    seen: dict[str, tuple[Text, Action | None]] = {}
    for strategy in owner.failure_strategies:
        named = {error.value: error for error in reversed(strategy.errors)}
        for name, error in named.items():
            if name in seen:
                yield error, strategy.action, *seen[name]
        for name, error in named.items():
            seen.setdefault(name, (error, strategy.action))


def _differ(one: Action | None, other: Action | None) -> bool:
    """Tell whether two actions are surely different, their settings included."""
    if one is None or other is None or not one.name or not other.name:
        return False
    if one.name != other.name:
        return True
    written, also = _written(one), _written(other)
    return written != also and not any(EXPRESSION in text for text in (*written, *also))


def _written(action: Action) -> list[str]:
    """Return what an action says, in one order whatever the order of its keys."""
    texts: list[str] = []
    work: list[Node] = [action.node]
    while work and len(texts) < _MOST_WORDS:
        node = work.pop()
        if isinstance(node, Scalar):
            texts.append(node.text)
        elif isinstance(node, Sequence):
            work += node.items
        else:
            for name in sorted(node.fields):
                texts.append(name)
                work.append(node.fields[name][1])
    return texts


@rule(on=FailureStrategy, level=WARNING, family="harness", about=("ProceedWithDefaultValues",))
def defaults_for_other_errors(strategy: FailureStrategy, context: Context) -> Iterator[Finding]:
    """Reports `ProceedWithDefaultValues` for errors that no default value can help with.

    ## Why is this bad?
    The action goes on with the default values of inputs that nobody gave in time. That is the
    error `InputTimeoutError`; after any other one there is nothing to put in.

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
              action: {type: ProceedWithDefaultValues}
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
              errors: [InputTimeoutError]
              action: {type: ProceedWithDefaultValues}
    ```
    """
    action = strategy.action
    if action is None or action.name != "ProceedWithDefaultValues":
        return
    for error in strategy.errors:
        if error.value != INPUT_TIMEOUT:
            yield Finding(
                error.span,
                f"default values do not help with `{error.value}`",
                f"only with `{INPUT_TIMEOUT}`",
                help=f"write `errors: [{INPUT_TIMEOUT}]`, or choose another action",
            )


@rule(on=FailureStrategy, level=OFF, family="harness", about=(ALL,))
def hidden_failure(strategy: FailureStrategy, context: Context) -> Iterator[Finding]:
    """Reports a strategy that passes over every failure.

    ## Why is this bad?
    With `Ignore` or `MarkAsSuccess` for `AllErrors` the pipeline goes on whatever happens, and
    nobody learns that the step never worked.

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
              action: {type: Ignore}
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
              errors: [Connectivity]
              action: {type: Ignore}
    ```

    ## When not to use it
    Steps whose result does not matter, such as notes to a chat, may well ignore all failures.
    """
    action = strategy.action
    if action is None or action.name not in {"Ignore", "MarkAsSuccess"}:
        return
    if isinstance(action.type, Text) and ALL in {error.value for error in strategy.errors}:
        yield Finding(
            action.type.span,
            f"`{action.name}` hides every failure",
            "for all errors",
            help="name the errors that may happen",
        )


RULES = (
    all_errors_with_others,
    conflicting_failure_strategies,
    defaults_for_other_errors,
    failure_strategy_without_errors,
    hidden_failure,
    repeated_failure_type,
)
