"""What there is to know of a part of a Harness pipeline: when, how often, from where, to where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelint.graph.value import CHAIN, CONDITION, LOOP, TARGET, TEMPLATE, Note
from pipelint.harness.model import Condition, Looping, Stage, TemplateLink, Unit
from pipelint.harness.values import Deferred, Text, Value, value_of
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence
from pipelint.yaml.view import items_of, mapping_of

_CHAINED = "Pipeline"
_SELDOM = {"Failure": "on failure", "All": "always"}
"""When something runs, other than after a success."""


def notes_of(unit: Unit) -> Iterator[Note]:
    """Give what there is to know of a stage, a group, a step or an insert."""
    if unit.when is not None:
        yield from _when(unit.when)
    if unit.looping is not None:
        yield from _loop(unit.looping)
    yield from template_notes(unit.template)
    if isinstance(unit, Stage) and unit.spec is not None:
        yield from _chained(unit.spec) if unit.kind == _CHAINED else _targets(unit.spec)


def template_notes(link: TemplateLink | None) -> Iterator[Note]:
    """Give which template it comes from."""
    if link is not None:
        name, version = _text(link.ref), _text(link.version)
        label = f"{name or 'unknown'}@{version}" if version else name or "unknown"
        yield Note(TEMPLATE, f"template {label}")


def _text(value: Value) -> str:
    """Return a value as it is written; an expression stands for itself."""
    if isinstance(value, Deferred):
        return value.node.text
    return value.value if value is not None else ""


# --- when ----------------------------------------------------------------------------------------


def _when(when: Condition) -> Iterator[Note]:
    parts = [text for _, value in when.statuses if (text := _status(value))]
    if when.condition is not None and when.condition.text:
        parts.append(f"if {when.condition.text}")
    if parts:
        yield Note(CONDITION, ", ".join(parts))


def _status(value: Value) -> str:
    if isinstance(value, Text):
        return _SELDOM.get(value.value, "")
    return f"on {_text(value)}" if value is not None else ""


# --- how often -----------------------------------------------------------------------------------


def _loop(looping: Looping) -> Iterator[Note]:
    if looping.matrix is not None:
        axes = " \u00d7 ".join(f"{name}{_size(node)}" for name, (_, node) in looping.axes.items())
        yield Note(LOOP, f"matrix {axes}".strip() + _at_a_time(looping.matrix))
    elif looping.repeat is not None:
        yield Note(LOOP, _repeat(looping.repeat) + _at_a_time(looping.repeat))
    elif looping.parallelism is not None:
        yield Note(LOOP, f"parallelism {looping.parallelism.text}")


def _size(axis: Node) -> str:
    return f" ({len(axis.items)})" if isinstance(axis, Sequence) else ""


def _repeat(repeat: Mapping) -> str:
    times, items = repeat.get("times"), repeat.get("items")
    if isinstance(times, Scalar):
        return f"repeat {times.text} times"
    if isinstance(items, Scalar):
        return f"repeat for {items.text}"
    return f"repeat for {len(items.items)} items" if isinstance(items, Sequence) else "repeat"


def _at_a_time(strategy: Mapping) -> str:
    most = _text(value_of(strategy.get("maxConcurrency")))
    return f", {most} at a time" if most else ""


# --- from where, to where ------------------------------------------------------------------------


def _chained(spec: Mapping) -> Iterator[Note]:
    name = _text(value_of(spec.get("pipeline")))
    if name:
        yield Note(CHAIN, f"runs pipeline {name}")


def _targets(spec: Mapping) -> Iterator[Note]:
    """Give what is deployed and where to, as far as there are names."""
    services = ", ".join(filter(None, _named(spec, "service", "serviceRef")))
    environments = _named(spec, "environment", "environmentRef")
    group = mapping_of(spec.get("environmentGroup"))
    if group is not None:
        environments.append(_text(value_of(group.get("envGroupRef"))))
    places = ", ".join(filter(None, environments))
    if services and places:
        yield Note(TARGET, f"{services} → {places}")
    elif services or places:
        yield Note(TARGET, services or f"to {places}")


def _named(spec: Mapping, key: str, ref: str) -> list[str]:
    """Return the names below a key, or in the list below its plural."""
    block = mapping_of(spec.get(f"{key}s"))
    holders: Iterable[Node | None] = items_of(block.get("values")) if block else (spec.get(key),)
    found = []
    for holder in holders:
        if isinstance(holder, Mapping):
            other = mapping_of(holder.get("useFromStage"))
            stage = _text(value_of(other.get("stage"))) if other is not None else ""
            found.append(f"as in {stage}" if stage else _text(value_of(holder.get(ref))))
    return found
