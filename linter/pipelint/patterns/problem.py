"""What is wrong with a pattern, and where in it."""

from __future__ import annotations

from pipelint.record import NamedTuple

_SHOWN = 40


class PatternProblem(NamedTuple):
    """A mistake in a pattern.

    Offsets are 0-based, half-open, in code points; never empty unless the pattern is.
    """

    start: int
    end: int
    message: str
    help: str = ""


class PatternError(Exception):
    """Ends the reading of a pattern at its first mistake."""

    def __init__(self, problem: PatternProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def refuse(start: int, end: int, message: str, advice: str = "") -> PatternError:
    """Make the error for a mistake at `start` to `end`; the caller raises it."""
    return PatternError(PatternProblem(start, end, message, advice))


def quoted(text: str) -> str:
    """Put the user's words in back-ticks, cut where they are long."""
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return f"`{shown}`"
