"""`${…}` that stays in a text: where nothing replaces it in time, and where Vela replaces once."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import INFO, WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.escaping import SCRIPTS
from pipelint.vela.model import Container, Pipeline
from pipelint.vela.names import named
from pipelint.vela.scope import SET, UNSET
from pipelint.vela.substitution.found import Substitution
from pipelint.vela.substitution.parse import find
from pipelint.vela.uses import Uses, uses_of
from pipelint.vela.values import Text, text_of
from pipelint.vela.variables import is_never_set
from pipelint.yaml.written import place


@rule(on=Pipeline, level=INFO, family="vela", about=("$",))
def chained_variable(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a `${…}` whose variable holds a `${…}` itself.

    ## Why is this bad?
    Vela replaces once. `${A}` becomes the text of `A` as it is written, with the `${…}` that is in
    it. A shell, or the worker, may replace that later; a ruleset, the name of an image, or an
    operator gets the raw text.

    Commands are not reported: a shell replaces what is left in them.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: plugins/docker:20.17
        environment:
          VERSION: 1.4.${VELA_BUILD_NUMBER}
        parameters:
          tags: ${VERSION}
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: plugins/docker:20.17
        environment:
          VERSION: 1.4.${VELA_BUILD_NUMBER}
        parameters:
          tags: 1.4.${VELA_BUILD_NUMBER}
    ```

    ## References
    - https://go-vela.github.io/docs/reference/environment/substitution/
    """
    everything = uses_of(context)
    for uses in everything.of_steps:
        for use, found in uses.substitutions():
            definition = uses.scope.definition(found.name)
            value = definition.value if definition else None
            if use.part in SCRIPTS or definition is None or value is None:
                continue
            inner = _first_known(value.value, uses)
            if inner and inner != found.name:
                yield Finding(
                    everything.place(use.scalar, found.span),
                    f"the value of `{found.name}` holds `${{{inner}}}`, which stays as it is",
                    "Vela replaces once",
                    help=f"write the value of `{found.name}` here",
                    related=(Related(definition.span, "defined here"),),
                )


def _first_known(text: str, uses: Uses) -> str:
    """Return the first name in a value that Vela would have replaced in the step itself."""
    if "${" not in text or len(text) > _MOST_READ:
        return ""
    names = (one.name for one in find(text) if isinstance(one, Substitution))
    return next((name for name in names if uses.scope.state(name) == SET), "")


_MOST_READ = 1000


@rule(on=Pipeline, level=WARNING, family="vela", about=("$",))
def unresolved_variable(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a `${…}` in an image or a ruleset that nothing replaces in time.

    ## Why is this bad?
    Vela fetches images and looks at rulesets before it replaces anything but what it knows when it
    compiles. In steps that are its own variables, `environment`, and parameters, but no secrets; in
    services and secret plugins it is nothing. An image is looked up with `${…}` in its name then,
    and a pattern matches nothing.

    ## Example
    ```yaml
    version: "1"
    services:
      - name: database
        image: postgres:${VELA_REPO_BRANCH}
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    services:
      - name: database
        image: postgres:17
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/environment/substitution/
    """
    everything = uses_of(context)
    for uses in everything.of_steps:
        container = uses.step.container if uses.step else None
        for use, found in uses.substitutions():
            unset = found.kind == "plain" and uses.scope.state(found.name) == UNSET
            if not container or not unset or is_never_set(found.name):
                continue
            if _matters(use.part, container):
                span = everything.place(use.scalar, found.span)
                yield _unresolved(span, found, use.part, container)
    for container in pipeline.containers:
        if container.what != "step":
            yield from _unreplaced(container, context)


def _matters(part: str, container: Container) -> bool:
    """Tell whether a part is used before the worker replaces; `on_start` fetches images late."""
    pull = text_of(container.node.get("pull"))
    late = pull is not None and pull.value in {"on_start", "never"}
    return part == "ruleset" or (part == "image" and not late)


def _unreplaced(container: Container, context: Context) -> Iterator[Finding]:
    texts = [("image", container.image)] if _matters("image", container) else []
    texts += [("ruleset", text) for text in _patterns(container)]
    for part, text in texts:
        if text is None or "${" not in text.value:
            continue
        where = place(text.node, context.source.text)
        for found in find(text.value):
            if isinstance(found, Substitution) and found.depth == 0:
                yield _unresolved(where(*found.span), found, part, container)


def _patterns(container: Container) -> Iterator[Text]:
    if container.ruleset:
        for rules in (container.ruleset.when, container.ruleset.unless):
            for texts in rules.texts.values():
                yield from texts


def _unresolved(span: Span, found: Substitution, part: str, container: Container) -> Finding:
    is_step = container.what == "step"
    return Finding(
        span,
        f"`{found.name}` is not replaced in the {part} of {named(container)}",
        "not known when Vela compiles" if is_step else "replaced in steps only",
        help=f"define `{found.name}` in `environment`" if is_step else "write the value",
    )


RULES = (chained_variable, unresolved_variable)
