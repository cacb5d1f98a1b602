"""Problems of expressions: found once for each text, told as findings at each place of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipelint.diagnostic import Edit, Finding, Fix, Related
from pipelint.expressions.judge import judge_paths, judge_text
from pipelint.expressions.place import Place, locate, write
from pipelint.expressions.problem import Change, Problem
from pipelint.expressions.reading import Reading
from pipelint.expressions.types import Scope
from pipelint.expressions.vocabulary import TOKEN
from pipelint.harness.expressions import Written
from pipelint.harness.values import has_placeholder
from pipelint.source import Span
from pipelint.yaml.node import PLAIN, Scalar

MOST = 160_000
"""So much work is done for one document, in steps of some five microseconds: 4000 expressions that
are no mere paths, and nobody wrote as many. See `_effort`."""

TOO_MANY = "too-many-expressions"

_OF_BRACES = frozenset({"other-generation-delimiter", "wrong-opener"})

_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_SEPARATORS = (": ", " #", "\n")
_FLOW = "[]{},"


def judge(found: Iterable[tuple[Written, Scope]], source: str) -> Iterator[tuple[str, Finding]]:
    """Judge expressions in their scopes; `source` is the text of the file."""
    left = MOST
    judged: dict[tuple[str, bool, int], Sequence[Problem]] = {}
    for written, scope in found:
        key = (written.scalar.text, written.is_condition, id(scope))
        if key not in judged:
            if left < 0:
                yield TOO_MANY, _too_many(written.scalar)
                return
            reading = written.reading
            judged[key] = _problems(reading, scope)
            left -= _effort(reading) + 15 * len(judged[key])
        if judged[key]:
            yield from _findings(judged[key], written, source)


def _problems(reading: Reading, scope: Scope) -> Sequence[Problem]:
    problems = problems_of(reading, scope)
    if problems and has_placeholder(reading.text):
        return _without_placeholders(problems, reading)
    return problems


def problems_of(reading: Reading, scope: Scope) -> list[Problem]:
    """Return all that is wrong with a text in a scope, each mistake once."""
    known = judge_text(reading)
    more = judge_paths(reading, scope, known) if reading.roots else []
    text = reading.text
    if text.startswith(TOKEN) and ".regex(" in text and ".default(" in text:
        more += _contradictions(reading, known)
    return [*known, *more]


def _without_placeholders(problems: Sequence[Problem], reading: Reading) -> list[Problem]:
    """Leave out what is said of an expression that another tool still fills in."""
    text = reading.text
    spans = [Span(0, len(text))] if reading.program is not None else list(reading.found.spans)
    open_places = [span for span in spans if has_placeholder(text[slice(*span)])]
    if reading.found.unclosed is not None:
        open_places.append(Span(reading.found.unclosed, len(text)))
    return [
        problem
        for problem in problems
        if problem.rule in _OF_BRACES
        or not any(
            problem.span.start < end and start < problem.span.end for start, end in open_places
        )
    ]


def _contradictions(reading: Reading, known: Sequence[Problem]) -> list[Problem]:
    """Hold the default of an input to its own pattern."""
    from pipelint.expressions.runtime_input.judge import misused_inputs
    from pipelint.patterns.re2 import matches

    return [problem for problem in misused_inputs(reading, matches) if problem not in known]


def _effort(reading: Reading) -> int:
    """Return how much work it is to judge a text; see MOST. A refusal needs the most."""
    text = reading.text
    effort = 2
    if text.startswith("<+input>."):
        effort += 2 * len(text)
        if ".regex(" in text:
            effort += len(text) * len(text) // 20
    for _, root in reading.roots:
        for block in () if root.names else root.walk():
            effort += 200 if block.refusal is not None else 30 + len(block.text) // 4
        effort += 2
    return effort


def _too_many(scalar: Scalar) -> Finding:
    return Finding(
        Span(scalar.start, scalar.start + 1),
        "this document has too many expressions to be checked",
        "not checked from here on",
        "move a part of it into templates",
    )


# --- from problems in decoded text to findings in the file ---------------------------------------


def _findings(
    problems: Sequence[Problem], written: Written, text: str
) -> Iterator[tuple[str, Finding]]:
    place, is_exact = locate(written.scalar, text)
    for problem in problems:
        changes = problem.changes if is_exact else ()
        yield (
            problem.rule,
            Finding(
                place(problem.span),
                problem.message,
                problem.label,
                problem.help,
                related=tuple(Related(span, said) for span, said in problem.related),
                fixes=tuple(
                    _fix(change, place, written) for change in changes if _fits(change, written)
                ),
            ),
        )


def _fix(change: Change, place: Place, written: Written) -> Fix:
    style = written.scalar.style
    edits = (Edit(place(span), write(new, style)) for span, new in change.edits)
    return Fix(change.title, tuple(edits), change.safe)


def _fits(change: Change, written: Written) -> bool:
    """Tell whether a value without quotes stays one when it is changed."""
    scalar = written.scalar
    if scalar.style != PLAIN:
        return True
    text = scalar.text
    for (start, end), new in sorted(change.edits, reverse=True):
        text = text[:start] + new + text[end:]
    if not text or text[0] in _INDICATORS or text.endswith(":"):
        return False
    is_in_flow = written.field.owner.flow or scalar is not written.field.value
    signs = (*_SEPARATORS, *_FLOW) if is_in_flow else _SEPARATORS
    return not any(sign in text for sign in signs)
