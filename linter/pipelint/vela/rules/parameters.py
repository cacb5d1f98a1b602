"""`parameters` and `vars`: values that YAML reads as something else than what is written."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Edit, Finding, Fix
from pipelint.rule import rule
from pipelint.vela.calls import replaces
from pipelint.vela.context import Context
from pipelint.vela.model import Pipeline
from pipelint.yaml.node import Mapping, Scalar
from pipelint.yaml.view import mapping_of


@rule(on=Pipeline, level=WARNING, family="vela", about=("parameters", "vars"))
def misread_value(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a value in `parameters` or `vars` that arrives as another text than the one written.

    ## Why is this bad?
    These keys take values of any kind, so YAML decides what an unquoted value is: `1.10` is the
    number 1.1, `010` the number 8, `2024-01-01` a moment. Vela makes text of that again, and the
    plugin or the template gets the new text.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: plugins/docker:20.17
        parameters:
          tags: 1.10
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: plugins/docker:20.17
        parameters:
          tags: "1.10"
    ```

    ## Fix safety
    The fix is unsafe: another text arrives then.

    ## References
    - https://go-vela.github.io/docs/reference/yaml/steps/
    """
    roots = list(_roots(pipeline))
    if roots:
        from pipelint.vela.untyped import changed

        for scalar, made, what in changed(roots):
            yield _misread(scalar, made, what)


def _roots(pipeline: Pipeline) -> Iterator[tuple[Mapping, str]]:
    """Give each map of parameters and of variables, with the word for what gets them."""
    calls = [step.template for step in pipeline.steps if step.template]
    if pipeline.deployment_template:
        calls.append(pipeline.deployment_template)
    called = {id(step.container) for step in pipeline.steps if replaces(step, pipeline)}
    owners = [
        (one.node, "parameters", "plugin")
        for one in pipeline.containers
        if id(one) not in called and one.what != "service"
    ]
    owners += [(call.node, "vars", "template") for call in calls]
    owners += [(template.node, "vars", "template") for template in pipeline.templates]
    for node, key, what in owners:
        values = mapping_of(node.get(key))
        if values is not None:
            yield values, what


def _misread(scalar: Scalar, made: str, what: str) -> Finding:
    text = scalar.text
    return Finding(
        scalar.span,
        f"`{text}` reaches the {what} as `{made}`",
        "no text for YAML",
        help=f'write `"{text}"` to keep it as it is',
        fixes=(Fix("quote it", (Edit(scalar.span, f'"{text}"'),), safe=False),),
    )


RULES = (misread_value,)
