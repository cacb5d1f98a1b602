"""Which stages, groups and steps have run when a path is looked up."""

from __future__ import annotations

from pipelint.harness.model import Parallel, Stage, Unit
from pipelint.harness.scope.viewer import EARLY, GATE, LAZY, Viewer

DONE = "done"
RUNNING = "running"
OWN = "own"
LATER = "later"
PARALLEL = "parallel"
UNSURE = "unsure"


def progress(viewer: Viewer, unit: Unit) -> str:
    """Return how far a unit is; UNSURE where that depends on what the document does not say."""
    here = viewer.unit
    if here is None or viewer.section == LAZY:
        return UNSURE
    lineage = viewer.lineage
    if unit is here:
        return OWN
    if any(unit is one for one in lineage):
        return RUNNING
    around = unit.lineage
    if any(one is here for one in around):
        return LATER if viewer.section in {GATE, EARLY} else UNSURE
    mine = {id(one.outer): one for one in lineage}
    for theirs in around:
        ours = mine.get(id(theirs.outer))
        if ours is not None:
            return _beside(viewer, ours, theirs)
    return UNSURE


def _beside(viewer: Viewer, ours: Unit, theirs: Unit) -> str:
    """Compare two units of the same stage, group or pipeline."""
    if ours.flow is None or theirs.flow is None:
        return UNSURE
    if isinstance(ours, Stage) and (viewer.in_rollback or not viewer.world.has_order):
        return UNSURE  # a pipeline rolls back in the reverse order
    if ours.flow is not theirs.flow:
        return LATER if theirs.flow.key.text == "rollbackSteps" else DONE
    if _blocks(ours) & _blocks(theirs):
        return PARALLEL
    return DONE if theirs.position < ours.position else LATER


def _blocks(unit: Unit) -> set[int]:
    """Return the `parallel` blocks around a unit in its own list."""
    found: set[int] = set()
    block: Parallel | None = unit.parallel
    while block is not None:
        found.add(id(block))
        block = block.outer
    return found
