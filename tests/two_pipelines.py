"""A pipeline of each dialect that tests look at; `‸` is put in where it is needed."""

from __future__ import annotations

HARNESS_PATH = ".harness/shop.yaml"

HARNESS = """\
pipeline:
  name: Shop
  identifier: shop
  projectIdentifier: web
  orgIdentifier: default
  variables:
    - name: region
      type: String
      value: eu-west-1
  stages:
    - stage:
        name: Prepare
        identifier: prepare
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: Look
                  identifier: look
                  type: ShellScript
                  timeout: 10m
                  spec:
                    shell: Bash
                    onDelegate: true
                    source:
                      type: Inline
                      spec:
                        script: |
                          colour=blue
                          echo <+pipeline.variables.region>
                    outputVariables:
                      - name: colour
                        type: String
                        value: colour
    - stage:
        name: Ship
        identifier: ship
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: Tell
                  identifier: tell
                  type: ShellScript
                  timeout: 10m
                  spec:
                    shell: Bash
                    onDelegate: true
                    source:
                      type: Inline
                      spec:
                        script: |
                          echo <+pipeline.stages.prepare.spec.execution.steps.look.output.outputVariables.colour>
                          echo "<+pipeline.stages.prepare.name>"
"""  # noqa: E501 - paths are long

VELA = """\
version: "1"

templates:
  - name: notify
    source: github.com/octo/templates/notify.yml@main
    type: github

secrets:
  - name: token
    key: octo/shop/token
    engine: native
    type: repo

stages:
  build:
    steps:
      - name: compile
        image: golang:1.22
        secrets: [token]
        environment:
          MODE: fast
        commands:
          - go build -tags ${MODE} ./...

  test:
    needs: [build]
    steps:
      - name: unit
        image: golang:1.22
        secrets: [token]
        commands:
          - go test ./...

  tell:
    needs: [build, test]
    steps:
      - name: tell
        template:
          name: notify
"""


def with_cursor(text: str, place: str) -> str:
    """Put the cursor where it stands in `place`, a part of the text that is there once."""
    plain = place.replace("‸", "")
    assert text.count(plain) == 1, f"{plain!r} stands there {text.count(plain)} times"
    return text.replace(plain, place)
