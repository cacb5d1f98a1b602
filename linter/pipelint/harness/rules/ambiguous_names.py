"""Identifiers that the server accepts, and by which an expression may find something else."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Flow, Stage, Step, StepGroup
from pipelint.rule import rule


@rule(on=Flow, level=WARNING, family="harness", about=("stepGroup",))
def step_named_as_group(flow: Flow, context: Context) -> Iterator[Finding]:
    """Reports a step with the identifier of a step group beside it.

    ## Why is this bad?
    `<+execution.steps.NAME>` may mean either of them.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: pause
            identifier: pause
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
                  - stepGroup:
                      name: wait
                      identifier: wait
                      steps:
                        - step: {type: Wait, name: more, identifier: more, spec: {duration: 10m}}
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
            name: pause
            identifier: pause
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
                  - stepGroup:
                      name: wait again
                      identifier: wait_again
                      steps:
                        - step: {type: Wait, name: more, identifier: more, spec: {duration: 10m}}
    ```
    """
    units = list(flow.units)
    steps = {unit.id: unit for unit in units if isinstance(unit, Step) and unit.id}
    for unit in units:
        step = steps.get(unit.id) if isinstance(unit, StepGroup) else None
        if step is None:
            continue
        later, earlier = (unit, step) if unit.position > step.position else (step, unit)
        yield Finding(
            later.span,
            f"a step and a step group have the identifier `{unit.id}`",
            f"taken by the {earlier.what}",
            help="give each its own identifier",
            related=(Related(earlier.span, f"the {earlier.what}"),),
        )


@rule(on=Stage, level=WARNING, family="harness", about=("stepGroup",))
def repeated_step_identifier(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports steps of different step groups of a stage with the same identifier.

    ## Why is this bad?
    The documentation asks for identifiers that are unique in the stage. The server accepts such
    steps, but `<+execution.steps.NAME>` without the group then finds another step than you mean.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: pause
            identifier: pause
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
                  - stepGroup:
                      name: later
                      identifier: later
                      steps:
                        - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
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
            name: pause
            identifier: pause
            type: Custom
            spec:
              execution:
                steps:
                  - step: {type: Wait, name: wait, identifier: wait, spec: {duration: 10m}}
                  - stepGroup:
                      name: later
                      identifier: later
                      steps:
                        - step: {type: Wait, name: more, identifier: more, spec: {duration: 10m}}
    ```

    ## References
    - https://developer.harness.io/docs/platform/references/entity-identifier-reference
    """
    for flow in stage.flows:
        first: dict[str, Step] = {}
        for step in _steps_below(flow):
            before = first.setdefault(step.id, step)
            if before.flow is not step.flow and before.node is not step.node:
                yield Finding(
                    step.span,
                    f"another step of this stage has the identifier `{step.id}`",
                    "not unique in the stage",
                    help="give each step of the stage its own identifier",
                    related=(Related(before.span, "the other step"),),
                )


def _steps_below(flow: Flow) -> Iterator[Step]:
    """Give the steps with an identifier; those of a group's rollback stand apart."""
    for unit in flow.units:
        if isinstance(unit, Step) and unit.id:
            yield unit
        elif isinstance(unit, StepGroup) and unit.steps is not None:
            yield from _steps_below(unit.steps)


@rule(on=Flow, level=WARNING, family="harness", about=("strategy",))
def identifier_of_a_loop(flow: Flow, context: Context) -> Iterator[Finding]:
    """Reports an identifier that a loop beside it gives to one of its runs.

    ## Why is this bad?
    A stage or step `test` with a looping strategy runs as `test_0`, `test_1` and so on. An
    expression with such a name may find the run or the step that has this name itself.

    ## Example
    ```yaml
    pipeline:
      name: release
      identifier: release
      projectIdentifier: shop
      orgIdentifier: default
      stages:
        - stage:
            name: pause
            identifier: pause
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      type: Wait
                      name: wait
                      identifier: wait
                      strategy: {parallelism: 2}
                      spec: {duration: 10m}
                  - step: {type: Wait, name: more, identifier: wait_0, spec: {duration: 10m}}
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
            name: pause
            identifier: pause
            type: Custom
            spec:
              execution:
                steps:
                  - step:
                      type: Wait
                      name: wait
                      identifier: wait
                      strategy: {parallelism: 2}
                      spec: {duration: 10m}
                  - step: {type: Wait, name: more, identifier: more, spec: {duration: 10m}}
    ```
    """
    loops = {unit.id: unit for unit in flow.units if unit.looping is not None and unit.id}
    for unit in flow.units:
        name, _, number = unit.id.rpartition("_")
        loop = loops.get(name) if number.isdigit() else None
        if loop is not None:
            yield Finding(
                unit.span,
                f"`{unit.id}` is also the name of a run of the loop `{name}`",
                "taken by the loop",
                help="give it another identifier",
                related=(Related(loop.span, "the loop"),),
            )


RULES = (identifier_of_a_loop, repeated_step_identifier, step_named_as_group)
