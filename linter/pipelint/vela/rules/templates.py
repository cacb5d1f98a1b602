"""Declarations of templates: those that nothing uses, and those that cannot be used.

Vela looks at a declaration when something uses the template, not before: mistakes in the others are
not reported, only that they are not used.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Edit, Finding, Fix, Related
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela import template_source
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
from pipelint.vela.values import Text, is_filled, mapping_of, text_of

GITHUB, FILE = "github", "file"
TYPES = (GITHUB, FILE)
FORMATS = ("go", "golang", "starlark")
STARLARK_ENDINGS = (".star", ".py")
YAML_ENDINGS = (".yml", ".yaml")


@rule(on=Pipeline, level=WARNING, family="vela")
def unused_template(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a declared template that nothing uses.

    ## Why is this bad?
    Vela never looks at it. Often the step that should call it calls another, or has been lost.

    A template is used by a step or by the deployment block that calls it; with `metadata.render_inline` all templates are.

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
                help="give it a `name`",
            )


def _misspelt_calls(pipeline: Pipeline) -> set[str]:
    """Return what `template: name` says, a call that the schema refuses."""
    texts = (text_of(step.node.get("template")) for step in pipeline.steps)
    return {text.value for text in texts if text}


@rule(on=Pipeline, level=WARNING, family="vela")
def duplicate_template(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template whose name another template has.

    ## Why is this bad?
    A step that calls the name gets the last of them. With `metadata.render_inline` both are rendered, and
    their steps get names with the same beginning.

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


@rule(on=Pipeline, level=ERROR, family="vela")
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
    del context
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
        f"`{key}` is {'empty' if there else 'missing'}",
        help=helps[key],
        related=(Related(use, "used here"),) if use else (),
    )


@rule(on=Pipeline, level=ERROR, family="vela")
def unsupported_template_type(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template in use whose type Vela does not know.

    ## Why is this bad?
    Vela refuses the pipeline. The types are `github` and `file` (a file of this repository).

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: build
        source: gitlab.com/octocat/hello-world/templates/build.yml
        type: gitlab
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
    del context
    for use in uses(pipeline):
        kind = use.template.type
        if kind and kind.value.lower() not in TYPES:
            yield Finding(
                kind.span,
                f"Vela has no templates of type `{kind.value}`",
                "not `github` or `file`",
                help="write `github`, or `file` for a template of this repository",
            )


@rule(on=Pipeline, level=ERROR, family="vela")
def unsupported_template_format(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template in use whose format Vela does not know.

    ## Why is this bad?
    Vela refuses the pipeline. The formats are `go` (the default, also `golang`) and `starlark`; letter case counts.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: build
        source: github.com/octocat/hello-world/templates/build.yml
        type: github
        format: jinja
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
        format: go
    steps:
      - name: build
        template:
          name: build
    ```

    ## Fix safety
    Safe: only letter case changes, and the pipeline does not work before.

    ## References
    - https://go-vela.github.io/docs/reference/yaml/templates/
    """
    del context
    for use in uses(pipeline):
        written = use.template.format
        # Rendered inline, a template may also be plain YAML, though no page says so.
        known = (*FORMATS, "yaml") if use.how == INLINE else FORMATS
        if written and written.value not in known:
            right = written.value.lower()
            fix = Fix(f"write `{right}`", (Edit(written.span, right),))
            yield Finding(
                written.span,
                f"Vela has no templates of format `{written.value}`",
                "not `go` or `starlark`",
                help="write `go` or `starlark`",
                fixes=(fix,) if right in known else (),
            )


@rule(on=Pipeline, level=WARNING, family="vela")
def mismatched_template_format(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template whose file is in another language than its format says.

    ## Why is this bad?
    Without a format Vela reads a template as a Go template. A Starlark file (`.star`, `.py`) is no YAML then, and the
    pipeline is refused; so is a YAML file that is run as Starlark.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: build
        source: github.com/octocat/hello-world/templates/build.star
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
        source: github.com/octocat/hello-world/templates/build.star
        type: github
        format: starlark
    steps:
      - name: build
        template:
          name: build
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/templates/
    """
    del context
    for use in uses(pipeline):
        template = use.template
        if template.source is None or not (template.format or lacks(template.node, "format")):
            continue
        written = template.format.value if template.format else "go"
        end = template_source.ending(template.source.value)
        if written in {"go", "golang"} and end in STARLARK_ENDINGS:
            yield _mismatch(template, f"a `{end}` file", "starlark")
        elif written == "starlark" and end in YAML_ENDINGS:
            yield _mismatch(template, f"a `{end}` file", "go")


def _mismatch(template: Template, what: str, right: str) -> Finding:
    place = template.format or template.source
    assert place is not None  # noqa: S101 - the caller looked
    written = f"has format `{template.format.value}`" if template.format else "has no format"
    return Finding(
        place.span,
        f"{what} {written}",
        "read as a Go template" if right == "starlark" else "run as Starlark",
        help=f"set `format: {right}`",
    )


# --- sources -------------------------------------------------------------------------------------


@rule(on=Pipeline, level=ERROR, family="vela")
def malformed_template_source(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template of type `github` in use whose source names no file.

    ## Why is this bad?
    A source is `host/organization/repository/path`, with `@ref` behind it or not. Vela takes the first part to be the
    host, always, and refuses a source with fewer than three parts behind it.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: build
        source: octocat/hello-world/build.yml
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
        source: github.com/octocat/hello-world/build.yml
        type: github
    steps:
      - name: build
        template:
          name: build
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/templates/
    """
    del context
    for source in _github_sources(pipeline):
        if template_source.read(source.value) is None:
            yield Finding(
                source.span,
                f"the source `{source.value}` names no file of a repository",
                "refused by Vela",
                help="write `host/organization/repository/path`, such as `github.com/o/r/t.yml`",
                notes=("the first part is always taken to be the host",),
            )


@rule(on=Pipeline, level=WARNING, family="vela")
def template_ref_cut_short(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a second `@` in the source of a template.

    ## Why is this bad?
    Vela takes what stands between the first and the second `@` to be the branch, tag or commit, and drops the rest.

    ## Example
    ```yaml
    version: "1"
    templates:
      - name: build
        source: github.com/octocat/hello-world/build.yml@release@2
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
        source: github.com/octocat/hello-world/build.yml@release-2
        type: github
    steps:
      - name: build
        template:
          name: build
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/templates/
    """
    del context
    for source in _github_sources(pipeline):
        parts = template_source.read(source.value)
        if parts and parts.rest:
            yield Finding(
                source.span,
                f"`@{parts.rest}` behind the ref `{parts.ref}` is dropped",
                "a second `@`",
                help="write one `@`, then a branch, tag or commit",
            )


def _github_sources(pipeline: Pipeline) -> Iterator[Text]:
    for use in uses(pipeline):
        kind, source = use.template.type, use.template.source
        if kind and source and kind.value.lower() == GITHUB:
            yield source


@rule(on=Pipeline, level=WARNING, family="vela")
def render_inline_without_templates(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports `render_inline` in a pipeline that declares no template.

    ## Why is this bad?
    `metadata.render_inline` puts every declared template into the pipeline. Without one it does nothing.

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
    malformed_template_source,
    mismatched_template_format,
    render_inline_without_templates,
    template_ref_cut_short,
    unsupported_template_format,
    unsupported_template_type,
    unused_template,
)
