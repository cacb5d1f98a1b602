"""Barriers that hold for ever: steps that wait for what cannot come at the same time."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, OFF, WARNING, Finding, Related
from pipelint.harness.context import Context
from pipelint.harness.model import Pipeline, Stage, Step, Unit
from pipelint.harness.rules.barriers import barriers_of
from pipelint.harness.runs import runs_of
from pipelint.harness.values import Text, flag_of, text_of, whole_of
from pipelint.rule import rule
from pipelint.yaml.node import Mapping, Sequence
from pipelint.yaml.view import mapping_of


@rule(on=Pipeline, level=ERROR, family="harness", about=("barrierRef",))
def barrier_deadlock(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports steps that wait for each other at a barrier but run one after the other.

    ## Why is this bad?
    The first one waits for the second, which cannot begin before the first is done. It waits until
    its timeout and fails.

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
                  - step: {<<: *meet, spec: {barrierRef: ready}}
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
    if context.is_partial:
        return
    first: dict[str, tuple[Step, Text]] = {}
    for step, reference in barriers_of(context):
        if any(unit.when is not None or "when" in unit.node.fields for unit in step.lineage):
            continue
        before = first.setdefault(reference.value, (step, reference))
        if before[0] is not step and _in_turn(before[0], step):
            yield Finding(
                reference.span,
                f"barrier `{reference.value}` is waited for by an earlier step, too",
                "runs after that step",
                help="let both run at the same time, below `parallel`, or use two barriers",
                related=(Related(before[1].span, "waits here until its timeout"),),
            )


def _in_turn(one: Step, other: Step) -> bool:
    """Tell whether the second step surely runs after the first."""
    ways = one.lineage[::-1], other.lineage[::-1]
    for first, second in zip(*ways, strict=False):
        if first is second:
            continue
        if first.flow is None or first.flow is not second.flow:
            return False
        return _outermost(first) is None or _outermost(first) is not _outermost(second)
    return False


def _outermost(unit: Unit) -> object:
    block = unit.parallel
    while block is not None and block.outer is not None:
        block = block.outer
    return block


@rule(on=Step, level=ERROR, family="harness", about=("barrierRef",))
def looped_barrier(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a Barrier step in a loop whose runs can never all come to it.

    ## Why is this bad?
    All runs of a loop wait at the barrier for each other. Where only some run at the same time,
    they wait for those that have not begun: until the timeout. A loop on the Barrier step itself
    is refused.

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
        spec:
          execution:
            steps:
              - step:
                  name: meet
                  identifier: meet
                  type: Barrier
                  timeout: 10m
                  spec: {barrierRef: ready}
        strategy:
          matrix:
            region: [eu, us]
            maxConcurrency: 1
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
        spec:
          execution:
            steps:
              - step:
                  name: meet
                  identifier: meet
                  type: Barrier
                  timeout: 10m
                  spec: {barrierRef: ready}
        strategy:
          matrix:
            region: [eu, us]
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/barriers
    """
    if step.kind != "Barrier":
        return
    if step.looping is not None:
        yield Finding(
            step.looping.key.span,
            "Barrier step with a loop",
            "not for this step",
            help="remove it, or loop the step group or stage around it",
        )
    for unit in step.lineage[1:]:
        yield from _limited(unit, step)
        if isinstance(unit, Stage) and unit.spec is not None:
            yield from _services_in_turn(unit.spec, step)


def _limited(unit: Unit, step: Step) -> Iterator[Finding]:
    """Report a loop that does not let all its runs come to the barrier."""
    looping = unit.looping
    runs = runs_of(looping) if looping is not None else None
    if looping is None or runs is None:
        return
    for holder in (looping.matrix, looping.repeat):
        limit = text_of(holder.get("maxConcurrency")) if holder else None
        number = whole_of(limit.node) if limit else None
        if limit is not None and number is not None and 0 < number < runs:
            yield Finding(
                limit.span,
                f"{runs} runs wait for each other, but only {number} run at the same time",
                "fewer than there are runs",
                help="remove the limit, or the barrier",
                related=(Related(step.span, "waits for all runs"),),
            )


def _services_in_turn(spec: Mapping, step: Step) -> Iterator[Finding]:
    """Report services that are deployed one after the other and meet at a barrier."""
    for name in ("services", "environments"):
        several = mapping_of(spec.get(name))
        metadata = mapping_of(several.get("metadata")) if several else None
        values = several.get("values") if several else None
        parallel = text_of(metadata.get("parallel")) if metadata else None
        if parallel is None or flag_of(parallel.node) is not False:
            continue
        if isinstance(values, Sequence) and len(values.items) > 1:
            yield Finding(
                parallel.span,
                f"the {name} wait for each other, but are deployed one after the other",
                "not at the same time",
                help="write `true`, or remove the barrier",
                related=(Related(step.span, "waits for all of them"),),
            )


@rule(on=Step, level=WARNING, family="harness", about=("barrierRef",))
def barrier_without_timeout(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a Barrier step that does not say how long it waits.

    ## Why is this bad?
    When one of those it waits for fails, the others wait until the timeout. The one that Harness
    takes by itself is hours long.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Barrier
        spec: {barrierRef: ready}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Barrier
        timeout: 10m
        spec: {barrierRef: ready}
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/barriers
    """
    if step.kind != "Barrier" or context.is_partial or step.node.broken or step.template:
        return
    if "timeout" not in step.node.fields and isinstance(step.type, Text):
        yield Finding(
            step.type.span,
            "Barrier step without a timeout",
            "waits for hours",
            help="add `timeout`, such as `10m`",
        )


@rule(on=Step, level=OFF, family="harness", about=("Queue",))
def shared_queue_key(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a key of a queue that any other pipeline may use, too.

    ## Why is this bad?
    Keys are shared by the whole account. With a plain word, pipelines of other teams wait in the
    same queue.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Queue
        timeout: 1h
        spec: {key: deploy, scope: Pipeline}
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Queue
        timeout: 1h
        spec: {key: "shop-<+env.identifier>", scope: Pipeline}
    ```
    """
    key = text_of(step.spec.get("key")) if step.spec and step.kind == "Queue" else None
    if key is not None and key.value.isalpha():
        yield Finding(
            key.span,
            f"queue `{key.value}` is shared by the whole account",
            "a plain word",
            help="put the project or the service into the key",
        )


RULES = (
    barrier_deadlock,
    barrier_without_timeout,
    looped_barrier,
    shared_queue_key,
)
