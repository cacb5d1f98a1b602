"""Names and words that the engine knows, wherever an expression stands."""

from __future__ import annotations

from collections.abc import Sequence

TOKEN = "<+input>"  # noqa: S105 - no password
"""What is asked for when a pipeline starts."""

CONTEXT_ROOTS = frozenset(
    (
        "account", "org", "project", "pipeline", "trigger", "eventPayload", "inputSet",
        "strategy", "executionInput", "approval", "serviceVariableOverrides", "exportedVariables",
        "json", "xml", "regex", "shell", "secrets", "configFile", "fileStore", "kubernetes",
        "variable", "connector", "instance", "imagePullSecret", "dockerConfigJsonSecret",
        "executionTags", "string", "secretJson", "datetime", "expression", "httpResponseCode",
        "httpResponseBody", "httpMethod", "httpUrl", "issue", "ticket", "output", "gitApp", "fme",
        "sto",
    )
)  # fmt: skip
"""Roots that resolve anywhere in a block; all others only at its beginning, or nested."""

STATUSES = frozenset(
    (
        "RUNNING", "INTERVENTION_WAITING", "TIMED_WAITING", "ASYNC_WAITING", "TASK_WAITING",
        "DISCONTINUING", "PAUSING", "QUEUED", "APPROVAL_WAITING", "RESOURCE_WAITING",
        "INPUT_WAITING", "WAIT_STEP_RUNNING", "QUEUED_LICENSE_LIMIT_REACHED",
        "QUEUED_EXECUTION_CONCURRENCY_REACHED", "PAUSED", "SUCCEEDED", "IGNORE_FAILED", "SKIPPED",
        "FAILED", "ERRORED", "EXPIRED", "ABORTED", "SUSPENDED", "APPROVAL_REJECTED",
        "FREEZE_FAILED", "NO_OP", "NOT_STARTED",
    )
)  # fmt: skip
"""What the status of a pipeline, stage, group or step can be."""

STATUS_MISTAKES = {
    "success": "SUCCEEDED",
    "successful": "SUCCEEDED",
    "failure": "FAILED",
    "ignorefailed": "IGNORE_FAILED",
    "approvalrejected": "APPROVAL_REJECTED",
    "rejected": "APPROVAL_REJECTED",
}
"""What people write instead of a status, in lower case."""

WORDS = frozenset(
    (
        "and", "break", "continue", "div", "else", "empty", "eq", "false", "for", "function",
        "ge", "gt", "if", "le", "lt", "mod", "ne", "new", "not", "null", "or", "return", "size",
        "true", "var", "while", "NaN",
    )
)  # fmt: skip
"""Reserved words. None can be a name, not even behind a dot."""

CALLABLE = frozenset({"empty", "size"})
"""Reserved words that are methods too."""

FIRST_GENERATION: dict[tuple[str, ...], str] = {
    ("workflow", "variables"): "pipeline.variables",
    ("serviceVariable",): "serviceVariables",
    ("environmentVariable",): "env.variables",
    ("infra", "kubernetes", "infraId"): "INFRA_KEY",
    ("infra", "kubernetes"): "infra",
    ("artifact", "buildNo"): "artifact.tag",
    ("approvedBy", "name"): "approval.approvalActivities[0].user.name",
    ("approvedBy", "email"): "approval.approvalActivities[0].user.email",
    ("host",): "instance",
    ("deploymentUrl",): "pipeline.executionUrl",
    ("deploymentTriggeredBy",): "pipeline.triggeredBy.name",
    ("httpsResponseCode",): "httpResponseCode",
    ("http", "ResponseCode"): "httpResponseCode",
    ("http", "responseCode"): "httpResponseCode",
}
"""The first names of a path that only Harness FirstGen knows, and what takes their place."""

FIRST_NAMES = frozenset(names[0] for names in FIRST_GENERATION)
"""What such a path begins with; some of these names are alive."""

LONGEST_FIRST = max(map(len, FIRST_GENERATION))
"""So many names such a path has at most."""


def first_generation(names: Sequence[str]) -> int:
    """Return how many names at the beginning of a path make it one of FirstGen."""
    if names[0] not in FIRST_NAMES:
        return 0
    sizes = range(min(len(names), LONGEST_FIRST), 0, -1)
    return next((size for size in sizes if tuple(names[:size]) in FIRST_GENERATION), 0)
