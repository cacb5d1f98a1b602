"""From nodes to the model: one walk that makes the views and records who defines which name."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.harness import kind
from pipelint.harness.model import (
    Action,
    Condition,
    Entity,
    Environment,
    FailureStrategy,
    Flow,
    Infrastructure,
    InputSet,
    Insert,
    Item,
    Looping,
    Model,
    OverlayInputSet,
    Owner,
    Parallel,
    Pipeline,
    Root,
    Service,
    Stage,
    Step,
    StepGroup,
    TemplateDefinition,
    TemplateLink,
    Trigger,
    Unit,
    Variable,
)
from pipelint.harness.values import Text, text_of, texts_of, value_of
from pipelint.record import NamedTuple
from pipelint.symbols import Definition, Reference, Symbols
from pipelint.yaml.node import MERGE, Mapping, Node, Scalar, Sequence
from pipelint.yaml.view import items_of, mapping_of

PIPELINE = "pipeline"
STAGE = "stage"
GROUP = "step group"
STEP = "step"
INSERT = "insert"
VARIABLE = "variable"
BARRIER = "barrier"

PARTS_LIMIT = 50_000
"""A document with more stages, groups and steps (aliases make them cheap) is read so far only."""

DEPTH_LIMIT = 60
"""Step groups deeper than that are not looked into; the platform stops at 25."""

_TAKEN = ("service", "services", "environment", "infrastructure", "serviceConfig")
"""Keys of a stage's spec below which `useFromStage` may stand."""

NOT_AXES = frozenset({"exclude", "maxConcurrency", "nodeName"})
STATUS_KEYS = ("pipelineStatus", "stageStatus")

_ENTITIES: dict[str, type[Entity]] = {
    kind.INPUT_SET: InputSet,
    kind.OVERLAY: OverlayInputSet,
    kind.TRIGGER: Trigger,
    kind.SERVICE: Service,
    kind.ENVIRONMENT: Environment,
    kind.INFRASTRUCTURE: Infrastructure,
}
_ITEM_KEYS = ("step", "stepGroup", "stage", "insert")


class _Site(NamedTuple):
    """Where a stage, group, step or insert stands: its list item, its key, what is around it."""

    item: Mapping
    key: Scalar
    node: Mapping
    owner: Owner
    flow: Flow | None = None
    parallel: Parallel | None = None
    depth: int = 0


class _Walk:
    """What the walk has made so far, in the order of the text."""

    __slots__ = (
        "by_node", "conditions", "failures", "flows", "groups", "inserts", "links", "loopings",
        "parallels", "parts", "stages", "steps", "symbols", "variables",
    )  # fmt: skip

    def __init__(self) -> None:
        self.symbols = Symbols()
        self.parts = 0
        self.stages: list[Stage] = []
        self.groups: list[StepGroup] = []
        self.steps: list[Step] = []
        self.inserts: list[Insert] = []
        self.flows: list[Flow] = []
        self.parallels: list[Parallel] = []
        self.links: list[TemplateLink] = []
        self.failures: list[FailureStrategy] = []
        self.conditions: list[Condition] = []
        self.loopings: list[Looping] = []
        self.variables: list[Variable] = []
        self.by_node: dict[int, Unit] = {}


def build(node: Mapping, key: Scalar, found: str) -> tuple[Model, Symbols]:
    """Make the model of what stands under the root key of a document of a kind."""
    walk = _Walk()
    root: Root
    if found == kind.PIPELINE:
        root = _pipeline(node, key, walk, partial=False)
    elif found == kind.TEMPLATE:
        root = _template(node, key, walk)
    else:
        root = _entity(node, key, found, walk)
    return _model(root, key, walk), walk.symbols


def _model(root: Root, key: Scalar, walk: _Walk) -> Model:
    pipeline = root if isinstance(root, Pipeline) else None
    if isinstance(root, TemplateDefinition) and isinstance(root.body, Pipeline):
        pipeline = root.body
    if isinstance(root, InputSet):
        pipeline = root.pipeline
    return Model(
        root,
        key,
        pipeline,
        tuple(walk.stages),
        tuple(walk.groups),
        tuple(walk.steps),
        tuple(walk.inserts),
        tuple(walk.flows),
        tuple(walk.parallels),
        tuple(walk.links),
        tuple(walk.failures),
        tuple(walk.conditions),
        tuple(walk.loopings),
        tuple(walk.variables),
        walk.by_node,
    )


# --- documents -----------------------------------------------------------------------------------


def _pipeline(node: Mapping, key: Scalar, walk: _Walk, *, partial: bool) -> Pipeline:
    pipeline = Pipeline(node, key)
    pipeline.is_partial = partial
    pipeline.identifier = value_of(node.get("identifier"))
    pipeline.name = value_of(node.get("name"))
    pipeline.template = _link(PIPELINE, node, pipeline, walk)
    pipeline.variables = _variables(node, "variables", pipeline, walk)
    pipeline.stages = _flow(node, "stages", pipeline, walk, 0)
    _barriers(node, walk)
    return pipeline


def _barriers(node: Mapping, walk: _Walk) -> None:
    control = mapping_of(node.get("flowControl"))
    for item in items_of(control.get("barriers") if control else None):
        identifier = text_of(item.get("identifier")) if isinstance(item, Mapping) else None
        if identifier is not None:
            walk.symbols.define(Definition(BARRIER, identifier.value, identifier.span, item))


def _template(node: Mapping, key: Scalar, walk: _Walk) -> TemplateDefinition:
    template = TemplateDefinition(node, key)
    template.identifier = value_of(node.get("identifier"))
    template.name = value_of(node.get("name"))
    template.version = value_of(node.get("versionLabel"))
    template.type = value_of(node.get("type"))
    template.spec = mapping_of(node.get("spec"))
    template.variables = _variables(node, "variables", template, walk)
    spec, spec_key = template.spec, node.key("spec")
    if spec is None or spec_key is None:
        return template
    made: Pipeline | Unit | None = None
    site = _Site(spec, spec_key, spec, template)
    if template.kind == "Pipeline":
        made = _pipeline(spec, spec_key, walk, partial=False)
        made.outer = template
    elif template.kind == "Stage":
        made = _stage(site, walk)
    elif template.kind == "StepGroup":
        made = _group(site, walk)
    elif template.kind == "Step":
        made = _step(site, walk)
    template.body = made
    return template


def _entity(node: Mapping, key: Scalar, found: str, walk: _Walk) -> Entity:
    entity = _ENTITIES[found](node, key)
    entity.identifier = value_of(node.get("identifier"))
    entity.name = value_of(node.get("name"))
    holders = [node, mapping_of(node.get("spec"))]
    definition = mapping_of(node.get("serviceDefinition"))
    holders.append(mapping_of(definition.get("spec")) if definition else None)
    for holder in holders:
        if holder is not None:
            entity.variables += _variables(holder, "variables", None, walk)
    if isinstance(entity, InputSet):
        pipeline, pipeline_key = mapping_of(node.get("pipeline")), node.key("pipeline")
        if pipeline is not None and pipeline_key is not None:
            entity.pipeline = _pipeline(pipeline, pipeline_key, walk, partial=True)
    return entity


# --- lists of stages and of steps ----------------------------------------------------------------


def _flow(holder: Mapping, name: str, owner: Owner, walk: _Walk, depth: int) -> Flow | None:
    node, key = holder.get(name), holder.key(name)
    if not isinstance(node, Sequence) or key is None or depth > DEPTH_LIMIT:
        return None
    flow = Flow(node, key, owner)
    walk.flows.append(flow)
    flow.items = list(_items(node, flow, None, walk, depth))
    return flow


def _items(
    node: Sequence, flow: Flow, parallel: Parallel | None, walk: _Walk, depth: int
) -> Iterator[Item]:
    for item in node.items:
        if not isinstance(item, Mapping) or walk.parts > PARTS_LIMIT:
            continue
        walk.parts += 1
        together, together_key = item.get("parallel"), item.key("parallel")
        if isinstance(together, Sequence) and together_key is not None and depth < DEPTH_LIMIT:
            block = Parallel(item, together_key, together, flow, parallel)
            walk.parallels.append(block)
            block.items = list(_items(together, flow, block, walk, depth + 1))
            yield block
        for name in _ITEM_KEYS:
            value, key = item.get(name), item.key(name)
            if isinstance(value, Mapping) and key is not None:
                site = _Site(item, key, value, flow.owner, flow, parallel, depth)
                yield _unit(name, site, walk)


def _unit(name: str, site: _Site, walk: _Walk) -> Unit:
    if name == "stage":
        return _stage(site, walk)
    if name == "stepGroup":
        return _group(site, walk)
    return _step(site, walk) if name == "step" else _insert(site, walk)


def _place(unit: Unit, level: str, walk: _Walk, site: _Site) -> None:
    """Read what stages, groups, steps and inserts have in common, and define the name."""
    node = unit.node
    unit.flow, unit.parallel = site.flow, site.parallel
    unit.position = walk.parts = walk.parts + 1
    walk.by_node.setdefault(id(node), unit)
    unit.identifier = value_of(node.get("identifier"))
    unit.name = value_of(node.get("name"))
    unit.template = _link(level, node, unit, walk)
    unit.when = _condition(node, unit, walk)
    unit.looping = _looping(node, unit, walk)
    unit.failure_strategies = _failure_strategies(node, unit, walk)
    unit.variables = _variables(node, "variables", unit, walk)
    if isinstance(unit.identifier, Text):
        span, outer = unit.identifier.span, unit.outer
        scope = "" if isinstance(outer, (Pipeline, TemplateDefinition)) else outer.id
        walk.symbols.define(Definition(level, unit.identifier.value, span, node, scope))


def _stage(site: _Site, walk: _Walk) -> Stage:
    stage, node = Stage(site.item, site.key, site.node, site.owner), site.node
    walk.stages.append(stage)
    _place(stage, STAGE, walk, site)
    stage.type = value_of(node.get("type"))
    stage.spec = mapping_of(node.get("spec"))
    stage.execution = mapping_of(stage.spec.get("execution")) if stage.spec else None
    for name in _named_stages(stage):
        walk.symbols.refer(Reference(STAGE, name.value, name.span))
    if stage.execution is not None:
        stage.steps = _flow(stage.execution, "steps", stage, walk, site.depth + 1)
        stage.rollback = _flow(stage.execution, "rollbackSteps", stage, walk, site.depth + 1)
    return stage


def _named_stages(stage: Stage) -> Iterator[Text]:
    """Give the stages that a stage names: it depends on them, or takes something from them."""
    yield from texts_of(stage.node.get("dependsOn"))
    for key in _TAKEN:
        holder = mapping_of(stage.spec.get(key)) if stage.spec is not None else None
        source = holder.get("useFromStage") if holder is not None else None
        name = text_of(source.get("stage") if isinstance(source, Mapping) else source)
        if name is not None:
            yield name


def _group(site: _Site, walk: _Walk) -> StepGroup:
    group, node = StepGroup(site.item, site.key, site.node, site.owner), site.node
    walk.groups.append(group)
    _place(group, GROUP, walk, site)
    group.infra = mapping_of(node.get("stepGroupInfra"))
    group.steps = _flow(node, "steps", group, walk, site.depth + 1)
    group.rollback = _flow(node, "rollbackSteps", group, walk, site.depth + 1)
    return group


def _insert(site: _Site, walk: _Walk) -> Insert:
    insert = Insert(site.item, site.key, site.node, site.owner)
    walk.inserts.append(insert)
    _place(insert, INSERT, walk, site)
    return insert


def _step(site: _Site, walk: _Walk) -> Step:
    step, node = Step(site.item, site.key, site.node, site.owner), site.node
    walk.steps.append(step)
    _place(step, STEP, walk, site)
    step.type = value_of(node.get("type"))
    step.spec = mapping_of(node.get("spec"))
    if step.spec is not None:
        for name in ("outputVariables", "environmentVariables", "inputVariables"):
            _variables(step.spec, name, step, walk)
        barrier = text_of(step.spec.get("barrierRef")) if step.kind == "Barrier" else None
        if barrier is not None:
            walk.symbols.refer(Reference(BARRIER, barrier.value, barrier.span, step.id))
    return step


# --- parts ---------------------------------------------------------------------------------------


def _link(level: str, node: Mapping, owner: Owner, walk: _Walk) -> TemplateLink | None:
    template, key = mapping_of(node.get("template")), node.key("template")
    if template is None or key is None:
        return None
    link = TemplateLink(
        level,
        template,
        key,
        owner,
        value_of(template.get("templateRef")),
        value_of(template.get("versionLabel")),
        mapping_of(template.get("templateInputs")),
    )
    walk.links.append(link)
    return link


def _variables(
    holder: Mapping, name: str, owner: Owner | None, walk: _Walk
) -> tuple[Variable, ...]:
    node, key = holder.get(name), holder.key(name)
    if not isinstance(node, Sequence) or key is None:
        return ()
    made = tuple(
        Variable(
            item,
            key,
            text_of(item.get("name")),
            value_of(item.get("type")),
            value_of(item.get("value")),
            owner,
        )
        for item in node.items
        if isinstance(item, Mapping)
    )
    walk.variables.extend(made)
    if name == "variables":
        scope = owner.id if isinstance(owner, (Stage, StepGroup, Step)) else ""
        for one in made:
            if one.name is not None:
                span = one.name.span
                walk.symbols.define(Definition(VARIABLE, one.name.value, span, one.node, scope))
    return made


def _condition(node: Mapping, owner: Unit, walk: _Walk) -> Condition | None:
    when, key = mapping_of(node.get("when")), node.key("when")
    if when is None or key is None:
        return None
    statuses = tuple(
        (when.fields[name][0], value_of(when.get(name)))
        for name in STATUS_KEYS
        if name in when.fields
    )
    condition = when.get("condition")
    scalar = condition if isinstance(condition, Scalar) else None
    made = Condition(owner, key, when, statuses, scalar)
    walk.conditions.append(made)
    return made


def _looping(node: Mapping, owner: Unit, walk: _Walk) -> Looping | None:
    strategy, key = mapping_of(node.get("strategy")), node.key("strategy")
    if strategy is None or key is None:
        return None
    matrix = mapping_of(strategy.get("matrix"))
    axes = {
        name: field
        for name, field in (matrix.fields.items() if matrix else ())
        if name not in NOT_AXES and name != MERGE
    }
    count = strategy.get("parallelism")
    made = Looping(
        owner,
        key,
        strategy,
        matrix,
        axes,
        mapping_of(strategy.get("repeat")),
        count if isinstance(count, Scalar) else None,
    )
    walk.loopings.append(made)
    return made


def _failure_strategies(node: Mapping, owner: Owner, walk: _Walk) -> tuple[FailureStrategy, ...]:
    made = []
    for item in items_of(node.get("failureStrategies")):
        failure = mapping_of(item.get("onFailure")) if isinstance(item, Mapping) else None
        key = item.key("onFailure") if isinstance(item, Mapping) else None
        if failure is None or key is None:
            continue
        errors: Node | None = failure.get("errors")
        action = _action(failure, 0)
        strategy = FailureStrategy(
            owner,
            key,
            failure,
            failure.key("errors"),
            tuple(texts_of(errors)),
            errors,
            action,
        )
        made.append(strategy)
    walk.failures.extend(made)
    return tuple(made)


def _action(holder: Mapping, depth: int) -> Action | None:
    node, key = mapping_of(holder.get("action")), holder.key("action")
    if node is None or key is None or depth > DEPTH_LIMIT:
        return None
    spec = mapping_of(node.get("spec"))
    action = Action(node, key, value_of(node.get("type")), spec)
    for name in ("onRetryFailure", "onTimeout"):
        after = mapping_of(spec.get(name)) if spec else None
        follow = _action(after, depth + 1) if after is not None else None
        after_key = spec.key(name) if spec else None
        if follow is not None and after_key is not None:
            action.follow_ups.append((after_key, follow))
    return action
