"""In which kind of stage something stands, and whether it runs in a container there."""

from __future__ import annotations

from pipelint.harness.model import Pipeline, Stage, StepGroup, TemplateDefinition, Unit
from pipelint.harness.values import text_of
from pipelint.source import Span

DEPLOYMENT = "Deployment"
CUSTOM = "Custom"
CHAINED = "Pipeline"
DYNAMIC = "Dynamic"

KINDS = (
    "CI", DEPLOYMENT, CUSTOM, "Approval", "FeatureFlag", "SecurityTests", "IACM", "IDP", CHAINED,
    DYNAMIC, "DRTest", "CompositeLoadTest",
)  # fmt: skip
"""All kinds of stages, the most common first."""

WITH_STEPS = frozenset(KINDS) - {CHAINED, DYNAMIC}
"""Kinds of stages that hold steps."""

_CONTAINERS = frozenset({"KubernetesDirect", "VM", "ECSDirect"})


def stage_kind_of(unit: Unit) -> str:
    """Return the literal kind of the stage around it, or the empty text.

    A step group template says for itself in which stages it may be put.
    """
    stage = unit.stage
    if stage is not None:
        return stage.kind
    here = unit.outer
    while not isinstance(here, (Pipeline, TemplateDefinition)):
        here = here.outer
    if not isinstance(here, TemplateDefinition) or here.kind != "StepGroup" or here.spec is None:
        return ""
    kind = text_of(here.spec.get("stageType"))
    return kind.value if kind else ""


def container_group_of(unit: Unit) -> StepGroup | None:
    """Return the nearest step group around it that runs its steps in containers."""
    for group in unit.groups:
        if infra_type_of(group) in _CONTAINERS:
            return group
    return None


def infra_type_of(group: StepGroup) -> str:
    """Return the literal type of the infrastructure of a step group, or the empty text."""
    kind = text_of(group.infra.get("type")) if group.infra is not None else None
    return kind.value if kind else ""


def infra_span(group: StepGroup) -> Span:
    """Return the place that makes a containerised group of a step group."""
    key = group.node.key("stepGroupInfra")
    return key.span if key is not None else group.span


def article(kind: str) -> str:
    """Put `a` or `an` before the name of a kind of stage, as it is spoken."""
    return f"an {kind}" if kind.startswith(("I", "A")) else f"a {kind}"


def stages_in_words(kinds: list[str], most: int = 3) -> str:
    """Name kinds of stages: `CI, Custom and IACM stages`."""
    shown = sorted(kinds, key=KINDS.index)
    if len(shown) > most:
        return f"{', '.join(shown[:most])} and {len(shown) - most} other kinds of stages"
    head = ", ".join(shown[:-1])
    return f"{head} and {shown[-1]} stages" if head else f"{shown[-1]} stages"


def is_chained(stage: Stage) -> bool:
    """Tell whether a stage runs another pipeline."""
    return stage.kind == CHAINED and stage.template is None
