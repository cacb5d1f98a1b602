"""What the catalogue says about the shape of a document, under the names of rules.

These rules have no function: the guided validator reports under their names.
"""

from __future__ import annotations

from pipelint.diagnostic import ERROR, WARNING
from pipelint.rule import Rule

unsupported_value = Rule(
    name="unsupported-value",
    level=ERROR,
    family="harness",
    document="""Reports a value that is not one of those which Harness has there.

    ## Why is this bad?
    Harness refuses the document, or fails when it runs it.

    ## Example
    ```yaml
    template:
      name: compile
      identifier: compile
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Zsh
          command: make
    ```

    ## Use instead
    ```yaml
    template:
      name: compile
      identifier: compile
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Bash
          command: make
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.
    """,
)

unquoted_value = Rule(
    name="unquoted-value",
    level=WARNING,
    family="harness",
    document="""Reports a text without quotes that YAML reads as a number or a flag.

    ## Why is this bad?
    Harness wants text there. The schema refuses numbers, `true` and `false`; where Harness takes
    them all the same, it takes what YAML made of them: a version label `1.10` becomes `1.1`.

    ## Example
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  type: Wait
                  name: pause
                  identifier: pause
                  spec:
                    duration: 1m
        variables:
          - name: port
            type: String
            value: 8080
    ```

    ## Use instead
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  type: Wait
                  name: pause
                  identifier: pause
                  spec:
                    duration: 1m
        variables:
          - name: port
            type: String
            value: "8080"
    ```

    ## Fix safety
    The quotes keep the text as it is written, so the fix is safe.
    """,
)

empty_value = Rule(
    name="empty-value",
    level=WARNING,
    family="harness",
    document="""Reports a key with nothing behind it.

    ## Why is this bad?
    Nothing (also `null` or `~`) is no text, list or map. Harness takes the key for one that is not
    there at best, and refuses some of them. Where the key must be there, `wrong-type` reports.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      description:
      type: Step
      spec:
        type: Http
        timeout: 30s
        spec:
          url: https://example.com/health
          method: GET
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      description: Asks the service for its health.
      type: Step
      spec:
        type: Http
        timeout: 30s
        spec:
          url: https://example.com/health
          method: GET
    ```
    """,
)

wrong_case = Rule(
    name="wrong-case",
    level=WARNING,
    family="harness",
    document="""Reports a value whose upper and lower case differ from what Harness writes.

    ## Why is this bad?
    Harness takes kinds of errors, services, infrastructures and connectors in any case. Other
    tools, and people who search for the value, do not find it. Most other values of Harness are
    refused when their case is wrong.

    ## Example
    ```yaml
    infrastructureDefinition:
      name: cluster
      identifier: cluster
      environmentRef: qa
      deploymentType: kubernetes
      type: KubernetesDirect
      spec:
        connectorRef: qa_cluster
        namespace: shop
        releaseName: release-<+INFRA_KEY_SHORT_ID>
    ```

    ## Use instead
    ```yaml
    infrastructureDefinition:
      name: cluster
      identifier: cluster
      environmentRef: qa
      deploymentType: Kubernetes
      type: KubernetesDirect
      spec:
        connectorRef: qa_cluster
        namespace: shop
        releaseName: release-<+INFRA_KEY_SHORT_ID>
    ```

    ## Fix safety
    Harness reads the same from both, so the fix is safe.
    """,
)

unknown_template_type = Rule(
    name="unknown-template-type",
    level=WARNING,
    family="harness",
    document="""Reports a template of a type that is not known.

    ## Why is this bad?
    Harness has templates for steps, step groups, stages, pipelines and a few more things. The type
    is case-sensitive.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Steps
      spec:
        type: Http
        timeout: 30s
        spec:
          url: https://example.com/health
          method: GET
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 30s
        spec:
          url: https://example.com/health
          method: GET
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.

    ## References
    - https://developer.harness.io/docs/platform/templates/template
    """,
)

wrong_number_of_entries = Rule(
    name="wrong-number-of-entries",
    level=ERROR,
    family="harness",
    document="""Reports a list or a map with fewer or more entries than Harness takes.

    ## Why is this bad?
    Harness refuses the document.

    ## Example
    ```yaml
    template:
      name: gate
      identifier: gate
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps: []
    ```

    ## Use instead
    ```yaml
    template:
      name: gate
      identifier: gate
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  type: Wait
                  name: pause
                  identifier: pause
                  spec:
                    duration: 1m
    ```
    """,
)

conflicting_keys = Rule(
    name="conflicting-keys",
    level=ERROR,
    family="harness",
    document="""Reports keys that exclude each other, or a value that fits none of its forms.

    ## Why is this bad?
    Harness refuses the document, or takes one of them without saying which.

    ## Example
    ```yaml
    template:
      name: gate
      identifier: gate
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        strategy:
          matrix:
            region: [eu, us]
          parallelism: 2
        spec:
          execution:
            steps:
              - step:
                  type: Wait
                  name: pause
                  identifier: pause
                  spec:
                    duration: 1m
    ```

    ## Use instead
    ```yaml
    template:
      name: gate
      identifier: gate
      versionLabel: v1
      type: Stage
      spec:
        type: Custom
        strategy:
          matrix:
            region: [eu, us]
            maxConcurrency: 2
        spec:
          execution:
            steps:
              - step:
                  type: Wait
                  name: pause
                  identifier: pause
                  spec:
                    duration: 1m
    ```
    """,
)

RULES = (
    conflicting_keys,
    empty_value,
    unknown_template_type,
    unquoted_value,
    unsupported_value,
    wrong_case,
    wrong_number_of_entries,
)
