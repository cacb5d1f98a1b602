"""How much Vela takes: the limits that its server has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelint.diagnostic import ERROR, Finding
from pipelint.rule import rule
from pipelint.vela.context import Context
from pipelint.vela.model import Pipeline, Step
from pipelint.vela.names import named
from pipelint.vela.values import Text, is_filled, mapping_of, text_of, texts_of
from pipelint.yaml.node import Mapping

REPORT_AS, TOKEN_REPOSITORIES, TOKEN_STEPS = 10, 10, 10


@rule(on=Pipeline, level=ERROR, family="vela", about=("report_as",))
def too_many_reports(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports the steps with `report_as` that are beyond the limit of ten.

    ## Why is this bad?
    Vela refuses a pipeline in which more than ten steps report a commit status of their own. Its
    message prints a wrong number and no place. Steps that their rulesets drop do not count, so
    that such a pipeline may work on one event and fail on another.

    ## Use instead
    Report the steps that people look at; let the others be part of the build's own status.

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

    ## Use instead
    Ask for the token once, under `git` at the top of the pipeline.

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

    ## Use instead
    Split the step, or ask for a token without `repositories`.

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
