"""What the catalogue says about the shape of a pipeline, under the names of rules.

These rules have no function: the guided validator reports under their names.
"""

from __future__ import annotations

from pipelint.diagnostic import ERROR, WARNING
from pipelint.rule import Rule

unknown_value = Rule(
    name="unknown-value",
    level=WARNING,
    family="vela",
    document="""Reports a value that is not one of those which Vela knows.

    ## Why is this bad?
    Vela takes any text and acts as if something else were written: it does not pull the image, it
    uses another matcher, or the build fails when it starts. The finding says which.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        pull: sometimes
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        pull: not_present
        commands: [go test ./...]
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.
    """,
)

command_not_text = Rule(
    name="command-not-text",
    level=ERROR,
    family="vela",
    document="""Reports a command that YAML reads as a map or a list.

    ## Why is this bad?
    A colon followed by a blank makes a map of a line, `[` and `{` at its beginning make a list or
    a map. Vela refuses the pipeline and says neither which command nor which step it means.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: greet
        image: alpine:3.22
        commands:
          - echo greeting: hello
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: greet
        image: alpine:3.22
        commands:
          - "echo greeting: hello"
    ```

    ## Fix safety
    The fix is safe: Vela refuses what is there.

    ## References
    - https://go-vela.github.io/docs/usage/troubleshooting/
    """,
)

malformed_environment = Rule(
    name="malformed-environment",
    level=ERROR,
    family="vela",
    document="""Reports an entry of an environment that is no `NAME=value`.

    ## Why is this bad?
    Vela refuses the pipeline without saying where. An environment is a map of names to values, or
    a list of texts with an equals sign.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: build
        image: golang:1.24
        environment:
          - GOOS
        commands: [go build ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: build
        image: golang:1.24
        environment:
          - GOOS=linux
        commands: [go build ./...]
    ```

    ## Fix safety
    The fix is safe: Vela refuses what is there.
    """,
)

missing_version = Rule(
    name="missing-version",
    level=ERROR,
    family="vela",
    document="""Reports a pipeline without a version.

    ## Why is this bad?
    Vela refuses the pipeline. Only templates need no version.

    ## Example
    ```yaml
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Fix safety
    The fix is safe: there is no other version, and Vela refuses a pipeline without one.

    ## References
    - https://go-vela.github.io/docs/reference/yaml/version/
    """,
)

mixed_secrets = Rule(
    name="mixed-secrets",
    level=ERROR,
    family="vela",
    document="""Reports a list of secrets in which names and maps are mixed.

    ## Why is this bad?
    Vela takes either a list of names, or a list of maps with `source` and `target`. It refuses a
    mixture without saying where.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - name: user
        key: octocat/hello/user
      - name: token
        key: octocat/hello/token
    steps:
      - name: push
        image: alpine:3.22
        secrets:
          - user
          - source: token
            target: password
        commands: [./push.sh]
    ```

    ## Use instead
    ```yaml
    version: "1"
    secrets:
      - name: user
        key: octocat/hello/user
      - name: token
        key: octocat/hello/token
    steps:
      - name: push
        image: alpine:3.22
        secrets:
          - source: user
            target: user
          - source: token
            target: password
        commands: [./push.sh]
    ```
    """,
)

malformed_ulimit = Rule(
    name="malformed-ulimit",
    level=ERROR,
    family="vela",
    document="""Reports a ulimit that is not written as `name=soft` or `name=soft:hard`.

    ## Why is this bad?
    Vela refuses the pipeline. Both limits are whole numbers.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        ulimits: ["nofile=many"]
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        ulimits: ["nofile=1024:2048"]
        commands: [go test ./...]
    ```
    """,
)

malformed_volume = Rule(
    name="malformed-volume",
    level=ERROR,
    family="vela",
    document="""Reports a volume with more than two colons.

    ## Why is this bad?
    Vela refuses the pipeline. A volume is `source`, `source:destination` or
    `source:destination:mode`.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
        volumes: ["/etc/ssl:/etc/ssl:ro:z"] # pipelint: ignore[key-without-effect]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
        volumes: ["/etc/ssl:/etc/ssl:ro"] # pipelint: ignore[key-without-effect]
    ```
    """,
)

unsupported_version = Rule(
    name="unsupported-version",
    level=ERROR,
    family="vela",
    document="""Reports `version: legacy`.

    ## Why is this bad?
    Vela used to read old pipelines with it, and refuses them now.

    ## Example
    ```yaml
    version: legacy
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## References
    - https://go-vela.github.io/docs/usage/troubleshooting/
    """,
)

RULES = (
    command_not_text,
    malformed_environment,
    malformed_ulimit,
    malformed_volume,
    missing_version,
    mixed_secrets,
    unknown_value,
    unsupported_version,
)
