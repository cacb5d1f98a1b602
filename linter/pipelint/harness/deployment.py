"""Deployment stages, as far as they are written out: their spec, their platform, their steps."""

from __future__ import annotations

from pipelint.harness.model import Flow, Stage, Step, StepGroup, Unit
from pipelint.harness.stage_kind import DEPLOYMENT
from pipelint.harness.values import Text, text_of
from pipelint.yaml.node import Mapping


def deployment_spec(stage: Stage) -> Mapping | None:
    """Return the spec of a Deployment stage that is written out."""
    if stage.kind != DEPLOYMENT or stage.template is not None or stage.spec is None:
        return None
    return None if stage.spec.broken else stage.spec


def platform_of(stage: Stage) -> Text | None:
    """Return the deployment type of a stage whose steps are all known."""
    spec = deployment_spec(stage)
    return text_of(spec.get("deploymentType")) if spec is not None and not stage.is_open else None


def steps_of(flow: Flow | None) -> list[Step]:
    """Return the steps of a list, at any depth; those of rollbacks in groups are left out."""
    found: list[Step] = []
    work: list[Unit] = list(flow.units)[::-1] if flow is not None else []
    while work:
        unit = work.pop()
        if isinstance(unit, Step):
            found.append(unit)
        elif isinstance(unit, StepGroup) and unit.steps is not None:
            work += list(unit.steps.units)[::-1]
    return found
