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
    """,
)

malformed_duration = Rule(
    name="malformed-duration",
    level=ERROR,
    family="harness",
    document="""Reports a timeout or another duration that Harness cannot read.

    ## Why is this bad?
    A duration is a number with a unit (`s`, `m`, `h`, `d`, `w`), or several such parts. Harness
    refuses anything else: bare numbers, milliseconds, fractions, and less than ten seconds.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 500ms
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
        timeout: 10s
        spec:
          url: https://example.com/health
          method: GET
    ```

    ## References
    - https://developer.harness.io/docs/platform/pipelines/failure-handling/timeout-settings
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

malformed_identifier = Rule(
    name="malformed-identifier",
    level=ERROR,
    family="harness",
    document="""Reports an identifier with characters that Harness does not take.

    ## Why is this bad?
    An identifier has letters, digits and underscores, does not begin with a digit and is at most
    128 characters long. Expressions name things by it.

    ## Example
    ```yaml
    template:
      name: check
      identifier: health-check
      versionLabel: v1
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
      identifier: health_check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        timeout: 30s
        spec:
          url: https://example.com/health
          method: GET
    ```

    ## References
    - https://developer.harness.io/docs/platform/references/entity-identifier-reference
    """,
)

malformed_name = Rule(
    name="malformed-name",
    level=ERROR,
    family="harness",
    document="""Reports a name with characters that Harness does not take.

    ## Why is this bad?
    A name has letters, digits, spaces, `_`, `-` and `.`, and at most 128 of them. Harness refuses
    `&`, `+`, brackets and other signs.

    ## Example
    ```yaml
    template:
      name: Check (prod)
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

    ## Use instead
    ```yaml
    template:
      name: Check prod
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

    ## References
    - https://developer.harness.io/docs/platform/references/entity-identifier-reference
    """,
)

malformed_variable_name = Rule(
    name="malformed-variable-name",
    level=ERROR,
    family="harness",
    document="""Reports a variable whose name Harness does not take.

    ## Why is this bad?
    The name of a variable begins with a letter or an underscore and has letters, digits, `_`, `.`,
    `-` and `$`. Harness refuses any other.

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
          - name: 1st
            type: String
            value: one
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
          - name: first
            type: String
            value: one
    ```
    """,
)

malformed_version_label = Rule(
    name="malformed-version-label",
    level=ERROR,
    family="harness",
    document="""Reports a version label with characters that Harness does not take.

    ## Why is this bad?
    A version label begins with a letter or a digit, and has no blank, no `/` and no `&` in it.
    Harness refuses any other.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1/beta
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
      versionLabel: v1-beta
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

    ## References
    - https://developer.harness.io/docs/platform/templates/template
    """,
)

malformed_value = Rule(
    name="malformed-value",
    level=ERROR,
    family="harness",
    document="""Reports a value that is not written the way Harness needs it.

    ## Why is this bad?
    Harness refuses the document, or fails when it runs it. The finding says what is asked for.

    ## Example
    ```yaml
    infrastructureDefinition:
      name: cluster
      identifier: cluster
      environmentRef: qa
      deploymentType: Kubernetes
      type: KubernetesDirect
      spec:
        connectorRef: qa_cluster
        namespace: Web_Shop
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
        namespace: web-shop
        releaseName: release-<+INFRA_KEY_SHORT_ID>
    ```
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
    malformed_duration,
    malformed_identifier,
    malformed_name,
    malformed_value,
    malformed_variable_name,
    malformed_version_label,
    unknown_template_type,
    unquoted_value,
    unsupported_value,
    wrong_case,
    wrong_number_of_entries,
)
