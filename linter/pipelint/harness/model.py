"""A Harness document as rules see it: thin views over nodes, made in one walk by `build`.

A value of the wrong shape is absent here; the schema speaks about it. Where a template or an insert
stands, what it brings is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Dict
from typing import TypeAlias

from pipelint.harness.values import Deferred, Text, Value
from pipelint.record import NamedTuple
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence


class TemplateLink(NamedTuple):
    """`template:` of a pipeline, stage, step group or step; `level` is the word for that."""

    level: str
    node: Mapping
    key: Scalar
    owner: Owner
    ref: Value
    version: Value
    inputs: Mapping | None


class Variable(NamedTuple):
    """One item of a list of variables; `list_key` is the key of the list (`variables` …)."""

    node: Mapping
    list_key: Scalar
    name: Text | None
    type: Value
    value: Value
    owner: Owner | None


class Condition(NamedTuple):
    """`when:` of a stage, a step group or a step; `statuses` are its status keys."""

    owner: Unit
    key: Scalar
    node: Mapping
    statuses: tuple[tuple[Scalar, Value], ...]
    condition: Scalar | None


class Looping(NamedTuple):
    """`strategy:` with its parts; each is None where it is absent or has another shape.

    `axes` are those of a matrix, by name: key and value. `count` is `parallelism`.
    """

    owner: Unit
    key: Scalar
    node: Mapping
    matrix: Mapping | None
    axes: Dict[str, tuple[Scalar, Node]]
    repeat: Mapping | None
    parallelism: Scalar | None


class Action:
    """What is done about a failure; `follow_ups` are what comes after it, under their keys."""

    __slots__ = ("follow_ups", "key", "node", "spec", "type")

    def __init__(self, node: Mapping, key: Scalar, kind: Value, spec: Mapping | None) -> None:
        self.node = node
        self.key = key
        self.type = kind
        self.spec = spec
        self.follow_ups: list[tuple[Scalar, Action]] = []
        """`onRetryFailure` or `onTimeout`, with the action below it."""

    @property
    def name(self) -> str:
        """The literal type, or the empty text."""
        return self.type.value if isinstance(self.type, Text) else ""

    def walk(self) -> Iterator[Action]:
        """Give this action and all that follow it."""
        yield self
        for _, action in self.follow_ups:
            yield from action.walk()


class FailureStrategy(NamedTuple):
    """One entry of `failureStrategies`; `node` is what stands under `onFailure`."""

    owner: Owner
    key: Scalar
    node: Mapping
    errors_key: Scalar | None
    errors: tuple[Text, ...]
    errors_node: Node | None
    action: Action | None

    @property
    def actions(self) -> Iterator[tuple[Action, Text]]:
        """Its action and all that follow it, each with its type; those of a known type only."""
        for action in self.action.walk() if self.action else ():
            if isinstance(action.type, Text):
                yield action, action.type


class Flow:
    """A list of stages or of steps, with what stands in it; its `key` is `steps` or `stages`."""

    __slots__ = ("items", "key", "node", "owner")

    def __init__(self, node: Sequence, key: Scalar, owner: Owner) -> None:
        self.node = node
        self.key = key
        self.owner = owner
        self.items: list[Item] = []

    @property
    def units(self) -> Iterator[Unit]:
        """The stages, step groups, steps and inserts right in it; `parallel` is looked through."""
        for item in self.items:
            if isinstance(item, Parallel):
                yield from item.units
            else:
                yield item


class Parallel:
    """What runs at the same time; `item` is the list item that holds it."""

    __slots__ = ("flow", "item", "items", "key", "node", "outer")

    def __init__(
        self, item: Mapping, key: Scalar, node: Sequence, flow: Flow, outer: Parallel | None
    ) -> None:
        self.item = item
        self.key = key
        self.node = node
        self.flow = flow
        self.outer = outer
        self.items: list[Item] = []

    @property
    def units(self) -> Iterator[Unit]:
        """What stands in it, `parallel` in `parallel` looked through."""
        for item in self.items:
            if isinstance(item, Parallel):
                yield from item.units
            else:
                yield item


class _Place:
    """Where something stands in the pipeline; the common part of stages, groups, steps, inserts.

    `key` is the key that says what it is, `item` the list item around it. `outer` is what encloses
    it, `parallel` the block in which it runs beside others, if any. `position` numbers all of them
    in the order of the text. In a template's own spec there is no list item: `item` is the spec.
    """

    __slots__ = (
        "failure_strategies", "flow", "identifier", "item", "key", "looping", "name", "node",
        "outer", "parallel", "position", "template", "variables", "when",
    )  # fmt: skip

    what = ""

    def __init__(self, item: Mapping, key: Scalar, node: Mapping, outer: Owner) -> None:
        self.item = item
        self.key = key
        self.node = node
        self.outer = outer
        self.flow: Flow | None = None
        self.parallel: Parallel | None = None
        self.position = 0
        self.identifier: Value = None
        self.name: Value = None
        self.template: TemplateLink | None = None
        self.when: Condition | None = None
        self.looping: Looping | None = None
        self.failure_strategies: tuple[FailureStrategy, ...] = ()
        self.variables: tuple[Variable, ...] = ()

    @property
    def id(self) -> str:
        """The literal identifier, or the empty text."""
        return self.identifier.value if isinstance(self.identifier, Text) else ""

    @property
    def label(self) -> str:
        """What a message calls it: its identifier, else its name, else nothing."""
        return self.id or (self.name.value if isinstance(self.name, Text) else "")

    @property
    def span(self) -> Span:
        """The smallest text that stands for it: its identifier, else its key."""
        return self.identifier.span if isinstance(self.identifier, Text) else self.key.span

    @property
    def stage(self) -> Stage | None:
        """The stage around it, or the stage itself."""
        here: Owner = self  # type: ignore[assignment]
        while not isinstance(here, (Pipeline, TemplateDefinition)):
            if isinstance(here, Stage):
                return here
            here = here.outer
        return None

    @property
    def groups(self) -> Iterator[StepGroup]:
        """The step groups around it, from the innermost to the outermost."""
        here: Owner = self.outer
        while not isinstance(here, (Pipeline, TemplateDefinition)):
            if isinstance(here, StepGroup):
                yield here
            here = here.outer

    @property
    def lineage(self) -> list[Unit]:
        """It, the step groups around it and its stage, from the inside out."""
        found: list[Unit] = []
        here: Owner = self  # type: ignore[assignment]
        while not isinstance(here, (Pipeline, TemplateDefinition)):
            found.append(here)
            here = here.outer
        return found

    @property
    def in_rollback(self) -> bool:
        """Whether it stands in the `rollbackSteps` of its stage or of a group around it."""
        here: Owner = self  # type: ignore[assignment]
        while not isinstance(here, (Pipeline, TemplateDefinition)):
            if here.flow is not None and here.flow.key.text == "rollbackSteps":
                return True
            here = here.outer
        return False


class Insert(_Place):
    """A place that a template leaves to its users; it is a part of the path, as groups are."""

    __slots__ = ()
    what = "insert"


class Step(_Place):
    """A step; `type` is None where a template gives it."""

    __slots__ = ("spec", "type")
    what = "step"

    def __init__(self, item: Mapping, key: Scalar, node: Mapping, outer: Owner) -> None:
        super().__init__(item, key, node, outer)
        self.type: Value = None
        self.spec: Mapping | None = None

    @property
    def kind(self) -> str:
        """The literal type, or the empty text."""
        return self.type.value if isinstance(self.type, Text) else ""


class StepGroup(_Place):
    """A step group; `infra` is its `stepGroupInfra`, with which its steps run in containers."""

    __slots__ = ("infra", "rollback", "steps")
    what = "step group"

    def __init__(self, item: Mapping, key: Scalar, node: Mapping, outer: Owner) -> None:
        super().__init__(item, key, node, outer)
        self.steps: Flow | None = None
        self.rollback: Flow | None = None
        self.infra: Mapping | None = None

    @property
    def flows(self) -> tuple[Flow, ...]:
        """Its lists of steps."""
        return tuple(flow for flow in (self.steps, self.rollback) if flow is not None)


class Stage(_Place):
    """A stage; `execution` is what stands under that key of its spec."""

    __slots__ = ("execution", "rollback", "spec", "steps", "type")
    what = "stage"

    def __init__(self, item: Mapping, key: Scalar, node: Mapping, outer: Owner) -> None:
        super().__init__(item, key, node, outer)
        self.type: Value = None
        self.spec: Mapping | None = None
        self.execution: Mapping | None = None
        self.steps: Flow | None = None
        self.rollback: Flow | None = None

    @property
    def kind(self) -> str:
        """The literal type, or the empty text."""
        return self.type.value if isinstance(self.type, Text) else ""

    @property
    def flows(self) -> tuple[Flow, ...]:
        """Its lists of steps."""
        return tuple(flow for flow in (self.steps, self.rollback) if flow is not None)

    def units(self) -> Iterator[Unit]:
        """Give every step group, step and insert in it, at any depth, in the order of the text."""
        for flow in self.flows:
            yield from _units(flow)

    def all_steps(self) -> Iterator[Step]:
        """Give every step in it, at any depth, those of the rollback last."""
        return (unit for unit in self.units() if isinstance(unit, Step))

    @property
    def is_open(self) -> bool:
        """Whether templates or inserts may bring steps that cannot be seen."""
        if self.template is not None or self.spec is None or self.spec.broken:
            return True
        return any(unit.template is not None or isinstance(unit, Insert) for unit in self.units())


class Pipeline:
    """A pipeline: the root of most documents, and the spec of a pipeline template.

    `is_partial` says that only what differs is written (an input set): nothing is missing then.
    """

    __slots__ = (
        "failure_strategies", "identifier", "is_partial", "key", "name", "node", "outer", "stages",
        "template", "variables",
    )  # fmt: skip

    what = "pipeline"

    def __init__(self, node: Mapping, key: Scalar) -> None:
        self.node = node
        self.key = key
        self.outer: TemplateDefinition | None = None
        self.is_partial = False
        self.identifier: Value = None
        self.name: Value = None
        self.stages: Flow | None = None
        self.template: TemplateLink | None = None
        self.variables: tuple[Variable, ...] = ()
        self.failure_strategies: tuple[FailureStrategy, ...] = ()

    @property
    def id(self) -> str:
        """The literal identifier, or the empty text."""
        return self.identifier.value if isinstance(self.identifier, Text) else ""

    def all_stages(self) -> Iterator[Stage]:
        """Give every stage, those in `parallel` included, in the order of the text."""
        for unit in self.stages.units if self.stages else ():
            if isinstance(unit, Stage):
                yield unit

    @property
    def is_open(self) -> bool:
        """Whether a template or an insert may bring stages that cannot be seen."""
        if self.template is not None or self.stages is None or self.is_partial or self.node.broken:
            return True
        return self.stages.node.broken or any(isinstance(u, Insert) for u in self.stages.units)


class TemplateDefinition:
    """A template document; `body` is the view of its spec where it is a part of a pipeline."""

    __slots__ = (
        "body",
        "identifier",
        "key",
        "name",
        "node",
        "spec",
        "type",
        "variables",
        "version",
    )

    what = "template"

    def __init__(self, node: Mapping, key: Scalar) -> None:
        self.node = node
        self.key = key
        self.identifier: Value = None
        self.name: Value = None
        self.version: Value = None
        self.type: Value = None
        self.spec: Mapping | None = None
        self.body: Pipeline | Unit | None = None
        self.variables: tuple[Variable, ...] = ()

    @property
    def kind(self) -> str:
        """The literal type, or the empty text."""
        return self.type.value if isinstance(self.type, Text) else ""


class Entity:
    """A document of another kind, by its root key: what it holds is read from its node."""

    __slots__ = ("identifier", "key", "name", "node", "variables")

    def __init__(self, node: Mapping, key: Scalar) -> None:
        self.node = node
        self.key = key
        self.identifier: Value = None
        self.name: Value = None
        self.variables: tuple[Variable, ...] = ()


class InputSet(Entity):
    """An input set; `pipeline` is the partial pipeline in it."""

    __slots__ = ("pipeline",)

    def __init__(self, node: Mapping, key: Scalar) -> None:
        super().__init__(node, key)
        self.pipeline: Pipeline | None = None


class OverlayInputSet(Entity):
    """An overlay input set."""

    __slots__ = ()


class Trigger(Entity):
    """A trigger."""

    __slots__ = ()


class Service(Entity):
    """A service; `definition` is its `serviceDefinition`."""

    __slots__ = ()


class Environment(Entity):
    """An environment."""

    __slots__ = ()


class Infrastructure(Entity):
    """An infrastructure definition."""

    __slots__ = ()


class Model(NamedTuple):
    """The whole: `root` is what stands under the root key, everything else in lists by type.

    Rules about a whole document are on this; `units` are all stages, step groups, steps and
    inserts, `by_node` finds a unit by the `id` of its mapping.
    """

    root: Root
    key: Scalar | None
    pipeline: Pipeline | None
    stages: tuple[Stage, ...]
    groups: tuple[StepGroup, ...]
    steps: tuple[Step, ...]
    inserts: tuple[Insert, ...]
    flows: tuple[Flow, ...]
    parallels: tuple[Parallel, ...]
    links: tuple[TemplateLink, ...]
    failure_strategies: tuple[FailureStrategy, ...]
    conditions: tuple[Condition, ...]
    loopings: tuple[Looping, ...]
    variables: tuple[Variable, ...]
    by_node: Dict[int, Unit]


Unit: TypeAlias = Stage | StepGroup | Step | Insert
Item: TypeAlias = Stage | StepGroup | Step | Insert | Parallel
Owner: TypeAlias = Pipeline | TemplateDefinition | Stage | StepGroup | Step | Insert
Root: TypeAlias = Pipeline | TemplateDefinition | Entity


def _units(flow: Flow) -> Iterator[Unit]:
    for unit in flow.units:
        yield unit
        if isinstance(unit, StepGroup):
            for inner in unit.flows:
                yield from _units(inner)


def deferred_of(value: Value) -> Deferred | None:
    """Return a value when it is deferred."""
    return value if isinstance(value, Deferred) else None
