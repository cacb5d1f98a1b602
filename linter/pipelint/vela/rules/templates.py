"""Declarations of templates: those that nothing uses, and those that say too little.

Vela looks at a declaration when something uses the template, not before: of the others it is only
said that they are not used.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.build import TEMPLATE
from pipelint.vela.calls import (
    INLINE,
    are_all_known,
    called_names,
    declared,
    first_key,
    lacks,
    uses,
)
from pipelint.vela.context import Context
from pipelint.vela.model import Pipeline, Template
from pipelint.vela.near import probably_meant
from pipelint.vela.values import Text, is_filled, text_of
from pipelint.yaml.view import mapping_of


@rule(on=Pipeline, level=WARNING, family="vela", about=("template", "templates"))
def unused_template(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a declared template that nothing uses.

    ## Why is this bad?
    Vela never looks at it. Often the step that should call it calls another, or has been lost.

    A template is used by a step or by the deployment block that calls it; with
    `metadata.render_inline` all templates are.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: build
        source: github.com/octocat/hello-world/templates/build.yml
        type: github
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    templates:
      - name: build
        source: github.com/octocat/hello-world/templates/build.yml
        type: github
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
      - name: build
        template:
          name: build
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/templates/
    """
    if pipeline.render_inline or not are_all_known(context):
        return
    used = {name.value for name, _ in called_names(pipeline)} | _misspelt_calls(pipeline)
    used |= probably_meant(TEMPLATE, context.symbols)
    for name, template in declared(pipeline).items():
        if template.name and name not in used:
            yield Finding(
                template.name.span,
                f"template `{name}` is not used",
                "nothing calls it",
                help="call it from a step, or remove it",
            )
    for template in pipeline.templates:
        if lacks(template.node, "name"):
            yield Finding(
                first_key(template.node),
                "this template has no name",
                "nothing can call it",
                help="add `name: …`",
            )


def _misspelt_calls(pipeline: Pipeline) -> set[str]:
    """Return what `template: name` says, a call that the schema refuses."""
    texts = (text_of(step.node.get("template")) for step in pipeline.steps)
    return {text.value for text in texts if text}


@rule(on=Pipeline, level=WARNING, family="vela", about=("template", "templates"))
def duplicate_template(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template whose name another template has.

    ## Why is this bad?
    A step that calls the name gets the last of them. With `metadata.render_inline` both are
    rendered, and their steps get names with the same beginning.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: build
        source: github.com/octocat/hello-world/templates/build.yml
        type: github
      - name: build
        source: github.com/octocat/hello-world/templates/build-all.yml
        type: github
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
        source: github.com/octocat/hello-world/templates/build-all.yml
        type: github
    steps:
      - name: build
        template:
          name: build
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/templates/
    """
    if context.templated:  # the two may stand in different branches of the template
        return
    first: dict[str, Text] = {}
    for name in (template.name for template in pipeline.templates if template.name):
        before = first.setdefault(name.value, name)
        if before is not name:
            yield Finding(
                name.span,
                f"template `{name.value}` is declared twice",
                "both are rendered" if pipeline.render_inline else "the last one counts",
                help="remove one of them, or give it another name",
                related=(Related(before.span, "first here"),),
            )


@rule(on=Pipeline, level=ERROR, family="vela", about=("template", "templates"))
def incomplete_template(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template in use that has no type or no source.

    ## Why is this bad?
    Vela refuses the pipeline: neither has a default.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: build
        source: github.com/octocat/hello-world/templates/build.yml
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
        source: github.com/octocat/hello-world/templates/build.yml
        type: github
    steps:
      - name: build
        template:
          name: build
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/templates/
    """
    for use in uses(pipeline):
        missing = [key for key in ("type", "source") if lacks(use.template.node, key)]
        for key in missing:
            yield _without(use.template, key, use.span if use.how != INLINE else None)


def _without(template: Template, key: str, use: Span | None) -> Finding:
    named = f"template `{template.name.value}`" if template.name else "this template"
    there = template.node.key(key)
    place = there.span if there else template.name.span if template.name else None
    helps = {"type": "set `type: github` or `type: file`", "source": "say where it is: `source`"}
    return Finding(
        place or first_key(template.node),
        f"{named} has no {key}",
        "empty" if there else "a template in use needs it",
        help=helps[key],
        related=(Related(use, "used here"),) if use else (),
    )


@rule(on=Pipeline, level=WARNING, family="vela", about=("render_inline",))
def render_inline_without_templates(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports `render_inline` in a pipeline that declares no template.

    ## Why is this bad?
    `metadata.render_inline` puts every declared template into the pipeline. Without one it does
    nothing.

    ## Example
    ```yaml
    version: "1"
    metadata:
      render_inline: true
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

    ## References
    - https://go-vela.github.io/docs/reference/yaml/metadata/
    """
    if not pipeline.render_inline or not are_all_known(context):
        return
    metadata = mapping_of(pipeline.node.get("metadata"))
    key = metadata.key("render_inline") if metadata else None
    if key is not None and not is_filled(pipeline.node.get("templates")):
        yield Finding(
            key.span,
            "`render_inline` has no template to render",
            "nothing under `templates`",
            help="declare a template, or remove it",
        )


RULES = (
    duplicate_template,
    incomplete_template,
    render_inline_without_templates,
    unused_template,
)
