"""Trying out what becomes of the texts of a step when known values are put in for `${…}`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pipelint.record import NamedTuple
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.emitted import BROKEN, RESHAPED, SAME, Put, inserted, is_harmless, replace
from pipelint.vela.escaping import SCRIPTS
from pipelint.vela.model import Variable
from pipelint.vela.scope import UNSET
from pipelint.vela.substitution.found import Substitution
from pipelint.vela.substitution.operators import apply_operator
from pipelint.vela.uses import Use, Uses, uses_of
from pipelint.yaml.node import Scalar
from pipelint.yaml.view import mapping_of

_TEXTS = frozenset({*SCRIPTS, "name", "image", "user", "environment"})
"""Keys whose values must be texts in the end; what is below `parameters` may be anything."""

_MOST_TRIED = 300
"""So many texts of a document are tried out; nobody writes more values that are odd."""


_LONGEST_TRIED = 5000


class Trial(NamedTuple):
    """What came of a text when values were put in.

    `found` is the first place into which one goes that is more than a plain word, `more` are those
    behind it; `definition` says where the first comes from, `value` is what it is. `left` is the
    text that arrives, or empty. `stops` says that the server refuses the pipeline, `is_same` that
    nothing is wrong.
    """

    use: Use
    found: Substitution
    definition: Variable
    value: str
    left: str
    stops: bool
    is_same: bool
    more: tuple[Substitution, ...] = ()


def trials(context: Context) -> Iterator[Trial]:
    """Try out the texts into which a value goes that is more than a plain word."""
    left = _MOST_TRIED
    for uses in uses_of(context).of_steps:
        for _, group in groupby(uses.uses, key=lambda use: id(use.scalar)):
            trial = _try(list(group), uses) if left else None
            if trial:
                left -= 1
                yield trial


def _try(group: list[Use], uses: Uses) -> Trial | None:
    part, scalar = group[0].part, group[0].scalar
    if part not in _TEXTS and part != "parameters":
        return None
    odd = [one for use in group if (one := _odd(use, uses))]
    if not odd or len(scalar.text) > _LONGEST_TRIED:
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
    use, found, definition, value = odd[0]
    more = tuple(found for _, found, _, _ in odd[1:])
    kind = outcome.kind
    stops = kind == BROKEN or (kind == RESHAPED and part in _TEXTS)
    is_whole = len(puts) == 1 and puts[0][0] == Span(0, len(text)) and outcome.text == value
    is_same = is_whole or (kind == SAME and "\n" not in value)
    return Trial(use, found, definition, value, outcome.text, stops, is_same, more)


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
