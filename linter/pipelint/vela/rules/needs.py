"""What stages wait for: `needs` that names nothing, waits in a ring, or waits for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelint.diagnostic import ERROR, INFO, WARNING, Edit, Finding, Fix, Related
from pipelint.ring import components, ring
from pipelint.rule import rule
from pipelint.vela.build import STAGE
from pipelint.vela.context import Context
from pipelint.vela.model import Pipeline, Stage
from pipelint.vela.names import CLONE, INIT, RESERVED
from pipelint.vela.near import MOST_COMPARED, NOTHING, Offer, offer
from pipelint.vela.values import Text


@rule(on=Pipeline, level=WARNING, family="vela", about=("needs",))
def unknown_need(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a stage that needs a stage which the pipeline does not have.

    ## Why is this bad?
    Vela does not check the names in `needs`. A stage that waits for an unknown name waits for
    nothing: it starts at once, beside the stages it was meant to follow.

    A stage with a `name:` of its own is needed by that name; the key it is written under is
    unknown then.

    ## Example
    ```yaml
    version: "1"
    stages:
      build:
        steps:
          - name: compile
            image: golang:1.24
            commands: [go build ./...]
      publish:
        needs: [biuld]
        steps:
          - name: push
            image: alpine:3.22
            commands: [./push.sh]
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
      publish:
        needs: [build]
        steps:
          - name: push
            image: alpine:3.22
            commands: [./push.sh]
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.

    ## References
    - https://go-vela.github.io/docs/reference/yaml/stages/
    """
    symbols = context.symbols
    if STAGE in symbols.open_kinds or context.templated:
        return
    by_key = {stage.key.text: stage for stage in pipeline.stages}
    unknown = [
        (stage, need)
        for stage in pipeline.stages
        for need in stage.needs
        if need.value not in RESERVED and not symbols.find(STAGE, need.value)
    ]
    for number, (stage, need) in enumerate(unknown):
        renamed = by_key.get(need.value)
        if renamed is not None:
            yield _key_of_renamed(stage, need, renamed)
        else:
            near = offer(need, STAGE, symbols) if number < MOST_COMPARED else NOTHING
            yield _unknown(stage, need, near)


def _unknown(stage: Stage, name: Text, near: Offer) -> Finding:
    return Finding(
        name.span,
        f"stage `{stage.name.value}` needs `{name.value}`, which does not exist",
        "no stage of this name",
        help=near.help or "add the stage, or remove the need",
        notes=("Vela does not wait for a stage that it does not know",),
        related=near.related,
        fixes=near.fixes,
    )


def _key_of_renamed(stage: Stage, name: Text, other: Stage) -> Finding:
    right = other.name.value
    return Finding(
        name.span,
        f"stage `{stage.name.value}` needs `{name.value}`, which is called `{right}`",
        "the key, not the name",
        help="need it by its name",
        related=(Related(other.name.span, "this name replaces the key"),),
        fixes=(
            Fix(f"replace `{name.value}` with `{right}`", (Edit(name.span, right),), safe=False),
        ),
    )


@rule(on=Stage, level=ERROR, family="vela", about=("needs",))
def stage_needs_itself(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a stage that needs itself.

    ## Why is this bad?
    Vela refuses the pipeline.

    ## Example
    ```yaml
    version: "1"
    stages:
      test:
        needs: [test]
        steps:
          - name: unit
            image: golang:1.24
            commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    stages:
      test:
        steps:
          - name: unit
            image: golang:1.24
            commands: [go test ./...]
    ```
    """
    for name in stage.needs:
        if name.value == stage.name.value:
            yield Finding(
                name.span,
                f"stage `{name.value}` needs itself",
                "the stage it stands in",
                help="remove it, or name another stage",
                related=(Related(stage.name.span, "the stage"),),
            )


@rule(on=Pipeline, level=ERROR, family="vela", about=("needs",))
def needs_cycle(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports stages that wait for each other in a ring.

    ## Why is this bad?
    Vela accepts the pipeline. Then the stages wait for each other until the build reaches its
    time limit, or some of them start too early: which of the two is a matter of luck.

    ## Example
    ```yaml
    version: "1"
    stages:
      build:
        needs: [test]
        steps:
          - name: compile
            image: golang:1.24
            commands: [go build ./...]
      test:
        needs: [build]
        steps:
          - name: unit
            image: golang:1.24
            commands: [go test ./...]
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
      test:
        needs: [build]
        steps:
          - name: unit
            image: golang:1.24
            commands: [go test ./...]
    ```
    """
    graph = _graph(pipeline)
    stages = {stage.name.value: stage for stage in pipeline.stages}
    for component in components(graph):
        yield _ring(ring(graph, component), stages)


def _graph(pipeline: Pipeline) -> dict[str, list[str]]:
    """Return which stage needs which, without itself and what is no stage."""
    names = {stage.name.value for stage in pipeline.stages}
    return {
        stage.name.value: [
            need.value
            for need in stage.needs
            if need.value in names and need.value != stage.name.value
        ]
        for stage in pipeline.stages
    }


MOST_RELATED = 2
MOST_SHOWN = 8


def _chain(names: Sequence[str]) -> str:
    """Write a ring out; a long one with its ends only."""
    shown = [f"`{name}`" for name in names]
    if len(shown) > MOST_SHOWN:
        shown[MOST_SHOWN // 2 : -MOST_SHOWN // 2] = ["…"]
    return " → ".join(shown)


def _ring(names: list[str], stages: dict[str, Stage]) -> Finding:
    first, *rest = names
    closing = next(need for need in stages[names[-1]].needs if need.value == first)
    shown = _chain((*names, first))
    others = tuple(
        Related(stages[name].name.span, f"`{name}` needs `{after}`")
        for name, after in zip(names, rest, strict=False)
    )
    return Finding(
        closing.span,
        f"stages need each other in a ring: {shown}",
        "closes the ring",
        help="remove one of the needs",
        notes=("the build hangs until its time limit",),
        related=others[:MOST_RELATED],
    )


@rule(on=Pipeline, level=WARNING, family="vela", about=("needs",))
def needs_later_stage(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a stage that needs a stage written further down.

    ## Why is this bad?
    Vela starts all stages in the order of the file. A stage waits for those that have been
    started when it looks; one that comes later in the file is usually not waited for.

    ## Example
    ```yaml
    version: "1"
    stages:
      publish:
        needs: [build]
        steps:
          - name: push
            image: alpine:3.22
            commands: [./push.sh]
      build:
        steps:
          - name: compile
            image: golang:1.24
            commands: [go build ./...]
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
      publish:
        needs: [build]
        steps:
          - name: push
            image: alpine:3.22
            commands: [./push.sh]
    ```
    """
    position = {stage.name.value: stage.position for stage in pipeline.stages}
    first = {stage.name.value: stage for stage in reversed(pipeline.stages)}
    ring_of = {name: group[0] for group in components(_graph(pipeline)) for name in group}
    for stage in pipeline.stages:
        own = ring_of.get(stage.name.value, "")
        for need in stage.needs:
            later = position.get(need.value, -1) > stage.position
            if later and not (own and own == ring_of.get(need.value)):
                yield _later(stage, need, first[need.value])


def _later(stage: Stage, need: Text, other: Stage) -> Finding:
    return Finding(
        need.span,
        f"stage `{stage.name.value}` needs `{need.value}`, which comes later",
        "may not be waited for",
        help=f"move stage `{need.value}` before stage `{stage.name.value}`",
        related=(Related(other.name.span, "the stage is here"),),
    )


@rule(on=Stage, level=WARNING, family="vela", about=("needs",))
def needs_init(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a stage that needs `init`.

    ## Why is this bad?
    `init` is a stage that Vela adds and finishes before all others. Nothing can wait for it: the
    entry has no effect.

    ## Example
    ```yaml
    version: "1"
    stages:
      test:
        needs: [init]
        steps:
          - name: unit
            image: golang:1.24
            commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    stages:
      test:
        steps:
          - name: unit
            image: golang:1.24
            commands: [go test ./...]
    ```

    ## Fix safety
    The fix is safe: Vela does the same without the entry.
    """
    for need in stage.needs:
        if need.value == INIT:
            yield Finding(
                need.span,
                f"stage `{stage.name.value}` needs `init`, which no stage waits for",
                "without effect",
                help="remove it",
                fixes=_removal(stage, need, context),
            )


@rule(on=Stage, level=WARNING, family="vela", about=("needs",))
def repeated_need(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a stage that names another twice in its `needs`.

    ## Why is this bad?
    The second entry does nothing; often another name was meant.

    ## Example
    ```yaml
    version: "1"
    stages:
      lint:
        steps:
          - name: vet
            image: golang:1.24
            commands: [go vet ./...]
      build:
        needs: [lint, lint]
        steps:
          - name: compile
            image: golang:1.24
            commands: [go build ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    stages:
      lint:
        steps:
          - name: vet
            image: golang:1.24
            commands: [go vet ./...]
      build:
        needs: [lint]
        steps:
          - name: compile
            image: golang:1.24
            commands: [go build ./...]
    ```

    ## Fix safety
    The fix is safe: Vela does the same without the entry.
    """
    first: dict[str, Text] = {}
    for need in stage.needs:
        before = first.setdefault(need.value, need)
        if before is not need:
            yield Finding(
                need.span,
                f"stage `{stage.name.value}` needs `{need.value}` twice",
                "named before",
                help="remove it",
                fixes=_removal(stage, need, context),
                related=(Related(before.span, "first here"),),
            )


@rule(on=Stage, level=INFO, family="vela", about=("needs",))
def redundant_need(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a stage that says that it needs `clone`.

    ## Why is this bad?
    Every stage needs `clone` anyway: Vela adds it.

    ## Example
    ```yaml
    version: "1"
    stages:
      test:
        needs: [clone]
        steps:
          - name: unit
            image: golang:1.24
            commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    stages:
      test:
        steps:
          - name: unit
            image: golang:1.24
            commands: [go test ./...]
    ```

    ## Fix safety
    The fix is safe: Vela does the same without the entry.
    """
    if context.symbols.find(STAGE, CLONE):
        return
    for need in stage.needs:
        if need.value == CLONE:
            yield Finding(
                need.span,
                f"stage `{stage.name.value}` needs `clone` anyway",
                "always added by Vela",
                help="remove it",
                fixes=_removal(stage, need, context),
            )


def _removal(stage: Stage, need: Text, context: Context) -> tuple[Fix, ...]:
    """Take out of the needs what has no effect; of the last one nothing is left."""
    from pipelint.yaml.removal import remove_item, remove_key

    text, needs = context.source.text, stage.node.get("needs")
    if not stage.node.owns(need.node):
        return ()  # others may share the list
    edits = remove_item(text, needs, need.node)
    if not edits and len(stage.needs) == 1:
        edits = remove_key(text, stage.node, "needs")
    return (Fix("remove it", edits),) if edits else ()


RULES = (
    needs_cycle,
    needs_init,
    needs_later_stage,
    redundant_need,
    repeated_need,
    stage_needs_itself,
    unknown_need,
)
