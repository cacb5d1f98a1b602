"""What a Custom stage does not have: a service, a rollback, more than one infrastructure."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding
from pipelint.harness.context import Context
from pipelint.harness.model import Stage
from pipelint.harness.stage_kind import CUSTOM
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Scalar, Sequence
from pipelint.yaml.view import items_of, mapping_of

SERVICE_KEYS = ("service", "services", "deploymentType", "serviceConfig")
ENVIRONMENT_KEYS = ("environments", "environmentGroup")


@rule(on=Stage, level=ERROR, family="harness", about=("Custom",))
def service_in_custom_stage(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a service or a deployment type in a Custom stage.

    ## Why is this bad?
    A Custom stage has no service, and Harness refuses one that names it: only a Deployment stage
    deploys. Steps of a Custom stage may refer to an environment, though.

    ## Example
    ```yaml
    template:
      name: prepare
      identifier: prepare
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: Custom
        spec:
          service:
            serviceRef: shop
          execution:
            steps:
              - step:
                  name: pause
                  identifier: pause
                  type: Wait
                  spec:
                    duration: 1m
    ```

    ## Use instead
    ```yaml
    template:
      name: prepare
      identifier: prepare
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: Custom
        spec:
          environment:
            environmentRef: testing
          execution:
            steps:
              - step:
                  name: pause
                  identifier: pause
                  type: Wait
                  spec:
                    duration: 1m
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/add-a-stage
    """
    if stage.kind != CUSTOM or stage.spec is None:
        return
    for name in SERVICE_KEYS:
        key = stage.spec.key(name)
        if key is not None:
            yield Finding(
                key.span,
                f"a Custom stage has no `{name}`",
                "for Deployment stages only",
                help="remove it, or make the stage a Deployment stage",
            )


@rule(on=Stage, level=ERROR, family="harness", about=("Custom",))
def unsupported_custom_environment(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports an environment of a Custom stage that is more than one place.

    ## Why is this bad?
    A Custom stage may name one environment by its reference, and at most one infrastructure in it.
    Several environments, a group of them, the environment of another stage, filters and
    provisioners belong to Deployment stages; Harness refuses them here.

    ## Example
    ```yaml
    template:
      name: prepare
      identifier: prepare
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: Custom
        spec:
          environment:
            environmentRef: testing
            infrastructureDefinitions:
              - identifier: east
              - identifier: west
          execution:
            steps:
              - step:
                  name: pause
                  identifier: pause
                  type: Wait
                  spec:
                    duration: 1m
    ```

    ## Use instead
    ```yaml
    template:
      name: prepare
      identifier: prepare
      versionLabel: v1
      projectIdentifier: shop
      orgIdentifier: default
      type: Stage
      spec:
        type: Custom
        spec:
          environment:
            environmentRef: testing
            infrastructureDefinitions:
              - identifier: east
          execution:
            steps:
              - step:
                  name: pause
                  identifier: pause
                  type: Wait
                  spec:
                    duration: 1m
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/add-a-stage
    """
    if stage.kind != CUSTOM or stage.spec is None:
        return
    for name in ENVIRONMENT_KEYS:
        key = stage.spec.key(name)
        if key is not None:
            yield _unsupported(key, f"a Custom stage has no `{name}`")
    environment = mapping_of(stage.spec.get("environment"))
    if environment is not None:
        yield from _parts(environment)


def _parts(environment: Mapping) -> Iterator[Finding]:
    for name in ("useFromStage", "provisioner"):
        key = environment.key(name)
        if key is not None:
            yield _unsupported(key, f"the environment of a Custom stage has no `{name}`")
    filters, key = environment.get("filters"), environment.key("filters")
    if key is not None and items_of(filters):
        yield _unsupported(key, "the environment of a Custom stage has no `filters`")
    places, key = (
        environment.get("infrastructureDefinitions"),
        environment.key("infrastructureDefinitions"),
    )
    if key is not None and isinstance(places, Sequence) and len(places.items) > 1:
        yield _unsupported(key, f"a Custom stage has one infrastructure, found {len(places.items)}")


def _unsupported(key: Scalar, message: str) -> Finding:
    return Finding(
        key.span,
        message,
        "for Deployment stages only",
        help="name one environment by `environmentRef`, with one infrastructure at most",
    )


@rule(on=Stage, level=WARNING, family="harness", about=("rollbackSteps",))
def rollback_in_custom_stage(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports rollback steps in a Custom stage.

    ## Why is this bad?
    The documentation of Harness says that a Custom stage has no rollback, although its screens let
    people write one. Steps with a condition run when an earlier step has failed, which is
    documented and can be relied on.

    ## Example
    ```yaml
    template:
      name: prepare
      identifier: prepare
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: pause
                  identifier: pause
                  type: Wait
                  spec:
                    duration: 1m
            rollbackSteps:
              - step:
                  name: undo
                  identifier: undo
                  type: Wait
                  spec:
                    duration: 1m
    ```

    ## Use instead
    ```yaml
    template:
      name: prepare
      identifier: prepare
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: pause
                  identifier: pause
                  type: Wait
                  spec:
                    duration: 1m
              - step:
                  name: undo
                  identifier: undo
                  type: Wait
                  when:
                    stageStatus: Failure
                  spec:
                    duration: 1m
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/add-a-stage
    """
    flow = stage.rollback
    if flow is None or stage.kind != CUSTOM or not items_of(flow.node):
        return
    legacy = context.era == "legacy"
    yield Finding(
        flow.key.span,
        "a Custom stage has no rollback",
        "never run" if legacy else "not promised to run",
        help="write steps with `when: {stageStatus: Failure}` below `steps`",
    )


RULES = (rollback_in_custom_stage, service_in_custom_stage, unsupported_custom_environment)
