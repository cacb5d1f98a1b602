"""All that is wrong with the expressions of one text, each mistake once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pipelint.expressions.bare import bare_comparisons
from pipelint.expressions.block import LONGEST, Block
from pipelint.expressions.delimiters import (
    around,
    early_closes,
    empty_expressions,
    other_generations,
    unclosed_expressions,
    wrong_openers,
)
from pipelint.expressions.generations import FIRST_NAMES, first_generation_names
from pipelint.expressions.hyphen import hyphens_in_paths
from pipelint.expressions.operators import misused_operators
from pipelint.expressions.problem import Problem
from pipelint.expressions.reading import Reading, read_field, read_program
from pipelint.expressions.runtime_input.read import TOKEN
from pipelint.expressions.scripts import script_blocks
from pipelint.expressions.tree import Chain, Name

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


def judge_text(reading: Reading) -> tuple[Problem, ...]:
    """Return what can never work in a text, whatever stands around it; sorted by place."""
    if _is_plain(reading):
        return ()
    if len(reading.text) > LONGEST:
        return _judge(reading)
    return _remembered(reading.text, reading.program is not None)


@lru_cache(maxsize=1024)
def _remembered(text: str, is_program: bool) -> tuple[Problem, ...]:
    return _judge(read_program(text) if is_program else read_field(text))


def _judge(reading: Reading) -> tuple[Problem, ...]:
    found: list[Problem] = []
    for judge in JUDGES_OF_INPUTS if _is_mere_input(reading.text) else JUDGES:
        found += [problem for problem in judge(reading) if not _is_told(problem, found)]
    return tuple(sorted(found, key=lambda problem: problem.span))


def _is_mere_input(text: str) -> bool:
    """Tell whether a text is an input with no other expression in its suffixes."""
    return text.startswith(TOKEN) and text.find("<+", len(TOKEN)) < 0 and "${" not in text


def judge_paths(reading: Reading, scope: Scope, told: Sequence[Problem]) -> list[Problem]:
    """Return what the checker has against a text; nothing that `told` says already."""
    from pipelint.expressions.checker import check

    if reading.text.startswith(TOKEN):
        return []
    checked = (check(root, start, scope) for start, root in reading.roots)
    return [problem for each in checked for problem in each.problems if not _is_told(problem, told)]


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
    for expression in reading.expressions:
        block = expression.block
        if not block.is_plain or _first_name(block) in _SUSPICIOUS:
            return False
    rest = around(reading)
    return ">" not in rest and "${" not in rest


def _first_name(block: Block) -> str:
    node = block.tree
    root = node.root if isinstance(node, Chain) else node
    return root.text if isinstance(root, Name) else ""


_SUSPICIOUS = FIRST_NAMES | {"input", "INPUT", "Input"}


def _is_told(problem: Problem, told: Sequence[Problem]) -> bool:
    """Tell whether a place has been reported, or one around it."""
    start, end = problem.span
    return any(one.span.start < end and start < one.span.end for one in told)
