"""What stages wait for, where they say it: `dependsOn` that names nothing or runs in a ring."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Edit, Finding, Fix, Related
from pipelint.harness.build import STAGE
from pipelint.harness.context import Context
from pipelint.harness.model import Pipeline, Stage
from pipelint.harness.values import Text, texts_of
from pipelint.name import nearest
from pipelint.ring import components, ring
from pipelint.rule import rule

MOST_COMPARED = 50
MOST_RELATED = 2
MOST_SHOWN = 8


@rule(on=Pipeline, level=ERROR, family="harness", about=("dependsOn",))
def unknown_dependency(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a stage that depends on a stage which the pipeline does not have.

    ## Why is this bad?
    Harness refuses the pipeline. `dependsOn` takes identifiers, not the names that are shown.

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
            template:
              templateRef: build
              versionLabel: v1
        - stage:
            name: ship
            identifier: ship
            dependsOn: [biuld]
            template:
              templateRef: ship
              versionLabel: v1
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
            template:
              templateRef: build
              versionLabel: v1
        - stage:
            name: ship
            identifier: ship
            dependsOn: [build]
            template:
              templateRef: ship
              versionLabel: v1
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.

    ## References
    - https://developer.harness.io/docs/platform/pipelines/dag-pipelines
    """
    if pipeline.is_open or STAGE in context.symbols.open_kinds:
        return
    stages = list(pipeline.all_stages())
    if any(not stage.id for stage in stages):
        return
    known = {stage.id for stage in stages}
    unknown = [
        (stage, name) for stage in stages for name in _waits(stage) if name.value not in known
    ]
    for number, (stage, name) in enumerate(unknown):
        near = nearest(name.value, known) if number < MOST_COMPARED else []
        yield _unknown(stage, name, near)


def _unknown(stage: Stage, name: Text, near: list[str]) -> Finding:
    fixes: tuple[Fix, ...] = ()
    if len(near) == 1:
        title = f"replace `{name.value}` with `{near[0]}`"
        fixes = (Fix(title, (Edit(name.span, near[0]),), safe=False),)
    return Finding(
        name.span,
        f"stage `{stage.id}` depends on `{name.value}`, which does not exist",
        "no stage of this identifier",
        help=f"a stage with a similar identifier exists: `{near[0]}`"
        if near
        else "add the stage, or remove the dependency",
        fixes=fixes,
    )


@rule(on=Pipeline, level=ERROR, family="harness", about=("dependsOn",))
def dependency_cycle(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports stages that depend on each other in a ring, or on themselves.

    ## Why is this bad?
    None of them could ever start. Harness refuses the pipeline.

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
            dependsOn: [ship]
            template:
              templateRef: build
              versionLabel: v1
        - stage:
            name: ship
            identifier: ship
            dependsOn: [build]
            template:
              templateRef: ship
              versionLabel: v1
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
            template:
              templateRef: build
              versionLabel: v1
        - stage:
            name: ship
            identifier: ship
            dependsOn: [build]
            template:
              templateRef: ship
              versionLabel: v1
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/dag-pipelines
    """
    stages: dict[str, Stage] = {}
    for stage in pipeline.all_stages():
        if stage.id:
            stages.setdefault(stage.id, stage)
    for stage in stages.values():
        for name in _waits(stage):
            if name.value == stage.id:
                yield _on_itself(stage, name)
    graph = {
        stage.id: [
            name.value for name in _waits(stage) if name.value in stages and name.value != stage.id
        ]
        for stage in stages.values()
    }
    for component in components(graph):
        yield _ring(ring(graph, component), stages)


def _on_itself(stage: Stage, name: Text) -> Finding:
    return Finding(
        name.span,
        f"stage `{stage.id}` depends on itself",
        "the stage it stands in",
        help="remove it, or name another stage",
        related=(Related(stage.span, "the stage"),),
    )


def _ring(names: list[str], stages: dict[str, Stage]) -> Finding:
    first, *rest = names
    closing = next(name for name in _waits(stages[names[-1]]) if name.value == first)
    shown = [f"`{name}`" for name in (*names, first)]
    if len(shown) > MOST_SHOWN:
        shown[MOST_SHOWN // 2 : -MOST_SHOWN // 2] = ["…"]
    others = tuple(
        Related(stages[name].span, f"`{name}` depends on `{after}`")
        for name, after in zip(names, rest, strict=False)
    )
    return Finding(
        closing.span,
        f"stages depend on each other in a ring: {' → '.join(shown)}",
        "closes the ring",
        help="remove one of the dependencies",
        related=others[:MOST_RELATED],
    )


@rule(on=Stage, level=WARNING, family="harness", about=("dependsOn",))
def dependency_in_parallel(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a stage with `dependsOn` that stands below `parallel`.

    ## Why is this bad?
    The two are different ways to say when a stage runs, and Harness does not take both: with
    `dependsOn` it finds out by itself which stages may run at the same time.

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
            template:
              templateRef: build
              versionLabel: v1
        - parallel:
            - stage:
                name: ship
                identifier: ship
                dependsOn: [build]
                template:
                  templateRef: ship
                  versionLabel: v1
            - stage:
                name: tell
                identifier: tell
                template:
                  templateRef: tell
                  versionLabel: v1
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
            template:
              templateRef: build
              versionLabel: v1
        - stage:
            name: ship
            identifier: ship
            dependsOn: [build]
            template:
              templateRef: ship
              versionLabel: v1
        - stage:
            name: tell
            identifier: tell
            dependsOn: [build]
            template:
              templateRef: tell
              versionLabel: v1
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/dag-pipelines
    """
    key = stage.node.key("dependsOn")
    if key is not None and stage.parallel is not None:
        yield Finding(
            key.span,
            f"stage `{stage.label}` has `dependsOn` and stands below `parallel`",
            "one of the two",
            help="take the stages out of `parallel`",
            related=(Related(stage.parallel.key.span, "runs beside others by this"),),
        )


def _waits(stage: Stage) -> list[Text]:
    return texts_of(stage.node.get("dependsOn"))


RULES = (dependency_cycle, dependency_in_parallel, unknown_dependency)
