"""Barriers that are not declared, or at which nobody meets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Edit, Finding, Fix
from pipelint.harness.build import BARRIER
from pipelint.harness.context import Context
from pipelint.harness.model import Pipeline, Stage, Step, Unit
from pipelint.harness.values import Text, is_filled, text_of
from pipelint.name import nearest
from pipelint.rule import rule
from pipelint.symbols import Definition
from pipelint.yaml.view import items_of, mapping_of

MOST_COMPARED = 8
"""So many unknown names are compared with those that are known."""


def barriers_of(context: Context) -> list[tuple[Step, Text]]:
    """Return the Barrier steps with a literal reference."""
    found = []
    for step in context.model.steps:
        reference = text_of(step.spec.get("barrierRef")) if step.spec else None
        if step.kind == "Barrier" and reference is not None:
            found.append((step, reference))
    return found


def _declared(context: Context) -> list[Definition]:
    return list(context.symbols.of_kind(BARRIER))


@rule(on=Pipeline, level=ERROR, family="harness", about=("barrierRef",))
def unknown_barrier(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a Barrier step whose barrier is not among those that the pipeline declares.

    ## Why is this bad?
    Harness looks the barrier up in `flowControl.barriers` and refuses the run when it is not there.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      flowControl:
        barriers:
          - {name: ready, identifier: ready}
      stages:
        - parallel:
            - stage: &one
                name: one
                identifier: one
                type: Custom
                spec:
                  execution:
                    steps:
                      - step: &meet
                          name: meet
                          identifier: meet
                          type: Barrier
                          timeout: 10m
                          spec: {barrierRef: ready}
            - stage:
                name: two
                identifier: two
                type: Custom
                spec:
                  execution:
                    steps:
                      - step: *meet
            - stage:
                <<: *one
                name: three
                identifier: three
                spec:
                  execution:
                    steps:
                      - step: {<<: *meet, spec: {barrierRef: raedy}}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      flowControl:
        barriers:
          - {name: ready, identifier: ready}
      stages:
        - parallel:
            - stage:
                name: one
                identifier: one
                type: Custom
                spec:
                  execution:
                    steps:
                      - step: &meet
                          name: meet
                          identifier: meet
                          type: Barrier
                          timeout: 10m
                          spec: {barrierRef: ready}
            - stage:
                name: two
                identifier: two
                type: Custom
                spec:
                  execution:
                    steps:
                      - step: *meet
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.

    ## References
    - https://developer.harness.io/docs/platform/pipelines/barriers
    """
    declared = [definition.name for definition in _declared(context)]
    control = mapping_of(pipeline.node.get("flowControl"))
    listed = items_of(control.get("barriers") if control else None)
    if pipeline.is_open or not declared or len(declared) < len(listed):
        return
    known = set(declared)
    unknown = [one for _, one in barriers_of(context) if one.value not in known]
    for number, reference in enumerate(unknown):
        near = nearest(reference.value, known, 1) if number < MOST_COMPARED else []
        edit = Edit(reference.span, near[0]) if near else None
        yield Finding(
            reference.span,
            f"barrier `{reference.value}` is not declared",
            "not in `flowControl.barriers`",
            help=f"a similar identifier exists: `{near[0]}`" if near else "declare it",
            fixes=(Fix(f"replace it with `{near[0]}`", (edit,), safe=False),) if edit else (),
        )


@rule(on=Pipeline, level=WARNING, family="harness", about=("barrierRef",))
def undeclared_barrier(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a Barrier step in a pipeline that declares no barriers.

    ## Why is this bad?
    Harness looks the barrier up in `flowControl.barriers`. Only where another pipeline runs this
    one may the barrier be declared there.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - parallel:
            - stage:
                name: one
                identifier: one
                type: Custom
                spec:
                  execution:
                    steps:
                      - step: &meet
                          name: meet
                          identifier: meet
                          type: Barrier
                          timeout: 10m
                          spec: {barrierRef: ready}
            - stage:
                name: two
                identifier: two
                type: Custom
                spec:
                  execution:
                    steps:
                      - step: *meet
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      flowControl:
        barriers:
          - {name: ready, identifier: ready}
      stages:
        - parallel:
            - stage:
                name: one
                identifier: one
                type: Custom
                spec:
                  execution:
                    steps:
                      - step: &meet
                          name: meet
                          identifier: meet
                          type: Barrier
                          timeout: 10m
                          spec: {barrierRef: ready}
            - stage:
                name: two
                identifier: two
                type: Custom
                spec:
                  execution:
                    steps:
                      - step: *meet
    ```

    ## When not to use it
    In a pipeline that runs as a part of another one, which declares the barrier.

    ## References
    - https://developer.harness.io/docs/platform/pipelines/barriers
    """
    if pipeline.is_open or _declared(context):
        return
    control = mapping_of(pipeline.node.get("flowControl"))
    if control is not None and is_filled(control.get("barriers")):
        return
    for _, reference in barriers_of(context):
        yield Finding(
            reference.span,
            f"barrier `{reference.value}` is not declared",
            "no `flowControl.barriers`",
            help="declare it in `flowControl.barriers` of the pipeline",
        )


@rule(on=Pipeline, level=WARNING, family="harness", about=("barriers",))
def unused_barrier(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a barrier that no step waits at.

    ## Why is this bad?
    It does nothing. Either a Barrier step is missing, or it was taken out and this was left over.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      flowControl:
        barriers:
          - {name: ready, identifier: ready}
      stages:
        - stage:
            name: one
            identifier: one
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: check
                      identifier: check
                      type: Http
                      timeout: 1m
                      spec: {method: GET, url: "https://a.example.com"}
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
            name: one
            identifier: one
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: check
                      identifier: check
                      type: Http
                      timeout: 1m
                      spec: {method: GET, url: "https://a.example.com"}
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/barriers
    """
    if _may_hold_more(pipeline, context):
        return
    used = {reference.value for _, reference in barriers_of(context)}
    for definition in _declared(context):
        if definition.name not in used:
            yield Finding(
                definition.span,
                f"barrier `{definition.name}` is never used",
                "no step waits for it",
                help="remove it, or add the Barrier steps",
            )


def _may_hold_more(pipeline: Pipeline, context: Context) -> bool:
    """Tell whether Barrier steps may be where they cannot be seen."""
    model = context.model
    if pipeline.is_open or model.links or model.inserts:
        return True
    if any(stage.execution is None for stage in model.stages):
        return True
    return any(
        step.kind == "Barrier"
        and text_of(step.spec.get("barrierRef") if step.spec else None) is None
        for step in model.steps
    )


@rule(on=Pipeline, level=WARNING, family="harness", about=("barrierRef",))
def lonely_barrier(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a barrier at which a single step waits.

    ## Why is this bad?
    A barrier holds until all steps that name it have come. One alone goes right through.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      flowControl:
        barriers:
          - {name: ready, identifier: ready}
      stages:
        - stage:
            name: one
            identifier: one
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      name: meet
                      identifier: meet
                      type: Barrier
                      timeout: 10m
                      spec: {barrierRef: ready}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      flowControl:
        barriers:
          - {name: ready, identifier: ready}
      stages:
        - parallel:
            - stage:
                name: one
                identifier: one
                type: Custom
                spec:
                  execution:
                    steps:
                      - step: &meet
                          name: meet
                          identifier: meet
                          type: Barrier
                          timeout: 10m
                          spec: {barrierRef: ready}
            - stage:
                name: two
                identifier: two
                type: Custom
                spec:
                  execution:
                    steps:
                      - step: *meet
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/barriers
    """
    if _may_hold_more(pipeline, context):
        return
    declared = {definition.name for definition in _declared(context)}
    barriers = barriers_of(context)
    count = Counter(reference.value for _, reference in barriers)
    for step, reference in barriers:
        if (
            count[reference.value] > 1
            or reference.value not in declared
            or any(map(_repeats, step.lineage))
        ):
            continue
        yield Finding(
            reference.span,
            f"only this step waits at barrier `{reference.value}`",
            "nobody to wait for",
            help="add a Barrier step to what runs at the same time, or remove this one",
        )


def _repeats(unit: Unit) -> bool:
    """Tell whether a unit may run several times."""
    if unit.looping is not None or "strategy" in unit.node.fields:
        return True
    if not isinstance(unit, Stage) or unit.spec is None:
        return False
    several = {"services", "environments", "environmentGroup", "multiDeploymentConfig"}
    if several & unit.spec.fields.keys():
        return True
    environment = mapping_of(unit.spec.get("environment"))
    keys = {"deployToAll", "filters", "infrastructureDefinitions", "gitOpsClusters"}
    return environment is not None and bool(keys & environment.fields.keys())


RULES = (
    lonely_barrier,
    undeclared_barrier,
    unknown_barrier,
    unused_barrier,
)
