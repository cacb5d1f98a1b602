"""Values that are not written the way Harness needs them: names, durations, labels.

These rules have no function: the guided validator reports under their names.
"""

from __future__ import annotations

from pipelint.diagnostic import ERROR
from pipelint.rule import Rule

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

    ## Fix safety
    The fix is unsafe: the name need not be the one that is used elsewhere.
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

RULES = (
    malformed_duration,
    malformed_identifier,
    malformed_name,
    malformed_value,
    malformed_variable_name,
    malformed_version_label,
)
