"""`parameters` and `vars`: values that YAML reads as something else than what is written."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Edit, Finding, Fix
from pipelint.rule import rule
from pipelint.vela.calls import replaces
from pipelint.vela.context import Context
from pipelint.vela.model import Pipeline
from pipelint.vela.untyped import ITEM, MEMBER, PARAMETER, TEMPLATE, becomes
from pipelint.vela.values import mapping_of
from pipelint.yaml.node import PLAIN, Mapping, Node, Scalar, Sequence


@rule(on=Pipeline, level=WARNING, family="vela")
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
    seen: set[int] = set()
    for root, where in _roots(pipeline):
        for scalar, place in _scalars(root, where, seen):
            made = becomes(scalar.text, place)
            if made is not None:
                yield _misread(scalar, made, "template" if where == TEMPLATE else "plugin")


def _roots(pipeline: Pipeline) -> Iterator[tuple[Mapping, str]]:
    """Give each map of parameters and of variables for a template."""
    calls = [step.template for step in pipeline.steps if step.template]
    if pipeline.deployment_template:
        calls.append(pipeline.deployment_template)
    called = {id(step.container) for step in pipeline.steps if replaces(step, pipeline)}
    owners = [
        (one.node, "parameters", PARAMETER)
        for one in pipeline.containers
        if id(one) not in called and one.what != "service"
    ]
    owners += [(call.node, "vars", TEMPLATE) for call in calls]
    owners += [(template.node, "vars", TEMPLATE) for template in pipeline.templates]
    for node, key, where in owners:
        values = mapping_of(node.get(key))
        if values is not None:
            yield values, where


def _scalars(root: Mapping, where: str, seen: set[int]) -> Iterator[tuple[Scalar, str]]:
    """Give the plain values below a map, each once, with where they stand."""
    waiting: list[tuple[Node, str]] = [(root, where)]
    while waiting:
        node, place = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            if node.style == PLAIN and not node.tag and not node.broken:
                yield node, place
        elif isinstance(node, Sequence):
            inside = ITEM if place == PARAMETER else place
            waiting += ((item, inside) for item in node.items)
        else:
            inside = place if node is root or place == TEMPLATE else MEMBER
            waiting += ((value, inside) for _, value in node.fields.values())


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
