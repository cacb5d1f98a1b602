"""How long things may take: longer than what is around them, or than Harness lets anything take."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, OFF, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.duration import DAY, HOUR, WEEK, seconds_of, timeout_of
from pipelint.harness.model import Model, Pipeline, Stage, Step, Unit
from pipelint.harness.values import Deferred, text_of, value_of
from pipelint.rule import rule

_LONGEST = {
    "enterprise": (35 * DAY, 35 * DAY),
    "team": (30 * DAY, 30 * DAY),
    "free": (2 * HOUR, HOUR),
}
"""The longest timeouts of pipelines and of stages, by plan."""

_CI_LONGEST = DAY
_STEP_LONGEST = {
    "HarnessApproval": 53 * WEEK,
    "JiraApproval": 3 * WEEK + 3 * DAY + 20 * HOUR + 1800,
}


_WAITS = ("retryInterval", "consoleLogPollFrequency", "scriptTimeout")
"""Keys of steps with a duration that must be shorter than the timeout of the step."""


@rule(on=(Stage, Step), level=WARNING, family="harness", about=("timeout",))
def timeout_beyond_outer(unit: Stage | Step, context: Context) -> Iterator[Finding]:
    """Reports a timeout that is longer than the one of what is around it.

    ## Why is this bad?
    The outer time runs out first and ends everything in it, so the longer timeout is never
    reached. A stage that ends this way is not even rolled back.

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
        timeout: 1h
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
                      userGroups: [account.ops]
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
        type: Approval
        timeout: 1d
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
                      userGroups: [account.ops]
                      minimumCount: 1
                      disallowPipelineExecutor: true
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/failure-handling/timeout-settings
    """
    own = timeout_of(unit.node)
    if own is None or context.is_partial:
        return
    text, length = own
    for outer in _around(unit):
        around = timeout_of(outer.node)
        if around is not None and around[1] < length:
            yield Finding(
                text.span,
                f"timeout `{text.value}` is longer than that of the {outer.what}",
                f"the {outer.what} ends first",
                help=f"write `{around[0].value}` or less, or give the {outer.what} more time",
                related=(Related(around[0].span, f"the {outer.what} ends after this"),),
            )
            return


def _around(unit: Unit) -> Iterator[Stage | Pipeline]:
    """Give the stage and the pipeline around a stage or a step."""
    stage = unit.stage
    if stage is not None and stage is not unit:
        yield stage
    if stage is not None and isinstance(stage.outer, Pipeline):
        yield stage.outer


@rule(on=(Pipeline, Stage, Step), level=WARNING, family="harness", about=("timeout",))
def timeout_beyond_limit(unit: Pipeline | Stage | Step, context: Context) -> Iterator[Finding]:
    """Reports a timeout that is longer than Harness lets anything run.

    ## Why is this bad?
    Harness ends pipelines and stages after 35 days on the enterprise plan, after 30 on the team
    plan, and after two hours and one hour on the free plan. Build stages end after a day.

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
        timeout: 60d
        spec:
          execution:
            steps:
              - step:
                  name: check
                  identifier: check
                  type: Http
                  timeout: 1m
                  spec: {method: GET, url: "https://shop.example.com/health"}
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
        timeout: 30d
        spec:
          execution:
            steps:
              - step:
                  name: check
                  identifier: check
                  type: Http
                  timeout: 1m
                  spec: {method: GET, url: "https://shop.example.com/health"}
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/pipeline-settings
    """
    own = timeout_of(unit.node)
    if own is None:
        return
    limit, why = _limit(unit, context.plan)
    text, length = own
    if limit and length > limit:
        yield Finding(
            text.span,
            f"timeout `{text.value}` is longer than Harness waits",
            f"ends after {why}",
            help="write a shorter one",
        )


def _limit(unit: Pipeline | Stage | Step, plan: str) -> tuple[int, str]:
    """Return the longest timeout in seconds, and in words; 0 where it is not known."""
    if isinstance(unit, Step):
        limit = _STEP_LONGEST.get(unit.kind, 0)
        return (limit, _words(limit))
    if isinstance(unit, Stage) and unit.kind == "CI":
        return (_CI_LONGEST, _words(_CI_LONGEST))
    pipeline, stage = _LONGEST.get(plan, _LONGEST["enterprise"])
    limit = pipeline if isinstance(unit, Pipeline) else stage
    return (limit, _words(limit))


def _words(length: int) -> str:
    return f"{length // DAY} days" if length >= 2 * DAY else f"{length // HOUR} hours"


@rule(on=Step, level=WARNING, family="harness", about=_WAITS)
def polling_beyond_timeout(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step that looks for an answer less often than its timeout allows once.

    ## Why is this bad?
    The step asks again after each interval. When the timeout comes first, only the first answer
    counts, and nobody has given one by then.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: JiraApproval
        timeout: 1m
        spec:
          connectorRef: account.jira
          projectKey: OPS
          issueKey: OPS-1
          retryInterval: 5m
          approvalCriteria:
            type: KeyValues
            spec:
              conditions:
                - {key: Status, operator: equals, value: Done}
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
          retryInterval: 5m
          approvalCriteria:
            type: KeyValues
            spec:
              conditions:
                - {key: Status, operator: equals, value: Done}
    ```
    """
    own = timeout_of(step.node)
    if own is None or step.spec is None:
        return
    for name in _WAITS:
        text, length = text_of(step.spec.get(name)), seconds_of(step.spec.get(name))
        if text is not None and length is not None and length >= own[1]:
            yield Finding(
                text.span,
                f"`{name}` is not shorter than the timeout of the step",
                "the step ends first",
                help="write less, or give the step more time",
                related=(Related(own[0].span, "the step ends after this"),),
            )


@rule(on=Model, level=ERROR, family="harness", about=("executionInput()",))
def execution_input_in_timeout(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a timeout that is asked for during the run.

    ## Why is this bad?
    The clock runs from the moment the step begins; Harness does not ask for a timeout then, and
    refuses the pipeline. Only ShellScript steps take one.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: <+input>.executionInput()
        spec: {method: GET, url: "https://shop.example.com/health"}
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
        timeout: <+input>
        spec: {method: GET, url: "https://shop.example.com/health"}
    ```
    """
    for field in context.fields("timeout"):
        value, unit = value_of(field.value), field.unit
        if not isinstance(value, Deferred) or ".executionInput()" not in value.node.text:
            continue
        if field.partial or (isinstance(unit, Step) and unit.kind in {"", "ShellScript"}):
            continue
        yield Finding(
            value.node.span,
            "timeout asks for its value during the run",
            "too late",
            help="remove `.executionInput()`",
        )


@rule(on=Stage, level=OFF, family="harness", about=("timeout",))
def stage_timeout_below_steps(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a stage with less time than its steps may take together.

    ## Why is this bad?
    When the time of a stage runs out, all that runs in it ends, and nothing is rolled back. Steps
    that each stay in their own time can still be too slow together.

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
        timeout: 10m
        spec:
          execution:
            steps:
              - step:
                  name: a
                  identifier: a
                  type: Http
                  timeout: 6m
                  spec: &get {method: GET, url: "https://a.example.com"}
              - step: {name: b, identifier: b, type: Http, timeout: 6m, spec: *get}
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
        timeout: 10m
        spec:
          execution:
            steps:
              - step:
                  name: check
                  identifier: check
                  type: Http
                  timeout: 1m
                  spec: {method: GET, url: "https://shop.example.com/health"}
    ```
    """
    own = timeout_of(stage.node)
    if own is None or stage.is_open or context.is_partial or stage.steps is None:
        return
    total = 0
    for item in stage.steps.items:
        if isinstance(item, Step) and item.looping is None:
            length = timeout_of(item.node)
            total += length[1] if length else 0
    if total > own[1]:
        yield Finding(
            own[0].span,
            "stage may end before its steps",
            "less than they may take",
            help="give it the time of all its steps",
        )


RULES = (
    execution_input_in_timeout,
    polling_beyond_timeout,
    stage_timeout_below_steps,
    timeout_beyond_limit,
    timeout_beyond_outer,
)
