"""Paths to what exists, which leave out a part of the way or take a wrong one."""

from __future__ import annotations

from pipelint.diagnostic import ERROR, WARNING
from pipelint.harness.rules.expression_making import expression_rule

incomplete_path = expression_rule(
    "incomplete-path",
    ERROR,
    """Reports a path that leaves out a part in the middle.

    ## Why is this bad?
    Harness walks a path part by part: a stage has its steps below `spec.execution.steps`, a step
    has its output variables below `output.outputVariables`. A shorter path gives null.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: shop
      orgIdentifier: default
      stages:
      - stage:
          name: Release
          identifier: release
          type: Custom
          spec:
            execution:
              steps:
              - step:
                  name: Tag
                  identifier: tag
                  type: ShellScript
                  timeout: 10m
                  spec:
                    shell: Bash
                    onDelegate: true
                    source: {type: Inline, spec: {script: tag=1.2}}
                    environmentVariables: []
                    outputVariables: [{name: tag, type: String, value: tag}]
              - step:
                  name: Publish
                  identifier: publish
                  type: Http
                  timeout: 10s
                  spec:
                    url: https://a.b/<+execution.steps.tag.outputVariables.tag>
                    method: POST
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: shop
      orgIdentifier: default
      stages:
      - stage:
          name: Release
          identifier: release
          type: Custom
          spec:
            execution:
              steps:
              - step:
                  name: Tag
                  identifier: tag
                  type: ShellScript
                  timeout: 10m
                  spec:
                    shell: Bash
                    onDelegate: true
                    source: {type: Inline, spec: {script: tag=1.2}}
                    environmentVariables: []
                    outputVariables: [{name: tag, type: String, value: tag}]
              - step:
                  name: Publish
                  identifier: publish
                  type: Http
                  timeout: 10s
                  spec:
                    url: https://a.b/<+execution.steps.tag.output.outputVariables.tag>
                    method: POST
    ```

    ## Fix safety
    The fix is unsafe: an expression that has no value today gets one.

    ## References
    - https://developer.harness.io/docs/platform/variables-and-expressions/harness-variables
    """,
)

name_in_path = expression_rule(
    "name-in-path",
    ERROR,
    """Reports the name of a stage or a step in a path, where its identifier belongs.

    ## Why is this bad?
    Paths are made of identifiers. The name that the page shows is found nowhere, and the path gives
    null.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: shop
      orgIdentifier: default
      stages:
      - stage:
          name: Build
          identifier: build
          type: Custom
          spec:
            execution:
              steps:
              - step:
                  name: call
                  identifier: call
                  type: Http
                  timeout: 10s
                  spec: {url: "https://shop.example/", method: GET}
      - stage:
          name: deploy
          identifier: deploy
          type: Custom
          spec:
            execution:
              steps:
              - step:
                  name: tell
                  identifier: tell
                  type: Http
                  timeout: 10s
                  spec: {url: "https://a.b/<+pipeline.stages.Build.status>", method: GET}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: shop
      orgIdentifier: default
      stages:
      - stage:
          name: Build
          identifier: build
          type: Custom
          spec:
            execution:
              steps:
              - step:
                  name: call
                  identifier: call
                  type: Http
                  timeout: 10s
                  spec: {url: "https://shop.example/", method: GET}
      - stage:
          name: deploy
          identifier: deploy
          type: Custom
          spec:
            execution:
              steps:
              - step:
                  name: tell
                  identifier: tell
                  type: Http
                  timeout: 10s
                  spec: {url: "https://a.b/<+pipeline.stages.build.status>", method: GET}
    ```

    ## Fix safety
    The fix is unsafe: an expression that has no value today gets one.
    """,
)

newer_generation_name = expression_rule(
    "newer-generation-name",
    ERROR,
    """Reports `inputs`, which only a newer generation of pipelines has.

    ## Why is this bad?
    Harness v0 knows `<+input>` as a whole value, and variables. `<+inputs.tag>` gives null there.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: shop
      orgIdentifier: default
      stages:
      - stage:
          name: deploy
          identifier: deploy
          type: Custom
          spec:
            execution:
              steps:
              - step:
                  name: call
                  identifier: call
                  type: Http
                  timeout: 10s
                  spec: {url: "https://a.b/<+inputs.tag>", method: GET}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: shop
      orgIdentifier: default
      stages:
      - stage:
          name: deploy
          identifier: deploy
          type: Custom
          spec:
            execution:
              steps:
              - step:
                  name: call
                  identifier: call
                  type: Http
                  timeout: 10s
                  spec: {url: "https://a.b/<+pipeline.sequenceId>", method: GET}
    ```
    """,
)

path_without_group = expression_rule(
    "path-without-group",
    ERROR,
    """Reports the path to a step that leaves out the step group around it.

    ## Why is this bad?
    A step group has its steps below its own identifier. Without it nothing is found, and the path
    gives null. `parallel` is no part of a path.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: shop
      orgIdentifier: default
      stages:
      - stage:
          name: deploy
          identifier: deploy
          type: Custom
          spec:
            execution:
              steps:
              - stepGroup:
                  name: Checks
                  identifier: checks
                  steps:
                  - step:
                      name: call
                      identifier: call
                      type: Http
                      timeout: 10s
                      spec: {url: "https://shop.example/", method: GET}
              - step:
                  name: tell
                  identifier: tell
                  type: Http
                  timeout: 10s
                  spec:
                    url: https://a.b/<+execution.steps.call.output.httpResponseCode>
                    method: GET
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: shop
      orgIdentifier: default
      stages:
      - stage:
          name: deploy
          identifier: deploy
          type: Custom
          spec:
            execution:
              steps:
              - stepGroup:
                  name: Checks
                  identifier: checks
                  steps:
                  - step:
                      name: call
                      identifier: call
                      type: Http
                      timeout: 10s
                      spec: {url: "https://shop.example/", method: GET}
              - step:
                  name: tell
                  identifier: tell
                  type: Http
                  timeout: 10s
                  spec:
                    url: https://a.b/<+execution.steps.checks.steps.call.output.httpResponseCode>
                    method: GET
    ```

    ## Fix safety
    The fix is unsafe: an expression that has no value today gets one.
    """,
)

path_without_suffix = expression_rule(
    "path-without-suffix",
    WARNING,
    """Reports a path into what runs several times, without the number of a run.

    ## Why is this bad?
    A loop makes `check_0`, `check_1` and so on of `check`. What a run gives is found below its own
    identifier; the one without a suffix stands for all of them and has no steps.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: shop
      orgIdentifier: default
      stages:
      - stage:
          name: check
          identifier: check
          type: Custom
          strategy: {matrix: {city: [rome, oslo]}}
          spec:
            execution:
              steps:
              - step:
                  name: call
                  identifier: call
                  type: Http
                  timeout: 10s
                  spec: {url: "https://shop.example/", method: GET}
      - stage:
          name: deploy
          identifier: deploy
          type: Custom
          spec:
            execution:
              steps:
              - step:
                  name: tell
                  identifier: tell
                  type: Http
                  timeout: 10s
                  spec:
                    url: https://a.b/<+pipeline.stages.check.spec.execution.steps.call.status>
                    method: GET
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: shop
      orgIdentifier: default
      stages:
      - stage:
          name: check
          identifier: check
          type: Custom
          strategy: {matrix: {city: [rome, oslo]}}
          spec:
            execution:
              steps:
              - step:
                  name: call
                  identifier: call
                  type: Http
                  timeout: 10s
                  spec: {url: "https://shop.example/", method: GET}
      - stage:
          name: deploy
          identifier: deploy
          type: Custom
          spec:
            execution:
              steps:
              - step:
                  name: tell
                  identifier: tell
                  type: Http
                  timeout: 10s
                  spec:
                    url: https://a.b/<+pipeline.stages.check_0.spec.execution.steps.call.status>
                    method: GET
    ```
    """,
)

RULES = (
    incomplete_path,
    name_in_path,
    newer_generation_name,
    path_without_group,
    path_without_suffix,
)
