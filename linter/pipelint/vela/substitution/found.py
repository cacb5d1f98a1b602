"""What is found in a value: the substitutions that the Vela server does, and what it refuses."""

from __future__ import annotations

from pipelint.record import NamedTuple
from pipelint.source import Span


class Argument(NamedTuple):
    """One argument of an operator; `text` is its value, or None where a `${…}` is part of it."""

    span: Span
    text: str | None


class Substitution(NamedTuple):
    """A `${…}` that the server understands.

    `kind` is `plain`, `length`, `case`, `default`, `substring`, `remove` or `replace`; `operator`
    is as written, empty where there is none. `depth` is 0, or more inside an argument of another.
    Spans are offsets into the text that was searched; where `depth` is 0, a `$` inserted at
    `span.start` leaves the whole to the shell.
    """

    span: Span
    kind: str
    name: str
    name_span: Span
    operator: str
    operator_span: Span
    arguments: tuple[Argument, ...]
    depth: int


LIMITED = "limit"


class SubstitutionProblem(NamedTuple):
    """What stops the server's compile.

    `span` is the smallest text that is wrong, `whole` the broken `${…}` (to the end of the text
    if nothing closes it). A `$` inserted at each of `escapes` leaves the text to the shell as it
    is written, and is a safe fix: nothing compiled before. `kind` is one of `unclosed`, `name`,
    `operator`, `argument`, `double-brace` (of GitHub Actions, no use to a shell), `crash`, and
    `limit` where it is not the server that stops but we.
    """

    span: Span
    whole: Span
    kind: str
    message: str
    help: str
    escapes: tuple[int, ...]


Found = Substitution | SubstitutionProblem
