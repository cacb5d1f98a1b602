"""Whether a document is for Vela, and which kind: by its path, else by what stands in it."""

from __future__ import annotations

import re

from pipelint.vela.foreign import is_foreign
from pipelint.vela.values import flag_of
from pipelint.yaml.node import Mapping, Node
from pipelint.yaml.view import items_of

PIPELINE = "vela-pipeline"
TEMPLATE = "vela-template"

FILE_NAMES = frozenset({".vela.yml", ".vela.yaml"})
TEMPLATE_FOLDER = ".vela"

ROOT_KEYS = frozenset({
    "version", "metadata", "environment", "worker", "secrets", "services",
    "stages", "steps", "templates", "deployment", "git",
})  # fmt: skip

_FOREIGN_KEYS = frozenset({
    "apiVersion", "kind", "jobs", "on", "name", "trigger", "pool", "image", "include", "workflows",
    "pipelines", "networks", "volumes", "script", "orbs", "pipeline", "template", "inputSet",
    "overlayInputSet", "service", "infrastructureDefinition", "$schema", "openapi", "swagger",
})  # fmt: skip
"""Keys at the root that other tools have and Vela has not."""

_STEP_KEYS = frozenset(
    {"image", "commands", "template", "ruleset", "pull", "secrets", "parameters"}
)

_WORD = re.compile(r"(?<![a-z])vela(?![a-z])", re.IGNORECASE)


def of_path(path: str) -> str | None:
    """Return the kind that a path alone tells (`/` between its parts), or None."""
    folder, _, name = path.rpartition("/")
    if name in FILE_NAMES:
        return PIPELINE
    if name.endswith((".yml", ".yaml")) and folder.rpartition("/")[2] == TEMPLATE_FOLDER:
        return TEMPLATE
    return None


def of_content(root: Node | None, path: str) -> str | None:
    """Return the kind that a document's own text tells, or None when it is not for Vela.

    A text that says nothing (empty, or no mapping) is taken for Vela's when its path has the word.
    """
    hinted = _WORD.search(path) is not None
    if not isinstance(root, Mapping):
        return PIPELINE if hinted else None
    if is_foreign(root, path):
        return None
    keys = root.fields.keys()
    if keys & _FOREIGN_KEYS and not _is_strong(root):
        return None
    if _is_strong(root) or (keys and keys <= ROOT_KEYS) or (hinted and keys & ROOT_KEYS):
        return refine(PIPELINE, root)
    return PIPELINE if hinted and not keys & _FOREIGN_KEYS else None


def refine(kind: str, root: Node | None, *, templated: bool = False) -> str:
    """Tell a template from a pipeline by `metadata.template`, or by actions without a version."""
    if not isinstance(root, Mapping):
        return kind
    metadata = root.get("metadata")
    if isinstance(metadata, Mapping) and flag_of(metadata.get("template")):
        return TEMPLATE
    if kind == PIPELINE and templated and "version" not in root.fields:
        return TEMPLATE
    if kind == TEMPLATE and "version" in root.fields and not templated and metadata is None:
        return PIPELINE
    return kind


def _is_strong(root: Mapping) -> bool:
    """Tell whether a block has a shape that only Vela knows."""
    if "kind" in root.fields or "apiVersion" in root.fields:
        return False
    stages = root.get("stages")
    return (
        any(_is_step(item) for item in items_of(root.get("steps")))
        or any(_has(item, "source", "type") for item in items_of(root.get("templates")))
        or any(
            _has(item, "origin") or _has(item, "name", "engine")
            for item in items_of(root.get("secrets"))
        )
        or (isinstance(stages, Mapping) and any(_has(node, "steps") for _, node in stages.pairs))
    )


def _is_step(node: Node) -> bool:
    return (
        isinstance(node, Mapping)
        and "name" in node.fields
        and bool(node.fields.keys() & _STEP_KEYS)
    )


def _has(node: Node, *keys: str) -> bool:
    return isinstance(node, Mapping) and all(key in node.fields for key in keys)
