"""Names that stand twice where Vela wants each once, and names that are its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.model import Container, Pipeline, Ruleset, Stage, Step
from pipelint.vela.names import CLONE, INIT, RESERVED
from pipelint.vela.rulesets import always_together, may_run_together
from pipelint.vela.values import Text, text_of


class Named(NamedTuple):
    """A name with what decides whether it is there: containers are dropped by their rulesets."""

    name: str
    place: Text
    ruleset: Ruleset | None


@rule(on=Pipeline, level=ERROR, family="vela")
def duplicate_stage(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a stage whose name another stage has.

    ## Why is this bad?
    Vela refuses the pipeline, but not its command line tool: the mistake shows only after a push.
    A stage is called by its `name:` if it has one, else by its key.

    ## Example
    ```yaml
    version: "1"
    stages:
      build:
        steps:
          - name: compile
            image: golang:1.24
            commands: [go build ./...]
      build-again:
        name: build
        steps:
          - name: compile
            image: golang:1.25
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
      build-again:
        steps:
          - name: compile
            image: golang:1.25
            commands: [go build ./...]
    ```
    """
    stages = [stage for stage in pipeline.stages if _is_kept(stage)]
    yield from _repeated("stage", (Named(s.name.value, s.name, None) for s in stages), context)


def _is_kept(stage: Stage) -> bool:
    return stage.node.broken or stage.node.get("steps") is not None


@rule(on=Pipeline, level=ERROR, family="vela")
def reserved_stage_name(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a stage called `init` or `clone`.

    ## Why is this bad?
    Vela adds stages of these names itself and refuses the pipeline because the name stands twice.
    To check the repository out in another way, set `clone: false` under `metadata`; then a stage
    `clone` of your own is allowed.

    ## Example
    ```yaml
    version: "1"
    stages:
      init:
        steps:
          - name: prepare
            image: alpine:3.22
            commands: [./prepare.sh]
    ```

    ## Use instead
    ```yaml
    version: "1"
    stages:
      prepare:
        steps:
          - name: prepare
            image: alpine:3.22
            commands: [./prepare.sh]
    ```
    """
    if pipeline.is_template:
        return
    for stage in pipeline.stages:
        name = stage.name.value
        if name == INIT or (name == CLONE and pipeline.clone):
            yield Finding(
                stage.name.span,
                f"stage `{name}` has a name that Vela uses itself",
                "reserved",
                help="set `clone: false` under `metadata`"
                if name == CLONE
                else "choose another name",
            )


@rule(on=Pipeline, level=ERROR, family="vela")
def duplicate_step(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a step whose name another step beside it has.

    ## Why is this bad?
    Vela refuses the pipeline on every event for which both steps are there. Its command line tool
    does not notice. Steps of different stages may share a name.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go vet ./...]
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: vet
        image: golang:1.24
        commands: [go vet ./...]
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## When not to use it
    Steps whose rulesets name different events are never there together, and are not reported.
    """
    for containers in _by_stage(pipeline):
        yield from _repeated("step", map(_named, containers), context)


def _by_stage(pipeline: Pipeline) -> Iterable[list[Container]]:
    """Return the steps that stand side by side; stages of one name are two all the same."""
    found: dict[int, list[Container]] = {}
    for step in pipeline.steps:
        position = step.stage.position if step.stage else -1
        found.setdefault(position, []).append(step.container)
    return found.values()


@rule(on=Pipeline, level=ERROR, family="vela")
def colliding_step(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports steps of two stages that Vela takes to be the same.

    ## Why is this bad?
    In a pipeline with stages Vela joins the names of stage and step with `_` and refuses the
    pipeline when two steps come out equal: step `c` of stage `a_b`, and step `b_c` of stage `a`.

    ## Example
    ```yaml
    version: "1"
    stages:
      go_test:
        steps:
          - name: unit
            image: golang:1.24
            commands: [go test ./...]
      go:
        steps:
          - name: test_unit
            image: golang:1.24
            commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    stages:
      go-test:
        steps:
          - name: unit
            image: golang:1.24
            commands: [go test ./...]
      go:
        steps:
          - name: test_unit
            image: golang:1.24
            commands: [go test ./...]
    ```
    """
    first: dict[str, Step] = {}
    for step in pipeline.steps:
        if step.stage is None or step.name is None or step.name.value in RESERVED:
            continue
        joined = f"{step.stage.name.value}_{step.name.value}"
        before = first.setdefault(joined, step)
        if before.stage is None or before.name is None or before.stage.name == step.stage.name:
            continue
        other = before.stage.name.value != step.stage.name.value
        if other and always_together(before.ruleset, step.ruleset):
            yield Finding(
                step.name.span,
                f"step `{step.name.value}` collides with a step of stage `{before.stage.name.value}`",
                f"both become `{joined}`",
                help="rename one of the steps or stages",
                related=(Related(before.name.span, "the other step"),),
            )


@rule(on=Pipeline, level=ERROR, family="vela")
def duplicate_service(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a service whose name another service has.

    ## Why is this bad?
    Vela refuses the pipeline, with a message that speaks of a step.

    ## Example
    ```yaml
    version: "1"
    services:
      - name: postgres
        image: postgres:16
      - name: postgres
        image: postgres:17
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    services:
      - name: postgres
        image: postgres:17
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```
    """
    yield from _repeated("service", (_named(s.container) for s in pipeline.services), context)


@rule(on=Pipeline, level=ERROR, family="vela")
def duplicate_origin(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a secret origin whose name another origin has.

    ## Why is this bad?
    Vela refuses the pipeline, with a message that speaks of a step.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - origin:
          name: vault
          image: target/secret-vault:v0.3.0
          parameters: {addr: vault.example.com}
      - origin:
          name: vault
          image: target/secret-vault:v0.3.0
          parameters: {addr: vault.example.org}
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    secrets:
      - origin:
          name: vault
          image: target/secret-vault:v0.3.0
          parameters: {addr: vault.example.com}
      - origin:
          name: vault-org
          image: target/secret-vault:v0.3.0
          parameters: {addr: vault.example.org}
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```
    """
    origins = [secret.origin for secret in pipeline.secrets if secret.origin]
    kept = (_named(origin.container) for origin in origins if not origin.empty)
    yield from _repeated("secret origin", kept, context)


@rule(on=Pipeline, level=ERROR, family="vela")
def duplicate_report_as(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports two steps that report under the same name.

    ## Why is this bad?
    Each `report_as` becomes a commit status of its own. Vela refuses a pipeline in which two
    steps have the same.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: unit
        image: golang:1.24
        report_as: tests
        commands: [go test ./...]
      - name: integration
        image: golang:1.24
        report_as: tests
        commands: [go test -tags integration ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: unit
        image: golang:1.24
        report_as: unit tests
        commands: [go test ./...]
      - name: integration
        image: golang:1.24
        report_as: integration tests
        commands: [go test -tags integration ./...]
    ```
    """
    found = []
    for step in pipeline.steps:
        text = text_of(step.node.get("report_as"))
        if text:
            found.append(Named(text.value, text, step.ruleset))
    yield from _repeated("report_as", found, context, "`report_as: {}` stands twice")


@rule(on=Pipeline, level=WARNING, family="vela")
def duplicate_on_some_builds(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports containers of one name whose rulesets let both through on some builds.

    ## Why is this bad?
    Vela looks for names that stand twice after it has dropped what the rulesets exclude. The
    pipeline works on one event and is refused on another.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: build
        image: golang:1.24
        commands: [go build ./...]
      - name: build
        image: golang:1.24
        commands: [go build -race ./...]
        ruleset:
          event: pull_request
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: build
        image: golang:1.24
        commands: [go build ./...]
        ruleset:
          event: push
      - name: build
        image: golang:1.24
        commands: [go build -race ./...]
        ruleset:
          event: pull_request
    ```

    ## When not to use it
    Rulesets that pipelint cannot compare (with `eval`, with patterns that may exclude each other)
    are not reported.
    """
    groups: list[tuple[str, list[Container]]] = [
        ("service", [service.container for service in pipeline.services])
    ]
    groups += [("step", containers) for containers in _by_stage(pipeline)]
    for what, containers in groups:
        message = f"{what} `{{}}` is there twice on some builds"
        named = map(_named, containers)
        yield from _repeated(what, named, context, message, _sometimes)


def _sometimes(one: Ruleset | None, other: Ruleset | None) -> bool:
    return not always_together(one, other) and may_run_together(one, other)


def _named(container: Container) -> Named | None:
    if container.name is None or container.name.value in RESERVED:
        return None
    return Named(container.name.value, container.name, container.ruleset)


def _repeated(
    what: str,
    things: Iterable[Named | None],
    context: Context,
    message: str = "",
    together: Callable[[Ruleset | None, Ruleset | None], bool] = always_together,
) -> Iterator[Finding]:
    """Report each name that stood before where both are there at the same time."""
    first: dict[str, list[Named]] = {}
    for thing in things:
        if thing is None:
            continue
        before = first.setdefault(thing.name, [])
        clash = next((b for b in before if together(b.ruleset, thing.ruleset)), None)
        before.append(thing)
        if clash is not None:
            yield Finding(
                _place(thing, clash, context),
                message.format(thing.name) or f"{what} `{thing.name}` is defined twice",
                "the name is taken",
                help="give it another name",
                related=(Related(clash.place.span, "first here"),),
            )


def _place(thing: Named, clash: Named, context: Context) -> Span:
    """Return the place of a name; that of the alias where the same text stands again through one."""
    if thing.place.node is not clash.place.node:
        return thing.place.span
    start = thing.place.node.start
    for alias in context.tree.aliases:
        target = alias.target
        if target is not None and target.start <= start < target.end:
            return alias.span
    return thing.place.span


RULES = (
    colliding_step,
    duplicate_on_some_builds,
    duplicate_origin,
    duplicate_report_as,
    duplicate_service,
    duplicate_stage,
    duplicate_step,
    reserved_stage_name,
)
