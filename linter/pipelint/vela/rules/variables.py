"""Vela's own variables: names that it does not set, and variables that are not there yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from pipelint.diagnostic import INFO, WARNING, Edit, Finding, Fix
from pipelint.record import NamedTuple
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.escaping import SCRIPTS, advice, escape
from pipelint.vela.model import Pipeline, Rules
from pipelint.vela.rulesets import is_dynamic
from pipelint.vela.scope import ON_OTHER_EVENTS
from pipelint.vela.uses import Everything, Uses, uses_of
from pipelint.vela.variables import (
    GONE,
    STALE,
    VARIABLES,
    events_with,
    is_never_set,
    likely_meant,
)
from pipelint.yaml.node import Scalar
from pipelint.yaml.written import place

Thing = TypeVar("Thing")


class _Named(NamedTuple):
    """A variable where a step names it, in `${…}` or in a command; `span` covers the name."""

    uses: Uses
    scalar: Scalar
    name: str
    span: Span


def _named(everything: Everything) -> Iterator[_Named]:
    for uses in everything.of_steps:
        for use, found in uses.substitutions():
            yield _Named(uses, use.scalar, found.name, found.name_span)
        for mention in uses.mentions:
            yield _Named(uses, mention.scalar, mention.name, mention.span)


def _defined(pipeline: Pipeline, everything: Everything) -> set[str]:
    """Return every name that somebody sets anywhere: an environment, a secret, or a script."""
    environments = [pipeline.environment, *(stage.environment for stage in pipeline.stages)]
    environments += [container.environment for container in pipeline.containers]
    names = {name for one in _distinct(environments) for name in one.by_name}
    secrets = [container.secrets for container in pipeline.containers]
    names |= {use.variable for uses in _distinct(secrets) for use in uses}
    return names | everything.bare


def _distinct(things: list[Thing]) -> Iterable[Thing]:
    """Leave out what stands there again because steps share it."""
    return {id(thing): thing for thing in things}.values()


def _rename(one: _Named, right: str, everything: Everything) -> tuple[Fix, ...]:
    if not everything.is_exact(one.scalar, one.span):
        return ()
    edit = Edit(everything.place(one.scalar, one.span), right)
    return (Fix(f"replace `{one.name}` with `{right}`", (edit,), safe=False),)


@rule(on=Pipeline, level=WARNING, family="vela", about=("$", "eval", "~VELA", "~BUILD"))
def unknown_vela_variable(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a variable that looks like one of Vela's, but that Vela does not set.

    ## Why is this bad?
    Nothing says so: `${NAME}` stays as it is, and a shell makes it empty. Reported are names that
    are nearly those of a variable of Vela, and those that older versions of Vela have set. A name
    that the pipeline sets itself is known.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        commands:
          - ./publish.sh ${VELA_BUILD_NUMBR}
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        commands:
          - ./publish.sh ${VELA_BUILD_NUMBER}
    ```

    ## Fix safety
    The fix is unsafe: another variable may have been meant.

    ## References
    - https://go-vela.github.io/docs/reference/environment/variables/
    """
    everything = uses_of(context)
    defined: set[str] | None = None
    for one in _named(everything):
        if not one.name.startswith("VELA_") or not is_never_set(one.name):
            continue
        defined = _defined(pipeline, everything) if defined is None else defined
        if one.name not in defined:
            yield _unknown(one, everything)


def _unknown(one: _Named, everything: Everything) -> Finding:
    span = everything.place(one.scalar, one.span)
    gone = GONE.get(one.name)
    if gone:
        message = f"Vela does not set `{one.name}` any more"
        return Finding(span, message, "an outdated variable", help=f"`{gone}` may say the same")
    near = likely_meant(one.name)
    return Finding(
        span,
        f"Vela does not set `{one.name}`",
        "no variable of Vela",
        help=f"a variable with a similar name exists: `{near}`",
        fixes=_rename(one, near, everything),
    )


@rule(on=Pipeline, level=INFO, family="vela", about=("$", "eval", "~VELA", "~BUILD"))
def deprecated_variable(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a variable by its old name: `BUILD_…` and `REPOSITORY_…`.

    ## Why is this bad?
    Vela still sets the old names and means to drop them. Nothing is reported where the pipeline
    sets the variable itself.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        commands:
          - ./publish.sh $BUILD_NUMBER
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        commands:
          - ./publish.sh $VELA_BUILD_NUMBER
    ```

    ## Fix safety
    The fix is unsafe: a script that the step calls may set the old name.

    ## References
    - https://go-vela.github.io/docs/reference/environment/variables/
    """
    everything = uses_of(context)
    defined: set[str] | None = None
    for one in _named(everything):
        variable = VARIABLES.get(one.name)
        if variable is None or not variable.replaced_by or one.name in STALE:
            continue
        defined = _defined(pipeline, everything) if defined is None else defined
        if one.name not in defined:
            right = variable.replaced_by
            yield Finding(
                everything.place(one.scalar, one.span),
                f"`{one.name}` is the old name of `{right}`",
                "kept for old pipelines",
                help=f"write `{right}`",
                fixes=_rename(one, right, everything),
            )


@rule(on=Pipeline, level=WARNING, family="vela", about=("$", "eval", "~VELA", "~BUILD"))
def variable_of_other_event(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a variable that is not set on any event that the step runs on.

    ## Why is this bad?
    Some variables of Vela are there on some events only: the tag of a tag, the number of a pull
    request. On others `${NAME}` stays as it is, and a shell makes it empty.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        ruleset:
          event: push
        commands:
          - ./publish.sh ${VELA_BUILD_TAG}
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: publish
        image: alpine:3.22
        ruleset:
          event: tag
        commands:
          - ./publish.sh ${VELA_BUILD_TAG}
    ```

    ## When not to use it
    A script that several steps share may look at variables that only some of them have. What a step
    takes from an anchor of another is not reported.

    ## References
    - https://go-vela.github.io/docs/reference/environment/variables/
    """
    everything = uses_of(context)
    for one in _named(everything):
        step = one.uses.step
        if step is None or not events_with(one.name) or one.scalar.anchor:
            continue
        if one.uses.scope.state(one.name) == ON_OTHER_EVENTS and step.node.owns(one.scalar):
            yield Finding(
                everything.place(one.scalar, one.span),
                f"`{one.name}` is not set on the events of this step",
                f"set on {_events(one.name)}",
                help="change the `event` of the step, or take another variable",
            )


def _events(name: str) -> str:
    """Name the events that set a variable, without their actions."""
    words = {event.partition(":")[0] for event in events_with(name)} - {"delete"}
    return " and ".join(f"`{word}`" for word in sorted(words))


@rule(on=Pipeline, level=WARNING, family="vela", about=("$", "eval", "~VELA", "~BUILD"))
def empty_at_compile_time(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a `${…}`, or an `eval`, with a variable whose value is not known yet.

    ## Why is this bad?
    Vela replaces `${…}` and evaluates `eval` when it compiles the pipeline, before a worker has the
    build. The status is always `pending` then, and nothing is known about the worker.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: notify
        image: alpine:3.22
        ruleset:
          status: [success, failure]
        commands:
          - ./notify.sh ${VELA_BUILD_STATUS}
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: notify
        image: alpine:3.22
        ruleset:
          status: [success, failure]
        commands:
          - ./notify.sh $VELA_BUILD_STATUS
    ```

    ## Fix safety
    The fix is unsafe: another value arrives then.

    ## References
    - https://go-vela.github.io/docs/reference/environment/substitution/
    """
    everything = uses_of(context)
    for uses in everything.of_steps:
        for use, found in uses.substitutions():
            if found.name in STALE:
                shell = use.part in SCRIPTS and found.kind == "plain"
                yield Finding(
                    everything.place(use.scalar, found.span),
                    f"`{found.name}` {STALE[found.name]} when Vela replaces `${{…}}`",
                    "replaced before the build starts",
                    help=f"write `${found.name}` for the shell" if shell else advice(use, found),
                    fixes=escape(use, everything, found),
                )
    for container in pipeline.containers:
        if container.ruleset:
            yield from _stale_in_eval(container.ruleset.when, context)
            yield from _stale_in_eval(container.ruleset.unless, context)


def _stale_in_eval(rules: Rules, context: Context) -> Iterator[Finding]:
    text = rules.eval
    if text is None or is_dynamic(text.value) or not any(name in text.value for name in STALE):
        return
    from pipelint.vela.evaluation.names import names

    for one in names(text.value):
        if one.name in STALE:
            status = "use `status` in the ruleset" if one.name.endswith("BUILD_STATUS") else ""
            yield Finding(
                place(text.node, context.source.text)(one.start, one.end),
                f"`{one.name}` {STALE[one.name]} when Vela evaluates `eval`",
                "evaluated before the build starts",
                help=status,
            )


RULES = (
    deprecated_variable,
    empty_at_compile_time,
    unknown_vela_variable,
    variable_of_other_event,
)
