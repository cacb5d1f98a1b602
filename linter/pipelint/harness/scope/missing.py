"""Words about stages and steps that a path does not find: most often they are somewhere else."""

from __future__ import annotations

from pipelint.expressions.types import Reason
from pipelint.harness.model import Flow, Pipeline, Stage, StepGroup, TemplateDefinition, Unit
from pipelint.harness.scope.value import Value, refused, unknown
from pipelint.harness.scope.viewer import Viewer
from pipelint.harness.scope.world import Level, below, name_of, way

WRAPPERS = frozenset({"parallel", "stage", "step", "stepGroup", "group", "insert"})
"""Keys of lists that are no part of a path."""

Holder = Stage | StepGroup


def missing_stage(name: str, level: Level) -> Value:
    """Return the value of a stage that does not exist."""
    message = f"no stage has the identifier `{name}`"
    if name in WRAPPERS:
        help_text = f"`{name}` is no part of a path: leave it out"
        return refused(Reason("unknown-stage", message, "unknown stage", help_text))
    for unit in level.by_id.values():
        if name_of(unit) == name:
            return _named(unit, name)
    if not level.by_id:
        return refused(Reason("unknown-stage", message, "unknown stage"))
    stages = ", ".join(f"`{one}`" for one in list(level.by_id)[:_MOST_LISTED])
    help_text = f"the stages are {stages}" if len(level.by_id) <= _MOST_LISTED else ""
    return unknown("unknown-stage", message, name, level.by_id, "unknown stage", help_text)


_MOST_LISTED = 6


def missing_step(viewer: Viewer, name: str, flow: Flow, level: Level) -> Value:
    """Return the value of a step or group that is not in a list."""
    holder = flow.owner
    where = _say(holder)
    message = f"{where} has no step `{name}`"
    if name in WRAPPERS:
        help_text = f"`{name}` is no part of a path: leave it out"
        return refused(Reason("unknown-step", message, "no identifier", help_text))
    if isinstance(holder, (Stage, StepGroup)):
        found = [unit for unit in below(holder) if unit.id == name]
        if len(found) == 1:
            return _deeper(found[0], holder, flow, name)
    for unit in level.by_id.values():
        if name_of(unit) == name:
            return _named(unit, name)
    help_text = _elsewhere(viewer, name)
    if help_text:
        return refused(Reason("unknown-step", message, "not here", help_text))
    return unknown("unknown-step", message, name, level.by_id, "unknown step")


def _named(unit: Unit, name: str) -> Value:
    message = f"`{name}` is the name of {_a(unit.what)}, not its identifier"
    help_text = f"write its identifier, `{unit.id}`"
    related = ((unit.span, "its identifier"),)
    return refused(Reason("name-in-path", message, "a name", help_text, unit.id, related))


def _deeper(unit: Unit, holder: Holder, flow: Flow, name: str) -> Value:
    """Say that a step is in a group, or in the other list."""
    path = way(unit, holder)
    related = ((unit.span, "this is it"),)
    first, _, rest = path.partition(".")
    if first != flow.key.text:
        message = f"step `{name}` is in `{first}`, not in `{flow.key.text}`"
        help_text = f"write `{path}`"
        return refused(Reason("unknown-step", message, "in the other list", help_text, "", related))
    group = rest.partition(".")[0]
    message = f"step `{name}` is in step group `{group}`"
    return refused(
        Reason("path-without-group", message, "group left out", f"write `{rest}`", rest, related)
    )


def _elsewhere(viewer: Viewer, name: str) -> str:
    """Say where else in the document a step is."""
    found = [unit for unit in viewer.world.model.by_node.values() if unit.id == name]
    if len(found) != 1 or isinstance(found[0], Stage):
        return ""
    unit = found[0]
    stage = unit.stage
    if stage is None:
        return ""
    path = f"execution.{way(unit, stage)}"
    if stage is viewer.stage:
        return f"it is `{path}`"
    return f"it is in another stage: `pipeline.stages.{stage.id}.spec.{path}`" if stage.id else ""


def _say(holder: object) -> str:
    if isinstance(holder, (Stage, StepGroup)) and holder.label:
        return f"{holder.what} `{holder.label}`"
    if isinstance(holder, (Stage, StepGroup, Pipeline, TemplateDefinition)):
        return f"this {holder.what}"
    return "this list"


def _a(what: str) -> str:
    return f"a {what}"
