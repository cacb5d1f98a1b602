"""How much Vela takes: the limits that its server has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelint.diagnostic import ERROR, Finding
from pipelint.rule import rule
from pipelint.vela.context import Context
from pipelint.vela.model import Pipeline, Step
from pipelint.vela.names import named
from pipelint.vela.values import Text, is_filled, text_of, texts_of
from pipelint.yaml.node import Mapping
from pipelint.yaml.view import mapping_of

REPORT_AS, TOKEN_REPOSITORIES, TOKEN_STEPS = 10, 10, 10


@rule(on=Pipeline, level=ERROR, family="vela", about=("report_as",))
def too_many_reports(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports the steps with `report_as` that are beyond the limit of ten.

    ## Why is this bad?
    Vela refuses a pipeline in which more than ten steps report a commit status of their own. Its
    message prints a wrong number and no place. Steps that their rulesets drop do not count, so
    that such a pipeline may work on one event and fail on another.

    ## Example
    ```yaml
    version: "1"
    steps:
      - {name: test-1, image: "golang:1.24", commands: [make test-1], report_as: test-1}
      - {name: test-2, image: "golang:1.24", commands: [make test-2], report_as: test-2}
      - {name: test-3, image: "golang:1.24", commands: [make test-3], report_as: test-3}
      - {name: test-4, image: "golang:1.24", commands: [make test-4], report_as: test-4}
      - {name: test-5, image: "golang:1.24", commands: [make test-5], report_as: test-5}
      - {name: test-6, image: "golang:1.24", commands: [make test-6], report_as: test-6}
      - {name: test-7, image: "golang:1.24", commands: [make test-7], report_as: test-7}
      - {name: test-8, image: "golang:1.24", commands: [make test-8], report_as: test-8}
      - {name: test-9, image: "golang:1.24", commands: [make test-9], report_as: test-9}
      - {name: test-10, image: "golang:1.24", commands: [make test-10], report_as: test-10}
      - {name: test-11, image: "golang:1.24", commands: [make test-11], report_as: test-11}
    ```

    ## Use instead
    Report what people look at; let the rest be part of the build's own status.

    ```yaml
    version: "1"
    steps:
      - {name: unit, image: "golang:1.24", commands: [make unit-tests], report_as: unit}
      - {name: system, image: "golang:1.24", commands: [make system-tests], report_as: system}
    ```

    ## Options
    The limit is `report-as` under `vela: {limits: …}`.
    """
    limit = context.limits.get("report-as", REPORT_AS)
    reports = [text for step in pipeline.steps if (text := text_of(step.node.get("report_as")))]
    always = [s for s in pipeline.steps if text_of(s.node.get("report_as")) and s.ruleset is None]
    if len(always) > limit:
        yield _beyond(reports[limit], f"{len(reports)} steps have `report_as`", limit)


@rule(on=Pipeline, level=ERROR, family="vela", about=("repositories",))
def too_many_tokens(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports the steps with a git token of their own that are beyond the limit of ten.

    ## Why is this bad?
    Vela refuses a pipeline in which more than ten steps ask for a token for certain repositories.

    ## Example
    ```yaml
    version: "1"
    token: &token
      image: alpine:3.22
      commands: [./push.sh]
      git: {token: {repositories: [docs]}}
    steps:
      - {<<: *token, name: push-1}
      - {<<: *token, name: push-2}
      - {<<: *token, name: push-3}
      - {<<: *token, name: push-4}
      - {<<: *token, name: push-5}
      - {<<: *token, name: push-6}
      - {<<: *token, name: push-7}
      - {<<: *token, name: push-8}
      - {<<: *token, name: push-9}
      - {<<: *token, name: push-10}
      - {<<: *token, name: push-11}
    ```

    ## Use instead
    Ask for the token once, at the top of the pipeline.

    ```yaml
    version: "1"
    git: {token: {repositories: [docs]}}
    steps:
      - name: push
        image: alpine:3.22
        commands: [./push.sh]
    ```

    ## Options
    The limit is `token-steps` under `vela: {limits: …}`.
    """
    limit = context.limits.get("token-steps", TOKEN_STEPS)
    tokens = [step for step in pipeline.steps if repositories_of(step.node)]
    if len([step for step in tokens if step.ruleset is None]) > limit:
        beyond = repositories_of(tokens[limit].node)[0]
        yield _beyond(beyond, f"{len(tokens)} steps ask for a git token", limit)


@rule(on=Step, level=ERROR, family="vela", about=("repositories",))
def too_many_repositories(step: Step, context: Context) -> Iterator[Finding]:
    """Reports the repositories of a step's git token that are beyond the limit of ten.

    ## Why is this bad?
    Vela refuses the pipeline.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: push
        image: alpine:3.22
        commands: [./push.sh]
        git:
          token:
            repositories: [api, app, assets, audit, blog, build, cache, chat, cli, docs, mail]
    ```

    ## Use instead
    Split the step, or ask for a token for all repositories.

    ```yaml
    version: "1"
    steps:
      - name: push
        image: alpine:3.22
        commands: [./push.sh]
        git:
          token:
            permissions: {contents: write}
    ```

    ## Options
    The limit is `token-repositories` under `vela: {limits: …}`.
    """
    limit = context.limits.get("token-repositories", TOKEN_REPOSITORIES)
    repositories = repositories_of(step.node)
    if len(repositories) > limit:
        said = f"{named(step.container)} asks for {len(repositories)} repositories"
        yield _beyond(repositories[limit], said, limit)


def repositories_of(owner: Mapping) -> Sequence[Text]:
    """Return the repositories that the token of a step, or of the pipeline, is for."""
    git = mapping_of(owner.get("git"))
    token = mapping_of(git.get("token")) if git else None
    if token is None or not is_filled(token.get("repositories")):
        return []
    return texts_of(token.get("repositories"))


def _beyond(text: Text, said: str, limit: int) -> Finding:
    return Finding(text.span, f"{said}; Vela allows {limit}", f"number {limit + 1}", "remove some")


RULES = (too_many_reports, too_many_repositories, too_many_tokens)
