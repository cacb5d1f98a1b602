"""A Vela pipeline, or a template, as nodes to draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, count

from pipelint.graph.edges import needed, next_ones
from pipelint.graph.value import (
    BY_NEEDS,
    CONDITION,
    IN_SEQUENCE,
    MISSING,
    ORIGIN,
    PIPELINE,
    REMARK,
    SECTION,
    SERVICE,
    STAGE,
    STEP,
    TEMPLATE,
    TOGETHER,
    Edge,
    Node,
    Note,
)
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.model import Container, Pipeline, Rules, Ruleset, Stage, Step
from pipelint.vela.values import Text, flag_of

_MADE = frozenset({"clone", "init"})
"""Stages that Vela adds: all others need them anyway."""


def read(context: Context) -> tuple[Node, tuple[Edge, ...]]:
    """Return the nodes and edges of a document."""
    reader = _Reader(context.pipeline)
    drawn = reader.root(context.source.path)
    return drawn, tuple(chain(next_ones(drawn), needed(reader.needs())))


class _Reader:
    """Makes nodes, and remembers which key each stage got."""

    __slots__ = ("_by_name", "_keys", "_numbers", "_open", "pipeline")

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self._numbers = count()
        self._keys: list[str] = []
        self._by_name: dict[str, str] = {}
        self._open = "stage" in pipeline.symbols.open_kinds

    def needs(self) -> dict[str, list[str]]:
        """Return the keys of the stages that each stage needs; every stage is in it."""
        return {
            key: [self._by_name[one.value] for one in stage.needs if one.value in self._by_name]
            for key, stage in zip(self._keys, self.pipeline.stages, strict=True)
        }

    def root(self, path: str) -> Node:
        """Make the node of the whole."""
        pipeline = self.pipeline
        key = self._key()
        steps: dict[int, list[Step]] = {}
        for step in pipeline.steps:
            steps.setdefault(id(step.stage), []).append(step)
        origins = [secret.origin.container for secret in pipeline.secrets if secret.origin]
        services = [service.container for service in pipeline.services]
        names = {stage.name.value for stage in pipeline.stages}
        children = [
            *self._section("secret origins", ORIGIN, origins),
            *self._section("services", SERVICE, services),
            *[self._stage(stage, steps.get(id(stage), ()), names) for stage in pipeline.stages],
            *[self._step(step) for step in steps.get(id(None), ())],
        ]
        return Node(
            key,
            PIPELINE,
            path,
            pipeline.node.span,
            notes=tuple(_brought(pipeline)),
            children=tuple(children),
            flow=BY_NEEDS if pipeline.stages else IN_SEQUENCE,
        )

    def _key(self) -> str:
        return f"n{next(self._numbers)}"

    def _section(self, label: str, kind: str, containers: list[Container]) -> list[Node]:
        if not containers:
            return []
        key = self._key()
        children = tuple([self._container(kind, one, ()) for one in containers])
        span = Span(children[0].span.start, children[0].span.start)
        return [Node(key, SECTION, label, span, children=children, flow=TOGETHER)]

    def _stage(self, stage: Stage, steps: Iterable[Step], names: set[str]) -> Node:
        key = self._key()
        self._keys.append(key)
        self._by_name.setdefault(stage.name.value, key)
        node, start = stage.node, stage.key.start
        missing = [
            Note(MISSING, f"needs {one.value}, which is not there")
            for one in stage.needs
            if not self._open and one.value not in names and one.value not in _MADE
        ]
        alone = flag_of(node.get("independent"))
        notes = (*missing, Note(REMARK, "independent")) if alone else tuple(missing)
        span = node.span if node.start < start else Span(start, max(node.end, stage.key.end))
        name = stage.name.value
        children = tuple([self._step(step) for step in steps])
        return Node(key, STAGE, name, span, name, notes=notes, children=children)

    def _step(self, step: Step) -> Node:
        notes: tuple[Note, ...] = ()
        if step.template is not None:
            name = step.template.name
            notes = (Note(TEMPLATE, f"template {name.value if name else 'unknown'}"),)
        if flag_of(step.node.get("detach")):
            notes = (*notes, Note(REMARK, "detached"))
        return self._container(STEP, step.container, notes)

    def _container(self, kind: str, container: Container, notes: tuple[Note, ...]) -> Node:
        name = container.name.value if container.name else ""
        image = container.image.value if container.image else ""
        ruleset = container.ruleset
        when = tuple(_when(ruleset)) if ruleset is not None else ()
        span = container.node.span
        return Node(self._key(), kind, name or kind, span, name, image, (*when, *notes))


def _brought(pipeline: Pipeline) -> Iterator[Note]:
    """Say where more than stands here comes from."""
    if pipeline.render_inline:
        names = [template.name.value for template in pipeline.templates if template.name]
        if names:
            yield Note(REMARK, f"templates bring more: {', '.join(names)}")
    call = pipeline.deployment_template
    if call is not None and call.name is not None:
        yield Note(REMARK, f"deployment from template {call.name.value}")


# --- when ----------------------------------------------------------------------------------------


def _when(ruleset: Ruleset) -> Iterator[Note]:
    sides = [("if", ruleset.when), ("unless", ruleset.unless)]
    parts = [f"{word} {text}" for word, rules in sides if (text := _rules(rules))]
    if parts:
        yield Note(CONDITION, ", ".join(parts))


def _rules(rules: Rules) -> str:
    parts = [f"{name} {_either(texts)}" for name, texts in rules.texts.items() if texts]
    if rules.eval is not None:
        parts.append(rules.eval.value)
    return f" {rules.operator} ".join(parts)


def _either(texts: list[Text]) -> str:
    return "/".join(text.value for text in texts)
