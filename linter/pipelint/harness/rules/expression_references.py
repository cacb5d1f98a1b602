"""Paths that lead to nothing: what they name is not in the pipeline, or not there."""

from __future__ import annotations

from pipelint.diagnostic import ERROR, WARNING
from pipelint.harness.rules.expression_making import expression_rule

unknown_axis = expression_rule(
    "unknown-axis",
    ERROR,
    """Reports an axis that no matrix around the place has.

    ## Why is this bad?
    An axis has a value only in what its matrix repeats. Any other name gives null.

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
          strategy: {matrix: {city: [rome, oslo]}}
          spec:
            execution:
              steps:
              - step:
                  name: call
                  identifier: call
                  type: Http
                  timeout: 10s
                  spec: {url: "https://a.b/<+matrix.town>", method: GET}
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
          strategy: {matrix: {city: [rome, oslo]}}
          spec:
            execution:
              steps:
              - step:
                  name: call
                  identifier: call
                  type: Http
                  timeout: 10s
                  spec: {url: "https://a.b/<+matrix.city>", method: GET}
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.
    """,
)

unknown_member = expression_rule(
    "unknown-member",
    WARNING,
    """Reports a member that a value does not have.

    ## Why is this bad?
    Names count exactly, capitals included. One that does not exist gives null.

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
                  spec: {url: "https://a.b/<+pipeline.sequenceID>", method: GET}
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

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.

    ## When not to use it
    The members of values of Harness itself are known from its pages. A name that is not among them
    is reported only where it is nearly one of them.
    """,
)

unknown_output = expression_rule(
    "unknown-output",
    ERROR,
    """Reports an output that a step or a called pipeline does not have.

    ## Why is this bad?
    A script gives the output variables that it declares, other steps what their type gives, a
    called pipeline the outputs that its stage lists. Any other name gives null.

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
                  name: first
                  identifier: first
                  type: Http
                  timeout: 10s
                  spec: {url: "https://shop.example/", method: GET}
              - step:
                  name: second
                  identifier: second
                  type: Http
                  timeout: 10s
                  spec:
                    url: https://a.b/<+execution.steps.first.output.responseCode>
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
              - step:
                  name: first
                  identifier: first
                  type: Http
                  timeout: 10s
                  spec: {url: "https://shop.example/", method: GET}
              - step:
                  name: second
                  identifier: second
                  type: Http
                  timeout: 10s
                  spec:
                    url: https://a.b/<+execution.steps.first.output.httpResponseCode>
                    method: GET
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.
    """,
)

unknown_root = expression_rule(
    "unknown-root",
    WARNING,
    """Reports a path that begins with a slip of the pen.

    ## Why is this bad?
    The first name says where to look. One that does not exist leads nowhere, and the path gives
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
                  spec: {url: "https://a.b/<+pipline.sequenceId>", method: GET}
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

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.
    """,
)

unknown_stage = expression_rule(
    "unknown-stage",
    ERROR,
    """Reports the path to a stage that is not in the pipeline.

    ## Why is this bad?
    The path gives null. Stages are found by their identifiers.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: shop
      orgIdentifier: default
      stages:
      - stage:
          name: build
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
                  spec: {url: "https://a.b/<+pipeline.stages.bild.status>", method: GET}
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
          name: build
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
    The fix is unsafe: the nearest name need not be the one that was meant.

    ## When not to use it
    Where a template may bring stages, nothing is reported.
    """,
)

unknown_step = expression_rule(
    "unknown-step",
    ERROR,
    """Reports the path to a step or step group that is not there.

    ## Why is this bad?
    The path gives null. Steps are found by their identifiers, in the stage or the group to which
    the path leads; `steps` alone has those beside the step only.

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
                  name: first
                  identifier: first
                  type: Http
                  timeout: 10s
                  spec: {url: "https://shop.example/", method: GET}
              - step:
                  name: second
                  identifier: second
                  type: Http
                  timeout: 10s
                  spec:
                    url: https://a.b/<+execution.steps.frist.output.httpResponseCode>
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
              - step:
                  name: first
                  identifier: first
                  type: Http
                  timeout: 10s
                  spec: {url: "https://shop.example/", method: GET}
              - step:
                  name: second
                  identifier: second
                  type: Http
                  timeout: 10s
                  spec:
                    url: https://a.b/<+execution.steps.first.output.httpResponseCode>
                    method: GET
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.
    """,
)

unknown_variable = expression_rule(
    "unknown-variable",
    WARNING,
    """Reports a variable that the pipeline, stage or group does not declare.

    ## Why is this bad?
    Variables of a pipeline, a stage and a group are found at their own level only. One that is not
    declared gives null, or stops the run.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: shop
      orgIdentifier: default
      variables: [{name: region, type: String, value: eu}]
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
                  spec: {url: "https://a.b/<+pipeline.variables.regoin>", method: GET}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: shop
      orgIdentifier: default
      variables: [{name: region, type: String, value: eu}]
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
                  spec: {url: "https://a.b/<+pipeline.variables.region>", method: GET}
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.
    """,
)

RULES = (
    unknown_axis,
    unknown_member,
    unknown_output,
    unknown_root,
    unknown_stage,
    unknown_step,
    unknown_variable,
)
