"""Texts to measure on: pipelines of any length, made anew each time, and real ones."""

from __future__ import annotations

import os
from pathlib import Path

STEP = """\
  - name: test {number}
    image: golang:1.{minor}
    pull: always
    environment:
      GOOS: linux
      CGO_ENABLED: "0"
    secrets: [docker_username, docker_password]
    commands:
      - go vet ./...
      - go test -run Test{number} ./... > ${{VELA_BUILD_NUMBER}}.log
      - echo "done with $VELA_REPO_NAME"
    ruleset:
      event: [push, pull_request]
      branch: main
"""

HEAD = """\
version: "1"
secrets:
  - name: docker_username
    key: octocat/hello/docker_username
  - name: docker_password
    key: octocat/hello/docker_password
    engine: vault
steps:
"""

JOB = """\
  job{number}:
    runs-on: ubuntu-24.04
    permissions: {{}}
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
        with:
          persist-credentials: false
      - name: test {number}
        env:
          GOOS: linux
          CGO_ENABLED: "0"
        run: |
          go vet ./...
          go test -run Test{number} ./...
          echo "done with $GITHUB_REPOSITORY"
"""

WORKFLOW_HEAD = """\
name: test
on: [push]
permissions: {}
jobs:
"""


def pipeline(lines: int) -> str:
    """Return a pipeline of Vela without mistakes of about this many lines."""
    return _repeated(HEAD, STEP, lines)


def workflow(lines: int) -> str:
    """Return a workflow of GitHub of about this many lines, for a peer that reads nothing else."""
    return _repeated(WORKFLOW_HEAD, JOB, lines)


def _repeated(head: str, part: str, lines: int) -> str:
    count = max((lines - head.count("\n")) // part.count("\n"), 1)
    return head + "".join(part.format(number=n, minor=20 + n % 5) for n in range(count))


def real(most: int = 300) -> list[str]:
    """Return real pipelines, or nothing where no corpus is at hand."""
    folder = Path(os.environ.get("PIPELINT_CORPUS", "../shared")) / "corpus" / "vela" / "files"
    paths = sorted(path for path in folder.rglob("*.y*ml") if path.is_file())
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    return texts[:most]
