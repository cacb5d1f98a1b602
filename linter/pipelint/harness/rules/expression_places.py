"""Values that exist, but not at the place or the time at which they are read."""

from __future__ import annotations

from pipelint.diagnostic import ERROR, WARNING
from pipelint.harness.rules.expression_making import expression_rule

result_not_ready = expression_rule(
    "result-not-ready",
    ERROR,
    """Reports a path to the result of a step or a stage that has not run when it is looked up.

    ## Why is this bad?
    What comes later, what runs at the same time in a `parallel` block, and the step itself have no
    result yet: the path gives null. Settings of a stage are looked up before its first step runs,
    and its condition before its service and its environment are known.

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
                  spec:
                    url: https://a.b/<+execution.steps.second.output.httpResponseCode>
                    method: GET
              - step:
                  name: second
                  identifier: second
                  type: Http
                  timeout: 10s
                  spec: {url: "https://shop.example/", method: GET}
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

    ## When not to use it
    The order of stages with `dependsOn` and that of a rollback are not judged.
    """,
)

unavailable_value = expression_rule(
    "unavailable-value",
    WARNING,
    """Reports a value that nothing gives at its place.

    ## Why is this bad?
    An artifact, a service and an infrastructure belong to a deployment, the answer of a request to
    the step that made it. Anywhere else these names give null.

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
                  spec: {url: "https://a.b/<+artifact.tag>", method: GET}
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

value_outside_loop = expression_rule(
    "value-outside-loop",
    ERROR,
    """Reports `matrix`, `repeat` or `instance` where nothing is repeated.

    ## Why is this bad?
    These have a value only in what `strategy` repeats, and below it.

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
                  spec: {url: "https://a.b/<+matrix.city>", method: GET}
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
    """,
)

RULES = (
    result_not_ready,
    unavailable_value,
    value_outside_loop,
)
