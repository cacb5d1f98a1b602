"""Secrets that configuration knows of are declared."""

from __future__ import annotations

import pytest

from linting import rules_in

TEXT = """\
version: "1"
steps:
  - name: publish
    image: alpine:3.22
    secrets: [docker_password]
    commands: [make publish]
"""


@pytest.mark.parametrize("known", ["docker_password", "docker_*", "*", "*_password"])
def test_a_known_secret_is_declared(known: str) -> None:
    assert rules_in(TEXT, known_secrets=(known,)) == []


@pytest.mark.parametrize("known", ["docker", "DOCKER_PASSWORD", "docker_?", ""])
def test_another_name_is_not(known: str) -> None:
    assert rules_in(TEXT, known_secrets=("other", known)) == ["undeclared-secret"]
