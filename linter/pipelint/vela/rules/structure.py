"""What a pipeline must have to run at all: steps, names, images, something to do."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Edit, Finding, Fix, Related
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.build import is_empty_origin
from pipelint.vela.context import Context
from pipelint.vela.model import Container, Pipeline, Stage, Step
from pipelint.vela.names import named
from pipelint.vela.slips import does_nothing, lacks_image
from pipelint.vela.values import is_filled, text_of
from pipelint.yaml.node import Mapping, Scalar, Tree
from pipelint.yaml.view import mapping_of


@rule(on=Tree, level=ERROR, family="vela")
def no_pipeline(tree: Tree, context: Context) -> Iterator[Finding]:
    """Reports a file that holds no pipeline: it is empty, or a list, or a single value.

    ## Why is this bad?
    Vela finds no version in it and refuses it.

    ## Example
    ```yaml
    # the pipeline comes later
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
    if isinstance(tree.root, Mapping) or tree.problems or context.templated:
        return
    span = tree.root.span if tree.root is not None else Span(0, 0)
    yield Finding(
        Span(span.start, span.start + 1) if span.end > span.start else span,
        "this file holds no pipeline",
        "not a map of keys" if tree.root is not None else "nothing here",
        help='a pipeline begins with `version: "1"`',
    )


@rule(on=Pipeline, level=WARNING, family="vela")
def unknown_version(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a version other than `"1"`.

    ## Why is this bad?
    `"1"` is the only version there is. Vela takes any text and treats it as `"1"`; a later server
    may not.

    ## Example
    ```yaml
    version: "2"
    steps:
      - name: test
        image: golang:1.24
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

    ## Fix safety
    The fix is safe: Vela treats the text as `"1"` today. It is unsafe where the value is anchored.

    ## References
    - https://go-vela.github.io/docs/reference/yaml/version/
    """
    version = text_of(pipeline.node.get("version"))
    if version and version.value not in {"1", "legacy"}:
        edit = Edit(version.node.span, '"1"')
        alone = version.node.anchor is None  # else it may be something else elsewhere
        yield Finding(
            version.span,
            f"unknown version `{version.value}`",
            "not a version of Vela",
            help='the only version is `"1"`',
            fixes=() if version.node.tag else (Fix('write `"1"`', (edit,), safe=alone),),
        )


@rule(on=Pipeline, level=ERROR, family="vela", about=("stages",))
def stages_and_steps(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a pipeline with both stages and steps.

    ## Why is this bad?
    Vela refuses it: steps stand either in stages, or at the top.

    ## Example
    ```yaml
    version: "1"
    stages:
      build:
        steps:
          - name: compile
            image: golang:1.24
            commands: [go build ./...]
    steps:
      - name: test
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
        steps:
          - name: test
            image: golang:1.24
            commands: [go test ./...]
    ```
    """
    node = pipeline.node
    stages, steps = node.fields.get("stages"), node.fields.get("steps")
    if stages and steps and is_filled(stages[1]) and is_filled(steps[1]):
        first, second = sorted((stages[0], steps[0]), key=lambda key: key.start)
        yield Finding(
            second.span,
            "a pipeline has either `stages` or `steps`, not both",
            f"`{first.text}` is there, too",
            help="move the steps into a stage",
            related=(Related(first.span, f"`{first.text}` here"),),
        )


@rule(on=Pipeline, level=WARNING, family="vela")
def nothing_to_run(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a pipeline that has no step.

    ## Why is this bad?
    Vela accepts it and skips every build. Its command line tool refuses it.

    ## Example
    ```yaml
    version: "1"
    steps: []
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
    node = pipeline.node
    if pipeline.is_template or node.broken or context.templated or pipeline.render_inline:
        return
    if any(is_filled(node.get(key)) for key in ("steps", "stages")):
        return
    if is_filled(node.get("deployment")) and pipeline.deployment_template:
        return
    key = node.key("steps") or node.key("stages") or next(iter(node.fields.values()), (None,))[0]
    if key is not None:
        yield Finding(
            key.span,
            "this pipeline has no steps",
            "nothing to run",
            help="add a step, or remove the file",
            notes=("Vela skips every build of it",),
        )


@rule(on=Stage, level=WARNING, family="vela")
def empty_stage(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports a stage without steps.

    ## Why is this bad?
    Vela drops the stage without a word. Stages that need it do not wait for those that it needs
    itself.

    ## Example
    ```yaml
    version: "1"
    stages:
      build:
        steps:
          - name: compile
            image: golang:1.24
            commands: [go build ./...]
      gate:
        needs: [build]
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
    ```
    """
    if stage.node.broken or context.templated or is_filled(stage.node.get("steps")):
        return
    key = stage.node.key("steps") or stage.key
    yield Finding(
        key.span,
        f"stage `{stage.name.value}` has no steps",
        "this stage is dropped",
        help="give it steps, or remove it",
    )


# --- containers ----------------------------------------------------------------------------------


@rule(on=(Container, Stage), level=ERROR, family="vela")
def missing_name(owner: Container | Stage, context: Context) -> Iterator[Finding]:
    """Reports a step, a service, a secret origin or a stage without a name.

    ## Why is this bad?
    Vela refuses the pipeline. The name of a stage is its key, unless it has a `name` of its own.

    ## Example
    ```yaml
    version: "1"
    steps:
      - image: golang:1.24
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
    if owner.node.broken or is_filled(owner.node.get("name")):
        return
    if isinstance(owner, Stage):
        if not owner.name.value:
            help_ = "name the stage"
            yield Finding(owner.key.span, "this stage has no name", "an empty key", help=help_)
    elif not (_is_absent(owner) or _is_called(owner, context)):
        yield _missing(owner, "name")


@rule(on=Container, level=ERROR, family="vela")
def missing_image(container: Container, context: Context) -> Iterator[Finding]:
    """Reports a step, a service or a secret origin without an image.

    ## Why is this bad?
    Vela refuses the pipeline. Only a step that calls a template needs no image.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
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

    ## Fix safety
    The fix is unsafe: what is ignored today begins to work.
    """
    if not lacks_image(container) or _is_absent(container):
        return  # an undeclared template is a finding of its own
    if not context.is_told(container.node, "missing-image"):
        yield _missing(container, "image")


def _is_absent(container: Container) -> bool:
    """Tell whether the server does not see a container at all: an empty origin."""
    return container.what == "secret origin" and is_empty_origin(container.node)


def _is_called(container: Container, context: Context) -> bool:
    """Tell whether a template stands in for a step: its steps have names of their own."""
    calls = container.what == "step" and mapping_of(container.node.get("template"))
    return bool(calls and (context.pipeline.templates or context.pipeline.is_template))


def _missing(container: Container, key: str) -> Finding:
    there = container.node.key(key)
    place = there or (container.name.node if container.name else None)
    first = next((k for k, _ in container.node.pairs if isinstance(k, Scalar)), None)
    span = place.span if place else first.span if first else container.node.span
    return Finding(
        span,
        f"{named(container)} has no {key}",
        "empty" if there else f"every {container.what} needs one",
        help=f"add `{key}: …`",
    )


@rule(on=Step, level=ERROR, family="vela")
def nothing_to_do(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step that has nothing to do.

    ## Why is this bad?
    Vela refuses a step that has none of `commands`, `environment`, `parameters`, `secrets`,
    `template` and is not detached, even where its image would do something by itself. The
    environment of the stage or of the pipeline does not count, nor do `entrypoint` and
    `artifacts`.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: notify
        image: target/vela-slack:v0.2.0
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: notify
        image: target/vela-slack:v0.2.0
        parameters:
          channel: builds
    ```

    ## Fix safety
    The fix is unsafe: what is ignored today begins to work.
    """
    if step.name is None or not does_nothing(step) or context.is_told(step.node, "nothing-to-do"):
        return
    yield Finding(
        step.name.span,
        f"step `{step.name.value}` has nothing to do",
        "no commands, no parameters",
        help="give it `commands`, `parameters`, `environment` or `secrets`",
    )


RULES = (
    empty_stage,
    missing_image,
    missing_name,
    no_pipeline,
    nothing_to_do,
    nothing_to_run,
    stages_and_steps,
    unknown_version,
)
