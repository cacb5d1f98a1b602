"""Harness as the engine sees it: is a text ours, what finds its schema, which nodes has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipelint.diagnostic import Finding
from pipelint.document import Document, Named, Surroundings
from pipelint.harness import kind
from pipelint.harness.build import build
from pipelint.harness.catalogue import catalogue_or_ours
from pipelint.harness.context import Context
from pipelint.harness.expressions import expressions_of
from pipelint.harness.model import Model
from pipelint.harness.placeholders import is_generated, read_filled
from pipelint.harness.shape import check_shape
from pipelint.security.script import Script, Subject
from pipelint.source import Source
from pipelint.yaml import merge
from pipelint.yaml.node import Mapping, Scalar, Tree

OTHER_NOTE = "a Harness file of a kind that is not checked"
V1_NOTE = "Harness v1 YAML is not checked"
GENERATED_NOTE = "made by a template engine first: not checked"


def read(source: Source, tree: Tree, around: Surroundings) -> Document | None:
    """Read a text as a document of Harness; None when it is none."""
    found = _kind(source, tree, around)
    if found is None:
        return None
    if found.kind in {kind.OTHER, kind.V1}:
        note = V1_NOTE if found.kind == kind.V1 else OTHER_NOTE
        return Document(found.kind, tree, (), (), None, note, checked=False)
    if tree.problems and is_generated(source.text):
        return Document(found.kind, tree, (), (), None, GENERATED_NOTE, checked=False)
    filled = read_filled(source)
    if filled is not None:
        tree, found = filled, _kind(source, filled, around) or found
    merge.apply(tree)
    return _document(source, tree, found, around)


def _kind(source: Source, tree: Tree, around: Surroundings) -> kind.Found | None:
    """Return what the configuration says, else what the text says."""
    if around.kind and not around.kind.startswith("harness-"):
        return None
    found = kind.of_content(tree.root, source.path)
    if not around.kind or (found is not None and found.kind == around.kind):
        return found
    root = tree.root
    names = [name for name, made in kind.ROOTS.items() if made == around.kind]
    key = root.key(names[0]) if names and isinstance(root, Mapping) else None
    return kind.Found(around.kind, key)


def _document(source: Source, tree: Tree, found: kind.Found, around: Surroundings) -> Document:
    root, key = tree.root, found.key
    shape = _shape(source, tree, found, around)
    value = root.get(key.text) if isinstance(root, Mapping) and key is not None else None
    node = value if isinstance(value, Mapping) else _nothing(root)
    key = key or Scalar(node.start, node.start, "", "", None, None)
    made = build(node, key, found.kind)
    context = Context(source, tree, found, made, around)
    nodes = [*_nodes(tree, made[0]), _subject(context)]
    return Document(found.kind, tree, shape, nodes, context, later=lambda: _expressions(context))


def _expressions(context: Context) -> Iterable[Named]:
    """Give what is wrong with expressions; a document without any does not import their room."""
    if not expressions_of(context):
        return ()
    from pipelint.harness.expression_findings import findings_of

    return findings_of(context)


def _nothing(root: Any) -> Mapping:
    """Return the mapping to build a model of where there is none: nothing is said about it."""
    nothing = Mapping(root.start if root is not None else 0, None, None)
    nothing.broken = True
    return nothing


def _shape(
    source: Source, tree: Tree, found: kind.Found, around: Surroundings
) -> list[tuple[str, Finding]]:
    """Return what the user's schema and the catalogue say; the notes of the latter stay."""
    root = tree.root
    if not isinstance(root, Mapping):
        return []
    own: list[tuple[str, Finding]] = []
    if around.schema is not None:
        from pipelint.harness.values import json_type
        from pipelint.schema.user import judge

        own = judge(around.schema, root, json_type)
    catalogue = catalogue_or_ours(around.catalogue)
    faults = check_shape(root, found, catalogue, shared=bool(tree.aliases))
    if faults:
        from pipelint.harness.misplaced import place

        faults = place(faults, root, source, catalogue.shape)
    return [*own, *faults]


def _subject(context: Context) -> Subject:
    """Return a document as the rules about security see it; few files need their scripts."""

    def gather() -> list[Script]:
        from pipelint.harness.scripts import scripts_of

        return scripts_of(context)

    return Subject(context.source.text, context.tree, gather)


def _nodes(tree: Tree, model: Model) -> Iterator[Any]:
    yield tree
    yield model
    yield model.root
    if model.pipeline is not None and model.pipeline is not model.root:
        yield model.pipeline
    yield from model.stages
    yield from model.groups
    yield from model.steps
    yield from model.inserts
    yield from model.flows
    yield from model.parallels
    yield from model.links
    yield from model.failure_strategies
    yield from model.conditions
    yield from model.loopings
    yield from model.variables
