"""What happens when something fails around a stage that runs another pipeline."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, INFO, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import (
    Action,
    FailureStrategy,
    Pipeline,
    Stage,
)
from pipelint.harness.stage_kind import (
    CHAINED,
    is_chained,
)
from pipelint.harness.values import Text
from pipelint.rule import rule

REFUSED = frozenset({"Retry", "ManualIntervention", "PipelineRollback"})


@rule(on=FailureStrategy, level=ERROR, family="harness", about=("failureStrategies",))
def refused_chain_action(strategy: FailureStrategy, context: Context) -> Iterator[Finding]:
    """Reports a failure action that a stage which runs another pipeline cannot take.

    ## Why is this bad?
    Harness refuses `Retry`, `ManualIntervention` and `PipelineRollback` there. Stages of the
    pipeline that is run may have them.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: build
            identifier: build
            type: Pipeline
            spec:
              org: default
              project: shop
              pipeline: build
            failureStrategies:
              - onFailure:
                  errors: [AllErrors]
                  action:
                    type: PipelineRollback
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: build
            identifier: build
            type: Pipeline
            spec:
              org: default
              project: shop
              pipeline: build
            failureStrategies:
              - onFailure:
                  errors: [AllErrors]
                  action:
                    type: Abort
    ```
    """
    owner = strategy.owner
    if not isinstance(owner, Stage) or not is_chained(owner) or strategy.action is None:
        return
    action = strategy.action
    if action.name in REFUSED and isinstance(action.type, Text):
        yield Finding(
            action.type.span,
            f"a stage that runs another pipeline cannot take the action `{action.name}`",
            "refused on this kind of stage",
            help="use `Abort`, `Ignore`, `MarkAsSuccess` or `MarkAsFailure`",
        )


@rule(on=Pipeline, level=INFO, family="harness", about=("PipelineRollback",))
def chained_pipeline_not_rolled_back(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a rollback of the whole pipeline, where a stage runs another pipeline.

    ## Why is this bad?
    `PipelineRollback` rolls the stages of this pipeline back. What the other pipeline has deployed
    stays as it is.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: database
            identifier: database
            type: Pipeline
            spec:
              org: default
              project: shop
              pipeline: database
        - stage:
            name: ship
            identifier: ship
            type: Deployment
            spec:
              deploymentType: Kubernetes
              service:
                serviceRef: shop
              environment:
                environmentRef: production
                infrastructureDefinitions:
                  - identifier: cluster
              execution:
                steps:
                  - step:
                      name: roll out
                      identifier: roll_out
                      type: K8sRollingDeploy
                      timeout: 10m
                      spec:
                        skipDryRun: false
            failureStrategies:
              - onFailure:
                  errors: [AllErrors]
                  action:
                    type: PipelineRollback
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: database
            identifier: database
            type: Pipeline
            spec:
              org: default
              project: shop
              pipeline: database
        - stage:
            name: ship
            identifier: ship
            type: Deployment
            spec:
              deploymentType: Kubernetes
              service:
                serviceRef: shop
              environment:
                environmentRef: production
                infrastructureDefinitions:
                  - identifier: cluster
              execution:
                steps:
                  - step:
                      name: roll out
                      identifier: roll_out
                      type: K8sRollingDeploy
                      timeout: 10m
                      spec:
                        skipDryRun: false
            failureStrategies:
              - onFailure:
                  errors: [AllErrors]
                  action:
                    type: Abort
    ```
    """
    chained = next((stage for stage in pipeline.all_stages() if is_chained(stage)), None)
    rollback = next(_rollbacks(context), None)
    if chained is None or rollback is None or not isinstance(rollback.type, Text):
        return
    yield Finding(
        rollback.type.span,
        f"the rollback leaves out the pipeline that stage `{chained.label}` runs",
        "rolls back this pipeline only",
        help="let the other pipeline roll itself back",
        related=(Related(chained.span, "runs another pipeline"),),
    )


def _rollbacks(context: Context) -> Iterator[Action]:
    """Give every action that rolls the pipeline back, where it is not refused anyway."""
    for strategy in context.model.failure_strategies:
        owner = strategy.owner
        if isinstance(owner, Stage) and owner.kind == CHAINED:
            continue
        for action in strategy.action.walk() if strategy.action else ():
            if action.name == "PipelineRollback":
                yield action


RULES = (chained_pipeline_not_rolled_back, refused_chain_action)
