"""What is put in for `${…}`: values that break the step, or do not arrive as they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from pipelint.diagnostic import ERROR, WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.emitted import (
    BROKEN,
    RESHAPED,
    SAME,
    Outcome,
    Put,
    inserted,
    is_harmless,
    replace,
)
from pipelint.vela.escaping import LONGEST, SCRIPTS, advice, escape
from pipelint.vela.model import Pipeline, Variable
from pipelint.vela.scope import UNSET
from pipelint.vela.substitution.found import Substitution
from pipelint.vela.substitution.operators import apply_operator
from pipelint.vela.uses import Use, Uses, uses_of
from pipelint.vela.values import mapping_of
from pipelint.yaml.node import Scalar

_TEXTS = frozenset({*SCRIPTS, "name", "image", "user", "environment"})
"""Keys whose values must be texts in the end; what is below `parameters` may be anything."""

_MOST_TRIED = 300
"""So many texts of a document are tried out; nobody writes more values that are odd."""


_LONGEST_TRIED = 5000


class _Trial(NamedTuple):
    """A text with a value that may not be put in; `use` is where it comes in, first of them all."""

    use: Use
    found: Substitution
    definition: Variable
    value: str
    outcome: Outcome
    restored: bool


def _trials(context: Context) -> Iterator[_Trial]:
    """Try out the texts into which a value goes that is more than a plain word."""
    left = _MOST_TRIED
    for uses in uses_of(context).of_steps:
        for _, group in groupby(uses.uses, key=lambda use: id(use.scalar)):
            trial = _try(list(group), uses) if left else None
            if trial:
                left -= 1
                yield trial


def _try(group: list[Use], uses: Uses) -> _Trial | None:
    part, scalar = group[0].part, group[0].scalar
    if part not in _TEXTS and part != "parameters":
        return None
    odd = next((one for use in group if (one := _odd(use, uses))), None)
    if odd is None or len(scalar.text) > _LONGEST_TRIED:
        return None
    start = _start(scalar, part, uses)
    puts = _puts(group, uses, start)
    if puts is None:
        return None
    text = scalar.text[start:]
    outcome = replace(text, puts, item=part in SCRIPTS or part == "parameters")
    if part == "parameters" and outcome and outcome.kind != BROKEN:
        other = replace(text, puts, item=False)
        outcome = other if other and other.kind == SAME else outcome
    if outcome is None:
        return None
    use, found, definition, value = odd
    whole = len(puts) == 1 and puts[0][0] == Span(0, len(text)) and outcome.text == value
    return _Trial(use, found, definition, value, outcome, whole)


def _odd(use: Use, uses: Uses) -> tuple[Use, Substitution, Variable, str] | None:
    """Return a substitution of a variable whose value is known and no plain word."""
    if not isinstance(use.found, Substitution):
        return None
    definition = uses.scope.definition(use.found.name)
    value = definition.value.value if definition and definition.value else ""
    if definition is None or not value or len(value) > _LONGEST_TRIED or is_harmless(value):
        return None
    return use, use.found, definition, value


def _start(scalar: Scalar, part: str, uses: Uses) -> int:
    """Return where the value begins: behind the `=` in a list of variables."""
    listed = uses.step and mapping_of(uses.step.node.get("environment")) is None
    return scalar.text.find("=") + 1 if part == "environment" and listed else 0


def _puts(group: list[Use], uses: Uses, start: int) -> list[Put] | None:
    """Return what comes in where; None where that cannot be told."""
    puts: list[Put] = []
    for use in group:
        found = use.found
        if not isinstance(found, Substitution) or found.depth or found.span.start < start:
            return None
        value = _value(found, uses)
        quoted = set(use.scalar.text[found.span.start : found.span.end]) & set("'\"\\")
        if value is None or (found.kind != "plain" and quoted):
            return None
        puts.append((Span(found.span.start - start, found.span.end - start), value))
    return puts


def _value(found: Substitution, uses: Uses) -> str | None:
    definition = uses.scope.definition(found.name)
    if definition:
        value = inserted(definition.value.value) if definition.value else ""
        return apply_operator(value, found)
    if uses.scope.state(found.name) == UNSET:
        return apply_operator(f"${{{found.name}}}", found)
    return "x"  # a value that Vela knows; that it is harmless is not said, it is not the cause


@rule(on=Pipeline, level=ERROR, family="vela")
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
        if _stops(trial):
            fixes = escape(trial.use, trial.found, everything)
            yield Finding(
                everything.place(trial.use.scalar, trial.found.span),
                f"the value of `{trial.found.name}` breaks the step when it is put in",
                "put in without quotes",
                help=advice(trial.use, trial.found),
                related=(Related(trial.definition.span, "defined here"),),
                fixes=tuple(fix._replace(safe=True) for fix in fixes),
            )


def _stops(trial: _Trial) -> bool:
    kind = trial.outcome.kind
    return kind == BROKEN or (kind == RESHAPED and trial.use.part in _TEXTS)


@rule(on=Pipeline, level=WARNING, family="vela")
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
        if _stops(trial) or trial.restored or (trial.outcome.kind == SAME and not several):
            continue
        name, left = trial.found.name, trial.outcome.text
        shown = len(left) <= LONGEST and left.isprintable() and left
        yield Finding(
            everything.place(trial.use.scalar, trial.found.span),
            f"the lines of `{name}` are put in as one quoted text"
            if several
            else f"the value of `{name}` does not arrive as it is",
            f"becomes `{left}`" if shown else "put in without quotes",
            help=advice(trial.use, trial.found),
            related=(Related(trial.definition.span, "defined here"),),
            fixes=escape(trial.use, trial.found, everything),
        )


RULES = (breaks_after_substitution, changed_by_substitution)
