"""The variables that every step of every build has when its ruleset is evaluated."""

from __future__ import annotations

_BUILD = (
    "AUTHOR AUTHOR_EMAIL BASE_REF BRANCH CLONE COMMIT CREATED ENQUEUED EVENT HOST LINK MESSAGE "
    "NUMBER PARENT REF SENDER STARTED SOURCE STATUS TITLE WORKSPACE"
)
_BUILD_ONLY_NEW = "APPROVED_AT APPROVED_BY DISTRIBUTION EVENT_ACTION ROUTE RUNTIME SENDER_SCM_ID"
_REPO = (
    "ACTIVE ALLOW_EVENTS BRANCH CLONE FULL_NAME LINK NAME ORG PRIVATE TIMEOUT TRUSTED VISIBILITY"
)
_REPO_ONLY_NEW = (
    "APPROVAL_TIMEOUT APPROVE_BUILD BUILD_LIMIT CUSTOM_PROPS INSTALL_ID OWNER PIPELINE_TYPE TOPICS"
)
_SERVER = (
    "ADDR DATABASE DISTRIBUTION HOST NETRC_MACHINE NETRC_USERNAME OPEN_ID_ISSUER QUEUE RUNTIME "
    "SERVER_ADDR SOURCE VERSION WORKSPACE"
)


def _names(prefixes: str, endings: str) -> set[str]:
    return {prefix + ending for prefix in prefixes.split() for ending in endings.split()}


ALWAYS_SET = frozenset(
    {"VELA", "CI"}
    | _names("VELA_BUILD_ BUILD_", _BUILD)
    | _names("VELA_BUILD_", _BUILD_ONLY_NEW)
    | _names("VELA_REPO_ REPOSITORY_", _REPO)
    | _names("VELA_REPO_", _REPO_ONLY_NEW)
    | _names("VELA_USER_", "ACTIVE ADMIN FAVORITES NAME")
    | _names("VELA_", _SERVER)
)
"""Their names. Those that only some events set are not among them."""
