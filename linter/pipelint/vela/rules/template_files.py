"""Files of templates of type `file`: those that are not there, and what they bring in.

They lie in the same repository, so they can be local. What is wrong inside of one is said where it
is checked itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, Finding
from pipelint.outside import MISSING
from pipelint.rule import rule
from pipelint.vela.calls import BY_DEPLOYMENT, BY_STEP, INLINE, uses
from pipelint.vela.context import Context
from pipelint.vela.local_templates import Local, readable, used_here
from pipelint.vela.model import Pipeline
from pipelint.vela.outline import Outline, link_of
from pipelint.vela.values import is_filled

BROUGHT_IN = frozenset({"environment", "secrets", "services", "stages", "steps"})
"""What a template must have one of to be rendered inline."""


@rule(on=Pipeline, level=ERROR, family="vela", about=("template", "templates"))
def missing_template_file(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template of type `file` in use whose file is not in the repository.

    ## Why is this bad?
    Vela looks the source up in the repository and at the commit of the build, from its top. Where
    it finds nothing it refuses the pipeline.

    Nothing is reported outside a Git work tree, in a sparse checkout, and for a pipeline that does
    not lie at the top of its repository: it may be meant for another one.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: build
        source: templates/biuld.yml
        type: file
    steps:
      - name: build
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
    - https://go-vela.github.io/docs/reference/yaml/templates/
    """
    if pipeline.is_template:
        return
    for use in uses(pipeline):
        link, source = link_of(use.template, context.outside), use.template.source
        if link and source and link.document.state == MISSING:
            yield Finding(
                source.span,
                f"template file `{source.value}` does not exist",
                "not in this repository",
                help="write the path from the top of the repository",
                related=used_here(use),
            )


@rule(on=Pipeline, level=ERROR, family="vela", about=("template", "templates"))
def mixed_inline_template(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template that is rendered inline and makes stages meet steps.

    ## Why is this bad?
    With `metadata.render_inline` the stages or steps of a template join those of the pipeline and
    of the other templates. A pipeline has either: Vela refuses a mix of both.

    ## Example
    ```yaml
    version: "1"
    metadata:
      render_inline: true
    templates:
      - name: build
        source: templates/build.yml
        type: file
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
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
    stages:
      test:
        steps:
          - name: test
            image: golang:1.24
            commands: [go test ./...]
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
    - https://go-vela.github.io/docs/reference/yaml/metadata/
    """
    both = ("stages", "steps")
    there = {key for key in both if is_filled(pipeline.node.get(key))}
    if len(there) == len(both):
        return  # a finding of its own
    for local in readable(pipeline, context, INLINE):
        if not local.outline.certain:
            continue
        brought = [key for key in both if key in (local.outline.keys or ())]
        there.update(brought)
        if len(there) == len(both):
            yield _mixed(local, brought)
            return


def _mixed(local: Local, brought: list[str]) -> Finding:
    other = "steps" if brought == ["stages"] else "stages"
    has = "both stages and steps" if len(brought) > 1 else f"{brought[0]}, beside {other}"
    return Finding(
        local.source,
        f"the inline template `{local.name}` has {has}",
        "stages and steps meet",
        help="write all of them with stages, or all with steps",
        notes=local.note,
    )


@rule(on=Pipeline, level=ERROR, family="vela", about=("template", "templates"))
def empty_template(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template that has nothing to bring into the pipeline.

    ## Why is this bad?
    Vela refuses the pipeline where a template is an empty file, and where one that is rendered
    inline has none of `environment`, `secrets`, `services`, `stages`, `steps`.

    ## Example
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
    steps:
      - name: compile
        image: golang:1.24
        commands: [go build ./...]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/metadata/
    """
    for how in (INLINE, BY_STEP, BY_DEPLOYMENT):
        for local in readable(pipeline, context, how):
            outline = local.outline
            if not outline.complete or not _is_empty(outline, how):
                continue
            yield Finding(
                local.source,
                f"template `{local.name}` holds nothing for the pipeline",
                "no steps, no stages" if outline.keys is not None else "no map of keys",
                help="give it `steps` or `stages`, or remove it",
                notes=local.note,
                related=used_here(local.use),
            )


def _is_empty(outline: Outline, how: str) -> bool:
    if outline.keys is None:
        return True
    nested = outline.render_inline and bool(outline.templates)
    return how == INLINE and not nested and BROUGHT_IN.isdisjoint(outline.keys)


RULES = (empty_template, missing_template_file, mixed_inline_template)
