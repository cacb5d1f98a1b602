"""Names that stand twice where Vela wants each once, and names that are its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.record import NamedTuple
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.model import Container, Pipeline, Ruleset, Stage, Step
from pipelint.vela.names import CLONE, INIT, RESERVED
from pipelint.vela.rulesets import always_together, identity_of, may_run_together
from pipelint.vela.values import Text, is_filled, text_of
from pipelint.yaml.sharing import sharing_of

MOST_COMPARED = 5_000
"""So many pairs of rulesets of one name are compared; nobody writes more than a few."""


class Named(NamedTuple):
    """A name with what decides whether it is there: containers are dropped by their rulesets."""

    name: str
    place: Text
    ruleset: Ruleset | None


@rule(on=Pipeline, level=ERROR, family="vela", about=("stages",))
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
    yield from repeated("stage", _named_stages(pipeline), context)


def _named_stages(pipeline: Pipeline) -> Iterator[Named]:
    """Give the stages that have steps, each with the ruleset that decides whether it is there.

    A stage is there when one of its steps is. Where its steps have different rulesets, that cannot
    be said, and the stage is left out.
    """
    rulesets: dict[int, list[Ruleset | None]] = {}
    for step in pipeline.steps:
        if step.stage is not None:
            rulesets.setdefault(step.stage.position, []).append(step.ruleset)
    for stage in pipeline.stages:
        found = rulesets.get(stage.position, [])
        if found and (None in found or all(always_together(found[0], one) for one in found)):
            yield Named(stage.name.value, stage.name, None if None in found else found[0])


def _is_kept(stage: Stage) -> bool:
    """Tell whether Vela keeps a stage: without steps it is dropped."""
    return stage.node.broken or is_filled(stage.node.get("steps"))


@rule(on=Pipeline, level=ERROR, family="vela", about=("stages",))
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
        if _is_kept(stage) and (name == INIT or (name == CLONE and pipeline.clone)):
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
        yield from repeated("step", map(_named, containers), context)


def _by_stage(pipeline: Pipeline) -> Iterable[list[Container]]:
    """Return the steps that stand side by side; stages of one name are two all the same."""
    found: dict[int, list[Container]] = {}
    for step in pipeline.steps:
        position = step.stage.position if step.stage else -1
        found.setdefault(position, []).append(step.container)
    return found.values()


@rule(on=Pipeline, level=ERROR, family="vela", about=("stages",))
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
                f"step `{step.name.value}` collides with a step of stage "
                f"`{before.stage.name.value}`",
                f"both become `{joined}`",
                help="rename one of the steps or stages",
                related=(Related(before.name.span, "the other step"),),
            )


@rule(on=Pipeline, level=ERROR, family="vela", about=("services",))
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
    yield from repeated("service", (_named(s.container) for s in pipeline.services), context)


@rule(on=Pipeline, level=ERROR, family="vela", about=("origin",))
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
    yield from repeated("secret origin", kept, context)


@rule(on=Pipeline, level=ERROR, family="vela", about=("report_as",))
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
    yield from repeated("report_as", found, context, "`report_as: {}` stands twice")


@rule(on=Pipeline, level=WARNING, family="vela", about=("ruleset",))
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
        yield from _sometimes_repeated(what, map(_named, containers), context)
    yield from _sometimes_repeated("stage", _named_stages(pipeline), context)


def _named(container: Container) -> Named | None:
    if container.name is None or container.name.value in RESERVED:
        return None
    return Named(container.name.value, container.name, container.ruleset)


def repeated(
    what: str, things: Iterable[Named | None], context: Context, message: str = ""
) -> Iterator[Finding]:
    """Report each name that stood before where both are there on the same builds."""
    said = message or f"{what} `{{}}` is defined twice"
    for group in _groups(things):
        first: dict[str, Named] = {}
        for thing in group:
            clash = first.setdefault(identity_of(thing.ruleset), thing)
            if clash is not thing:
                yield _finding(thing, clash, said, context)


def _sometimes_repeated(
    what: str, things: Iterable[Named | None], context: Context
) -> Iterator[Finding]:
    """Report each name that stood before where both are there on some builds, but not on all."""
    left = MOST_COMPARED
    for group in _groups(things):
        first: dict[str, Named] = {}
        for thing in group:
            own = identity_of(thing.ruleset)
            others = [first[key] for key in islice(first, left) if key != own]
            left -= len(others)
            first.setdefault(own, thing)
            clash = next((o for o in others if may_run_together(o.ruleset, thing.ruleset)), None)
            if clash is not None:
                message = f"{what} `{{}}` is there twice on some builds"
                yield _finding(thing, clash, message, context)


def _groups(things: Iterable[Named | None]) -> list[list[Named]]:
    """Return what has the name of another, name by name."""
    by_name: dict[str, list[Named]] = {}
    for thing in things:
        if thing is not None:
            by_name.setdefault(thing.name, []).append(thing)
    return [group for group in by_name.values() if len(group) > 1]


def _finding(thing: Named, clash: Named, message: str, context: Context) -> Finding:
    return Finding(
        _place(thing, clash, context),
        message.format(thing.name),
        "the name is taken",
        help="give it another name",
        related=(Related(clash.place.span, "first here"),),
    )


def _place(thing: Named, clash: Named, context: Context) -> Span:
    """Return the place of a name; that of the alias where the same text stands again by one."""
    if thing.place.node is not clash.place.node:
        return thing.place.span
    uses = sharing_of(context.tree).uses(thing.place.node.start)
    return uses[0] if uses else thing.place.span


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
