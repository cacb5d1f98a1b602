"""What each expression of a document gives: for people who look for the reason of a wrong value."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.expressions import types
from pipelint.expressions.block import Block
from pipelint.expressions.checker import check
from pipelint.expressions.judgement import Judgement
from pipelint.expressions.place import Place, locate
from pipelint.expressions.reading import Reading
from pipelint.expressions.runtime_input.read import is_runtime_input
from pipelint.expressions.types import Scope
from pipelint.harness.context import Context
from pipelint.harness.expressions import expressions_of
from pipelint.harness.scope.scopes import Scopes
from pipelint.record import NamedTuple
from pipelint.source import Span

ASKED = "asked for when the pipeline starts"
ASKED_LATER = "asked for during the run"
STATEMENTS = "a script: what it gives is not known"
COMPUTED = "put together when the pipeline runs"
NEVER_CLOSED = "never closed: stays as it is"


class Outcome(NamedTuple):
    """One outermost expression, or a condition without any.

    `text` is decoded, `span` is where that is written in the file. `why` says why it is not known,
    or is empty. `definition` is the place in the file that it leads to, `static` its value where
    the file tells it.
    """

    text: str
    span: Span
    type: str
    status: str
    why: str = ""
    definition: Span | None = None
    static: str | None = None


def outcomes_of(context: Context) -> Iterator[Outcome]:
    """Give what each expression of a document leads to, in the order of the text."""
    scopes = Scopes(context)
    for written in expressions_of(context):
        reading = written.reading
        if reading.roots or reading.found.unclosed is not None:
            place, _exact = locate(written.scalar, context.source.text)
            yield from outcomes(reading, scopes.of(written), place)


def outcomes(reading: Reading, scope: Scope, place: Place) -> Iterator[Outcome]:
    """Give what the expressions of one text lead to; `place` tells where they are written."""
    text = reading.text
    if is_runtime_input(text):
        why = ASKED_LATER if ".executionInput()" in text else ASKED
        yield Outcome(text, place(Span(0, len(text))), types.UNKNOWN, types.UNKNOWN, why)
        return
    found = reading.expressions or (reading.roots if text.strip() else ())
    for base, block in found:
        span = Span(base + block.start, base + block.end)
        yield _outcome(text[slice(*span)], place(span), block, check(block, base, scope))
    start = reading.found.unclosed
    if start is not None and not reading.program:
        rest = text[start:].partition("\n")[0].rstrip()
        span = place(Span(start, start + len(rest)))
        yield Outcome(rest, span, types.STRING, types.LITERAL, NEVER_CLOSED)


def _outcome(text: str, span: Span, block: Block, judgement: Judgement) -> Outcome:
    value, status = judgement.value, judgement.status
    why = ""
    if status == types.INVALID:
        why = judgement.problems[0].message
    elif status == types.UNKNOWN:
        why = _why(block, judgement)
    return Outcome(text, span, value.type, status, why, value.definition, value.static)


def _why(block: Block, judgement: Judgement) -> str:
    """Say which name of an expression is not known before the run."""
    if block.is_script:
        return STATEMENTS
    for reference in judgement.references:
        if reference.value.status == types.UNKNOWN:
            return f"`{'.'.join(reference.path)}` is not known before the run"
    return COMPUTED
