"""`environment`: variables that cannot be set, are set twice, or are not what they look like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import WARNING, Edit, Finding, Fix, Related
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.calls import replaces
from pipelint.vela.context import Context
from pipelint.vela.model import Environment, Pipeline, Variable
from pipelint.vela.values import FILLER
from pipelint.vela.variables import VARIABLES, is_always_set
from pipelint.yaml.node import PLAIN

_ONE_VARIABLE = re.compile(r"\$*(?:\{(\w+)\}|(\w+))")
_QUOTED = re.compile(r"(['\"])([^'\"]*)\1")


def _environments(pipeline: Pipeline) -> Iterator[tuple[Environment, str]]:
    """Give each environment that reaches a container, with the word for that container.

    One that several containers share comes once.
    """
    found = [(pipeline.environment, "")]
    found += ((stage.environment, "") for stage in pipeline.stages)
    found += (
        (step.container.environment, "step")
        for step in pipeline.steps
        if not replaces(step, pipeline)
    )
    found += (
        (container.environment, container.what)
        for container in pipeline.containers
        if container.what != "step"
    )
    seen: set[tuple[int, str]] = set()
    for environment, what in found:
        if environment.variables and (id(environment), what) not in seen:
            seen.add((id(environment), what))
            yield environment, what


@rule(on=Pipeline, level=WARNING, family="vela", about=("environment",))
def overrides_vela_variable(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a variable of an environment that Vela sets itself.

    ## Why is this bad?
    Vela's own variables win over those of every `environment`: the value that is written there
    reaches no container. The old names, `BUILD_…` and `REPOSITORY_…`, are Vela's own, too.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        environment:
          VELA_BUILD_BRANCH: main
        commands:
          - ./publish.sh $VELA_BUILD_BRANCH
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        environment:
          BASE_BRANCH: main
        commands:
          - ./publish.sh $BASE_BRANCH
    ```

    ## References
    - https://go-vela.github.io/docs/reference/environment/variables/
    """
    for environment, what in _environments(pipeline):
        for variable in environment.variables:
            own = VARIABLES.get(variable.name)
            of_container = bool(own and what and own.only == what)
            if (is_always_set(variable.name) or of_container) and not _says_the_same(variable):
                yield Finding(
                    variable.span,
                    f"`{variable.name}` cannot be set: Vela sets it itself",
                    "without effect",
                    help="take another name",
                )


def _says_the_same(variable: Variable) -> bool:
    """Tell whether a variable gets the value that it has anyway."""
    value = variable.value.value if variable.value else ""
    if variable.name in {"CI", "VELA"}:
        return value == "true"
    match = _ONE_VARIABLE.fullmatch(value) if "$" in value else None
    return match is not None and _newest(match[1] or match[2]) == _newest(variable.name)


def _newest(name: str) -> str:
    known = VARIABLES.get(name)
    return known.replaced_by or name if known else name


@rule(on=Pipeline, level=WARNING, family="vela", about=("environment",))
def duplicate_environment_variable(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a variable that stands twice in a list of variables.

    ## Why is this bad?
    The last one counts, and nothing says so. In a map Vela would refuse the key.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        environment:
          - GOOS=linux
          - GOOS=darwin
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        environment:
          - GOOS=linux
        commands: [go test ./...]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/steps/
    """
    for environment, _ in _environments(pipeline):
        first: dict[str, Variable] = {}
        for variable in environment.variables:
            before = first.setdefault(variable.name, variable)
            if before.span != variable.span and FILLER not in variable.name:
                yield Finding(
                    variable.span,
                    f"`{variable.name}` is set twice",
                    "replaces the one before",
                    help="remove one of them",
                    related=(Related(before.span, "first set here"),),
                )


@rule(on=Pipeline, level=WARNING, family="vela", about=("environment",))
def malformed_variable_name(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a name in an environment that is empty, or holds a blank or a `=`.

    ## Why is this bad?
    Vela takes everything before the first `=` of an entry for the name, blanks included. No program
    looks a variable up under such a name.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        environment:
          - GOOS = linux
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        environment:
          - GOOS=linux
        commands: [go test ./...]
    ```

    ## Fix safety
    The fix is unsafe: the variable gets another name.

    ## References
    - https://go-vela.github.io/docs/reference/yaml/steps/
    """
    text = context.source.text
    for environment, _ in _environments(pipeline):
        for variable in environment.variables:
            name = variable.name
            if name and not re.search(r"[\s=]", name):
                continue
            span = variable.span if name else Span(variable.span.start, variable.span.start + 1)
            yield Finding(
                span,
                f"`{name}` is no name of a variable" if name.strip() else "a variable has no name",
                "everything before `=`" if variable.value and "=" not in name else "",
                help="write `NAME=value`, without spaces around `=`",
                fixes=_without_blanks(variable, text),
            )


def _without_blanks(variable: Variable, text: str) -> tuple[Fix, ...]:
    name, (start, end) = variable.name, variable.span
    bare = name.rstrip()
    if not bare or re.search(r"[\s=]", bare) or text[start:end] != name or text[end] != "=":
        return ()
    after = end + 1
    while text[after : after + 1] == " ":
        after += 1
    edit = Edit(Span(start + len(bare), after), "=")
    return (Fix("remove the spaces", (edit,), safe=False),)


@rule(on=Pipeline, level=WARNING, family="vela", about=("environment",))
def quoted_variable(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports quotes around the value of a variable in a list.

    ## Why is this bad?
    In YAML the whole entry is one text, and quotes inside it are letters like others: the value has
    quotes. A shell would take them away; nothing does here.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        environment:
          - GOFLAGS="-mod=vendor"
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        environment:
          - GOFLAGS=-mod=vendor
        commands: [go test ./...]
    ```

    ## Fix safety
    The fix is unsafe: the value changes.

    ## References
    - https://go-vela.github.io/docs/reference/yaml/steps/
    """
    for environment, _ in _environments(pipeline):
        for variable in environment.variables:
            value = variable.value
            if value is None or value.node.style != PLAIN or value.node.text == value.value:
                continue
            match = _QUOTED.fullmatch(value.value)
            if match:
                start = variable.span.end + 1
                text = f"'{variable.name}={match[2]}'"
                whole = value.node.span
                yield Finding(
                    Span(start, whole.end),
                    f"the quotes are part of the value of `{variable.name}`",
                    "no quotes of YAML",
                    help=f"write `{text}`" if len(text) < _LONGEST else "quote the whole entry",
                    fixes=(Fix("quote the whole entry", (Edit(whole, text),), safe=False),),
                )


_LONGEST = 60

RULES = (
    duplicate_environment_variable,
    malformed_variable_name,
    overrides_vela_variable,
    quoted_variable,
)
