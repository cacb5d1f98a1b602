"""Parameters of a deployment: bounds that nothing meets or nobody reads, names that are one."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.vela.context import Context
from pipelint.vela.model import Pipeline
from pipelint.vela.numbers import whole_of
from pipelint.vela.values import text_of
from pipelint.yaml.node import Mapping, Scalar
from pipelint.yaml.view import mapping_of

NUMBERS = frozenset({"integer", "int", "number"})


@rule(on=Pipeline, level=WARNING, family="vela", about=("deployment",))
def empty_range(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a parameter of a deployment whose `min` is above its `max`.

    ## Why is this bad?
    No number is in between: every deployment that gives the parameter is refused.

    ## Example
    ```yaml
    version: "1"
    deployment:
      parameters:
        replicas:
          type: integer
          min: 10
          max: 1
    steps:
      - name: deploy
        image: alpine:3.22
        commands: [./deploy.sh]
    ```

    ## Use instead
    ```yaml
    version: "1"
    deployment:
      parameters:
        replicas:
          type: integer
          min: 1
          max: 10
    steps:
      - name: deploy
        image: alpine:3.22
        commands: [./deploy.sh]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/deployment/
    """
    for _, node in _parameters(pipeline):
        low, high = whole_of(node.get("min")), whole_of(node.get("max"))
        if low is not None and high and low > high and _is_number(node):
            key, other = node.fields["min"][0], node.fields["max"][0]
            yield Finding(
                key.span,
                f"`min` is above `max`: no number is at least {low} and at most {high}",
                "nothing is allowed",
                help="exchange the two",
                related=(Related(other.span, "the other bound"),),
            )


@rule(on=Pipeline, level=WARNING, family="vela", about=("deployment",))
def ignored_range(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a `min` or `max` of a deployment parameter that Vela does not look at.

    ## Why is this bad?
    Bounds count only for parameters of type `integer` or `number`, and only where `max` is there
    and not 0. A deployment with any other number goes through.

    ## Example
    ```yaml
    version: "1"
    deployment:
      parameters:
        replicas:
          type: integer
          min: 1
    steps:
      - name: deploy
        image: alpine:3.22
        commands: [./deploy.sh]
    ```

    ## Use instead
    ```yaml
    version: "1"
    deployment:
      parameters:
        replicas:
          type: integer
          min: 1
          max: 10
    steps:
      - name: deploy
        image: alpine:3.22
        commands: [./deploy.sh]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/deployment/
    """
    for _, node in _parameters(pipeline):
        bounds = [node.fields[name][0] for name in ("min", "max") if whole_of(node.get(name))]
        if not bounds or node.broken:
            continue
        if not _is_number(node):
            reason, cure = "not a number", "add `type: integer`, or remove it"
        elif not node.fields.get("max") or whole_of(node.get("max")) == 0:
            reason, cure = "no `max`", "add a `max` other than 0"
        else:
            continue
        yield Finding(
            bounds[0].span, f"`{bounds[0].text}` of a parameter is not looked at", reason, help=cure
        )


@rule(on=Pipeline, level=WARNING, family="vela", about=("deployment",))
def duplicate_deployment_parameter(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports parameters of a deployment whose names differ only in the case of letters.

    ## Why is this bad?
    Vela compares names without regard to case: one value of the deployment is checked against both
    parameters, and reaches the steps as one variable.

    ## Example
    ```yaml
    version: "1"
    deployment:
      parameters:
        region: {type: string}
        Region: {type: string}
    steps:
      - name: deploy
        image: alpine:3.22
        commands: [./deploy.sh]
    ```

    ## Use instead
    ```yaml
    version: "1"
    deployment:
      parameters:
        region: {type: string}
    steps:
      - name: deploy
        image: alpine:3.22
        commands: [./deploy.sh]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/deployment/
    """
    first: dict[str, Scalar] = {}
    for key, _ in _parameters(pipeline):
        before = first.setdefault(key.text.lower(), key)
        if before is not key:
            yield Finding(
                key.span,
                f"deployment parameters `{before.text}` and `{key.text}` are one to Vela",
                "differs only in case",
                help="remove one of them",
                related=(Related(before.span, "the other one"),),
            )


def _parameters(pipeline: Pipeline) -> Iterator[tuple[Scalar, Mapping]]:
    deployment = mapping_of(pipeline.node.get("deployment"))
    parameters = mapping_of(deployment.get("parameters")) if deployment else None
    for key, value in parameters.fields.values() if parameters else ():
        if isinstance(value, Mapping):
            yield key, value


def _is_number(node: Mapping) -> bool:
    kind = text_of(node.get("type"))
    return kind is not None and kind.value in NUMBERS


RULES = (duplicate_deployment_parameter, empty_range, ignored_range)
