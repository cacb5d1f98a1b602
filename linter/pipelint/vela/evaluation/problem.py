"""What is wrong with an expression, and where in it."""

from __future__ import annotations

from pipelint.record import NamedTuple

SYNTAX = "syntax"
TYPE = "type"
UNKNOWN_FUNCTION = "unknown-function"
NOT_BOOLEAN = "not-boolean"


class EvaluationProblem(NamedTuple):
    """A place in an expression: 0-based half-open code point offsets, never empty in a text.

    `kind` is `syntax`, `type` or `not-boolean`: the server refuses to compile the expression. Or it
    is `unknown-function`: the build fails as soon as the call is reached.
    """

    start: int
    end: int
    message: str
    kind: str
    help: str = ""


_SHOWN = 40


def quoted(text: str) -> str:
    """Put the user's words in back-ticks, on one line, cut where they are long."""
    words = " ".join(text[: 4 * _SHOWN].split())
    return f"`{words}`" if len(words) <= _SHOWN else f"`{words[: _SHOWN - 1]}…`"
