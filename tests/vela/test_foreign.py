"""Other tools' files, when somebody names them, are not taken for Vela's; Vela's own are."""

from __future__ import annotations

import pytest

from linting import checked

STEP = "steps:\n  - {name: test, image: alpine, commands: [make]}\n"

FOREIGN = {
    "compose, by its name": ("shop/docker-compose.ci.yml", "version: '3'\nservices: []\n"),
    "compose, by its shape": ("shop/stack.yml", "version: '3'\nservices:\n  web: {image: web}\n"),
    "stages with jobs": ("ci.yml", "stages:\n  - stage: Build\n    jobs: []\n"),
    "stages that hold a stage": ("ci.yml", "stages:\n  - stage: {name: one, type: CI}\n"),
    "steps with scripts": ("ci.yml", "steps:\n  - script: make\n  - checkout: self\n"),
    "steps with arguments": ("ci.yml", "steps:\n  - {name: gcr.io/builders/mvn, args: [test]}\n"),
    "steps with labels": ("ci.yml", "steps:\n  - {label: test, command: make}\n  - wait\n"),
    "steps from a file": ("ci.yml", "steps:\n  - template: other.yml\n"),
    "another folder": (".woodpecker/test.yaml", STEP),
    "a condition at the root": ("ci.yml", f"when:\n  - event: push\n{STEP}"),
    "settings in a step": ("ci.yml", "steps:\n  - {name: a, image: b, settings: {repo: c}}\n"),
    "a word with four letters of the name": ("velaux/schema.yaml", "- jsonKey: host\n"),
}

OWN = {
    "no version": ("ci.yml", STEP),
    "a condition in a step with a version": (
        "ci.yml",
        "version: '1'\nsteps:\n  - {name: a, image: b, when: {event: push}}\n",
    ),
    "a condition beside a ruleset": (
        "ci.yml",
        "steps:\n  - {name: a, image: b, ruleset: {event: push}, when: {}}\n",
    ),
    "a command in place of commands": ("ci.yml", "steps:\n  - {name: a, image: b, command: c}\n"),
    "services as a map beside steps": ("ci.yml", f"services: {{db: {{image: postgres}}}}\n{STEP}"),
    "the name of a pipeline": (".vela.yml", "services:\n  web: {image: web}\n"),
    "a list, in a folder of Vela": ("vela-tests/list.yml", "- jsonKey: host\n"),
}


@pytest.mark.parametrize(("path", "text"), FOREIGN.values(), ids=FOREIGN.keys())
def test_another_tool_is_not_checked(path: str, text: str) -> None:
    assert not checked(text, path).checked


@pytest.mark.parametrize(("path", "text"), OWN.values(), ids=OWN.keys())
def test_a_pipeline_with_slips_is_checked(path: str, text: str) -> None:
    assert checked(text, path).kind == "vela-pipeline"
