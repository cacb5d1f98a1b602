"""Needs that are lost on builds where the needed stage is dropped."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import INFO, Finding, Related
from pipelint.rule import rule
from pipelint.vela.build import STAGE
from pipelint.vela.context import Context
from pipelint.vela.model import Pipeline, Stage
from pipelint.vela.rulesets import possible_events
from pipelint.vela.values import Text

Events = frozenset[str]


@rule(on=Pipeline, level=INFO, family="vela", about=("needs",))
def need_lost_with_stage(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a stage that waits for another only through a stage which some builds do not have.

    ## Why is this bad?
    A stage is dropped from a build when the rulesets of all its steps say so, and its own needs go
    with it. Stages that need it then wait for nothing: they start beside the stages that were meant
    to come first.

    ## Example
    ```yaml
    version: "1"
    stages:
      build:
        steps:
          - name: compile
            image: golang:1.24
            commands: [go build ./...]
      scan:
        needs: [build]
        steps:
          - name: scan
            image: aquasec/trivy:0.62.0
            commands: [trivy fs .]
            ruleset:
              event: push
      report:
        needs: [scan]
        steps:
          - name: report
            image: alpine:3.22
            commands: [./report.sh]
    ```

    ## Use instead
    ```yaml
    version: "1"
    stages:
      build:
        steps:
          - name: compile
            image: golang:1.24
            commands: [go build ./...]
      scan:
        needs: [build]
        steps:
          - name: scan
            image: aquasec/trivy:0.62.0
            commands: [trivy fs .]
            ruleset:
              event: push
      report:
        needs: [build, scan]
        steps:
          - name: report
            image: alpine:3.22
            commands: [./report.sh]
    ```

    ## References
    - https://go-vela.github.io/docs/usage/stage_orchestration/
    """
    if STAGE in context.symbols.open_kinds or context.templated:
        return
    stages = {stage.name.value: stage for stage in pipeline.stages}
    events = _events(pipeline)
    for stage in pipeline.stages:
        own = {need.value for need in stage.needs}
        for need in stage.needs:
            through = stages.get(need.value)
            if through is None or events[stage.name.value] <= events[through.name.value]:
                continue
            lost = _lost(stage, through, own, stages, events)
            if lost is not None:
                yield _finding(stage, need, lost)


def _events(pipeline: Pipeline) -> dict[str, Events]:
    """Return the events on which a stage may be there, by its name."""
    found: dict[str, Events] = {stage.name.value: frozenset() for stage in pipeline.stages}
    for step in pipeline.steps:
        if step.stage is not None:
            found[step.stage.name.value] |= possible_events(step.ruleset)
    return found


def _lost(
    stage: Stage, through: Stage, own: set[str], stages: dict[str, Stage], events: dict[str, Events]
) -> Text | None:
    """Return what the needed stage needs, and the stage does not wait for when that is dropped."""
    alone = events[stage.name.value] - events[through.name.value]
    beside = {
        needed.value for name in own if name != through.name.value and name in stages
        for needed in stages[name].needs
    }  # fmt: skip
    for need in through.needs:
        known = need.value in stages and need.value != stage.name.value
        if known and need.value not in own | beside and events[need.value] & alone:
            return need
    return None


def _finding(stage: Stage, need: Text, lost: Text) -> Finding:
    return Finding(
        need.span,
        f"`{stage.name.value}` waits for `{lost.value}` only through `{need.value}`",
        "dropped from some builds",
        help=f"need `{lost.value}`, too",
        notes=(f"builds without `{need.value}` do not wait for `{lost.value}`",),
        related=(Related(lost.span, "this need is lost then"),),
    )


RULES = (need_lost_with_stage,)
