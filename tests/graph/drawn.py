"""How tests draw: a text is checked as the command checks it, with no files beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from pipelint.config import Resolver
from pipelint.graph import dot, mermaid, svg, tree
from pipelint.graph.make import graph_of
from pipelint.graph.value import Graph, Node
from pipelint.project import Project
from pipelint.registry import all_rules

NOWHERE = "/no/such/folder"
VELA, HARNESS = ".vela.yml", ".harness/pipeline.yaml"
FORMATS: dict[str, Callable[[Graph], Iterator[str]]] = {
    "tree": tree.render,
    "mermaid": mermaid.render,
    "dot": dot.render,
    "svg": svg.render,
}
SVG = "{http://www.w3.org/2000/svg}"


def drawn(text: str, path: str = "", *, marked: bool = True) -> Graph:
    """Return the graph of a pipeline; its path says of which dialect, else what stands in it."""
    path = path or (VELA if text.startswith("version") else HARNESS)
    project = Project(NOWHERE, Resolver(all_rules, no_config=True), cwd=NOWHERE)
    checked, document = project.examine_text(text, f"{NOWHERE}/{path}")
    assert document is not None
    graph = graph_of(document, checked.source, checked.diagnostics if marked else ())
    assert graph is not None
    return graph


def harness(stages: str, more: str = "") -> str:
    """Return a pipeline with these items of its list of stages."""
    lines = "".join(f"    {line}\n" for line in stages.strip("\n").splitlines())
    return f"pipeline:\n  name: P\n  identifier: p\n{more}  stages:\n{lines}"


def stage(steps: str, more: str = "") -> str:
    """Return an item of a list of stages: a stage with these lines below its execution."""
    head = f"- stage:\n    name: S\n    identifier: s\n    type: Custom\n{more}"
    lines = "".join(f"        {line}\n" for line in steps.strip("\n").splitlines())
    return f"{head}    spec:\n      execution:\n{lines}"


def elements(image: str, tag: str = "*") -> list[Any]:
    """Return the elements of an image that has to be XML, in the order of the text."""
    return list(etree.fromstring(image.encode()).iter(SVG + tag if tag != "*" else f"{SVG}*"))


def outline(graph: Graph) -> list[str]:
    """Return a line for each node below the root: how deep, which kind, which label."""
    return [f"{'  ' * depth}{node.kind} {node.label}" for depth, node in _nodes(graph.root, 0)]


def _nodes(node: Node, depth: int) -> Iterator[tuple[int, Node]]:
    for child in node.children:
        yield depth, child
        yield from _nodes(child, depth + 1)


def arrows(graph: Graph, kind: str) -> list[str]:
    """Return the edges of a kind, by labels; those of a ring say so."""
    label = {node.key: node.label for node in graph.root.walk()}
    return [
        f"{label[one.source]} > {label[one.target]}{' ring' * one.in_ring}"
        for one in graph.edges
        if one.kind == kind
    ]


def notes(graph: Graph, label: str) -> list[str]:
    """Return what there is to know of the node with a label."""
    [node] = [node for node in graph.root.walk() if node.label == label]
    return [f"{note.kind}: {note.text}" for note in node.notes]
