"""Secrets that containers use, against those that the pipeline declares."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import INFO, WARNING, Finding, Related
from pipelint.rule import rule
from pipelint.symbols import Definition
from pipelint.vela.build import SECRET
from pipelint.vela.calls import may_bring_more
from pipelint.vela.context import Context
from pipelint.vela.model import Container, Pipeline, SecretUse
from pipelint.vela.names import named
from pipelint.vela.near import MOST_COMPARED, NOTHING, offer, probably_meant
from pipelint.wildcard import matcher


@rule(on=Pipeline, level=WARNING, family="vela", about=("secrets",))
def undeclared_secret(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a step or a secret origin that uses a secret which nothing declares.

    ## Why is this bad?
    Vela looks for the name among the secrets of the pipeline. Where it finds none it starts the
    container without the secret, and says nothing.

    Nothing is reported where the secret may come from elsewhere: the pipeline has an origin, calls
    a template, or is a template itself. Letter case counts.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - name: docker_password
        key: octocat/hello-world/docker_password
    steps:
      - name: test
        image: golang:1.24
        secrets: [docker_password]
        commands: [make test]
      - name: publish
        image: target/vela-docker:v0.8.0
        secrets: [docker_pasword]
    ```

    ## Use instead
    ```yaml
    version: "1"
    secrets:
      - name: docker_password
        key: octocat/hello-world/docker_password
    steps:
      - name: test
        image: golang:1.24
        secrets: [docker_password]
        commands: [make test]
      - name: publish
        image: target/vela-docker:v0.8.0
        secrets: [docker_password]
    ```

    ## Fix safety
    Unsafe: another secret may have been meant.

    ## Options
    Names that something else provides can be listed under `vela: {known-secrets: […]}`; `*` stands
    for any text.

    ## References
    - https://go-vela.github.io/docs/reference/yaml/secrets/
    """
    if _may_come_from_elsewhere(pipeline, context):
        return
    for position, (container, use) in enumerate(_undeclared(pipeline, context)):
        asks = position < MOST_COMPARED
        near = offer(use.source, SECRET, context.symbols) if asks else NOTHING
        yield Finding(
            use.source.span,
            f"{named(container)} uses secret `{use.source.value}`, which is not declared",
            "no secret of this name",
            help=near.help or "declare it under `secrets`",
            notes=("Vela starts the container without it",),
            related=near.related,
            fixes=near.fixes,
        )


def _may_come_from_elsewhere(pipeline: Pipeline, context: Context) -> bool:
    hidden = context.templated or pipeline.is_template or SECRET in context.symbols.open_kinds
    fetched = any(secret.origin and not secret.origin.empty for secret in pipeline.secrets)
    return hidden or fetched or may_bring_more(pipeline)


def _undeclared(pipeline: Pipeline, context: Context) -> Iterator[tuple[Container, SecretUse]]:
    """Give each use of an unknown name once."""
    known = [matcher(pattern) for pattern in context.known_secrets]
    for container in _with_own_lists(pipeline):
        for use in container.secrets:
            name = use.source.value
            if not context.symbols.find(SECRET, name) and not any(is_(name) for is_ in known):
                yield container, use


def _with_own_lists(pipeline: Pipeline) -> Iterator[Container]:
    """Give the containers that take secrets; of those that share an anchored list, the first.

    The schema says that a service takes none.
    """
    seen: set[int] = set()
    for container in pipeline.containers:
        secrets = id(container.node.get("secrets"))
        if container.what != "service" and secrets not in seen:
            seen.add(secrets)
            yield container


@rule(on=Pipeline, level=INFO, family="vela", about=("secrets",))
def unused_secret(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a declared secret that no container uses.

    ## Why is this bad?
    Vela fetches every declared secret when the build starts. One that nobody needs is fetched in
    vain, and when it is deleted from the store one day, the build fails for nothing.

    Nothing is reported where a template is called: its steps may use the secret.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - name: slack_webhook
        key: octocat/hello-world/slack_webhook
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
    - https://go-vela.github.io/docs/reference/yaml/secrets/
    """
    hidden = context.templated or pipeline.is_template or context.tree.problems
    if hidden or may_bring_more(pipeline):
        return
    used = {use.name.lower() for use in context.symbols.uses(SECRET)}
    # Another letter case in the use, or a misspelt name, is a finding there.
    meant = probably_meant(SECRET, context.symbols)
    for secret in _first_of_each(context):
        if secret.name.lower() not in used and secret.name not in meant:
            yield Finding(
                secret.span,
                f"secret `{secret.name}` is not used",
                "no container asks for it",
                help="remove it, or name it under `secrets` of a step",
                notes=("Vela fetches it all the same, and the build fails when it cannot",),
            )


def _first_of_each(context: Context) -> list[Definition]:
    first: dict[str, Definition] = {}
    for definition in context.symbols.of_kind(SECRET):
        first.setdefault(definition.name, definition)
    return list(first.values())


@rule(on=Pipeline, level=WARNING, family="vela", about=("secrets",))
def duplicate_secret(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a secret whose name another secret has.

    ## Why is this bad?
    Vela fetches both when the build starts; the steps get the last one. The first is never a
    fallback: where one of them is missing in the store, the build fails.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - name: token
        key: octocat/hello-world/token
      - name: token
        key: octocat/token
        type: org
    steps:
      - name: publish
        image: alpine:3.22
        secrets: [token]
        commands: [./publish.sh]
    ```

    ## Use instead
    ```yaml
    version: "1"
    secrets:
      - name: token
        key: octocat/token
        type: org
    steps:
      - name: publish
        image: alpine:3.22
        secrets: [token]
        commands: [./publish.sh]
    ```

    ## References
    - https://go-vela.github.io/docs/reference/yaml/secrets/
    """
    if context.templated:  # the two may stand in different branches of the template
        return
    first: dict[str, Definition] = {}
    for secret in context.symbols.of_kind(SECRET):
        before = first.setdefault(secret.name, secret)
        if before is not secret:
            yield Finding(
                secret.span,
                f"secret `{secret.name}` is declared twice",
                "the last one counts",
                help="remove one of them, or give it another name",
                related=(Related(before.span, "first here"),),
            )


@rule(on=Pipeline, level=WARNING, family="vela", about=("secrets",))
def duplicate_secret_target(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports two secrets of one step that go into the same variable.

    ## Why is this bad?
    The second overwrites the first. Vela writes targets in upper case, so `token` and `TOKEN` are
    one variable; a secret without a target goes into the variable of its own name.

    ## Example
    ```yaml
    version: "1"
    secrets:
      - name: docker_password
        key: octocat/hello-world/docker_password
      - name: npm_password
        key: octocat/hello-world/npm_password
    steps:
      - name: publish
        image: alpine:3.22
        secrets:
          - source: docker_password
            target: password
          - source: npm_password
            target: PASSWORD
        commands: [./publish.sh]
    ```

    ## Use instead
    ```yaml
    version: "1"
    secrets:
      - name: docker_password
        key: octocat/hello-world/docker_password
      - name: npm_password
        key: octocat/hello-world/npm_password
    steps:
      - name: publish
        image: alpine:3.22
        secrets:
          - source: docker_password
            target: docker_password
          - source: npm_password
            target: npm_password
        commands: [./publish.sh]
    ```

    ## When not to use it
    In a store, secrets can be limited to events. Two that are never given in the same build may
    share a variable.

    ## References
    - https://go-vela.github.io/docs/reference/yaml/secrets/
    """
    if context.templated:
        return
    for container in _with_own_lists(pipeline):
        yield from _same_variable(container)


def _same_variable(container: Container) -> Iterator[Finding]:
    first: dict[str, SecretUse] = {}
    for use in container.secrets:
        before = first.setdefault(use.variable, use)
        if before is use:
            continue
        twice = before.source.value == use.source.value
        yield Finding(
            (use.target or use.source).span,
            f"secret `{use.source.value}` stands twice in {named(container)}"
            if twice
            else f"two secrets of {named(container)} go into variable `{use.variable}`",
            "taken by another secret" if not twice else "the same variable again",
            help="remove one of them" if twice else "give one of them another target",
            related=(Related((before.target or before.source).span, "first here"),),
        )


RULES = (duplicate_secret, duplicate_secret_target, undeclared_secret, unused_secret)
