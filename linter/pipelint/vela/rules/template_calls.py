"""Calls of templates: of ones that are not declared, or beside what a call makes meaningless."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.vela.build import TEMPLATE
from pipelint.vela.calls import are_all_known, lacks, replaces
from pipelint.vela.context import Context
from pipelint.vela.model import Pipeline, Step
from pipelint.vela.names import named
from pipelint.vela.near import MOST_COMPARED, NOTHING, offer
from pipelint.vela.values import Text, is_filled
from pipelint.yaml.node import Scalar
from pipelint.yaml.view import mapping_of

IGNORED = frozenset({
    "artifacts", "commands", "detach", "entrypoint", "git", "id_request", "image", "parameters",
    "privileged", "pull", "report_as", "secrets", "ulimits", "user", "volumes",
})  # fmt: skip
"""What a step says in vain when a template takes its place; `environment` reaches the template."""


@rule(on=Pipeline, level=ERROR, family="vela", about=("template",))
def undeclared_template(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a call of a template that is not declared.

    ## Why is this bad?
    Vela refuses the pipeline. Where `templates` is missing altogether, it speaks of a missing image
    instead. A template file must declare the templates that it calls, too: those of the pipeline
    that calls it are not seen.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: publish
        source: github.com/octocat/hello-world/templates/publish.yml
        type: github
    steps:
      - name: image
        template:
          name: publish
      - name: package
        template:
          name: pubish
    ```

    ## Use instead
    ```yaml
    version: "1"
    templates:
      - name: publish
        source: github.com/octocat/hello-world/templates/publish.yml
        type: github
    steps:
      - name: image
        template:
          name: publish
      - name: package
        template:
          name: publish
    ```

    ## Fix safety
    Unsafe: another template may have been meant.

    ## References
    - https://go-vela.github.io/docs/reference/yaml/templates/
    """
    if pipeline.render_inline or not are_all_known(context):
        return
    unknown = (call for call in _expanded(pipeline) if _is_unknown(call[1], context))
    for position, (what, name) in enumerate(unknown):
        near = offer(name, TEMPLATE, context.symbols) if position < MOST_COMPARED else NOTHING
        yield Finding(
            name.span,
            f"{what} calls template `{name.value}`, which is not declared",
            "no template of this name",
            help=near.help or "declare it under `templates`",
            related=near.related,
            fixes=near.fixes,
        )


def _is_unknown(name: Text, context: Context) -> bool:
    return not context.symbols.find(TEMPLATE, name.value)


def _expanded(pipeline: Pipeline) -> Iterator[tuple[str, Text]]:
    """Give the calls that fail where the template is unknown.

    Without any declaration nothing is expanded: a step with an image runs then, and the call in
    the deployment block is not looked at.
    """
    for step in pipeline.steps:
        call = step.template
        if call and call.name and (pipeline.templates or lacks(step.node, "image")):
            yield named(step.container), call.name
    call = pipeline.deployment_template
    if call and call.name and pipeline.templates:
        yield "the deployment", call.name


@rule(on=Pipeline, level=WARNING, family="vela", about=("template",))
def ignored_template_call(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a call of a template that Vela does not look at.

    ## Why is this bad?
    Where a pipeline declares no template, or a call has no name, nothing is put in the place of the
    step: its own image runs. A deployment block without a declared template stays as it is.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        commands: [./publish.sh]
        template:
          name: publish
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        commands: [./publish.sh]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/templates/
    """
    if pipeline.render_inline or not are_all_known(context):
        return
    for step in pipeline.steps:
        call = step.template
        if call is None or not is_filled(step.node.get("image")):
            continue
        nameless = lacks(call.node, "name")
        if nameless or not pipeline.templates:
            why = "no name" if nameless else "no template is declared"
            yield Finding(
                call.key.span,
                f"the template of {named(step.container)} is ignored",
                why,
                help="give the call a `name`" if nameless else "declare it, or remove the call",
                notes=("the image of the step runs",),
            )
    call = pipeline.deployment_template
    if call and call.name and not pipeline.templates:
        yield Finding(
            call.key.span,
            "the template of the deployment is ignored",
            "no template is declared",
            help="declare it under `templates`, or remove the call",
        )


@rule(on=Pipeline, level=ERROR, family="vela", about=("template",))
def inline_and_called_templates(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a step that calls a template in a pipeline that renders its templates inline.

    ## Why is this bad?
    With `metadata.render_inline` every declared template is put into the pipeline as a whole. A
    step cannot call one besides: Vela refuses the pipeline.

    ## Example
    ```yaml
    version: "1"
    metadata:
      render_inline: true
    templates:
      - name: build
        source: github.com/octocat/hello-world/templates/build.yml
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
        source: github.com/octocat/hello-world/templates/build.yml
        type: github
    steps:
      - name: build
        template:
          name: build
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/metadata/
    """
    metadata = mapping_of(pipeline.node.get("metadata"))
    key = metadata.key("render_inline") if metadata and pipeline.render_inline else None
    if key is None:
        return
    for step in pipeline.steps:
        if step.template and step.template.name:
            yield Finding(
                step.template.key.span,
                f"{named(step.container)} calls a template beside `render_inline`",
                "no step may call one",
                help="remove `render_inline`, or the step",
                related=(Related(key.span, "all templates are inline"),),
            )


# --- the step that calls -------------------------------------------------------------------------


@rule(on=Step, level=WARNING, family="vela", about=("template",))
def key_beside_template(step: Step, context: Context) -> Iterator[Finding]:
    """Reports keys of a step that mean nothing because the step calls a template.

    ## Why is this bad?
    The steps of the template take the place of the step. Of its own keys only `name`, `ruleset` and
    `environment` (for the variables that the template reads) have a meaning; an image, commands or
    secrets are lost.

    Keys that an anchor brings in by `<<` are not reported.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: build
        source: github.com/octocat/hello-world/templates/build.yml
        type: github
    steps:
      - name: build
        image: golang:1.24
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
          vars:
            image: golang:1.24
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/templates/
    """
    if not replaces(step, context.pipeline) or step.template is None:
        return
    ignored = [key for key, value in step.node.pairs if _is_ignored(key) and is_filled(value)]
    if ignored:
        names = [f"`{getattr(key, 'text', '')}`" for key in ignored]
        yield Finding(
            ignored[0].span,
            f"{names[0]} has no effect: {named(step.container)} calls a template",
            "a template takes its place",
            help="hand it to the template under `vars`, or remove it",
            notes=(f"the same holds for {', '.join(names[1:])}",) if names[1:] else (),
            related=(Related(step.template.key.span, "the call"),),
        )


def _is_ignored(key: object) -> bool:
    return isinstance(key, Scalar) and key.text in IGNORED


@rule(on=Step, level=WARNING, family="vela", about=("template",))
def template_step_without_name(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step that calls a template and has no name.

    ## Why is this bad?
    The steps of the template are named after the step that calls it: `build_test` where it is
    called `build`. Without a name they are called `_test`, and two such calls of one template
    clash.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: build
        source: github.com/octocat/hello-world/templates/build.yml
        type: github
    steps:
      - template:
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
    if not replaces(step, context.pipeline) or not lacks(step.node, "name"):
        return
    call = step.template
    if call and call.name:
        yield Finding(
            call.key.span,
            f"the step that calls template `{call.name.value}` has no name",
            "its steps are named `_…`",
            help="add `name: …` to the step",
        )


RULES = (
    ignored_template_call,
    inline_and_called_templates,
    key_beside_template,
    template_step_without_name,
    undeclared_template,
)
