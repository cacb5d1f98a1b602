"""Texts to measure on: pipelines of any length, made anew each time, and real ones."""

from __future__ import annotations

import csv
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


HARNESS_HEAD = """\
pipeline:
  name: test
  identifier: test
  projectIdentifier: hello
  orgIdentifier: octocat
  tags: {}
  stages:
"""

HARNESS_STAGE = """\
    - stage:
        name: stage {number}
        identifier: stage_{number}
        type: CI
        spec:
          cloneCodebase: false
          platform:
            os: Linux
            arch: Amd64
          runtime:
            type: Cloud
            spec: {{}}
          execution:
            steps:
"""

HARNESS_STEP = """\
              - step:
                  name: test {number}
                  identifier: test_{number}
                  type: Run
                  timeout: {minor}m
                  spec:
                    connectorRef: account.docker
                    image: golang:1.{minor}
                    shell: Sh
                    command: |-
                      go vet ./...
                      go test -run Test{number} ./...
                    envVariables:
                      GOOS: linux
                      BUILD: <+pipeline.sequenceId>
                      STAGE: <+stage.identifier>
                  when:
                    stageStatus: Success
                    condition: <+pipeline.name> == "test"
                  failureStrategies:
                    - onFailure:
                        errors:
                          - AllErrors
                        action:
                          type: Ignore
"""

STEPS_OF_STAGE = 10


def pipeline(lines: int) -> str:
    """Return a pipeline of Vela without mistakes of about this many lines."""
    return _repeated(HEAD, STEP, lines)


def workflow(lines: int) -> str:
    """Return a workflow of GitHub of about this many lines, for a peer that reads nothing else."""
    return _repeated(WORKFLOW_HEAD, JOB, lines)


def harness(lines: int) -> str:
    """Return a pipeline of Harness without mistakes of about this many lines."""
    parts = [HARNESS_HEAD]
    size = HARNESS_HEAD.count("\n")
    number = 0
    while size < lines:
        if number % STEPS_OF_STAGE == 0:
            parts.append(HARNESS_STAGE.format(number=number // STEPS_OF_STAGE))
            size += HARNESS_STAGE.count("\n")
        parts.append(HARNESS_STEP.format(number=number, minor=20 + number % 5))
        size += HARNESS_STEP.count("\n")
        number += 1
    return "".join(parts)


def _repeated(head: str, part: str, lines: int) -> str:
    count = max((lines - head.count("\n")) // part.count("\n"), 1)
    return head + "".join(part.format(number=n, minor=20 + n % 5) for n in range(count))


def shared() -> Path:
    """Return the folder with what is not ours: real files, schemas of vendors. It may be absent."""
    return Path(os.environ.get("PIPELINT_CORPUS", "../shared")).resolve()


def real(most: int = 300) -> list[str]:
    """Return real pipelines of Vela, or nothing where no corpus is at hand."""
    folder = shared() / "corpus" / "vela" / "files"
    paths = sorted(path for path in folder.rglob("*.y*ml") if path.is_file())
    return [_text(path) for path in paths[:most]]


def real_harness(most: int = 300) -> list[str]:
    """Return real pipelines of Harness that people keep in repositories, or nothing."""
    folder = shared() / "corpus" / "harness"
    if not folder.is_dir():
        return []
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        chosen = [row["file"] for row in csv.DictReader(file) if _is_whole(row)]
    return [_text(folder / name) for name in chosen[:most]]


def _is_whole(row: dict[str, str]) -> bool:
    return (
        row["kind"] == "pipeline"
        and row["flavor"] == "plain"
        and row["origin"] in {"git-experience", "sample"}
        and row["official_schema"] != "unparsable"
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig", errors="replace")
