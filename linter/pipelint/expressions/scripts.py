"""Expressions that are scripts: statements, for which an account has a setting."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.expressions.problem import Problem
from pipelint.expressions.reading import Reading
from pipelint.source import Span


def script_blocks(reading: Reading) -> Iterator[Problem]:
    """Yield each expression that holds statements."""
    for base, block in reading.blocks():
        if block.is_script:
            yield Problem(
                "script-expression",
                Span(base + block.start, base + block.end),
                "an expression holds statements",
                "needs a setting of the account",
                "turn on JSON support for expressions, or write one expression",
            )
