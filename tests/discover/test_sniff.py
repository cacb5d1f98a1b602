"""Telling pipelines from other YAML, by path and by the first 4 kB."""

from __future__ import annotations

import pytest

from pipelint.discover import by_path
from pipelint.discover.content import by_content


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (".vela.yml", "vela"),
        ("deep/.vela.yaml", "vela"),
        (".vela/templates.yml", "vela"),
        (".vela/deep/templates.yml", ""),
        (".vela.star", "starlark"),
        (".vela.py", "starlark"),
        (".harness/a.yaml", "harness"),
        ("team/.harness/orgs/a/b.YML", "harness"),
        (".harness/readme.md", ""),
        ("harness/a.yaml", ""),
        ("vela.yml", ""),
        ("vela.star", ""),  # found only where somebody names it
        (".harness.yaml", ""),
    ],
)
def test_by_path(path: str, kind: str) -> None:
    assert by_path(path.split("/")) == kind


VELA = [
    "version: '1'\nsteps:\n  - name: a\n",
    'version: "1"\n\nsteps:\n- name: a\n',
    "# a comment\n---\nversion: 1\nstages:\n  build:\n    steps: []\n",
    "version: '1'\ntemplates: [{name: a}]\n",
    "anything: &anchor {a: b}\nversion: '1'\nsteps: &steps # first\n  # second\n  - name: a\n",
    '"version": "1"\n"steps": [{"name": "a"}]\n',
    "version: '1'\r\nsteps:\r\n  - name: a\r\n",
    "\ufeffversion: '1'\nsteps:\n  - name: a\n",
]

HARNESS = [
    f"{root}:\n  name: a\n  identifier: a\n"
    for root in (
        "pipeline",
        "template",
        "inputSet",
        "overlayInputSet",
        "trigger",
        "service",
        "environment",
        "infrastructureDefinition",
    )
] + ["# yaml-language-server: x\n---\npipeline: # the one\n  identifier: a\n"]

OTHERS = {
    "Compose": "version: '3'\nservices:\n  web:\n    image: a\n",
    "CircleCI": "version: 2.1\njobs:\n  build:\n    steps:\n      - checkout\nworkflows: {}\n",
    "Codefresh": "version: '1.0'\nstages:\n  - clone\nsteps:\n  clone:\n    type: git-clone\n",
    "Codefresh without stages": "version: '1.0'\nsteps:\n  clone:\n    type: git-clone\n",
    "GitLab": "stages:\n  - build\nbuild:\n  script: make\n",
    "GitHub": "on: push\njobs:\n  a:\n    steps: []\n",
    "Azure": "trigger:\n  - main\nsteps:\n  - task: A\n    inputs:\n      identifier: b\n",
    "Azure without trigger": "trigger: none\npool: a\nsteps:\n  - x:\n      identifier: b\n",
    "Taskfile": "version: '3'\ntasks:\n  build:\n    cmds: []\n",
    "CodeBuild": "version: 0.2\nphases:\n  build:\n    commands: []\n",
    "Semaphore": "version: v1.0\nagent: {}\nblocks: []\n",
    "Kubernetes": "apiVersion: v1\nkind: Pod\ntemplate:\n  identifier: a\n",
    "OpenAPI": "openapi: 3.1.0\ninfo:\n  version: '1'\n",
    "Argo": "template:\n  name: a\n",
    "Ansible": "- hosts: all\n  tasks: []\n",
    "keys below the root": "ci:\n  version: '1'\n  steps: []\n",
    "no YAML": "\0\1\2",
    "nothing": "",
    "a text": "version steps\n",
}


@pytest.mark.parametrize("text", VELA)
def test_vela_by_content(text: str) -> None:
    assert by_content(text.encode()) == "vela"


@pytest.mark.parametrize("text", HARNESS)
def test_harness_by_content(text: str) -> None:
    assert by_content(text.encode()) == "harness"


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_other_tools_files_are_left_alone(text: str) -> None:
    assert by_content(text.encode()) == ""


def test_utf_16_is_read_by_its_mark() -> None:
    assert by_content(VELA[0].encode("utf-16")) == "vela"


def test_only_the_first_document_counts() -> None:
    assert by_content(b"---\na: 1\n---\nversion: '1'\nsteps: []\n") == ""
