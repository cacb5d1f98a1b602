"""Which kind of Harness document a text is: by the one key at its root."""

from __future__ import annotations

from pipelint.name import nearest
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence

PIPELINE = "harness-pipeline"
TEMPLATE = "harness-template"
INPUT_SET = "harness-input-set"
OVERLAY = "harness-overlay-input-set"
TRIGGER = "harness-trigger"
SERVICE = "harness-service"
ENVIRONMENT = "harness-environment"
INFRASTRUCTURE = "harness-infrastructure"
OTHER = "harness-other"
V1 = "harness-v1"

ROOTS = {
    "pipeline": PIPELINE,
    "template": TEMPLATE,
    "inputSet": INPUT_SET,
    "overlayInputSet": OVERLAY,
    "trigger": TRIGGER,
    "service": SERVICE,
    "environment": ENVIRONMENT,
    "infrastructureDefinition": INFRASTRUCTURE,
}
"""The key at the root, and the kind of document that it makes."""

KINDS = frozenset(ROOTS.values())

OTHER_ROOTS = frozenset({
    "connector", "secret", "overrides", "environmentGroup", "policy", "policySet", "variable",
    "featureFlag", "filestore", "delegate", "monitoredService", "serviceOverride",
    "infrastructure", "app", "role", "resourceGroup", "user", "userGroup", "gitops",
})  # fmt: skip
"""Other things that Harness keeps in files; they are recognised, and not checked."""

_IDENTITY = frozenset({
    "identifier", "orgIdentifier", "projectIdentifier", "pipelineIdentifier", "versionLabel",
    "environmentRef", "inputSetReferences", "serviceDefinition", "deploymentType",
})  # fmt: skip
"""Keys that only Harness's own documents have below their root."""

_BODIES = (
    (OVERLAY, frozenset({"inputSetReferences"})),
    (TRIGGER, frozenset({"pipelineIdentifier", "source"})),
    (TEMPLATE, frozenset({"versionLabel", "spec"})),
    (INFRASTRUCTURE, frozenset({"environmentRef", "deploymentType"})),
    (SERVICE, frozenset({"serviceDefinition"})),
    (INPUT_SET, frozenset({"pipeline"})),
)
"""What stands below the key of each kind, by which it is known where that key is missing."""

_FOLDER = ".harness"
_FOREIGN = frozenset({"apiVersion", "jobs", "on", "steps", "image", "script"})


class Found:
    """What a text is: its kind, and the key at the root that says so (a near miss included).

    There is no key where the text begins with what should stand below it.
    """

    __slots__ = ("extra", "key", "kind", "meant")

    def __init__(self, kind: str, key: Scalar | None = None) -> None:
        self.kind = kind
        self.key = key
        self.meant = ""
        """The key that was meant, where the one at the root is a slip of the pen."""
        self.extra: list[Scalar] = []
        """Further keys at the root that make documents of their own."""


def of_content(root: Node | None, path: str) -> Found | None:
    """Return what a document's own text tells, or None when it is not for Harness."""
    if not isinstance(root, Mapping) or root.fields.keys() & _FOREIGN:
        return None
    ours = _in_folder(path) or {"identifier", "projectIdentifier"} <= root.fields.keys()
    if _is_v1(root, ours=ours):
        return Found(V1)
    bare = _kind_of_body(root, ours=ours)
    if bare:
        return Found(bare)
    keys = [
        key
        for name, (key, value) in root.fields.items()
        if name in ROOTS and _is_entity(name, value, ours=ours)
    ]
    if keys:
        found = Found(ROOTS[keys[0].text], keys[0])
        found.extra = keys[1:]
        return found
    if any(
        name in OTHER_ROOTS and (ours or _has_identity(value))
        for name, (_, value) in root.fields.items()
    ):
        return Found(OTHER)
    return _near_miss(root, ours=ours)


def _in_folder(path: str) -> bool:
    return _FOLDER in path.split("/")[:-1]


def _is_v1(root: Mapping, *, ours: bool) -> bool:
    """Tell the newer, simplified syntax: a whole number as version, stages without `stage`."""
    version = root.get("version")
    if isinstance(version, Scalar) and not version.style and version.text in {"1", "1.0"}:
        pipeline = root.get("pipeline")
        if isinstance(pipeline, Mapping):
            return "identifier" not in pipeline.fields
        return not root.fields.keys().isdisjoint({"kind", "spec"}) or _has_bare_stages(
            root, ("steps", "id", "spec")
        )
    if ours and (_has_bare_stages(root) or {"kind", "spec"} <= root.fields.keys()):
        return True
    template = root.get("template")
    holders = [root, template] if isinstance(template, Mapping) else [root]
    pipelines = (holder.get("pipeline") for holder in holders)
    return any(_has_bare_stages(pipeline) for pipeline in pipelines)


def _has_bare_stages(holder: Node | None, marks: tuple[str, ...] = ("steps", "id")) -> bool:
    """Tell whether stages are written without the key `stage`, as v1 has them."""
    if not isinstance(holder, Mapping) or "identifier" in holder.fields:
        return False
    stages = holder.get("stages")
    return (
        isinstance(stages, Sequence)
        and not _holds_stages(stages)
        and any(
            isinstance(item, Mapping) and not item.fields.keys().isdisjoint(marks)
            for item in stages.items
        )
    )


def _is_entity(name: str, value: Node, *, ours: bool) -> bool:
    if not isinstance(value, Mapping):
        return ours and not isinstance(value, Sequence)
    if _has_identity(value) or ours:
        return True
    if name == "pipeline":
        stages = value.get("stages")
        return isinstance(stages, Sequence) and _holds_stages(stages)
    return name in {"template", "inputSet"} and "spec" in value.fields and "type" in value.fields


def _kind_of_body(root: Mapping, *, ours: bool) -> str:
    """Return the kind of a text that lacks the key at its root, or the empty text."""
    keys = root.fields.keys()
    if any(
        name in ROOTS and not isinstance(value, Mapping) for name, (_, value) in root.fields.items()
    ):
        return ""  # the key is there: what should stand below it stands too far left
    stages = root.get("stages")
    if isinstance(stages, Sequence):
        return PIPELINE if ours and _holds_stages(stages) else ""
    if not {"identifier", "projectIdentifier"} <= keys:
        return ""
    return next((kind for kind, body in _BODIES if body <= keys), "")


def _has_identity(value: Node) -> bool:
    return isinstance(value, Mapping) and bool(value.fields.keys() & _IDENTITY)


def _holds_stages(stages: Sequence) -> bool:
    return any(
        isinstance(item, Mapping) and bool(item.fields.keys() & {"stage", "parallel", "insert"})
        for item in stages.items
    )


def _near_miss(root: Mapping, *, ours: bool) -> Found | None:
    """Recognise a document whose root key has a slip of the pen."""
    for name, (key, value) in root.fields.items():
        if not isinstance(value, Mapping):
            continue
        marks = len(value.fields.keys() & (_IDENTITY | {"name", "stages", "spec", "tags"}))
        if marks < (1 if ours else 2):
            continue
        near = nearest(name, tuple(ROOTS), within=2)
        if len(near) == 1:
            found = Found(ROOTS[near[0]], key)
            found.meant = near[0]
            return found
    return None
