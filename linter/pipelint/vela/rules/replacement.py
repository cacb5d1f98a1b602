"""What is put in for `${…}`: values that break the step, or do not arrive as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.vela.context import Context
from pipelint.vela.escaping import LONGEST, advice, escape
from pipelint.vela.model import Pipeline
from pipelint.vela.uses import uses_of

if TYPE_CHECKING:
    from pipelint.vela.trials import Trial


def _trials(context: Context) -> Iterable[Trial]:
    """Try values out where a step uses some that the file defines; few pipelines do."""
    for uses in uses_of(context).of_steps:
        if any(uses.scope.definition(found.name) for _, found in uses.substitutions()):
            from pipelint.vela.trials import trials

            return trials(context)
    return ()


@rule(on=Pipeline, level=ERROR, family="vela", about=("$",))
def breaks_after_substitution(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a value that breaks the step into which `${…}` puts it.

    ## Why is this bad?
    Vela writes a step as YAML, puts the values in as they are, and reads the step again. It does
    not quote what comes in: with `: ` it makes a map of a command, with a quote or a bracket it is
    no YAML any more. Vela refuses the pipeline.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: notify
        image: alpine:3.22
        environment:
          BODY: '{"text": "done"}'
        commands:
          - ./notify.sh ${BODY}
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: notify
        image: alpine:3.22
        environment:
          BODY: '{"text": "done"}'
        commands:
          - ./notify.sh "$BODY"
    ```

    ## Fix safety
    The fix is safe: nothing worked before.

    ## References
    - https://go-vela.github.io/docs/reference/environment/substitution/
    """
    everything = uses_of(context)
    for trial in _trials(context):
        if trial.stops:
            fixes = escape(trial.use, everything, trial.found, *trial.more)
            yield Finding(
                everything.place(trial.use.scalar, trial.found.span),
                f"the value of `{trial.found.name}` breaks the step when it is put in",
                "put in without quotes",
                help=advice(trial.use, trial.found),
                related=(Related(trial.definition.span, "defined here"),),
                fixes=tuple(fix._replace(safe=True) for fix in fixes),
            )


@rule(on=Pipeline, level=WARNING, family="vela", about=("$",))
def changed_by_substitution(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    r"""Reports a value that does not arrive as it is where `${…}` puts it.

    ## Why is this bad?
    Vela writes a step as YAML, puts the values in as they are, and reads the step again. What comes
    in may mean something in YAML: behind ` #` begins a comment, quotes around a text are dropped,
    and of a value with several lines Vela makes a quoted text with `\n` in it.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: notify
        image: alpine:3.22
        environment:
          CHANNEL: "#builds"
        commands:
          - ./notify.sh --to ${CHANNEL} --quiet
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: notify
        image: alpine:3.22
        environment:
          CHANNEL: "#builds"
        commands:
          - ./notify.sh --to "$CHANNEL" --quiet
    ```

    ## Fix safety
    The fix is unsafe: another text arrives then.

    ## References
    - https://go-vela.github.io/docs/reference/environment/substitution/
    """
    everything = uses_of(context)
    for trial in _trials(context):
        several = "\n" in trial.value
        if trial.stops or trial.is_same:
            continue
        name, left = trial.found.name, trial.left
        shown = len(left) <= LONGEST and left.isprintable() and left
        yield Finding(
            everything.place(trial.use.scalar, trial.found.span),
            f"the lines of `{name}` are put in as one quoted text"
            if several
            else f"the value of `{name}` does not arrive as it is",
            f"becomes `{left}`" if shown else "put in without quotes",
            help=advice(trial.use, trial.found),
            related=(Related(trial.definition.span, "defined here"),),
            fixes=escape(trial.use, everything, trial.found, *trial.more),
        )


RULES = (breaks_after_substitution, changed_by_substitution)
