"""Every real pipeline is drawn in every format, with each of its stages and steps once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.drawn import FORMATS, elements
from pipelint.config import Resolver
from pipelint.graph.layout import WIDEST, lay_out
from pipelint.graph.make import graph_of, only_stages
from pipelint.graph.value import STAGE, STEP, Graph
from pipelint.project import Project
from pipelint.registry import all_rules
from pipelint.source import UndecodableError, decode
from repository import shared


def files(dialect: str) -> Iterator[Path]:
    for path in sorted(shared("corpus", dialect).rglob("*.y*ml")):
        if path.is_file():
            yield path


def graphs(dialect: str) -> Iterator[tuple[Path, Graph, int, Counter[str]]]:
    """Give each graph with the number of its problems and of what the model holds."""
    project = Project("/no/such/folder", Resolver(all_rules, no_config=True))
    for path in files(dialect):
        try:
            text = decode(path.read_bytes())
        except UndecodableError:
            continue
        checked, document = project.examine_text(text, str(path))
        graph = None
        if document is not None and document.checked:
            graph = graph_of(document, checked.source, checked.diagnostics)
        if document is not None and graph is not None:
            model = getattr(document.context, "pipeline", None) or document.context.model
            counts = Counter({STAGE: len(model.stages), STEP: len(model.steps)})
            problems = sum(not one.suppressed for one in checked.diagnostics)
            yield path, graph, problems, counts


@pytest.mark.parametrize(("dialect", "least"), [("harness", 1000), ("vela", 300)])
def test_real_pipelines_are_drawn(dialect: str, least: int) -> None:
    number = 0
    for path, graph, problems, counts in graphs(dialect):
        nodes = list(graph.root.walk())
        keys = {node.key for node in nodes}
        assert len(keys) == len(nodes), path
        kinds = Counter(node.kind for node in nodes if node.kind in {STAGE, STEP})
        assert kinds == +counts, path
        assert {end for edge in graph.edges for end in edge[:2]} <= keys, path
        assert len(graph.problems) == len(only_stages(graph).problems) == problems, path
        assert lay_out(graph).width <= WIDEST, path
        for some in (graph, only_stages(graph)):
            for name, render in FORMATS.items():
                text = "\n".join(render(some))
                if name == "svg":
                    assert elements(text)
        number += 1
    assert number >= least
