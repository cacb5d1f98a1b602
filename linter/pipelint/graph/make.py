"""From a document that was checked to a graph: read, marked with problems, credentials hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pipelint.diagnostic import Diagnostic
from pipelint.document import Document
from pipelint.graph.marks import mark
from pipelint.graph.value import REMARK, STAGE, STEP, Edge, Graph, Node, Note, change
from pipelint.report.masking import hider_of
from pipelint.security.credentials import hidden_places
from pipelint.source import Source


def graph_of(
    document: Document, source: Source, diagnostics: Iterable[Diagnostic] = ()
) -> Graph | None:
    """Return what is to be drawn of a document; None where it is no pipeline.

    Findings that something hides are not marked. No literal credential is in any text of it.
    """
    made = _read(document)
    if made is None:
        return None
    root, edges = made
    shown = [one for one in diagnostics if not one.suppressed]
    marked = mark(root, shown, source)
    remarks = (document.note,) if document.note else ()
    complete = not document.tree.problems
    hide = hider_of(source.text, hidden_places(document.tree, source.text))

    def finish(node: Node) -> Node:
        line = source.position(node.span.start).line
        return _hidden(node, hide)._replace(line=line)

    return Graph(source.path, document.kind, change(marked, finish), edges, complete, remarks)


def _read(document: Document) -> tuple[Node, tuple[Edge, ...]] | None:
    """Read a document of either dialect; the other one is not imported."""
    if document.context is None:
        return None
    if document.kind.startswith("vela-"):
        from pipelint.graph import vela

        return vela.read(document.context)
    from pipelint.graph import harness

    return harness.read(document.context)


def only_stages(graph: Graph) -> Graph:
    """Leave out what is in stages; they take over the problems in them, and say how much it is."""
    root = change(graph.root, lambda node: _closed(node) if node.kind == STAGE else node)
    kept = {node.key for node in root.walk()}
    edges = tuple(one for one in graph.edges if one.source in kept and one.target in kept)
    return graph._replace(root=root, edges=edges)


def _closed(stage: Node) -> Node:
    below = list(stage.walk())
    steps = sum(1 for node in below if node.kind == STEP)
    problems = tuple(problem for node in below for problem in node.problems)
    notes = stage.notes
    if steps:
        notes = (*notes, Note(REMARK, f"{steps} step{'s' * (steps > 1)}"))
    return stage._replace(children=(), notes=notes, problems=problems)


# --- credentials ---------------------------------------------------------------------------------


def _hidden(node: Node, hide: Callable[[str], str]) -> Node:
    """Mask what is said about a node, before anything is shortened; a blank name is none."""
    return node._replace(
        label=hide(node.label).strip() or node.kind,
        identifier=hide(node.identifier),
        detail=hide(node.detail),
        notes=tuple([note._replace(text=hide(note.text)) for note in node.notes]),
        problems=tuple([one._replace(message=hide(one.message)) for one in node.problems]),
    )
