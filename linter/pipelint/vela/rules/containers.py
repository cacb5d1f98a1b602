"""Names of containers: what the worker makes of them, and which are Vela's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import INFO, WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.vela.context import Context
from pipelint.vela.model import Container, Pipeline, Stage, Step
from pipelint.vela.names import CLONE, INIT, RESERVED, named
from pipelint.vela.rules.duplicates import Named, repeated
from pipelint.vela.rulesets import always_together, is_dynamic


@rule(on=Pipeline, level=WARNING, family="vela", about=(INIT, CLONE))
def reserved_step_name(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a step called `init`, and a step `clone` beside the one that Vela adds.

    ## Why is this bad?
    Vela does not check steps of these names. The worker never runs a step called `init`. A second
    step `clone` gets the same container name as the one that Vela adds, and cannot be made. To
    check the repository out in another way, set `clone: false` under `metadata`; then `clone` is
    yours. In a pipeline with stages a step may be called `clone`.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: init
        image: alpine:3.22
        commands: [./prepare.sh]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: prepare
        image: alpine:3.22
        commands: [./prepare.sh]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/metadata/
    """
    if pipeline.is_template:
        return  # the names of its steps get a prefix
    for step in pipeline.steps:
        if step.name is None or step.template or not _is_taken(step, pipeline):
            continue
        name = step.name.value
        yield Finding(
            step.name.span,
            f"step `{name}` has a name that Vela uses itself",
            "never runs" if name == INIT else "Vela adds one, too",
            help="choose another name"
            if name == INIT
            else "choose another name, or set `clone: false` under `metadata`",
        )


def _is_taken(step: Step, pipeline: Pipeline) -> bool:
    name = step.name.value if step.name else ""
    return name == INIT or (name == CLONE and pipeline.clone and step.stage is None)


@rule(on=Pipeline, level=WARNING, family="vela", about=(INIT, CLONE))
def duplicate_reserved_name(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a second container called `clone` or `init` in one list.

    ## Why is this bad?
    Vela does not look for names that stand twice among containers of these names. Both get the
    same container name on the worker, and the second cannot be made.

    ## Example
    ```yaml
    version: "1"
    services:
      - name: clone
        image: postgres:17
      - name: clone
        image: redis:7.4
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
      - name: redis
        image: redis:7.4
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```
    """
    message = "`{}` stands twice, and Vela does not notice"
    services = [service.container for service in pipeline.services]
    yield from repeated("service", _reserved(services), context, message)
    origins = [s.origin.container for s in pipeline.secrets if s.origin and not s.origin.empty]
    yield from repeated("secret origin", _reserved(origins), context, message)
    lists: dict[int, list[Container]] = {}
    for step in pipeline.steps:
        if not _is_taken(step, pipeline):
            position = step.stage.position if step.stage else -1
            lists.setdefault(position, []).append(step.container)
    for containers in lists.values():
        yield from repeated("step", _reserved(containers), context, message)


def _reserved(containers: list[Container]) -> Iterator[Named]:
    for container in containers:
        if container.name and container.name.value in RESERVED:
            yield Named(container.name.value, container.name, container.ruleset)


@rule(on=(Container, Stage), level=INFO, family="vela")
def unfit_container_name(owner: Container | Stage, context: Context) -> Iterator[Finding]:
    """Reports a name of a stage, a step, a service or a secret origin that no container can have.

    ## Why is this bad?
    The worker calls a container by the names of the stage and the step. Docker takes letters
    without accents, digits, `_`, `.` and `-`; Vela replaces blanks and slashes itself. With
    anything else in it the container cannot be made, and the build fails.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: build & test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: build and test
        image: golang:1.24
        commands: [go test ./...]
    ```
    """
    name = owner.name
    unfit = _UNFIT.search(name.value) if name else None
    if name is None or unfit is None or is_dynamic(name.value):
        return
    yield Finding(
        name.span,
        f"no container can be called `{name.value}`",
        f"`{unfit[0]}` cannot be in it" if unfit[0].isprintable() else "a control character",
        help="use letters, digits, `_`, `.`, `-` and blanks",
        notes=("the worker names the container after it",),
    )


_UNFIT = re.compile(r"[^A-Za-z0-9_./ -]")


@rule(on=Pipeline, level=WARNING, family="vela")
def colliding_container_name(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports names that differ for Vela and are one for the worker.

    ## Why is this bad?
    Docker allows neither blanks nor slashes in the name of a container; the worker replaces both
    by `-`. The container of the second of two such names cannot be made.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: unit test
        image: golang:1.24
        commands: [go test ./...]
      - name: unit-test
        image: golang:1.24
        commands: [go test -race ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: unit test
        image: golang:1.24
        commands: [go test ./...]
      - name: unit test with races
        image: golang:1.24
        commands: [go test -race ./...]
    ```
    """
    steps = [(_of_step(step), step.container) for step in pipeline.steps if step.template is None]
    services = [
        (s.container.name.value, s.container) for s in pipeline.services if s.container.name
    ]
    for group in (steps, services):
        first: dict[str, tuple[str, Container]] = {}
        for whole, container in group:
            if container.name is None:
                continue
            before, other = first.setdefault(_REPLACED.sub("-", whole), (whole, container))
            clash = whole != before and other.name
            if clash and always_together(other.ruleset, container.ruleset):
                yield Finding(
                    container.name.span,
                    f"{named(container)} gets the container name of `{clash.value}`",
                    "blanks and `/` become `-`",
                    help="give it another name",
                    related=(Related(clash.span, "the other one"),),
                )


def _of_step(step: Step) -> str:
    name = step.name.value if step.name else ""
    return f"{step.stage.name.value}_{name}" if step.stage else name


_REPLACED = re.compile("[ /]")


RULES = (
    colliding_container_name,
    duplicate_reserved_name,
    reserved_step_name,
    unfit_container_name,
)
