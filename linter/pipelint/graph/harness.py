"""A Harness pipeline, or a template of a part of one, as nodes to draw."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count

from pipelint.graph.edges import needed, next_ones
from pipelint.graph.harness_notes import notes_of, template_notes
from pipelint.graph.value import (
    BY_NEEDS,
    GROUP,
    IN_SEQUENCE,
    INSERT,
    MISSING,
    PARALLEL,
    PIPELINE,
    SECTION,
    STAGE,
    STEP,
    TOGETHER,
    Edge,
    Node,
    Note,
)
from pipelint.harness.context import Context
from pipelint.harness.model import (
    Flow,
    Insert,
    Item,
    Parallel,
    Pipeline,
    Stage,
    Step,
    TemplateDefinition,
    Unit,
)
from pipelint.harness.values import Text, Value, texts_of
from pipelint.source import Span
from pipelint.yaml.node import Node as Written
from pipelint.yaml.node import Scalar

_KINDS = {"stage": STAGE, "step group": GROUP, "step": STEP, "insert": INSERT}
_WAITS = "dependsOn"


def read(context: Context) -> tuple[Node, tuple[Edge, ...]] | None:
    """Return the nodes and edges of a document; None where it is no pipeline nor a part of one."""
    root = context.model.root
    if not isinstance(root, (Pipeline, TemplateDefinition)):
        return None
    body = root.body if isinstance(root, TemplateDefinition) else root
    if body is None:
        return None
    reader = _Reader(body)
    drawn = reader.root(root, body)
    return drawn, tuple(chain(next_ones(drawn), needed(reader.needs())))


class _Reader:
    """Makes nodes, and remembers which stage waits for which."""

    __slots__ = ("_by_id", "_is_open", "_known", "_numbers", "_waits")

    def __init__(self, body: Pipeline | Unit) -> None:
        stages = list(body.all_stages()) if isinstance(body, Pipeline) else []
        self._numbers = count()
        self._is_open = isinstance(body, Pipeline) and body.is_open
        self._known = {stage.id for stage in stages}
        self._by_id: dict[str, str] = {}
        self._waits: dict[str, list[Text]] = {}

    def needs(self) -> dict[str, list[str]]:
        """Return the keys of the stages that each stage waits for; every stage is in it."""
        found: dict[str, list[str]] = {key: [] for key in self._by_id.values()}
        for key, names in self._waits.items():
            found[key] = [self._by_id[one.value] for one in names if one.value in self._by_id]
        return found

    def root(self, root: Pipeline | TemplateDefinition, body: Pipeline | Unit) -> Node:
        """Make the node of a whole document."""
        is_pipeline = isinstance(body, Pipeline)
        key = self._key()
        items: list[Item] = [] if is_pipeline else [body]  # type: ignore[list-item]
        if isinstance(body, Pipeline) and body.stages is not None:
            items = body.stages.items
        children = tuple([self._item(item) for item in items])
        return Node(
            key,
            PIPELINE,
            _words(root.name) or _words(root.identifier) or root.what,
            _extent(root.key, root.node),
            _words(root.identifier),
            notes=tuple(template_notes(body.template)) if is_pipeline else (),
            children=children,
            flow=BY_NEEDS if any(self._waits.values()) else IN_SEQUENCE,
        )

    def _key(self) -> str:
        return f"n{next(self._numbers)}"

    def _item(self, item: Item) -> Node:
        if not isinstance(item, Parallel):
            return self._unit(item)
        key = self._key()
        children = tuple([self._item(one) for one in item.items])
        span = _extent(item.key, item.node)
        return Node(key, PARALLEL, PARALLEL, span, children=children, flow=TOGETHER)

    def _unit(self, unit: Unit) -> Node:
        key = self._key()
        kind = unit.kind if isinstance(unit, (Stage, Step)) else ""
        return Node(
            key,
            _KINDS[unit.what],
            _words(unit.name) or unit.id or kind or unit.what,
            _extent(unit.key, unit.node),
            unit.id,
            kind,
            (*notes_of(unit), *self._missing(unit, key)),
            tuple(self._below(unit)),
        )

    def _missing(self, unit: Unit, key: str) -> list[Note]:
        """Note what a stage waits for; say what of that is not there."""
        if not isinstance(unit, Stage):
            return []
        if unit.id:
            self._by_id.setdefault(unit.id, key)
        waits = self._waits[key] = texts_of(unit.node.get(_WAITS))
        unknown = [] if self._is_open else [one for one in waits if one.value not in self._known]
        return [Note(MISSING, f"needs {one.value}, which is not there") for one in unknown]

    def _below(self, unit: Unit) -> Iterator[Node]:
        if isinstance(unit, (Insert, Step)):
            return
        for item in unit.steps.items if unit.steps else ():
            yield self._item(item)
        if unit.rollback is not None and unit.rollback.items:
            yield self._rollback(unit.rollback)

    def _rollback(self, flow: Flow) -> Node:
        key = self._key()
        children = tuple([self._item(item) for item in flow.items])
        return Node(key, SECTION, "rollback", _extent(flow.key, flow.node), children=children)


def _words(value: Value) -> str:
    return value.value if isinstance(value, Text) else ""


def _extent(key: Scalar, node: Written) -> Span:
    """Return the place of a key with its value; of a value that an alias brings its own place."""
    if node.start < key.start:
        return node.span
    return Span(key.start, max(node.end, key.end))
