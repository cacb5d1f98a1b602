"""Results that are read before there are any."""

from __future__ import annotations

from pipelint.expressions.types import Reason
from pipelint.harness.model import Step, Unit
from pipelint.harness.scope.order import LATER, OWN, PARALLEL, progress
from pipelint.harness.scope.value import Value, refused
from pipelint.harness.scope.viewer import EARLY, GATE, Viewer

RULE = "result-not-ready"

WHILE_RUNNING = frozenset({
    "currentGlobalIteration", "currentStatus", "executionUrl", "liveStatus", "nodeExecutionId",
    "retryCount", "startTs",
})  # fmt: skip
"""What a node has once it has begun."""

RUN_TIME = WHILE_RUNNING | {"endTs", "status"}
"""What every node has, but not before it runs."""


def not_ready(viewer: Viewer, unit: Unit, name: str) -> Value | None:
    """Return why the result `name` of a unit is not known yet; None where it may be."""
    state = progress(viewer, unit)
    what = f"{unit.what} `{unit.label}`" if unit.label else f"this {unit.what}"
    if state == LATER:
        message = f"{what} has not run when this is looked up"
        help_text = _help_later(viewer, unit)
    elif state == PARALLEL and name not in WHILE_RUNNING:
        message = f"{what} runs at the same time"
        help_text = f"move it in front of the `parallel` block, or read `{name}` behind that"
    elif state == OWN and isinstance(unit, Step) and name not in RUN_TIME:
        message = "a step cannot read its own output"
        help_text = "read it in a later step"
    else:
        return None
    related = ((unit.span, f"this {unit.what}"),) if state != OWN else ()
    return refused(Reason(RULE, message, "not known yet", help_text, "", related))


def _help_later(viewer: Viewer, unit: Unit) -> str:
    if viewer.section in {EARLY, GATE} and any(one is viewer.unit for one in unit.lineage):
        what = viewer.unit.what if viewer.unit is not None else "stage"
        return f"settings of a {what} are looked up before its steps run"
    return f"read it behind that {unit.what}, or move the {unit.what} to the front"
