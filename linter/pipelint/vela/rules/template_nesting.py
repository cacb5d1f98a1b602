"""What templates of type `file` do to each other, and where they are called from."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.vela.calls import BY_STEP, INLINE
from pipelint.vela.context import Context
from pipelint.vela.local_templates import Local, readable, used_here
from pipelint.vela.model import Pipeline
from pipelint.vela.outline import Link, way_down

TEMPLATE_DEPTH = 3
"""How deep templates may be nested, unless the operator of the server says otherwise."""

MOST_SHOWN = 6


@rule(on=Pipeline, level=WARNING, family="vela", about=("template", "templates"))
def stages_in_step_template(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a step that calls a template with stages.

    ## Why is this bad?
    Vela puts the steps of a template in the place of the step that calls it. Stages are dropped
    without a word. They work only in a template that is rendered inline.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: build
        source: templates/build.yml
        type: file
    steps:
      - name: build
        template:
          name: build
    ```
    ```yaml file=templates/build.yml
    metadata:
      template: true
    stages:
      build:
        steps:
          - name: compile
            image: golang:1.24
            commands: [go build ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    metadata:
      render_inline: true
    templates:
      - name: build
        source: templates/build.yml
        type: file
    ```
    ```yaml file=templates/build.yml
    metadata:
      template: true
    stages:
      build:
        steps:
          - name: compile
            image: golang:1.24
            commands: [go build ./...]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/templates/
    """
    for local in readable(pipeline, context, BY_STEP):
        if local.outline.certain and "stages" in (local.outline.keys or ()):
            yield Finding(
                local.use.span,
                f"the stages of template `{local.name}` are dropped",
                "called from a step",
                help="give the template `steps`, or set `metadata.render_inline`",
                notes=local.note,
                related=(Related(local.source, "declared here"),),
            )


@rule(on=Pipeline, level=ERROR, family="vela", about=("template", "templates"))
def inline_in_step_template(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a step that calls a template which renders templates inline.

    ## Why is this bad?
    Only a pipeline may render templates inline, or a template that is rendered inline itself. Vela
    refuses the pipeline.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: build
        source: templates/build.yml
        type: file
    steps:
      - name: build
        template:
          name: build
    ```
    ```yaml file=templates/build.yml
    metadata:
      template: true
      render_inline: true
    templates:
      - name: lint
        source: github.com/octocat/hello-world/lint.yml
        type: github
    steps:
      - name: compile
        image: golang:1.24
        commands: [go build ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    metadata:
      render_inline: true
    templates:
      - name: build
        source: templates/build.yml
        type: file
    ```
    ```yaml file=templates/build.yml
    metadata:
      template: true
      render_inline: true
    templates:
      - name: lint
        source: github.com/octocat/hello-world/lint.yml
        type: github
    steps:
      - name: compile
        image: golang:1.24
        commands: [go build ./...]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/metadata/
    """
    for local in readable(pipeline, context, BY_STEP):
        outline = local.outline
        if outline.certain and outline.render_inline and outline.templates:
            yield Finding(
                local.use.span,
                f"a step calls template `{local.name}`, which has `render_inline`",
                "called from a step",
                help="remove `render_inline` from the template, or render this one inline, too",
                notes=local.note,
                related=(Related(local.source, "declared here"),),
            )


@rule(on=Pipeline, level=ERROR, family="vela", about=("template", "templates"))
def template_calls_itself(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template that calls itself, or comes round to itself through others.

    ## Why is this bad?
    Vela expands templates in templates until it reaches its limit. Then it refuses the pipeline.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: build
        source: templates/build.yml
        type: file
    steps:
      - name: build
        template:
          name: build
    ```
    ```yaml file=templates/build.yml
    metadata:
      template: true
    templates:
      - name: build
        source: templates/build.yml
        type: file
    steps:
      - name: compile
        template:
          name: build
    ```

    ## Use instead
    ```yaml
    version: "1"
    templates:
      - name: build
        source: templates/build.yml
        type: file
    steps:
      - name: build
        template:
          name: build
    ```
    ```yaml file=templates/build.yml
    metadata:
      template: true
    steps:
      - name: compile
        image: golang:1.24
        commands: [go build ./...]
    ```

    ## References
    - https://go-vela.github.io/docs/usage/templates/
    """
    for local, way in _ways_down(pipeline, context):
        if _comes_round(way):
            yield Finding(
                local.source,
                f"template `{local.name}` never ends: {_chain(way)}",
                "comes round to itself",
                help="remove one of the calls",
                notes=("Vela stops at its limit and refuses the pipeline",),
                related=used_here(local.use),
            )


@rule(on=Pipeline, level=ERROR, family="vela", about=("template", "templates"))
def too_deep_template(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template that leads too deep into other templates.

    ## Why is this bad?
    A template may call templates of its own, down to a depth of three: pipeline, template,
    template, template. Vela refuses the pipeline when the last one declares templates again, used
    or not.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: service
        source: templates/service.yml
        type: file
    steps:
      - name: service
        template:
          name: service
    ```
    ```yaml file=templates/service.yml
    metadata:
      template: true
    templates:
      - name: go
        source: templates/go.yml
        type: file
    steps:
      - name: go
        template:
          name: go
    ```
    ```yaml file=templates/go.yml
    metadata:
      template: true
    templates:
      - name: build
        source: templates/build.yml
        type: file
    steps:
      - name: build
        template:
          name: build
    ```
    ```yaml file=templates/build.yml
    metadata:
      template: true
    templates:
      - name: compile
        source: templates/compile.yml
        type: file
    steps:
      - name: compile
        template:
          name: compile
    ```
    ```yaml file=templates/compile.yml
    metadata:
      template: true
    steps:
      - name: compile
        image: golang:1.24
        commands: [go build ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    templates:
      - name: go
        source: templates/go.yml
        type: file
    steps:
      - name: go
        template:
          name: go
    ```
    ```yaml file=templates/go.yml
    metadata:
      template: true
    templates:
      - name: build
        source: templates/build.yml
        type: file
    steps:
      - name: build
        template:
          name: build
    ```
    ```yaml file=templates/build.yml
    metadata:
      template: true
    templates:
      - name: compile
        source: templates/compile.yml
        type: file
    steps:
      - name: compile
        template:
          name: compile
    ```
    ```yaml file=templates/compile.yml
    metadata:
      template: true
    steps:
      - name: compile
        image: golang:1.24
        commands: [go build ./...]
    ```

    ## Options
    An operator can set another limit: `template-depth` under `vela: {limits: …}`.

    ## References
    - https://go-vela.github.io/docs/usage/templates/
    """
    limit = context.limits.get("template-depth", TEMPLATE_DEPTH)
    for local, way in _ways_down(pipeline, context):
        if not _comes_round(way):
            yield Finding(
                local.source,
                f"template `{local.name}` is nested more than {limit} deep",
                f"`{way[-1].name}` declares more templates",
                help="call the inner templates from the pipeline itself",
                notes=(f"the way down: {_chain(way)}",),
                related=used_here(local.use),
            )


def _ways_down(pipeline: Pipeline, context: Context) -> Iterator[tuple[Local, tuple[Link, ...]]]:
    """Give the uses that lead too deep, or round in a ring, with the way."""
    limit = max(context.limits.get("template-depth", TEMPLATE_DEPTH), 1)
    for how in (BY_STEP, INLINE):
        for local in readable(pipeline, context, how):
            template = local.use.template
            way = way_down(template, limit, context.outside, inline=how == INLINE)
            if way:
                yield local, way


def _comes_round(way: tuple[Link, ...]) -> bool:
    return any(link.document.path == way[-1].document.path for link in way[:-1])


def _chain(way: tuple[Link, ...]) -> str:
    shown = [f"`{link.name}`" for link in way]
    if len(shown) > MOST_SHOWN:
        shown[MOST_SHOWN // 2 : -MOST_SHOWN // 2] = ["…"]
    return " → ".join(shown)


RULES = (
    inline_in_step_template,
    stages_in_step_template,
    template_calls_itself,
    too_deep_template,
)
