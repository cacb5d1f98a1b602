"""The scopes of a document: what can stand first in a path, at each place of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from pipelint.expressions.engine import FUNCTORS
from pipelint.expressions.types import INVALID, NOTHING_KNOWN
from pipelint.harness.model import Insert, Step, StepGroup
from pipelint.harness.scope import facts
from pipelint.harness.scope.availability import restricted, unavailable
from pipelint.harness.scope.loops import matrix, repeat
from pipelint.harness.scope.nodes import (
    Execution,
    PipelineValue,
    Steps,
    value_of_unit,
)
from pipelint.harness.scope.texts import YamlValue
from pipelint.harness.scope.value import Value
from pipelint.harness.scope.viewer import FOREIGN, LAZY, Viewer, section_of
from pipelint.harness.scope.world import World
from pipelint.name import nearest

if TYPE_CHECKING:
    from pipelint.harness.context import Context
    from pipelint.harness.expressions import Written
    from pipelint.harness.model import Unit


class Scopes:
    """The scopes of one document; each is made once."""

    __slots__ = ("_is_partial", "_made", "_root", "_world")

    def __init__(self, context: Context) -> None:
        self._world = World(context)
        self._made: dict[tuple[int, str, bool], DocumentScope] = {}
        pipeline = self._world.pipeline
        self._root = pipeline.node if pipeline is not None else None
        self._is_partial = pipeline is not None and pipeline.is_partial

    def of(self, written: Written) -> DocumentScope:
        """Return the scope of an expression."""
        unit, is_partial = written.field.unit, written.field.partial
        section = FOREIGN  # an input set shows a part of its pipeline only
        if not self._is_partial:
            section = section_of(unit, written.scalar, self._root)
        key = (id(unit), section, is_partial)
        scope = self._made.get(key)
        if scope is None:
            viewer = Viewer(self._world, unit, section, is_partial=is_partial)
            scope = self._made[key] = DocumentScope(viewer)
        return scope


class DocumentScope:
    """What is in reach at one place of a document."""

    __slots__ = ("_found", "_viewer")

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._found: dict[str, Value | None] = {}

    @property
    def unit(self) -> Unit | None:
        """The innermost stage, group or step around the place."""
        return self._viewer.unit

    def root(self, name: str) -> Value | None:
        """Return what a first name stands for; None where it is a slip of the pen."""
        if name in self._found:
            return self._found[name]
        found = self._found[name] = self._look_up(name)
        return found

    def _look_up(self, name: str) -> Value | None:
        viewer = self._viewer
        if viewer.section == FOREIGN:
            return None if _is_slip(name) else NOTHING_KNOWN
        refusal = unavailable(viewer, name)
        if refusal is not None:
            return refusal
        make = _NODES.get(name)
        return make(viewer) if make is not None else self._other(name)

    def _other(self, name: str) -> Value | None:
        """Return what is no node of the pipeline: a unit around the place, a value, a slip."""
        viewer = self._viewer
        for unit in viewer.lineage:
            if unit.id == name:
                return value_of_unit(viewer, unit)
        entry = facts.root(name)
        if entry is not None:
            return facts.fact(entry)
        is_open = name in viewer.world.identifiers
        return NOTHING_KNOWN if is_open or not _is_slip(name) else None

    def roots(self) -> Iterable[str]:
        """Give the names that can stand first here."""
        viewer = self._viewer
        names = dict.fromkeys((*_NODES, *facts.root_names()))
        names.update(dict.fromkeys(unit.id for unit in viewer.lineage if unit.id))
        names.pop("stages", None)
        sure = _everywhere()
        return [name for name in names if name in sure or not _is_refused(self.root(name))]


def _is_refused(value: Value | None) -> bool:
    return value is None or value.status == INVALID


@lru_cache(maxsize=1)
def _everywhere() -> frozenset[str]:
    """Return the names that mean something wherever they stand."""
    return frozenset(facts.root_names()) - restricted() - _NODES.keys()


_SHORT = 6


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset((*_NODES, *facts.root_names(), *FUNCTORS))


def _is_slip(name: str) -> bool:
    """Tell whether a name is nearly one of those that are known; anything else may be one."""
    known = _known()
    if name in known or name in _FIELDS:
        return False
    if nearest(name, known, within=1):
        return True
    far = nearest(name, known, within=2) if len(name) > _SHORT else ()
    return any(one[0] == name[0] for one in far)


_FIELDS = frozenset({
    "currentStatus", "description", "endTs", "executionUrl", "identifier", "input", "iteration",
    "iterations", "liveStatus", "name", "orgIdentifier", "projectIdentifier", "properties",
    "startTs", "status", "tags", "timeout", "totalIterations", "type", "variables", "when",
})  # fmt: skip
"""Names that are found in the node around the place."""


# --- roots that are nodes ------------------------------------------------------------------------


def _stage(viewer: Viewer) -> Value:
    if viewer.stage is None or viewer.section == LAZY:
        return _lazily(viewer, viewer.stage)
    return value_of_unit(viewer, viewer.stage)


def _lazily(viewer: Viewer, unit: Unit | None) -> Value:
    """Return a node for a variable: of a stage's own variables the stage is certain."""
    return NOTHING_KNOWN if unit is None or viewer.unit is None else value_of_unit(viewer, unit)


def _step(viewer: Viewer) -> Value:
    unit = viewer.unit
    if not isinstance(unit, Step) or viewer.is_partial:
        return NOTHING_KNOWN
    return value_of_unit(viewer, unit)


def _step_group(viewer: Viewer) -> Value:
    unit = viewer.unit
    if unit is None or (viewer.is_partial and not isinstance(unit, Step)):
        return NOTHING_KNOWN
    group = unit if isinstance(unit, StepGroup) else next(unit.groups, None)
    if group is not None:
        return value_of_unit(viewer, group)
    if viewer.sees_stage and isinstance(unit, Step) and unit.template is None:
        return _no_group()
    return NOTHING_KNOWN


def _no_group() -> Value:
    from pipelint.expressions.types import Reason
    from pipelint.harness.scope.availability import RULE
    from pipelint.harness.scope.value import refused

    message = "there is no step group around this step"
    return refused(Reason(RULE, message, "nothing gives it", "`stage` has what is around it"))


def _steps(viewer: Viewer) -> Value:
    unit = viewer.unit
    if not isinstance(unit, Step) or unit.flow is None or viewer.section == LAZY:
        return NOTHING_KNOWN
    if unit.flow.key.text != "steps" or isinstance(unit.flow.owner, Insert):
        return NOTHING_KNOWN
    return Steps(viewer, unit.flow)


def _execution(viewer: Viewer) -> Value:
    stage = viewer.stage
    if stage is None or stage.template is not None or viewer.section == LAZY:
        return NOTHING_KNOWN
    return Execution(viewer, stage)


def _spec(viewer: Viewer) -> Value:
    unit = viewer.unit
    if viewer.is_partial or not isinstance(unit, Step):
        return NOTHING_KNOWN
    return OwnSpec(viewer, unit)


class OwnSpec(YamlValue):
    """The nearest `spec`: that of the step, then that of the stage."""

    __slots__ = ("_viewer",)

    def __init__(self, viewer: Viewer, step: Step) -> None:
        super().__init__(step.spec)
        self._viewer = viewer

    def member(self, name: str) -> Value | None:
        """Return a field of the step, or the execution of the stage."""
        return _execution(self._viewer) if name == "execution" else super().member(name)


def _matrix(viewer: Viewer) -> Value:
    if viewer.unit is None or viewer.section == LAZY:
        return NOTHING_KNOWN
    return matrix(viewer.lineage, sees_all=viewer.sees_pipeline)


def _repeat(viewer: Viewer) -> Value:
    if viewer.unit is None or viewer.section == LAZY:
        return NOTHING_KNOWN
    return repeat(viewer.lineage, sees_all=viewer.sees_pipeline)


def _anything(_: Viewer) -> Value:
    return NOTHING_KNOWN


_NODES: dict[str, Callable[[Viewer], Value]] = {
    "execution": _execution,
    "matrix": _matrix,
    "pipeline": PipelineValue,
    "repeat": _repeat,
    "rollbackSteps": _anything,
    "spec": _spec,
    "stage": _stage,
    "stages": _anything,
    "step": _step,
    "stepGroup": _step_group,
    "steps": _steps,
}
