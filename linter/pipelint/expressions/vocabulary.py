"""Names and words that the engine knows, wherever an expression stands."""

from __future__ import annotations

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
