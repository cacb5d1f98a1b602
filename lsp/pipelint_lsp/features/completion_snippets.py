"""Whole blocks to begin with: a stage, a step, a group, a failure strategy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Block(NamedTuple):
    """A block of lines for an item of a list, or for a whole document; `body` is a snippet."""

    label: str
    body: str
    detail: str


_IDENTITY = "name: ${1:name}\n  identifier: ${2:identifier}\n  "

_STEP = "step:\n  " + _IDENTITY + "type: ${3:Run}\n  spec:\n    $0"
_GROUP = "stepGroup:\n  " + _IDENTITY + "steps:\n    - $0"
_STAGE = "stage:\n  " + _IDENTITY + "type: "
_EXECUTION = "execution:\n      steps:\n        - $0"

_STAGES = (
    Block(
        "stage (CI)",
        _STAGE
        + "CI\n  spec:\n    cloneCodebase: ${3:true}\n"
        + "    platform:\n      os: Linux\n      arch: Amd64\n"
        + "    runtime:\n      type: Cloud\n      spec: {}\n    "
        + _EXECUTION,
        "builds and tests",
    ),
    Block(
        "stage (Deployment)",
        _STAGE
        + "Deployment\n  spec:\n    deploymentType: ${3:Kubernetes}\n"
        + "    service:\n      serviceRef: ${4:service}\n"
        + "    environment:\n      environmentRef: ${5:environment}\n      deployToAll: false\n"
        + "      infrastructureDefinitions:\n        - identifier: ${6:infrastructure}\n    "
        + "execution:\n      steps:\n        - $0\n"
        + "  failureStrategies:\n    - onFailure:\n        errors:\n          - AllErrors\n"
        + "        action:\n          type: StageRollback",
        "deploys a service",
    ),
    Block(
        "stage (Approval)",
        _STAGE + "Approval\n  spec:\n    " + _EXECUTION,
        "waits for somebody",
    ),
    Block("stage (Custom)", _STAGE + "Custom\n  spec:\n    " + _EXECUTION, "runs any steps"),
)

_OF_DEFINITION: dict[str, dict[str, tuple[Block, ...]]] = {
    "harness": {
        "stage-item": (
            *_STAGES,
            Block("parallel", "parallel:\n  - $0", "stages that run at the same time"),
        ),
        "step-item": (
            Block("step", _STEP, "a step"),
            Block("stepGroup", _GROUP, "steps that belong together"),
            Block("parallel", "parallel:\n  - $0", "steps that run at the same time"),
        ),
        "failure-strategy": (
            Block(
                "onFailure",
                "onFailure:\n  errors:\n    - ${1:AllErrors}\n  action:\n    type: ${2:Abort}",
                "what to do after a failure",
            ),
        ),
        "variable": (
            Block(
                "variable",
                "name: ${1:name}\ntype: ${2|String,Number,Secret|}\nvalue: $0",
                "a variable",
            ),
        ),
        "pipeline-file": (
            Block(
                "pipeline",
                "pipeline:\n  name: ${1:name}\n  identifier: ${2:identifier}\n"
                "  projectIdentifier: ${3:project}\n  orgIdentifier: ${4:default}\n"
                "  stages:\n    - $0",
                "a pipeline",
            ),
        ),
    },
    "vela": {
        "step": (
            Block(
                "step",
                "name: ${1:name}\nimage: ${2:image}\ncommands:\n  - $0",
                "a container with commands",
            ),
            Block(
                "step (template)",
                "name: ${1:name}\ntemplate:\n  name: ${2:template}\n  vars:\n    $0",
                "calls a template",
            ),
        ),
        "service": (Block("service", "name: ${1:name}\nimage: ${2:image}", "a service"),),
        "secret": (
            Block(
                "secret",
                "name: ${1:name}\nkey: ${2:org/repo/name}\nengine: native\ntype: ${3:repo}",
                "a secret",
            ),
        ),
        "template": (
            Block(
                "template",
                "name: ${1:name}\nsource: ${2:source}\ntype: ${3|github,file|}",
                "a template",
            ),
        ),
        "pipeline": (
            Block(
                "pipeline",
                'version: "1"\n\nsteps:\n  - name: ${1:name}\n    image: ${2:image}\n'
                "    commands:\n      - $0",
                "a pipeline of steps",
            ),
        ),
    },
}


def blocks_of(dialect: str, definition: str) -> Iterator[Block]:
    """Give the blocks that begin an item of a definition."""
    yield from _OF_DEFINITION.get(dialect, {}).get(definition, ())


def shift(body: str, columns: int) -> str:
    """Indent all lines but the first."""
    return body.replace("\n", "\n" + " " * columns)
