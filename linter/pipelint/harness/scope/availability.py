"""Values that exist, but not at a place: in this stage, in this step, or not yet."""

from __future__ import annotations

from functools import lru_cache

from pipelint.expressions.types import Reason
from pipelint.harness.model import Pipeline, Stage, Step, TemplateDefinition
from pipelint.harness.scope.facts import restricted_roots, stage_kinds
from pipelint.harness.scope.value import Value, refused
from pipelint.harness.scope.viewer import GATE, INSIDE, LAZY, Viewer
from pipelint.harness.scope.world import may_loop

RULE = "unavailable-value"

_STEP_KINDS = {
    "httpMethod": ("Http",),
    "httpResponseBody": ("Http",),
    "httpResponseCode": ("Http",),
    "httpUrl": ("Http",),
    "issue": ("Jira",),
    "kubernetes": ("K8s", "Helm"),
    "ticket": ("ServiceNow",),
}
"""What only some steps know: how the names of their types begin."""

_GENERAL_STEPS = frozenset({"Email", "Http", "Plugin", "Run", "ShellScript"})
"""Steps that certainly know nothing of what belongs to others."""

_TEMPLATES = frozenset({"notification", "secretManager"})
"""What only templates of a kind of their own know."""

_NEWER = frozenset({"inputs"})
_INTERNAL = frozenset({"executionInput"})

LATE = frozenset({
    "INFRA_KEY", "INFRA_KEY_SHORT_ID", "artifact", "artifacts", "configFiles", "env", "execution",
    "infra", "instance", "instances", "manifests", "rollbackArtifact", "service",
    "serviceVariableOverrides", "serviceVariables", "steps",
})  # fmt: skip
"""What the condition and the loop of a stage come too early for."""


def unavailable(viewer: Viewer, name: str) -> Value | None:
    """Return why a root gives nothing at a place; None where it may give something."""
    if name not in restricted():
        return None
    reason = _never(viewer, name)
    if reason is None and viewer.section != LAZY:
        reason = _in_gate(viewer, name) or _in_stage(viewer, name) or _in_step(viewer, name)
        if reason is None and name == "codebase":
            reason = _codebase(viewer)
    return refused(reason) if reason is not None else None


@lru_cache(maxsize=1)
def restricted() -> frozenset[str]:
    """Return the names that are not known everywhere."""
    others = (
        restricted_roots(),
        _STEP_KINDS,
        _TEMPLATES,
        _NEWER,
        _INTERNAL,
        LATE,
        {"lastPublished"},
    )
    return frozenset().union(*others)


def _never(viewer: Viewer, name: str) -> Reason | None:
    root = viewer.world.model.root
    if name in _NEWER and isinstance(root, (Pipeline, TemplateDefinition)):
        message = f"`{name}` belongs to a newer generation of pipelines"
        help_text = "write `pipeline.variables.NAME`, with `<+input>` as its value"
        return Reason("newer-generation-name", message, "unknown here", help_text)
    if name in _INTERNAL:
        message = f"`{name}` is for the engine itself"
        help_text = "write `<+input>.executionInput()` as the whole value"
        return Reason(RULE, message, "not for pipelines", help_text)
    if name in _TEMPLATES and viewer.unit is not None:
        return Reason(
            RULE, f"`{name}` is known in templates of its own kind only", "not known here"
        )
    return None


def _in_gate(viewer: Viewer, name: str) -> Reason | None:
    if viewer.section != GATE or name not in LATE:
        return None
    message = f"`{name}` is not known when it is decided whether the stage runs"
    help_text = "test a variable of the pipeline, or move the condition to a step"
    return Reason("result-not-ready", message, "too early", help_text)


_KINDS = frozenset({"Approval", "CI", "Custom", "FeatureFlag", "SecurityTests"})
"""Types of stages of which it is certain that they deploy nothing."""


def _in_stage(viewer: Viewer, name: str) -> Reason | None:
    stage = viewer.stage
    if stage is None or stage.template is not None or stage.kind not in _KINDS:
        return None
    kinds = stage_kinds(name)
    if not kinds or name == "codebase" or (stage.kind in kinds and stage.kind != "Custom"):
        return None
    if stage.kind == "Custom" and (_has_environment(stage) or name.startswith("terraform")):
        return None
    a_kind = f"stages of the type `{stage.kind}`"
    without = " without `environment`" if stage.kind in kinds else ""
    message = f"`{name}` is not known in {a_kind}{without}"
    path = _PATHS.get(name)
    help_text = f"of another stage it is `pipeline.stages.ID.spec.{path}`" if path else ""
    return Reason(RULE, message, "nothing gives it", help_text)


_PATHS = {
    "artifact": "artifacts.primary",
    "artifacts": "artifacts",
    "env": "env",
    "infra": "infrastructure.output",
    "manifests": "manifests",
    "service": "service",
    "serviceVariables": "serviceVariables",
}


def _has_environment(stage: Stage) -> bool:
    spec = stage.spec
    return spec is None or spec.broken or "environment" in spec.fields


def _in_step(viewer: Viewer, name: str) -> Reason | None:
    step = viewer.unit
    if not isinstance(step, Step) or viewer.section != INSIDE or step.template is not None:
        return None
    if step.kind not in _GENERAL_STEPS:
        return None
    kinds = _STEP_KINDS.get(name)
    if kinds is not None and not step.kind.startswith(kinds):
        message = f"`{name}` is not known in a step of the type `{step.kind}`"
        which = "`, `".join(kinds)
        return Reason(
            RULE, message, "nothing gives it", f"it belongs to steps of the type `{which}`"
        )
    if name == "lastPublished":
        message = "`lastPublished` is for the tag of an artifact source"
        return Reason(RULE, message, "nothing gives it", "write `artifact.tag`")
    if name == "instance" and viewer.sees_pipeline and not any(map(may_loop, viewer.lineage)):
        message = "`instance` is not known outside of a loop over hosts"
        help_text = "add `strategy: {repeat: {items: <+stage.output.hosts>}}` to the step"
        return Reason("value-outside-loop", message, "no loop gives it", help_text)
    return None


def _codebase(viewer: Viewer) -> Reason | None:
    pipeline = viewer.world.pipeline
    if viewer.world.may_clone or pipeline is None or "properties" in pipeline.node.fields:
        return None
    message = "no stage of this pipeline clones a codebase"
    return Reason(RULE, message, "nothing gives it", "`trigger` knows what started the pipeline")
