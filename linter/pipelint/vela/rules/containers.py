"""What becomes of a container on the worker: names that mean something there, items that are lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import INFO, WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.model import Container, Pipeline, Ruleset, Stage, Step
from pipelint.vela.names import CLONE, INIT, RESERVED
from pipelint.vela.rules.duplicates import Named, repeated
from pipelint.vela.rulesets import is_dynamic
from pipelint.vela.values import is_null, mapping_of, text_of
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence


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


@rule(on=(Container, Stage), level=WARNING, family="vela")
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


# --- items ---------------------------------------------------------------------------------------

_LISTS = {
    "step": ("commands", "entrypoint", "secrets", "environment", "ulimits", "volumes"),
    "service": ("entrypoint", "environment", "ulimits", "ports"),
    "secret origin": ("secrets", "environment"),
}


@rule(on=(Container, Stage, Ruleset), level=WARNING, family="vela")
def empty_item(owner: Container | Stage | Ruleset, context: Context) -> Iterator[Finding]:
    """Reports an item of a list with nothing in it.

    ## Why is this bad?
    Vela drops it without a word. Often the text that was meant begins with `#`, which makes a
    comment of it.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: greet
        image: alpine:3.22
        commands:
          - echo hello
          -
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: greet
        image: alpine:3.22
        commands:
          - echo hello
    ```
    """
    if context.templated:
        return  # an action may have filled it
    for key, value in _lists(owner):
        if any(isinstance(item, Mapping) for item in value.items):
            continue  # among maps Vela fails on it; the schema says so
        for item in value.items:
            if isinstance(item, Scalar) and is_null(item) and not item.broken:
                yield Finding(
                    item.span if item.end > item.start else _dash(item, value, context),
                    f"an item of `{key.text}` is empty",
                    "dropped",
                    help="fill it, or remove it",
                )


def _lists(owner: Container | Stage | Ruleset) -> Iterator[tuple[Scalar, Sequence]]:
    """Give the lists of texts of a container, a stage or a ruleset, with their keys."""
    if isinstance(owner, Container):
        parts = [(owner.node, _LISTS[owner.what])]
    elif isinstance(owner, Stage):
        parts = [(owner.node, ("needs", "environment"))]
    else:
        sides = [mapping_of(owner.node.get(side)) for side in ("if", "unless")]
        parts = [(side, tuple(side.fields)) for side in (owner.node, *sides) if side]
    for node, names in parts:
        for name in names:
            field = node.fields.get(name)
            if field is not None and isinstance(field[1], Sequence):
                yield field[0], field[1]


def _dash(item: Node, around: Sequence, context: Context) -> Span:
    """Return the place of the dash or the comma before an item of no length."""
    text = context.source.text
    at = max(text.rfind("-", around.start, item.start), text.rfind(",", around.start, item.start))
    return Span(at, at + 1) if at >= around.start else Span(around.start, around.start + 1)


# --- single keys ---------------------------------------------------------------------------------


@rule(on=Container, level=WARNING, family="vela", about=("parameters",))
def colliding_parameter(container: Container, context: Context) -> Iterator[Finding]:
    """Reports two parameters that become the same variable.

    ## Why is this bad?
    A plugin gets each parameter as a variable `PARAMETER_<NAME>`, in upper case. Of two names that
    differ only in the case of letters, one value is lost, and which one changes from build to
    build.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: target/vela-docker:v0.10.0
        parameters:
          repo: octocat/hello
          Repo: octocat/world
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: target/vela-docker:v0.10.0
        parameters:
          repo: octocat/world
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/steps/
    """
    parameters = mapping_of(container.node.get("parameters"))
    first: dict[str, Scalar] = {}
    for name, (key, value) in parameters.fields.items() if parameters else ():
        if is_null(value):
            continue
        before = first.setdefault(name.upper(), key)
        if before is not key:
            yield Finding(
                key.span,
                f"parameters `{before.text}` and `{name}` become the same variable",
                f"`PARAMETER_{name.upper()}`",
                help="keep one of them",
                related=(Related(before.span, "the same, too"),),
            )


@rule(on=Container, level=INFO, family="vela", about=("id_request",))
def unusual_id_request(container: Container, context: Context) -> Iterator[Finding]:
    """Reports a value of `id_request` other than `yes` and `write`.

    ## Why is this bad?
    Any text asks for an ID token, `false` and `no` too; the text becomes a claim of the token.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        id_request: false
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```
    """
    asked = text_of(container.node.get("id_request"))
    if asked is None or asked.value in _USUAL_REQUESTS or is_dynamic(asked.value):
        return
    refuses = asked.value.lower() in _REFUSALS
    yield Finding(
        asked.span,
        f"`id_request: {asked.value}` asks for a token, too"
        if refuses
        else f"`id_request: {asked.value}` is an unusual claim",
        "any text does",
        help="remove the key if no token is wanted" if refuses else "the usual text is `write`",
    )


_USUAL_REQUESTS = frozenset({"yes", "write", "true", "read"})
_REFUSALS = frozenset({"false", "no", "n", "off", "none", "never", "0"})


RULES = (
    colliding_parameter,
    duplicate_reserved_name,
    empty_item,
    reserved_step_name,
    unfit_container_name,
    unusual_id_request,
)
