"""How texts are written that shall hurt a linter: a megabyte of something."""

from __future__ import annotations

from collections.abc import Callable

SIZE = 1_000_000
"""Characters; what the engine promises a time and a peak of memory for."""

HEAD = 'version: "1"\n'
STEPS = HEAD + "steps:\n"

RUN = "commands: [go test ./...]"
ONE = "steps: [{name: a, image: 'a:1', commands: [b]}]"
"""The steps of a stage."""

SECONDS = 8.0
"""The promise is two; a machine that has other things to do may take four times as long."""

MEMORY = 700_000_000
"""Bytes of addresses that a check may have; all the libraries of Python count, too."""

Text = Callable[[], str]


def repeat(piece: str, before: str = "", after: str = "") -> Text:
    """Fill a megabyte with a piece."""
    return lambda: before + piece * ((SIZE - len(before) - len(after)) // len(piece)) + after


def number(piece: str, before: str = "", after: str = "", most: int = SIZE) -> Text:
    """Fill a megabyte with a piece that holds `{n}`, the number of the piece."""

    def write() -> str:
        room = SIZE - len(before) - len(after)
        parts: list[str] = []
        for n in range(most):
            part = piece.replace("{n}", str(n)).replace("{m}", str(n + 1))
            room -= len(part)
            if room < 0:
                break
            parts.append(part)
        return before + "".join(parts) + after

    return write


def step(*lines: str, name: str = "one") -> str:
    """Write a step with these further lines."""
    return f"  - name: {name}\n    image: golang:1.22\n" + "".join(
        f"    {line}\n" for line in lines
    )


def steps(*lines: str, name: str = "step {n}") -> Text:
    """Fill a megabyte with steps that have these lines."""
    return number(step(*lines, name=name), STEPS)


def command(text: str) -> str:
    """Put a text into the commands of a step."""
    return f"{STEPS}  - name: a\n    image: golang:1.22\n    commands:\n      - {text}\n"
