"""Keys that Vela reads and that do nothing, and values that are deprecated."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import INFO, WARNING, Edit, Finding, Fix, Related
from pipelint.rule import rule
from pipelint.vela.context import Context
from pipelint.vela.model import Container, Pipeline
from pipelint.vela.names import named
from pipelint.vela.values import flag_of, is_filled, text_of
from pipelint.yaml.node import Mapping, Scalar, Sequence

WITHOUT_EFFECT = {
    "step": {
        "privileged": "the administrators list the images that run privileged",
        "volumes": "the worker mounts only the volumes of its own configuration",
    },
    "service": {"ports": "steps reach every port of a service by its name"},
    "secret origin": {},
}


@rule(on=Container, level=INFO, family="vela", about=("privileged", "volumes", "ports"))
def key_without_effect(container: Container, context: Context) -> Iterator[Finding]:
    """Reports a key that Vela reads and nothing uses.

    ## Why is this bad?
    The pipeline says something that does not happen. `privileged` and `volumes` of a step are
    settings of the worker, which only administrators change; `ports` of a service are not needed.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: build
        image: golang:1.24
        privileged: true
        commands: [go build ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: build
        image: golang:1.24
        commands: [go build ./...]
    ```

    ## When not to use it
    Workers on Kubernetes may be set up in another way.
    """
    for name, why in WITHOUT_EFFECT[container.what].items():
        key, value = container.node.key(name), container.node.get(name)
        if key is not None and is_filled(value) and flag_of(value) is not False:
            yield Finding(
                key.span,
                f"`{name}` of {named(container)} has no effect",
                "nothing reads it",
                help="remove it",
                notes=(why,),
            )


@rule(on=Container, level=INFO, family="vela", about=("pull",))
def deprecated_pull(container: Container, context: Context) -> Iterator[Finding]:
    """Reports `pull: true` and `pull: false`.

    ## Why is this bad?
    They are the old words for `always` and `not_present`. Vela still takes them and means to drop
    them.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        pull: true
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        pull: always
        commands: [go test ./...]
    ```

    ## Fix safety
    The fix is safe: both words mean the same. It is unsafe where the value is anchored, and may be
    a flag elsewhere.

    ## References
    - https://go-vela.github.io/docs/reference/yaml/steps/
    """
    pull = text_of(container.node.get("pull"))
    right = {"true": "always", "false": "not_present"}.get(pull.value.lower() if pull else "")
    if pull and right:
        edit = Edit(pull.node.span, right)
        alone = pull.node.anchor is None  # else it may be a flag elsewhere
        yield Finding(
            pull.span,
            f"`pull: {pull.value}` is deprecated",
            f"the old word for `{right}`",
            help=f"write `{right}`",
            fixes=(Fix(f"replace `{pull.value}` with `{right}`", (edit,), safe=alone),)
            if pull.node.tag is None
            else (),
        )


@rule(on=Pipeline, level=WARNING, family="vela", about=("<<",))
def merge_among_stages(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a merge key directly under `stages`.

    ## Why is this bad?
    Vela reads the keys under `stages` as the names of stages, `<<` too. It becomes a stage called
    `<<`, and the stages that were to be merged are lost.

    ## Example
    ```yaml
    version: "1"
    common: &common
      build:
        steps:
          - name: compile
            image: golang:1.24
            commands: [go build ./...]
    stages:
      <<: *common
      test:
        steps:
          - name: unit
            image: golang:1.24
            commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    build: &build
      steps:
        - name: compile
          image: golang:1.24
          commands: [go build ./...]
    stages:
      build: *build
      test:
        steps:
          - name: unit
            image: golang:1.24
            commands: [go test ./...]
    ```
    """
    stages = pipeline.node.get("stages")
    for key, _ in stages.pairs if isinstance(stages, Mapping) else ():
        if isinstance(key, Scalar) and key.text == "<<":
            yield Finding(
                key.span,
                "`<<` under `stages` is taken for the name of a stage",
                "no merge here",
                help="name each stage, with an alias as its value",
            )


@rule(on=Container, level=INFO, family="vela", about=("<<",))
def shallow_merge(container: Container, context: Context) -> Iterator[Finding]:
    """Reports a map that replaces the one a merge would bring in.

    ## Why is this bad?
    `<<` does not merge deeply. A step with `environment` or `parameters` of its own loses all
    entries of those that the merged map has; many people expect that both are joined.

    ## Example
    ```yaml
    version: "1"
    go: &go
      image: golang:1.24
      environment:
        CGO_ENABLED: "0"
    steps:
      - name: build
        <<: *go
        environment:
          GOOS: linux
        commands: [go build ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    go: &go
      image: golang:1.24
      environment: &go-environment
        CGO_ENABLED: "0"
    steps:
      - name: build
        <<: *go
        environment:
          <<: *go-environment
          GOOS: linux
        commands: [go build ./...]
    ```
    """
    if not context.tree.merging:
        return
    for name in ("environment", "parameters"):
        own = container.node.fields.get(name)
        if own is None or not isinstance(own[1], Mapping) or "<<" in own[1].fields:
            continue
        hidden = _hidden(container.node, name)
        lost = [key for key in hidden.fields if key not in own[1].fields] if hidden else []
        if hidden and lost:
            yield Finding(
                own[0].span,
                f"`{name}` replaces the merged one; `{lost[0]}` is lost",
                "merges are not deep",
                help=f"merge the `{name}`, too: `<<: *…` inside it",
                related=(Related(hidden.span, "not used here"),),
            )


def _hidden(node: Mapping, name: str) -> Mapping | None:
    """Return the map under a key that `<<` would bring in, were the key not there."""
    from pipelint.yaml.merge import sources

    if "<<" not in node.fields:
        return None
    for source in sources(node):
        value = source.get(name)
        if isinstance(value, Mapping) and value is not node.get(name):
            return value
        if isinstance(value, (Scalar, Sequence)):
            return None
    return None


RULES = (deprecated_pull, key_without_effect, merge_among_stages, shallow_merge)
