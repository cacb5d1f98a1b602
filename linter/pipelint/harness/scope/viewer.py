"""From where a path is looked up: the unit around it, and which part of that it stands in."""

from __future__ import annotations

from bisect import bisect_right

from pipelint.harness.model import Stage, StepGroup, TemplateDefinition, Unit
from pipelint.harness.scope.world import World
from pipelint.yaml.node import Mapping, Node, Scalar

INSIDE = "inside"
"""In a step."""

GATE = "gate"
"""In the condition or the loop of a stage: looked up before anything of the stage is known."""

EARLY = "early"
"""In settings of a stage or of a group: looked up before its first step runs."""

LAZY = "lazy"
"""In a variable: looked up where the variable is used."""

FOREIGN = "foreign"
"""In what a stage takes from the pipeline that it calls: looked up in that pipeline."""

OPEN = "open"
"""Anywhere else: nothing is said about when it is looked up."""

_GATES = frozenset({"when", "strategy"})
_OPEN = frozenset(
    {"failureStrategies", "tags", "name", "description", "template", "notificationRules"}
)
_OPEN_BELOW = frozenset({
    "environmentInputs", "execution", "outputs", "provisioner", "serviceInputs",
    "serviceOverrideInputs",
})  # fmt: skip
_DEEPEST = 12


class Viewer:
    """Where an expression stands. `unit` is the innermost stage, group or step around it.

    `section` is one of the words above; `is_partial` says that it stands in the inputs of the
    template of `unit`, where the nodes of the template are nearer than those that can be seen.
    """

    __slots__ = ("_lineage", "_rollback", "is_partial", "section", "stage", "unit", "world")

    def __init__(self, world: World, unit: Unit | None, section: str, *, is_partial: bool) -> None:
        self.world = world
        self.unit = unit
        self.section = section
        self.is_partial = is_partial
        self.stage: Stage | None = unit.stage if unit is not None else None
        self._lineage: list[Unit] | None = None
        self._rollback: bool | None = None

    @property
    def lineage(self) -> list[Unit]:
        """The unit, the groups around it and its stage, from the inside out."""
        if self._lineage is None:
            self._lineage = self.unit.lineage if self.unit is not None else []
        return self._lineage

    @property
    def in_rollback(self) -> bool:
        """Whether it is looked up in a rollback."""
        if self._rollback is None:
            self._rollback = self.unit.in_rollback if self.unit is not None else False
        return self._rollback

    @property
    def sees_stage(self) -> bool:
        """Whether all that encloses the unit up to the stage is in the document."""
        return self.stage is not None

    @property
    def sees_pipeline(self) -> bool:
        """Whether all that encloses the unit is in the document."""
        stage = self.stage
        return stage is not None and not isinstance(stage.outer, TemplateDefinition)


def section_of(unit: Unit | None, node: Scalar, root: Mapping | None) -> str:
    """Say in which part of a unit a value stands; `root` is the pipeline, if there is no unit."""
    if unit is None:
        keys = _keys_to(root, node) if root is not None else ()
        return LAZY if keys[:1] == ("variables",) else OPEN
    if not isinstance(unit, (Stage, StepGroup)):
        return INSIDE
    return _section_in(unit, _keys_to(unit.node, node))


def _section_in(unit: Stage | StepGroup, keys: tuple[str, ...]) -> str:
    if not keys or keys[0] in _OPEN:
        return OPEN
    if "variables" in keys:
        return LAZY
    if "outputs" in keys and isinstance(unit, Stage) and unit.kind == "Pipeline":
        return FOREIGN
    if keys[0] in _GATES:
        return GATE if isinstance(unit, Stage) else EARLY
    return OPEN if not _OPEN_BELOW.isdisjoint(keys) else EARLY


def _keys_to(top: Node, target: Scalar) -> tuple[str, ...]:
    """Return the keys from a node down to a value in it; none where an alias leads there."""
    keys: list[str] = []
    here: Node | None = top
    for _ in range(_DEEPEST):
        if here is None or here is target or isinstance(here, Scalar):
            break
        below: Node | None = None
        if isinstance(here, Mapping):
            for key, value in here.fields.values():
                if value.start <= target.start <= value.end and value.end >= target.end:
                    keys.append(key.text)
                    below = value
                    break
        else:
            below = _item_with(here.items, target.start)
        here = below
    return tuple(keys)


def _item_with(items: list[Node], offset: int) -> Node | None:
    """Return the item around an offset; their order tells, unless aliases stand among them."""
    at = bisect_right(items, offset, key=lambda item: item.start) - 1
    if at >= 0 and offset <= items[at].end:
        return items[at]
    return next((item for item in items if item.start <= offset <= item.end), None)
