"""The rules under which schemas report, whatever the dialect; they have no function."""

from __future__ import annotations

from pipelint.diagnostic import ERROR, WARNING
from pipelint.rule import Rule

user_schema = Rule(
    name="user-schema",
    level=ERROR,
    family="style",
    document="""Reports what a JSON Schema of your own says against a pipeline.

    ## Why is this bad?
    Your configuration names the schema under `schemas:`, for rules that only your organisation
    has: which images are allowed, which keys every step needs. The finding says where in the
    schema the rule stands.

    ## Use instead
    Write the pipeline as the schema asks, or change the schema.
    """,
)

unknown_key = Rule(
    name="unknown-key",
    level=WARNING,
    family="yaml",
    document="""Reports a key that the platform does not know at its place.

    ## Why is this bad?
    Vela and Harness ignore keys that they do not know, without a word, at every level: a step of
    Vela with `env:` has no environment, one of Harness with `timout:` has no timeout. At the top of
    a Vela file any key may hold anchors; there only keys are reported that look like its own.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        env:
          CGO_ENABLED: "0"
        commands: [go test ./...]
    ```

    ```yaml
    template:
      name: compile
      identifier: compile
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timout: 10m
        spec:
          shell: Sh
          command: make
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        environment:
          CGO_ENABLED: "0"
        commands: [go test ./...]
    ```

    ```yaml
    template:
      name: compile
      identifier: compile
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: make
    ```

    ## Fix safety
    The fix is unsafe: what is ignored today begins to work.

    ## References
    - https://go-vela.github.io/docs/reference/yaml/steps/
    """,
)

missing_key = Rule(
    name="missing-key",
    level=ERROR,
    family="yaml",
    document="""Reports a map that lacks a key which it must have.

    ## Why is this bad?
    Vela and Harness refuse the file.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - name: token
        key: octocat/hello/token
    steps:
      - name: push
        image: alpine:3.22
        secrets:
          - source: token
        commands: [./push.sh]
    ```

    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        spec:
          url: https://example.com/health
    ```

    ## Use instead
    ```yaml
    version: "1"
    secrets:
      - name: token
        key: octocat/hello/token
    steps:
      - name: push
        image: alpine:3.22
        secrets:
          - source: token
            target: deploy_token
        commands: [./push.sh]
    ```

    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Http
        spec:
          url: https://example.com/health
          method: GET
    ```
    """,
)

misspelt_key = Rule(
    name="misspelt-key",
    level=ERROR,
    family="yaml",
    document="""Reports an unknown key that stands in the place of one which must be there.

    ## Why is this bad?
    The platform ignores the key that it does not know, misses the one that is meant, and refuses
    the file. Where no other key is missed, `unknown-key` reports the slip.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - name: token
        key: octocat/hello/token
    steps:
      - name: push
        image: alpine:3.22
        secrets:
          - source: token
            traget: deploy_token
        commands: [./push.sh]
    ```

    ```yaml
    template:
      name: compile
      identifier: compile
      versionLabel: v1
      type: Step
      spec:
        typ: Run
        spec:
          shell: Sh
          command: make
    ```

    ## Use instead
    ```yaml
    version: "1"
    secrets:
      - name: token
        key: octocat/hello/token
    steps:
      - name: push
        image: alpine:3.22
        secrets:
          - source: token
            target: deploy_token
        commands: [./push.sh]
    ```

    ```yaml
    template:
      name: compile
      identifier: compile
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Sh
          command: make
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.
    """,
)

wrong_type = Rule(
    name="wrong-type",
    level=ERROR,
    family="yaml",
    document="""Reports a value of another kind than is needed there, such as a list for a text.

    ## Why is this bad?
    Vela and Harness refuse the file; Vela says for some keys not even where.

    ## Example
    ```yaml
    version: "1"
    steps:
      test:
        image: golang:1.24
        commands: [go test ./...]
    ```

    ```yaml
    template:
      name: compile
      identifier: compile
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Sh
          command: [make, test]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ```yaml
    template:
      name: compile
      identifier: compile
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Sh
          command: make test
    ```

    ## Fix safety
    To remove quotes, or to put them in, is safe: the platform refuses what is there. To write a
    near name is unsafe.
    """,
)

RULES = (misspelt_key, missing_key, unknown_key, user_schema, wrong_type)
