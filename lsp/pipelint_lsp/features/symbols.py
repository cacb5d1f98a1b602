"""The outline of a text: stages, groups, steps and what else has a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pipelint.source import Span
from pipelint.yaml.node import Mapping
from pipelint_lsp.snapshot import Snapshot

STAGE, GROUP, STEP, SERVICE, SECRET, TEMPLATE, VARIABLE, ENTITY = (
    "stage", "group", "step", "service", "secret", "template", "variable", "entity",
)  # fmt: skip
_DEEPEST = 60


class Symbol(NamedTuple):
    """A thing with a name: `span` is the whole of it, `name_span` what to select."""

    kind: str
    name: str
    detail: str
    span: Span
    name_span: Span
    children: tuple[Symbol, ...] = ()


def outline(snapshot: Snapshot) -> list[Symbol]:
    """Return what the text is made of, as a tree."""
    context = snapshot.document.context if snapshot.document else None
    if hasattr(context, "pipeline"):
        return list(_vela(context.pipeline))  # type: ignore[union-attr]
    return list(_harness(context.model)) if context is not None else []


def _symbol(
    kind: str,
    name: str,
    detail: str,
    whole: tuple[int, int],
    name_span: Span,
    children: Iterable[Symbol] = (),
) -> Symbol:
    """Make a symbol; the name always lies in the whole, whatever an alias brought in."""
    start, end = whole
    span = Span(min(start, name_span.start), max(end, name_span.end))
    return Symbol(kind, name, detail, span, name_span, tuple(children))


# --- Harness -------------------------------------------------------------------------------------


def _harness(model: Any) -> Iterator[Symbol]:
    root = model.root
    name = getattr(root.identifier, "value", "") or getattr(root.name, "value", "")
    children = [*_variables(root.variables), *_units(_flows(model), 0)]
    key = root.key
    whole = (key.start, max(root.node.end, key.end))
    yield _symbol(ENTITY, str(name) or key.text or "pipeline", key.text, whole, key.span, children)


def _flows(model: Any) -> list[Any]:
    if model.pipeline is not None and model.pipeline.stages is not None:
        return [model.pipeline.stages]
    body = getattr(model.root, "body", None)
    return list(getattr(body, "flows", ()))


def _units(flows: Iterable[Any], depth: int) -> Iterator[Symbol]:
    for flow in flows:
        for unit in flow.units:
            below = _units(getattr(unit, "flows", ()), depth + 1) if depth < _DEEPEST else ()
            kind = {"stage": STAGE, "step group": GROUP}.get(unit.what, STEP)
            detail = getattr(unit, "kind", "") or unit.what
            if flow.key.text == "rollbackSteps":
                detail += " (rollback)"
            whole = (unit.key.start, unit.node.end)
            children = [*_variables(unit.variables), *below]
            yield _symbol(kind, unit.label or unit.what, detail, whole, unit.span, children)


def _variables(variables: Iterable[Any]) -> Iterator[Symbol]:
    for one in variables:
        if one.name is not None and one.name.value:
            detail = getattr(one.type, "value", "") or VARIABLE
            whole = (one.node.start, one.node.end)
            yield _symbol(VARIABLE, one.name.value, str(detail), whole, one.name.span)


# --- Vela ----------------------------------------------------------------------------------------


def _vela(pipeline: Any) -> Iterator[Symbol]:
    by_stage: dict[int, list[Any]] = {}
    for step in pipeline.steps:
        by_stage.setdefault(id(step.stage), []).append(step)
    for template in pipeline.templates:
        yield from _named(TEMPLATE, template.name, template.node, _text(template.type))
    for secret in pipeline.secrets:
        yield from _named(SECRET, secret.name, secret.node, "secret")
    for service in pipeline.services:
        yield from _named(SERVICE, service.container.name, service.container.node, "service")
    for stage in pipeline.stages:
        steps = [each for step in by_stage.get(id(stage), ()) for each in _step(step)]
        whole = (stage.key.start, max(stage.node.end, stage.key.end))
        name = stage.name.value or stage.key.text or "stage"
        yield _symbol(STAGE, name, "stage", whole, stage.key.span, steps)
    for step in by_stage.get(id(None), ()):
        yield from _step(step)


def _step(step: Any) -> Iterator[Symbol]:
    detail = _text(step.container.image) or ("template" if step.template else "step")
    yield from _named(STEP, step.name, step.node, detail)


def _named(kind: str, name: Any, node: Mapping, detail: str) -> Iterator[Symbol]:
    if name is not None and name.value:
        yield _symbol(kind, name.value, detail, (node.start, node.end), name.span)


def _text(value: Any) -> str:
    return value.value if value is not None else ""
