"""The nodes of a pipeline as values: the pipeline, its stages, step groups and steps."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pipelint.expressions.types import (
    MAP,
    NOTHING_KNOWN,
    OBJECT,
    RESOLVED,
    Reason,
)
from pipelint.harness import build
from pipelint.harness.model import Flow, Insert, Stage, Step, StepGroup, Unit
from pipelint.harness.scope.facts import Entries, fact, member_of, names_of, node
from pipelint.harness.scope.loops import matrix, repeat
from pipelint.harness.scope.missing import WRAPPERS, missing_stage, missing_step
from pipelint.harness.scope.ready import RUN_TIME, not_ready
from pipelint.harness.scope.results import ChainedOutputs, result_names, step_result
from pipelint.harness.scope.texts import TextValue, YamlValue
from pipelint.harness.scope.value import Holder, Known, Missing, Symbol, Value, refused
from pipelint.harness.scope.variables import variables_of
from pipelint.harness.scope.viewer import Viewer
from pipelint.harness.scope.world import Level, loops, may_loop
from pipelint.harness.values import Text
from pipelint.name import nearest
from pipelint.source import Span

_KINDS = {Stage: build.STAGE, StepGroup: build.GROUP, Step: build.STEP, Insert: build.INSERT}
_TEXTS = frozenset({"description", "identifier", "name", "timeout", "type"})
_LISTS = ("steps", "rollbackSteps")
_PRODUCED = frozenset({
    "artifacts", "configFiles", "env", "environment", "infra", "manifests", "service",
    "serviceVariables",
})  # fmt: skip
"""What of the spec of a stage is known once its service and environment are."""

IMPLICIT = frozenset({
    "harness-git-clone", "liteEngineTask", "restore-cache-harness", "save-cache-harness",
})  # fmt: skip
"""Steps that Harness adds to a stage."""

INCOMPLETE = "incomplete-path"


def value_of_unit(viewer: Viewer, unit: Unit, *, is_sure: bool = True) -> Value:
    """Return the value of a unit; `is_sure` where it is certain which run of it is meant."""
    if isinstance(unit, Insert):
        return Known(OBJECT, "A place that a template leaves open.", unit.span, None, _symbol(unit))
    return NodeValue(viewer, unit, is_sure=is_sure)


def _symbol(unit: Unit) -> Symbol:
    outer = unit.outer
    scope = outer.id if isinstance(outer, (Stage, StepGroup, Step)) else ""
    return Symbol(_KINDS[type(unit)], unit.id, scope)


class NodeValue:
    """A stage, a step group or a step. Most are only passed on the way, so little is made ready."""

    __slots__ = ("_is_sure", "unit", "viewer")
    type = OBJECT
    status = RESOLVED
    static: str | None = None
    reason: Reason | None = None

    def __init__(self, viewer: Viewer, unit: Stage | StepGroup | Step, *, is_sure: bool) -> None:
        self.viewer = viewer
        self.unit = unit
        self._is_sure = is_sure

    @property
    def definition(self) -> Span | None:
        """The place of its identifier."""
        identifier = self.unit.identifier
        return identifier.span if isinstance(identifier, Text) else None

    @property
    def documentation(self) -> str:
        """What it is, in words."""
        return _words(self.unit)

    @property
    def symbol(self) -> Symbol:
        """Which definition it stands for."""
        return _symbol(self.unit)

    def member(self, name: str) -> Value | None:
        """Return a member: what all nodes have, or what only this kind has."""
        unit = self.unit
        if name in _TEXTS:
            return TextValue(unit.node.get(name), name)
        if name in RUN_TIME:
            late = not_ready(self.viewer, unit, name) if self._is_sure else None
            return late or fact(node("node")[name])
        if name == "matrix":
            return matrix([unit], sees_all=True, where=f"on this {unit.what}")
        if name == "repeat":
            return repeat([unit], sees_all=True, where=f"on this {unit.what}")
        if isinstance(unit, Stage):
            return self._of_stage(unit, name)
        return self._of_group(unit, name) if isinstance(unit, StepGroup) else self._of_step(name)

    def members(self) -> Iterable[str]:
        """Give the names of what it has."""
        unit = self.unit
        yield from node("node")
        if isinstance(unit, Stage):
            yield from ("variables", "spec", *node("stage"))
        elif isinstance(unit, StepGroup):
            yield from ("variables", "steps", "rollbackSteps", "getParentStepGroup")
        else:
            yield from dict.fromkeys(("spec", "output", *node("step"), *result_names(unit)))

    def _of_stage(self, stage: Stage, name: str) -> Value | None:
        if name == "variables":
            return variables_of(self.viewer.world, stage)
        if name == "spec":
            return StageSpec(self.viewer, stage, is_sure=self._is_sure)
        if name == "output" and stage.kind == "Pipeline":
            late = not_ready(self.viewer, stage, name) if self._is_sure else None
            return late or ChainedOutputs(stage)
        if name in node("stage"):
            return fact(node("stage")[name])
        return self._below_spec(stage, name) or self._other(name)

    def _below_spec(self, stage: Stage, name: str) -> Value | None:
        """Return the value of what is in the `spec` of a stage, and is looked for beside it."""
        if name == "execution":
            return _incomplete(name, "spec.execution")
        if name == "steps":
            return _incomplete(name, "spec.execution.steps")
        is_step = name in self.viewer.world.level(stage.steps).by_id
        return _incomplete(name, f"spec.execution.steps.{name}") if is_step else None

    def _of_group(self, group: StepGroup, name: str) -> Value | None:
        if name == "variables":
            return variables_of(self.viewer.world, group)
        if name in _LISTS:
            flow = group.steps if name == "steps" else group.rollback
            return Steps(self.viewer, flow, is_sure=self._is_sure)
        if name == "getParentStepGroup":
            outer = next(group.groups, None)
            return NOTHING_KNOWN if outer is None else value_of_unit(self.viewer, outer)
        if name in self.viewer.world.level(group.steps).by_id:
            return _incomplete(name, f"steps.{name}")
        return self._other(name)

    def _of_step(self, name: str) -> Value | None:
        step = self.unit
        assert isinstance(step, Step)  # noqa: S101 - the others have been asked
        if name == "spec":
            return YamlValue(step.spec) if step.template is None else NOTHING_KNOWN
        result = step_result(self.viewer, step, name, is_sure=self._is_sure)
        if result is not None:
            return result
        if name in node("step"):
            return fact(node("step")[name])
        return self._other(name)

    def _other(self, name: str) -> Value | None:
        """Return what is known of any other member: it may be a field, or a slip of the pen."""
        unit = self.unit
        if name in WRAPPERS and name not in unit.node.fields:
            message = f"`{name}` is no part of a path"
            return refused(Reason("unknown-member", message, "no member", "leave it out"))
        if name in node("node"):
            return fact(node("node")[name])
        if unit.template is not None or name in unit.node.fields:
            return NOTHING_KNOWN
        return None if nearest(name, self.members()) else NOTHING_KNOWN


def _words(unit: Unit) -> str:
    kind = unit.kind if isinstance(unit, (Stage, Step)) else ""
    said = f"The {unit.what} `{unit.label}`" if unit.label else f"A {unit.what}"
    return f"{said}, of the type `{kind}`." if kind else f"{said}."


def _incomplete(name: str, instead: str) -> Value:
    message = f"the path to `{name}` is not complete"
    left_out = instead.removesuffix(name).rstrip(".")
    label = f"`{left_out}` left out"
    return refused(Reason(INCOMPLETE, message, label, f"write `{instead}`", instead))


# --- what is between the nodes -------------------------------------------------------------------


class PipelineValue(Holder):
    """The pipeline."""

    __slots__ = ("_stages", "_viewer")
    documentation = "The pipeline that runs: its settings, its variables, its stages."

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._stages: Stages | None = None

    def member(self, name: str) -> Value | None:
        """Return a setting of the pipeline, its variables or its stages."""
        pipeline = self._viewer.world.pipeline
        if name == "stages":
            if self._stages is None:
                self._stages = Stages(self._viewer)
            return self._stages
        if name == "variables":
            if pipeline is None:
                return _NAMED
            return variables_of(self._viewer.world, pipeline)
        if name in {"identifier", "name"} and pipeline is not None and not pipeline.is_partial:
            return TextValue(pipeline.node.get(name), name)
        if name not in node("pipeline") and pipeline is not None and name in pipeline.node.fields:
            return NOTHING_KNOWN
        return member_of(_pipeline(), name)

    def members(self) -> Iterable[str]:
        """Give the names of what a pipeline has."""
        return _pipeline()


@lru_cache(maxsize=1)
def _pipeline() -> Entries:
    return {**node("pipeline"), "stages": "map", "variables": "map"}


_NAMED = Known(MAP, "The variables of the pipeline, by name.")


class Stages(Holder):
    """The stages of the pipeline, by identifier."""

    __slots__ = ("_viewer",)
    type = MAP
    documentation = "The stages of the pipeline, by identifier."

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer

    def member(self, name: str) -> Value | None:
        """Return a stage."""
        level = self._viewer.world.stages
        found = _find(self._viewer, level, name)
        if found is not None or level.is_open:
            return found or NOTHING_KNOWN
        return Missing(lambda: missing_stage(name, level).reason)

    def members(self) -> Iterable[str]:
        """Give the identifiers of the stages."""
        return self._viewer.world.stages.by_id


class Steps(Holder):
    """The steps and groups of one list, by identifier; None for a list that cannot be seen."""

    __slots__ = ("_flow", "_is_sure", "_viewer")
    type = MAP
    documentation = "Steps and step groups, by identifier."

    def __init__(self, viewer: Viewer, flow: Flow | None, *, is_sure: bool = True) -> None:
        self._viewer = viewer
        self._flow = flow
        self._is_sure = is_sure

    def member(self, name: str) -> Value | None:
        """Return a step or a group."""
        level = self._viewer.world.level(self._flow)
        found = _find(self._viewer, level, name, is_sure=self._is_sure)
        if found is not None:
            return found
        flow = self._flow
        if level.is_open or flow is None or name in IMPLICIT:
            return NOTHING_KNOWN
        return Missing(lambda: missing_step(self._viewer, name, flow, level).reason)

    def members(self) -> Iterable[str]:
        """Give the identifiers."""
        return self._viewer.world.level(self._flow).by_id


def _find(viewer: Viewer, level: Level, name: str, *, is_sure: bool = True) -> Value | None:
    """Find a unit by its identifier, or by that of one of its runs."""
    unit = level.by_id.get(name)
    if unit is not None:
        if loops(unit) and not any(unit is one for one in viewer.lineage):
            return Looped(viewer, unit)
        return value_of_unit(viewer, unit, is_sure=is_sure)
    runs = [one for one in level.by_id if name.startswith(f"{one}_")]
    if not runs:
        return None
    unit = level.by_id[max(runs, key=len)]
    return value_of_unit(viewer, unit, is_sure=False) if may_loop(unit) else None


class Looped(Known):
    """A unit that runs several times, by an identifier that means all of its runs together."""

    __slots__ = ("_unit", "_viewer")

    def __init__(self, viewer: Viewer, unit: Unit) -> None:
        span = unit.identifier.span if isinstance(unit.identifier, Text) else None
        super().__init__(OBJECT, _words(unit), span, None, _symbol(unit))
        self._viewer = viewer
        self._unit = unit

    def member(self, name: str) -> Value | None:
        """Return what all runs have in common, or one of them."""
        value = value_of_unit(self._viewer, self._unit)
        if name in node("node") or name in {"variables", "template"}:
            return value.member(name)
        if name.startswith(f"{self._unit.id}_"):
            return value_of_unit(self._viewer, self._unit, is_sure=False)
        found = value.member(name)
        if found is None or found.reason is not None:
            return found
        message = f"{self._unit.what} `{self._unit.id}` runs several times"
        help_text = f"say which run: `{self._unit.id}_0`, or the suffix of the own run"
        return refused(Reason("path-without-suffix", message, "of which run", help_text))

    def members(self) -> Iterable[str]:
        """Give the names of what a run has."""
        return value_of_unit(self._viewer, self._unit).members()


class StageSpec(Holder):
    """The `spec` of a stage."""

    __slots__ = ("_is_sure", "_stage", "_viewer")
    documentation = "What the stage does."

    def __init__(self, viewer: Viewer, stage: Stage, *, is_sure: bool) -> None:
        self._viewer = viewer
        self._stage = stage
        self._is_sure = is_sure

    def member(self, name: str) -> Value | None:
        """Return the execution, or what is known of service and environment."""
        stage = self._stage
        if name == "execution":
            return Execution(self._viewer, stage, is_sure=self._is_sure)
        wrong = _never_in_spec(stage, name)
        if wrong is None and name in _PRODUCED and self._is_sure:
            wrong = not_ready(self._viewer, stage, name)
        if wrong is not None:
            return wrong
        entries = node("stage.spec")
        if name in entries:
            return fact(entries[name])
        is_open = stage.spec is None or name in stage.spec.fields
        return NOTHING_KNOWN if is_open or not nearest(name, self.members()) else None

    def members(self) -> Iterable[str]:
        """Give the names of what is known."""
        fields = self._stage.spec.fields if self._stage.spec else ()
        return dict.fromkeys(("execution", *names_of(node("stage.spec")), *fields))


def _never_in_spec(stage: Stage, name: str) -> Value | None:
    if name in _LISTS:
        return _incomplete(name, f"execution.{name}")
    if name == "output" and stage.kind == "Pipeline":
        message = "the outputs of a called pipeline are in `output` of the stage"
        return refused(Reason("unknown-member", message, "no member", "leave `spec` out"))
    if name == "serviceConfig" and stage.spec is not None and "service" in stage.spec.fields:
        message = "`serviceConfig` belongs to stages of the first generation"
        help_text = "this stage has `service`: read `artifact`, `service` or `serviceVariables`"
        return refused(Reason("unknown-member", message, "not in this stage", help_text))
    return None


class Execution(Holder):
    """The steps of a stage."""

    __slots__ = ("_is_sure", "_stage", "_viewer")
    documentation = "The steps of the stage, from the outermost list."

    def __init__(self, viewer: Viewer, stage: Stage, *, is_sure: bool = True) -> None:
        self._viewer = viewer
        self._stage = stage
        self._is_sure = is_sure

    def member(self, name: str) -> Value | None:
        """Return a list of steps."""
        stage = self._stage
        if name == "steps":
            return Steps(self._viewer, stage.steps, is_sure=self._is_sure)
        if name == "rollbackSteps":
            return Steps(self._viewer, stage.rollback, is_sure=self._is_sure)
        if name in self._viewer.world.level(stage.steps).by_id:
            return _incomplete(name, f"steps.{name}")
        return None if nearest(name, _LISTS) else NOTHING_KNOWN

    def members(self) -> Iterable[str]:
        """Give the names of the lists."""
        return _LISTS
