"""The variables that Vela sets: since when a build has them, on which events, and what they say.

A variable is there when the server compiles, so that `${NAME}` in a step takes its value, or only
when the container runs, where a shell sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipelint.name import nearest
from pipelint.record import NamedTuple

COMPILE, RUN = "compile", "run"
"""When a variable is there first; what the server sets is there at run time, too."""

STEP, SERVICE = "step", "service"
"""What has a variable, where not every container has it."""

PULL_REQUEST = (
    "pull_request:opened", "pull_request:synchronize", "pull_request:reopened",
    "pull_request:edited", "pull_request:labeled", "pull_request:unlabeled",
)  # fmt: skip
COMMENT = ("comment:created", "comment:edited")
DEPLOYMENT = ("deployment:created",)


class VelaVariable(NamedTuple):
    """A variable of Vela.

    `since` is `compile` or `run`. `events` is empty for a variable of every build. `only` is `step`
    or `service` where other containers lack it. `replaced_by` is the new name of an old one.
    """

    name: str
    meaning: str
    since: str = COMPILE
    events: tuple[str, ...] = ()
    only: str = ""
    replaced_by: str = ""


_ALWAYS = """
VELA: always `true`
CI: always `true`
VELA_ADDR: address of the web interface
VELA_SERVER_ADDR: address of the server
VELA_DATABASE: driver of the server's database
VELA_DISTRIBUTION: distribution of the worker
VELA_HOST: host of the worker
VELA_NETRC_MACHINE: host that git credentials are for
VELA_NETRC_USERNAME: user of the git credentials
VELA_OPEN_ID_ISSUER: issuer of id tokens
VELA_QUEUE: driver of the queue
VELA_RUNTIME: runtime of the worker
VELA_SOURCE: kind of the source system
VELA_VERSION: version of Vela
VELA_WORKSPACE: folder that the repository is cloned into
VELA_BUILD_APPROVED_AT: time at which somebody approved the build
VELA_BUILD_APPROVED_BY: user who approved the build
VELA_BUILD_AUTHOR: author of the commit
VELA_BUILD_AUTHOR_EMAIL: mail address of the author
VELA_BUILD_BASE_REF: reference that the build is compared with
VELA_BUILD_BRANCH: branch of the build
VELA_BUILD_CLONE: address to clone from
VELA_BUILD_COMMIT: hash of the commit
VELA_BUILD_CREATED: time at which the build was made
VELA_BUILD_DISTRIBUTION: distribution of the worker
VELA_BUILD_ENQUEUED: time at which the build went into the queue
VELA_BUILD_EVENT: event that caused the build
VELA_BUILD_EVENT_ACTION: action of that event
VELA_BUILD_HOST: host of the worker
VELA_BUILD_LINK: address of the build's page
VELA_BUILD_MESSAGE: message of the commit
VELA_BUILD_NUMBER: number of the build
VELA_BUILD_PARENT: number of the build before
VELA_BUILD_REF: git reference of the build
VELA_BUILD_ROUTE: queue that the build goes to
VELA_BUILD_RUNTIME: runtime of the worker
VELA_BUILD_SENDER: user who caused the build
VELA_BUILD_SENDER_SCM_ID: id of that user in the source system
VELA_BUILD_SOURCE: address of the commit's page
VELA_BUILD_STARTED: time at which the build started
VELA_BUILD_STATUS: status of the build
VELA_BUILD_TITLE: title of the build
VELA_BUILD_WORKSPACE: folder that the repository is cloned into
VELA_REPO_ACTIVE: whether the repository is active
VELA_REPO_ALLOW_EVENTS: events that the repository builds on
VELA_REPO_APPROVAL_TIMEOUT: days that a build waits for approval
VELA_REPO_APPROVE_BUILD: which builds need approval
VELA_REPO_BRANCH: default branch
VELA_REPO_BUILD_LIMIT: how many builds may run at once
VELA_REPO_CLONE: address to clone from
VELA_REPO_CUSTOM_PROPS: custom properties, as JSON
VELA_REPO_FULL_NAME: owner and name of the repository
VELA_REPO_INSTALL_ID: id of the app's installation
VELA_REPO_LINK: address of the repository's page
VELA_REPO_NAME: name of the repository
VELA_REPO_ORG: owner of the repository
VELA_REPO_OWNER: user who enabled the repository in Vela
VELA_REPO_PIPELINE_TYPE: language of the pipeline
VELA_REPO_PRIVATE: whether the repository is private
VELA_REPO_TIMEOUT: minutes that a build may take
VELA_REPO_TOPICS: topics, separated by commas
VELA_REPO_TRUSTED: whether the repository is trusted
VELA_REPO_VISIBILITY: who sees the repository in Vela
VELA_USER_ACTIVE: whether the owner is active
VELA_USER_ADMIN: whether the owner is an administrator
VELA_USER_FAVORITES: repositories that the owner marked
VELA_USER_NAME: name of the owner
"""

_ON_EVENTS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        PULL_REQUEST + COMMENT,
        """
VELA_PULL_REQUEST: number of the pull request
VELA_BUILD_PULL_REQUEST: number of the pull request
VELA_PULL_REQUEST_SOURCE: branch that the pull request comes from
VELA_PULL_REQUEST_TARGET: branch that the pull request goes to
""",
    ),
    (PULL_REQUEST, "VELA_PULL_REQUEST_FORK: whether the pull request comes from a fork"),
    (
        DEPLOYMENT,
        """
VELA_DEPLOYMENT: target of the deployment
VELA_BUILD_TARGET: target of the deployment
VELA_DEPLOYMENT_NUMBER: id of the deployment
""",
    ),
    (("tag", *DEPLOYMENT, "delete:tag"), "VELA_BUILD_TAG: name of the tag"),
)

_AT_RUN = """
VELA_NETRC_PASSWORD: token for git; commands do not see it
VELA_GIT_TOKEN: token with the permissions of the `git` block
VELA_GIT_TOKEN_EXPIRATION: time at which that token ends
VELA_ID_TOKEN_REQUEST_URL: where a step asks for an id token
VELA_ID_TOKEN_REQUEST_TOKEN: token for that request, with `id_request`
VELA_OUTPUTS: file that takes variables for later steps
VELA_MASKED_OUTPUTS: file that takes secret variables for later steps
VELA_BASE64_OUTPUTS: file that takes variables in base64
VELA_MASKED_BASE64_OUTPUTS: file that takes secret variables in base64
"""

_OF_CONTAINER = """
CREATED: time at which it was made
DISTRIBUTION: distribution of the worker
EXIT_CODE: exit code
HOST: host of the worker
IMAGE: image
NAME: name
NUMBER: number
RUNTIME: runtime of the worker
STARTED: time at which it started
STATUS: status
"""

_OLD_BUILD = (
    "AUTHOR AUTHOR_EMAIL BASE_REF BRANCH CLONE COMMIT CREATED ENQUEUED EVENT HOST LINK MESSAGE "
    "NUMBER PARENT REF SENDER SOURCE STARTED STATUS TAG TITLE WORKSPACE"
)
_OLD_REPO = (
    "ACTIVE ALLOW_EVENTS BRANCH CLONE FULL_NAME LINK NAME ORG PRIVATE TIMEOUT TRUSTED VISIBILITY"
)
_RENAMED = {
    **{f"BUILD_{name}": f"VELA_BUILD_{name}" for name in _OLD_BUILD.split()},
    **{f"REPOSITORY_{name}": f"VELA_REPO_{name}" for name in _OLD_REPO.split()},
    "BUILD_PULL_REQUEST_NUMBER": "VELA_PULL_REQUEST",
    "BUILD_TARGET": "VELA_DEPLOYMENT",
}

GONE = {
    "VELA_BUILD_CHANNEL": "VELA_BUILD_ROUTE",
    "VELA_CHANNEL": "VELA_BUILD_ROUTE",
    "VELA_REPO_ALLOW_COMMENT": "VELA_REPO_ALLOW_EVENTS",
    "VELA_REPO_ALLOW_DEPLOY": "VELA_REPO_ALLOW_EVENTS",
    "VELA_REPO_ALLOW_PULL": "VELA_REPO_ALLOW_EVENTS",
    "VELA_REPO_ALLOW_PUSH": "VELA_REPO_ALLOW_EVENTS",
    "VELA_REPO_ALLOW_TAG": "VELA_REPO_ALLOW_EVENTS",
}
"""Variables that Vela does not set any more, each with the one that says the most of the same."""

_NOT_YET = "is empty"
STALE = {
    "VELA_BUILD_STATUS": "is still `pending`",
    "VELA_BUILD_STARTED": "is still `0`",
    "VELA_BUILD_ENQUEUED": "is still `0`",
    "VELA_BUILD_APPROVED_AT": "is still `0`",
    "VELA_BUILD_APPROVED_BY": _NOT_YET,
    "VELA_BUILD_DISTRIBUTION": _NOT_YET,
    "VELA_BUILD_HOST": _NOT_YET,
    "VELA_BUILD_RUNTIME": _NOT_YET,
    "VELA_DISTRIBUTION": "is just `TODO`",
    "VELA_HOST": "is the address of the server",
    "VELA_RUNTIME": "is just `TODO`",
    "VELA_VERSION": "is just `TODO`",
    "BUILD_STATUS": "is still `pending`",
    "BUILD_STARTED": "is still `0`",
    "BUILD_ENQUEUED": "is still `0`",
    "BUILD_HOST": _NOT_YET,
}
"""What variables say when the server compiles, whose value only the worker knows."""

_MISTAKEN = {
    "VELA_PULL_REQUEST_NUMBER": "VELA_PULL_REQUEST",
    "VELA_BUILD_PULL_REQUEST_NUMBER": "VELA_PULL_REQUEST",
    "VELA_REPO": "VELA_REPO_FULL_NAME",
    "VELA_TAG": "VELA_BUILD_TAG",
    "VELA_BUILD_SHA": "VELA_BUILD_COMMIT",
    "VELA_COMMIT_SHA": "VELA_BUILD_COMMIT",
}

DEPLOYMENT_PARAMETER, PARAMETER = "DEPLOYMENT_PARAMETER_", "PARAMETER_"
"""How the variables begin that hold the parameters of a deployment and of a step."""


def _lines(table: str) -> list[tuple[str, str]]:
    pairs = (line.partition(": ") for line in table.split("\n") if line)
    return [(name, meaning) for name, _, meaning in pairs]


def _make() -> dict[str, VelaVariable]:
    found = [VelaVariable(name, meaning) for name, meaning in _lines(_ALWAYS)]
    for events, table in _ON_EVENTS:
        found += [VelaVariable(name, text, COMPILE, events) for name, text in _lines(table)]
    found += [VelaVariable(name, meaning, RUN) for name, meaning in _lines(_AT_RUN)]
    for what in (STEP, SERVICE):
        prefix = f"VELA_{what.upper()}_"
        found += [
            VelaVariable(prefix + name, f"{text} of the {what}", RUN, (), what)
            for name, text in _lines(_OF_CONTAINER)
        ]
    found.append(VelaVariable("VELA_STEP_REPORT_AS", "status that it reports", RUN, (), STEP))
    found.append(VelaVariable("VELA_STEP_STAGE", "stage of the step", RUN, (), STEP))
    made = {one.name: one for one in found}
    for old, new in _RENAMED.items():
        made[old] = made[new]._replace(name=old, replaced_by=new)
    return made


VARIABLES: Mapping[str, VelaVariable] = _make()
"""Every variable that Vela sets, by name; those of parameters have names of their own."""


def is_always_set(name: str) -> bool:
    """Tell whether every build has a variable when it is compiled."""
    found = VARIABLES.get(name)
    return found is not None and found.since == COMPILE and not found.events


def events_with(name: str) -> frozenset[str]:
    """Return the events, with their actions, that set a variable; none for one of every build."""
    if name.startswith(DEPLOYMENT_PARAMETER):
        return frozenset(DEPLOYMENT)
    found = VARIABLES.get(name)
    return frozenset(found.events) if found else frozenset()


def is_never_set(name: str) -> bool:
    """Tell whether a name looks like a variable of Vela and is none: outdated, or misspelt."""
    return name in GONE or bool(likely_meant(name))


@lru_cache(maxsize=1024)
def likely_meant(name: str) -> str:
    """Return the variable that an unknown name with `VELA_` was probably meant for, or nothing.

    Only the part behind what both names have in common is compared: `TOKEN` is not `TOPICS`.
    """
    if name in VARIABLES or not name.startswith("VELA_"):
        return ""
    if name in _MISTAKEN:
        return _MISTAKEN[name]
    prefix = next((each for each in _PREFIXES if name.startswith(each)), "VELA_")
    ends = {each[len(prefix) :] for each in _NAMES if each.startswith(prefix)}
    near = nearest(name[len(prefix) :], ends, limit=1)
    if near:
        return prefix + near[0]
    short = "VELA_BUILD_" + name.removeprefix("VELA_")
    return short if short in VARIABLES else ""


_PREFIXES = ("VELA_PULL_REQUEST_", "VELA_BUILD_", "VELA_REPO_", "VELA_USER_", "VELA_STEP_")
_NAMES = tuple(name for name in VARIABLES if name.startswith("VELA_"))
