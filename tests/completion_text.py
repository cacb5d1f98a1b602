"""A pipeline with a group, outputs and a matrix: `COMMAND` and `SCRIPT` are to be filled in."""

from __future__ import annotations

PIPELINE = """\
pipeline:
  name: Shop
  identifier: shop
  variables:
    - name: color
      type: String
      value: red
    - name: my.size
      type: Number
      value: 3
  stages:
    - stage:
        name: Build
        identifier: build
        type: CI
        variables:
          - name: arch
            type: String
            value: arm
        spec:
          execution:
            steps:
              - stepGroup:
                  name: Checks
                  identifier: checks
                  steps:
                    - step:
                        name: Lint
                        identifier: lint
                        type: Run
                        spec:
                          command: make lint
              - step:
                  name: Pack
                  identifier: pack
                  type: Run
                  spec:
                    command: make
                    outputVariables:
                      - name: digest
                      - name: image
              - step:
                  name: Say
                  identifier: say
                  type: Run
                  strategy:
                    matrix:
                      os: [linux, mac]
                      version: [1, 2]
                  spec:
                    command: COMMAND
              - step:
                  name: End
                  identifier: end
                  type: Run
                  spec:
                    command: make end
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
                  spec:
                    shell: Bash
                    source:
                      type: Inline
                      spec:
                        script: SCRIPT
"""
