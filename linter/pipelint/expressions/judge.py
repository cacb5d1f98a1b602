"""All that is wrong with the expressions of one text, each mistake once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from pipelint.expressions.bare import bare_comparisons
from pipelint.expressions.delimiters import (
    around,
    early_closes,
    empty_expressions,
    other_generations,
    unclosed_expressions,
    wrong_openers,
)
from pipelint.expressions.generations import first_generation_names
from pipelint.expressions.hyphen import hyphens_in_paths
from pipelint.expressions.operators import misused_operators
from pipelint.expressions.paths import is_odd
from pipelint.expressions.problem import Problem
from pipelint.expressions.reading import Reading
from pipelint.expressions.scripts import script_blocks
from pipelint.expressions.vocabulary import TOKEN

if TYPE_CHECKING:
    from pipelint.expressions.types import Scope


def refused_blocks(reading: Reading) -> Iterator[Problem]:
    """Yield what the engine cannot read; see `syntax`, which most files never need."""
    if any(block.refusal for _, block in reading.blocks()):
        from pipelint.expressions.syntax import refused_syntax

        yield from refused_syntax(reading)


def inputs_with_more(reading: Reading) -> Iterator[Problem]:
    """Yield mistakes with `<+input>`; most of them stand alone, and are right."""
    text = reading.text
    if text != TOKEN and "<+" in text and "input" in text.lower():
        from pipelint.expressions.runtime_input.judge import misused_inputs

        yield from misused_inputs(reading)


JUDGES: tuple[Callable[[Reading], Iterator[Problem]], ...] = (
    unclosed_expressions,
    early_closes,
    other_generations,
    refused_blocks,
    empty_expressions,
    wrong_openers,
    hyphens_in_paths,
    misused_operators,
    bare_comparisons,
    first_generation_names,
    inputs_with_more,
    script_blocks,
)
"""What needs no document, in the order of what explains more."""

JUDGES_OF_INPUTS = (inputs_with_more,)


def judge_text(reading: Reading) -> Sequence[Problem]:
    """Return what can never work in a text, whatever stands around it; sorted by place."""
    if reading.told is None:
        reading.told = () if _is_plain(reading) else _judge(reading)
    return reading.told


def _judge(reading: Reading) -> Sequence[Problem]:
    found: list[Problem] = []
    for judge in JUDGES_OF_INPUTS if _is_mere_input(reading.text) else JUDGES:
        more = list(judge(reading))
        if more:
            found += [problem for problem in more if not _is_told(problem, found)]
    return sorted(found, key=lambda problem: problem.span)


def _is_mere_input(text: str) -> bool:
    """Tell whether a text is an input with no other expression in its suffixes."""
    return text.startswith(TOKEN) and text.find("<+", len(TOKEN)) < 0 and "${" not in text


def judge_paths(reading: Reading, scope: Scope, told: Sequence[Problem]) -> list[Problem]:
    """Return what the checker has against a text; nothing that `told` says already."""
    from pipelint.expressions.checker import problems_in

    if reading.text.startswith(TOKEN):
        return []
    return [
        problem
        for start, root in reading.roots
        for problem in problems_in(root, start, scope)
        if not _is_told(problem, told)
    ]


def judge_alone(reading: Reading) -> list[Problem]:
    """Return all that is wrong with a text of which no file is known."""
    told = judge_text(reading)
    from pipelint.expressions.types import Anywhere

    return sorted([*told, *judge_paths(reading, Anywhere(), told)], key=lambda one: one.span)


def _is_plain(reading: Reading) -> bool:
    """Tell at a glance that nothing is wrong: nine of ten expressions are no more than a path."""
    text = reading.text
    if text == TOKEN or not text:
        return True
    if reading.program is not None or reading.found.unclosed is not None:
        return False
    for _, block in reading.expressions:
        if not block.names or is_odd(block.names):
            return False
    rest = around(reading)
    return ">" not in rest and "${" not in rest


def _is_told(problem: Problem, told: Sequence[Problem]) -> bool:
    """Tell whether a place has been reported, or one around it."""
    start, end = problem.span
    return any(one.span.start < end and start < one.span.end for one in told)
