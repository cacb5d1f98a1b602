"""Large and hostile pipelines: drawn in time, or said to be too large for a picture."""

from __future__ import annotations

import random
import time

import pytest

from graph.drawn import FORMATS, drawn, elements
from pipelint.graph.svg import MOST_BOXES, within
from pipelint.graph.value import NEED, STAGE, STEP

MANY, FEWER = 10_000, 1_500
PATIENCE = 6.0
"""Seconds that one format may take; here it is a tenth of that."""

_chance = random.Random(1)  # noqa: S311 - the same graph each time
SHAPES = {
    "at random": [[_chance.randrange(at) for _ in range(3)] if at else [] for at in range(MANY)],
    "a chain": [[at - 1] if at else [] for at in range(FEWER)],
    "a ring": [[(at - 1) % FEWER] for at in range(FEWER)],
    "a star": [[0] if at else [] for at in range(FEWER)],
    "all of all": [list(range(200)) for _ in range(200)],
    "long lines": [[at - 1] if 0 < at < 700 else [at - 700] * (at > 0) for at in range(FEWER)],
    "for nothing": [[at + FEWER] for at in range(FEWER)],
}


def vela(shape: list[list[int]]) -> str:
    lines = [
        f"  s{at}: {{needs: [{', '.join(f's{one}' for one in needs)}],"
        " steps: [{name: a, image: go, commands: [ls]}]}\n"
        for at, needs in enumerate(shape)
    ]
    return f'version: "1"\nstages:\n{"".join(lines)}'


@pytest.mark.parametrize("shape", SHAPES)
def test_needs_of_many_stages_are_drawn_in_time(shape: str) -> None:
    graph = drawn(vela(SHAPES[shape]), marked=False)
    for name, render in FORMATS.items():
        start = time.perf_counter()
        text = "\n".join(render(graph))
        assert time.perf_counter() - start < PATIENCE, name
        assert len(text) > len(SHAPES[shape])


def test_large_pipeline_is_drawn_by_its_stages() -> None:
    steps = ", ".join(f"{{name: x{n}, image: go, commands: [ls]}}" for n in range(MOST_BOXES // 8))
    stages = "".join(f"  s{at}: {{steps: [{steps}]}}\n" for at in range(10))
    graph = drawn(f'version: "1"\nstages:\n{stages}', marked=False)
    small = within(graph)
    assert {node.kind for node in small.root.children} == {STAGE}
    assert not any(node.kind == STEP for node in small.root.walk())
    assert len(small.root.children) == 10
    text = "\n".join(FORMATS["svg"](graph))
    assert "boxes are too many for one picture: only the stages are drawn" in text


def test_of_too_many_stages_the_first_are_drawn_and_that_is_said() -> None:
    number = MOST_BOXES + 500
    graph = drawn(vela([[at - 1] if at else [] for at in range(number)]), marked=False)
    small = within(graph)
    assert len(small.root.children) == MOST_BOXES
    keys = {node.key for node in small.root.walk()}
    assert all(edge.source in keys and edge.target in keys for edge in small.edges)
    assert sum(edge.kind == NEED for edge in small.edges) == MOST_BOXES - 1
    texts = elements("\n".join(FORMATS["svg"](graph)), "text")
    remarks = [one.text for one in texts if one.get("class") == "remark"]
    assert f"500 more of {number} are not drawn" in remarks


def test_small_pipeline_is_drawn_whole() -> None:
    graph = drawn(vela([[], [0]]))
    assert within(graph) is graph
