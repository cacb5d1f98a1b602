"""Types, formats and sources of the templates in use."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Edit, Finding, Fix
from pipelint.rule import rule
from pipelint.vela import template_source
from pipelint.vela.calls import INLINE, lacks, uses
from pipelint.vela.context import Context
from pipelint.vela.model import Pipeline, Template
from pipelint.vela.values import Text

GITHUB, FILE = "github", "file"
TYPES = (GITHUB, FILE)
FORMATS = ("go", "golang", "starlark")
STARLARK_ENDINGS = (".star", ".py")
YAML_ENDINGS = (".yml", ".yaml")


@rule(on=Pipeline, level=ERROR, family="vela", about=("template", "templates"))
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
    for use in uses(pipeline):
        kind = use.template.type
        if kind and kind.value.lower() not in TYPES:
            yield Finding(
                kind.span,
                f"Vela has no templates of type `{kind.value}`",
                "refused by Vela",
                help="write `github`, or `file` for a template of this repository",
            )


@rule(on=Pipeline, level=ERROR, family="vela", about=("template", "templates"))
def unsupported_template_format(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template in use whose format Vela does not know.

    ## Why is this bad?
    Vela refuses the pipeline. The formats are `go` (the default, also `golang`) and `starlark`;
    letter case counts.

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
                "refused by Vela",
                help="write `go` or `starlark`",
                fixes=(fix,) if right in known else (),
            )


@rule(on=Pipeline, level=WARNING, family="vela", about=("template", "templates"))
def mismatched_template_format(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template whose file is in another language than its format says.

    ## Why is this bad?
    Without a format Vela reads a template as a Go template. A Starlark file (`.star`, `.py`) is no
    YAML then, and the pipeline is refused; so is a YAML file that is run as Starlark.

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


@rule(on=Pipeline, level=ERROR, family="vela", about=("template", "templates"))
def malformed_template_source(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a template of type `github` in use whose source names no file.

    ## Why is this bad?
    A source is `host/organization/repository/path`, with `@ref` behind it or not. Vela takes the
    first part to be the host, always, and refuses a source with fewer than three parts behind it.

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
    for source in _github_sources(pipeline):
        if template_source.read(source.value) is None:
            yield Finding(
                source.span,
                f"the source `{source.value}` names no file of a repository",
                "refused by Vela",
                help="write `host/organization/repository/path`, such as `github.com/o/r/t.yml`",
                notes=("the first part is always taken to be the host",),
            )


@rule(on=Pipeline, level=WARNING, family="vela", about=("template", "templates"))
def template_ref_cut_short(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a second `@` in the source of a template.

    ## Why is this bad?
    Vela takes what stands between the first and the second `@` to be the branch, tag or commit, and
    drops the rest.

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


RULES = (
    malformed_template_source,
    mismatched_template_format,
    template_ref_cut_short,
    unsupported_template_format,
    unsupported_template_type,
)
