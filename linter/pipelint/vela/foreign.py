"""Whether a document is another tool's, though its keys could be Vela's."""

from __future__ import annotations

import re

from pipelint.yaml.node import Mapping, Node, Scalar
from pipelint.yaml.view import items_of

_PATHS = re.compile(
    r"(?:^|/)(?:(?:[\w.-]+[-_.])?(?:docker-)?compose(?:[-_.][\w.-]*)?"
    r"|cloudbuild[\w.-]*|azure-pipelines?[\w.-]*|bitbucket-pipelines|buildspec[\w.-]*"
    r"|\.(?:drone|woodpecker|gitlab-ci|travis)[\w.-]*|codecov"
    r"|\.(?:woodpecker|github|buildkite|circleci|tekton|gitlab|azure-pipelines)/.*)\.ya?ml$"
)
"""Files that other tools know by their names."""

_STEP_MARKS = frozenset({
    "script", "task", "bash", "pwsh", "powershell", "checkout", "label", "command", "uses", "run",
    "args", "step", "parallel", "stepGroup", "block", "wait", "plugins", "action", "download",
})  # fmt: skip
"""Keys of a step in other tools; with an `image` beside it, one may be a slip."""

_OWN_STEP_KEYS = frozenset({
    "image", "commands", "ruleset", "parameters", "secrets", "pull", "detach",
})  # fmt: skip

_SISTER_ROOTS = frozenset({
    "when", "labels", "matrix", "clone", "depends_on", "skip_clone", "runs_on", "workspace",
    "variables",
})  # fmt: skip
_SISTER_STEP_KEYS = frozenset({
    "settings", "when", "depends_on", "failure", "backend_options", "directory", "group",
})  # fmt: skip
_OWN_ROOTS = frozenset({"version", "metadata", "templates", "worker", "deployment", "git"})
_RULED = frozenset({"ruleset", "parameters", "template", "report_as", "id_request"})
"""What only Vela has, of the keys that it shares with its sisters, Drone and Woodpecker."""


def is_foreign(root: Mapping, path: str) -> bool:
    """Tell whether a name or a shape is that of another tool.

    Only a text that lacks a version is judged by its steps: with one, they are Vela's with a slip.
    """
    if _PATHS.search(path):
        return True
    if isinstance(root.get("services"), Mapping) and not _has_work(root):
        return True
    if any(_has_any(item, {"stage", "jobs", "job"}) for item in items_of(root.get("stages"))):
        return True
    return "version" not in root.fields and (_has_foreign_steps(root) or _is_sister(root))


def _has_work(root: Mapping) -> bool:
    return not root.fields.keys().isdisjoint({"steps", "stages", "templates"})


def _has_foreign_steps(root: Mapping) -> bool:
    """Tell whether all steps are of a kind that Vela does not have."""
    steps = items_of(root.get("steps"))
    return any(_is_other(step) for step in steps) and not any(
        _has_any(step, _OWN_STEP_KEYS) for step in steps
    )


def _is_other(step: Node) -> bool:
    if _has_any(step, _STEP_MARKS):
        return True
    return isinstance(step, Mapping) and isinstance(step.get("template"), Scalar)


def _is_sister(root: Mapping) -> bool:
    """Tell Drone's and Woodpecker's pipelines, whose steps have a name, an image and commands."""
    if root.fields.keys() & _OWN_ROOTS:
        return False
    steps = items_of(root.get("steps"))
    if any(_has_any(step, _RULED) for step in steps):
        return False
    return bool(root.fields.keys() & _SISTER_ROOTS) or any(
        _has_any(step, _SISTER_STEP_KEYS) for step in steps
    )


def _has_any(node: Node, keys: frozenset[str] | set[str]) -> bool:
    return isinstance(node, Mapping) and not node.fields.keys().isdisjoint(keys)
