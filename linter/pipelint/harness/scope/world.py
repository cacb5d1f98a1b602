"""What paths need to know of a whole document, each looked up once."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.harness.context import Context
from pipelint.harness.model import (
    Flow,
    Owner,
    Parallel,
    Pipeline,
    Stage,
    StepGroup,
    TemplateDefinition,
    Unit,
)
from pipelint.harness.scope.value import Value
from pipelint.harness.values import Text
from pipelint.record import NamedTuple
from pipelint.yaml.node import MERGE, Mapping, Sequence

CLONING = frozenset({"CI", "SecurityTests", "IACM"})
"""Types of stages that fill `codebase`."""


class Level(NamedTuple):
    """What stands in one list of stages or steps, by identifier.

    `is_open` says that there may be more than can be seen.
    """

    by_id: dict[str, Unit]
    is_open: bool


NO_LEVEL = Level({}, is_open=True)


class World:
    """One document, as paths see it."""

    __slots__ = (
        "_has_order",
        "_identifiers",
        "_levels",
        "_stages",
        "context",
        "made",
        "model",
        "pipeline",
    )

    def __init__(self, context: Context) -> None:
        self.context = context
        self.model = context.model
        self.pipeline: Pipeline | None = context.model.pipeline
        self._levels: dict[int, Level] = {}
        self._stages: Level | None = None
        self.made: dict[tuple[str, int], Value] = {}
        self._has_order: bool | None = None
        self._identifiers: frozenset[str] | None = None

    @property
    def has_order(self) -> bool:
        """Whether stages run in the order in which they are written."""
        if self._has_order is None:
            stages = self.model.stages
            self._has_order = not any("dependsOn" in stage.node.fields for stage in stages)
        return self._has_order

    @property
    def identifiers(self) -> frozenset[str]:
        """All stages, groups and steps have these."""
        if self._identifiers is None:
            self._identifiers = frozenset([unit.id for unit in self.model.by_node.values()])
        return self._identifiers

    def level(self, flow: Flow | None) -> Level:
        """Return what stands in a list; nothing that is known where there is none."""
        if flow is None:
            return NO_LEVEL
        found = self._levels.get(id(flow))
        if found is None:
            found = self._levels[id(flow)] = _level(flow)
        return found

    @property
    def stages(self) -> Level:
        """The stages of the pipeline."""
        if self._stages is None:
            pipeline = self.pipeline
            level = self.level(pipeline.stages) if pipeline is not None else NO_LEVEL
            is_open = pipeline is None or pipeline.is_open
            self._stages = level._replace(is_open=True) if is_open else level
        return self._stages

    @property
    def may_clone(self) -> bool:
        """Whether a stage may fill `codebase`."""
        if self.stages.is_open:
            return True
        return any(
            stage.template is not None or not stage.kind or stage.kind in CLONING
            for stage in self.model.stages
        )


def _level(flow: Flow) -> Level:
    by_id: dict[str, Unit] = {}
    is_open = False
    for unit in flow.units:
        name = unit.id or _made_up(unit)
        if name:
            by_id.setdefault(name, unit)
        else:
            is_open = True
    return Level(by_id, is_open or any(map(_is_odd, _lists(flow))))


def _made_up(unit: Unit) -> str:
    """Return the identifier that Harness makes of a name where none is written."""
    fields = unit.node.fields
    if unit.node.broken or "identifier" in fields or MERGE in fields:
        return ""
    return name_of(unit).replace(" ", "_").replace("-", "")


def _lists(flow: Flow) -> Iterator[Sequence]:
    yield flow.node
    waiting = [item for item in flow.items if isinstance(item, Parallel)]
    while waiting:
        block = waiting.pop()
        yield block.node
        waiting += [item for item in block.items if isinstance(item, Parallel)]


def _is_odd(node: Sequence) -> bool:
    """Tell whether a list holds anything that the model does not show."""
    return node.broken or any(
        not isinstance(item, Mapping) or item.broken or not item.fields.keys() & _ITEMS
        for item in node.items
    )


_ITEMS = frozenset({"stage", "step", "stepGroup", "parallel", "insert"})


def below(owner: Stage | StepGroup) -> Iterator[Unit]:
    """Give all steps, groups and inserts below a stage or a group."""
    for flow in owner.flows:
        for unit in flow.units:
            yield unit
            if isinstance(unit, StepGroup):
                yield from below(unit)


def name_of(unit: Unit) -> str:
    """Return the display name of a unit, where it is a literal."""
    return unit.name.value if isinstance(unit.name, Text) else ""


def way(unit: Unit, top: Owner) -> str:
    """Return the path from `top` to a unit below it: `steps.group.steps.step`."""
    names: list[str] = []
    here: Owner = unit
    while here is not top and not isinstance(here, (Pipeline, TemplateDefinition, Stage)):
        names += [here.id, here.flow.key.text if here.flow else "steps"]
        here = here.outer
    return ".".join(reversed(names))


def may_loop(unit: Unit) -> bool:
    """Tell whether a unit may run several times, under identifiers with a suffix."""
    if unit.template is not None or "strategy" in unit.node.fields:
        return True
    spec = unit.spec.fields if isinstance(unit, Stage) and unit.spec else {}
    return not _SEVERAL.isdisjoint(spec)


_SEVERAL = frozenset({"services", "environments", "environmentGroup"})


def loops(unit: Unit) -> bool:
    """Tell whether a unit certainly runs under identifiers with a suffix."""
    looping = unit.looping
    if looping is None:
        return False
    has_list = looping.matrix is not None or looping.repeat is not None
    return has_list or looping.parallelism is not None
