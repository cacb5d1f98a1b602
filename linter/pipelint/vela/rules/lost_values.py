"""Values that Vela drops, cuts, or takes for something else than they say."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pipelint.diagnostic import INFO, WARNING, Edit, Finding, Fix, Related
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.model import RULES as RULES_OF_RULESETS
from pipelint.vela.model import Container, Pipeline, Ruleset, Stage
from pipelint.vela.numbers import has_fraction, whole_of
from pipelint.vela.rulesets import is_dynamic
from pipelint.vela.values import NULLS, is_null, text_of
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence
from pipelint.yaml.view import items_of, mapping_of

_LISTS = {
    "step": ("commands", "entrypoint", "secrets", "environment", "ulimits", "volumes"),
    "service": ("entrypoint", "environment", "ulimits", "ports"),
    "secret origin": ("secrets", "environment"),
}


EMPTY = (
    "~", "null", "Null", "NULL",
    "-\n", "-\r", "- \n", "- \r", "-  ", "-\t", "- #", "- &", "- !",
)  # fmt: skip
"""How an item of a list may look that has nothing in it."""


@rule(on=(Container, Stage, Ruleset), level=WARNING, family="vela", about=(*EMPTY, '""', "''"))
def empty_item(owner: Container | Stage | Ruleset, context: Context) -> Iterator[Finding]:
    """Reports an item of a list with nothing in it.

    ## Why is this bad?
    Vela drops it without a word. Often the text that was meant begins with `#`, which makes a
    comment of it.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: greet
        image: alpine:3.22
        commands:
          - echo hello
          -
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: greet
        image: alpine:3.22
        commands:
          - echo hello
    ```
    """
    if context.templated:
        return  # an action may have filled it
    for key, value in _lists(owner):
        for item in _nothings(key, value):
            yield Finding(
                item.span if item.end > item.start else _dash(item, value, context),
                f"an item of `{key.text}` is empty",
                "dropped",
                help="fill it, or remove it",
            )


def _nothings(key: Scalar, value: Sequence) -> list[Scalar]:
    """Return the items with nothing in them. A stage of no name is none; else `""` is a value."""
    found = [item for item in value.items if isinstance(item, Scalar) and item.text in NULLS]
    if not found or any(isinstance(item, Mapping) for item in value.items):
        return []  # among maps Vela fails on it; the schema says so
    nameless = key.text == "needs"
    return [
        item
        for item in found
        if not item.broken and (is_null(item) or (nameless and not item.text))
    ]


def _lists(owner: Container | Stage | Ruleset) -> Iterator[tuple[Scalar, Sequence]]:
    """Give the lists of texts of a container, a stage or a ruleset, with their keys."""
    parts: list[tuple[Mapping, Collection[str]]]
    if isinstance(owner, Container):
        parts = [(owner.node, _LISTS[owner.what])]
    elif isinstance(owner, Stage):
        parts = [(owner.node, ("needs", "environment"))]
    else:
        sides = [mapping_of(owner.node.get(side)) for side in ("if", "unless")]
        parts = [(side, RULES_OF_RULESETS) for side in (owner.node, *sides) if side]
    for node, names in parts:
        for name, (key, value) in node.fields.items():
            if name in names and isinstance(value, Sequence):
                yield key, value


def _dash(item: Node, around: Sequence, context: Context) -> Span:
    """Return the place of the dash or the comma before an item of no length."""
    text = context.source.text
    at = max(text.rfind("-", around.start, item.start), text.rfind(",", around.start, item.start))
    return Span(at, at + 1) if at >= around.start else Span(around.start, around.start + 1)


@rule(on=Container, level=WARNING, family="vela", about=("parameters",))
def colliding_parameter(container: Container, context: Context) -> Iterator[Finding]:
    """Reports two parameters that become the same variable.

    ## Why is this bad?
    A plugin gets each parameter as a variable `PARAMETER_<NAME>`, in upper case. Of two names that
    differ only in the case of letters, one value is lost, and which one changes from build to
    build.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: target/vela-docker:v0.10.0
        parameters:
          repo: octocat/hello
          Repo: octocat/world
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: target/vela-docker:v0.10.0
        parameters:
          repo: octocat/world
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/steps/
    """
    parameters = mapping_of(container.node.get("parameters"))
    first: dict[str, Scalar] = {}
    for name, (key, value) in parameters.fields.items() if parameters else ():
        if is_null(value):
            continue
        before = first.setdefault(name.upper(), key)
        if before is not key:
            yield Finding(
                key.span,
                f"parameters `{before.text}` and `{name}` become the same variable",
                f"`PARAMETER_{name.upper()}`",
                help="keep one of them",
                related=(Related(before.span, "the same, too"),),
            )


@rule(on=Pipeline, level=WARNING, family="vela", about=("ulimits", "parameters"))
def truncated_number(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a number with a fraction where Vela wants a whole one.

    ## Why is this bad?
    Vela cuts the fraction off without a word: 1.5 becomes 1.

    ## Example
    ```yaml
    version: "1"
    deployment:
      parameters:
        share:
          type: number
          min: 0.5
          max: 10
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
        share:
          type: number
          min: 1
          max: 10
    steps:
      - name: deploy
        image: alpine:3.22
        commands: [./deploy.sh]
    ```

    ## Fix safety
    The fix is safe: Vela takes the same number. It is unsafe where the number is anchored.
    """
    for node, keys in _whole_numbers(pipeline):
        for name in keys:
            value = node.get(name)
            if isinstance(value, Scalar) and has_fraction(value):
                whole = str(whole_of(value))
                alone = value.anchor is None  # else it may be more than a number elsewhere
                yield Finding(
                    value.span,
                    f"`{name}` is a whole number, and `{value.text}` becomes `{whole}`",
                    "cut off",
                    fixes=(Fix(f"write `{whole}`", (Edit(value.span, whole),), safe=alone),),
                )


def _whole_numbers(pipeline: Pipeline) -> Iterator[tuple[Mapping, tuple[str, str]]]:
    for container in pipeline.containers:
        for item in items_of(container.node.get("ulimits")):
            if isinstance(item, Mapping):
                yield item, ("soft", "hard")
    deployment = mapping_of(pipeline.node.get("deployment"))
    parameters = mapping_of(deployment.get("parameters")) if deployment else None
    for _, parameter in parameters.fields.values() if parameters else ():
        if isinstance(parameter, Mapping):
            yield parameter, ("min", "max")


@rule(on=Container, level=INFO, family="vela", about=("parameters",))
def null_parameter(container: Container, context: Context) -> Iterator[Finding]:
    """Reports a parameter without a value.

    ## Why is this bad?
    Vela leaves it out: the plugin does not get the variable at all, not even an empty one.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: target/vela-docker:v0.10.0
        parameters:
          repo: octocat/hello
          build_args:
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: target/vela-docker:v0.10.0
        parameters:
          repo: octocat/hello
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/steps/
    """
    parameters = mapping_of(container.node.get("parameters"))
    if parameters is None or parameters.broken or context.templated:
        return
    for name, (key, value) in parameters.fields.items():
        if is_null(value) and not value.broken and parameters.owns(key):
            yield Finding(
                key.span,
                f"parameter `{name}` has no value and is left out",
                "nothing is set",
                help='give it a value, `""` for an empty one, or remove it',
            )


@rule(on=Container, level=INFO, family="vela", about=("id_request",))
def unusual_id_request(container: Container, context: Context) -> Iterator[Finding]:
    """Reports a value of `id_request` other than `yes` and `write`.

    ## Why is this bad?
    Any text asks for an ID token, `false` and `no` too; the text becomes a claim of the token.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        id_request: false
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
    asked = text_of(container.node.get("id_request"))
    if asked is None or asked.value in _USUAL_REQUESTS or is_dynamic(asked.value):
        return
    refuses = asked.value.lower() in _REFUSALS
    yield Finding(
        asked.span,
        f"`id_request: {asked.value}` asks for a token, too"
        if refuses
        else f"`id_request: {asked.value}` is an unusual claim",
        "any text does",
        help="remove the key if no token is wanted" if refuses else "the usual text is `write`",
    )


_USUAL_REQUESTS = frozenset({"yes", "write", "true", "read"})
_REFUSALS = frozenset({"false", "no", "n", "off", "none", "never", "0"})


RULES = (
    colliding_parameter,
    empty_item,
    null_parameter,
    truncated_number,
    unusual_id_request,
)
