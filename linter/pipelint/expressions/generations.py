"""Names of Harness FirstGen, and what is written for them today."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.expressions.problem import Problem, replace, show
from pipelint.expressions.reading import Reading
from pipelint.expressions.tree import Chain, Member, Name
from pipelint.expressions.vocabulary import (
    FIRST_GENERATION,
    FIRST_NAMES,
    LONGEST_FIRST,
    first_generation,
)
from pipelint.source import Span


def first_generation_names(reading: Reading) -> Iterator[Problem]:
    """Yield paths that only FirstGen knows."""
    for base, block in reading.blocks():
        if block.names and block.names[0] not in FIRST_NAMES:
            continue
        roots: set[int] = set()
        for node in block.nodes:
            root = node.root if isinstance(node, Chain) else node
            if not isinstance(root, Name) or root.text not in FIRST_NAMES or root.start in roots:
                continue
            roots.add(root.start)
            steps = node.steps[: LONGEST_FIRST - 1] if isinstance(node, Chain) else ()
            yield from _judge(base, [root, *(one for one in steps if isinstance(one, Member))])


def _judge(base: int, steps: list[Name | Member]) -> Iterator[Problem]:
    names = [step.text if isinstance(step, Name) else step.name for step in steps]
    size = first_generation(names)
    if not size:
        return
    right = FIRST_GENERATION[tuple(names[:size])]
    span = Span(base + steps[0].start, base + steps[size - 1].end)
    message = f"{show('.'.join(names[:size]))} is a name of Harness FirstGen"
    changes = replace(f"write {show(right)}", span, right)
    yield Problem(
        "first-generation-name", span, message, "unknown today", f"write {show(right)}", changes
    )
