"""The check in CI: a file of its own where that is how the CI works, else lines to put in."""

from __future__ import annotations

import json
import os
import shlex
from collections import Counter
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Map
from types import MappingProxyType

from pipelint.adoption.origin import Origin
from pipelint.adoption.words import scalar, speaks_of_us
from pipelint.record import NamedTuple
from pipelint.source import Source
from pipelint.yaml import parse
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence

IMAGE = "python:3.13-slim"


class Place(NamedTuple):
    """A repository: the branch that others start from, and texts by their paths below the root."""

    branch: str
    texts: Map[str, str]


class Part(NamedTuple):
    """The text of a file of its own; and lines that a person puts into one that is `taken`.

    `into` says where in that file.
    """

    path: str
    text: str
    lines: str = ""
    taken: str = ""
    into: str = ""


def _install(origin: Origin) -> str:
    return f"python3 -m pip install --quiet {shlex.quote(origin.package)}"


# --- GitHub --------------------------------------------------------------------------------------


def _github(place: Place, origin: Origin) -> Part:
    branch = json.dumps(place.branch)
    uses = (
        f"      - uses: {origin.action}\n"
        if origin.action
        else _GITHUB_STEPS.format(install=scalar(_install(origin)))
    )
    return Part(".github/workflows/pipelint.yml", _GITHUB.format(branch=branch) + uses)


_GITHUB = """\
name: pipelint
on:
  pull_request:
  push:
    branches: [{branch}]
permissions:
  contents: read
jobs:
  pipelint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
"""
_GITHUB_STEPS = """\
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - run: {install}
      - run: pipelint --output-format github
"""


# --- GitLab --------------------------------------------------------------------------------------


def _gitlab(place: Place, origin: Origin) -> Part:
    main = ".gitlab-ci.yml"
    own = ".gitlab/pipelint.yml"
    stage = _stage_of(place.texts.get(main, ""))
    job = _GITLAB.format(stage=scalar(stage), image=IMAGE, install=scalar(_install(origin)))
    if main not in place.texts or speaks_of_us(place.texts[main]):
        return Part(main, job)
    return Part(own, job, f"include:\n  - local: /{own}\n", main, main)


def _stage_of(text: str) -> str:
    """Choose a stage that the pipeline has."""
    stages = _at(_root(text), "stages")
    if not isinstance(stages, Sequence):
        return "test"
    names = [item.text for item in stages.items if isinstance(item, Scalar)]
    return "test" if "test" in names or not names else names[0]


_GITLAB = """\
pipelint:
  stage: {stage}
  image: {image}
  script:
    - {install}
    - pipelint --report gitlab=gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""


# --- Vela ----------------------------------------------------------------------------------------


def _vela(place: Place, origin: Origin) -> Part:
    step = _VELA_STEP.format(image=IMAGE, install=scalar(_install(origin)))
    for name in (".vela.yml", ".vela.yaml"):
        if name in place.texts:
            return Part(name, "", step, name, f"the `steps` of {name}")
    return Part(".vela.yml", f'version: "1"\n\nsteps:\n{step}')


_VELA_STEP = """\
  - name: pipelint
    image: {image}
    pull: not_present
    ruleset:
      event: [push, pull_request]
    commands:
      - {install}
      - pipelint
"""


# --- Harness -------------------------------------------------------------------------------------


def _harness(place: Place, origin: Origin) -> Part:
    pipelines = [found for text in place.texts.values() if (found := _at(_root(text), "pipeline"))]
    named = {
        "project": _usual(pipelines, "projectIdentifier") or "default_project",
        "org": _usual(pipelines, "orgIdentifier") or "default",
        "connector": _usual(pipelines, *_CODEBASE, "connectorRef") or "<+input>",
        "repository": _usual(pipelines, *_CODEBASE, "repoName"),
    }
    lines = {name: scalar(word) if word[:2] != "<+" else word for name, word in named.items()}
    lines["repository"] = _REPOSITORY.format(**lines) if named["repository"] else ""
    return Part(".harness/check_pipelines.yaml", _HARNESS.format(**lines, install=_install(origin)))


_CODEBASE = ("properties", "ci", "codebase")
_REPOSITORY = "        repoName: {repository}\n"
_HARNESS = """\
pipeline:
  name: Check pipelines
  identifier: check_pipelines
  projectIdentifier: {project}
  orgIdentifier: {org}
  timeout: 30m
  properties:
    ci:
      codebase:
        connectorRef: {connector}
{repository}        build: <+input>
  stages:
    - stage:
        name: Check
        identifier: check
        type: CI
        spec:
          cloneCodebase: true
          platform:
            os: Linux
            arch: Amd64
          runtime:
            type: Cloud
            spec: {{}}
          execution:
            steps:
              - step:
                  name: pipelint
                  identifier: pipelint
                  type: Run
                  timeout: 5m
                  spec:
                    shell: Sh
                    command: |-
                      set -e
                      python3 -m venv /tmp/pipelint
                      . /tmp/pipelint/bin/activate
                      {install}
                      pipelint
"""


def _usual(pipelines: Iterable[Node], *way: str) -> str:
    """Return what most pipelines have at the end of a way of keys; nothing they are asked for."""
    words = Counter[str]()
    for one in pipelines:
        node = _at(one, *way)
        if isinstance(node, Scalar) and node.text and "<+" not in node.text:
            words[node.text] += 1
    return min(words, key=lambda word: (-words[word], word), default="")


# --- all -----------------------------------------------------------------------------------------

_Make = Callable[[Place, Origin], Part]
SYSTEMS: MappingProxyType[str, _Make] = MappingProxyType(
    {"github": _github, "gitlab": _gitlab, "vela": _vela, "harness": _harness}
)
"""How the check is put into each CI."""

_SIGNS = MappingProxyType({
    "github": (".github/workflows",),
    "gitlab": (".gitlab-ci.yml",),
    "vela": (".vela.yml", ".vela.yaml"),
    "harness": (".harness",),
})  # fmt: skip


def recognised(root: str) -> list[str]:
    """Tell which CI runs for a repository, by what lies at its top; the likeliest first."""
    return [
        name
        for name, signs in _SIGNS.items()
        if any(os.path.exists(os.path.join(root, *sign.split("/"))) for sign in signs)
    ]


def _root(text: str) -> Node | None:
    return parse(Source(text)).root if text else None


def _at(node: Node | None, *way: str) -> Node | None:
    for key in way:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node
