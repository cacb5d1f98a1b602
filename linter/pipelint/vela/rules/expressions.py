"""Expressions of rulesets: what the server cannot compile, and what it cannot evaluate.

The reader of expressions is imported where it is needed: few pipelines have any.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipelint.diagnostic import ERROR, INFO, Finding
from pipelint.rule import rule
from pipelint.vela.context import Context
from pipelint.vela.model import Container, Pipeline
from pipelint.vela.rules.patterns import span_within
from pipelint.vela.rulesets import is_dynamic
from pipelint.vela.scope import UNSET, Scope, Scopes
from pipelint.vela.values import Text
from pipelint.yaml.view import mapping_of

if TYPE_CHECKING:
    from pipelint.vela.evaluation.names import Name
    from pipelint.vela.evaluation.problem import EvaluationProblem


@rule(on=Pipeline, level=ERROR, family="vela", about=("eval",))
def invalid_eval(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports an `eval` that Vela cannot compile, or that gives neither true nor false.

    ## Why is this bad?
    Vela refuses the pipeline, without a place. All variables are text in such an expression:
    compare them with text, or turn them into numbers with `int()`.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
        ruleset:
          eval: VELA_BUILD_NUMBER > 100
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
        ruleset:
          eval: int(VELA_BUILD_NUMBER) > 100
    ```

    ## References
    - https://expr-lang.org/docs/language-definition
    """
    budget = EVALUATED
    for container in pipeline.containers:
        for text in _evaluated(container):
            budget -= len(text.value)
            for finding in _refused_eval(text, container, context) if budget > 0 else ():
                budget -= MISTAKE
                yield finding


EVALUATED = 100_000
"""How many characters of expressions are read in one file; nobody writes more."""

MISTAKE = 50
"""As many characters a mistake counts for: it takes longer to say what would be right."""


def _evaluated(container: Container) -> Iterator[Text]:
    ruleset = container.ruleset
    if ruleset is None or not _has_environment(container):
        return
    for text in (ruleset.when.eval, ruleset.unless.eval):
        if text is not None and not is_dynamic(text.value):
            yield text


def _has_environment(container: Container) -> bool:
    """Tell whether the server evaluates at all: a step that calls a template needs variables."""
    calls = mapping_of(container.node.get("template")) is not None
    return not calls or bool(container.environment.variables)


def _refused_eval(text: Text, container: Container, context: Context) -> Iterator[Finding]:
    from pipelint.vela.evaluation.check import check
    from pipelint.vela.evaluation.environment import ALWAYS_SET

    own = container.environment.by_name.keys()
    calls = mapping_of(container.node.get("template")) is not None
    known = own if calls else own | ALWAYS_SET if container.what == "step" else ()
    for problem in check(text.value, known):
        yield Finding(
            span_within(text, problem.start, problem.end, context),
            problem.message,
            "refused by Vela",
            help=problem.help,
        )


@rule(on=Pipeline, level=INFO, family="vela", about=("eval",))
def unknown_variable_in_eval(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a variable in an `eval` that nothing sets.

    ## Why is this bad?
    Vela takes a variable that it does not know for an empty text, without a word: the step never
    runs, or always. Where that makes the expression fail, `failing-eval` says so. An expression
    sees the environment of the step, `PARAMETER_…` and the variables of
    Vela; neither secrets nor what a step before has set.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: deploy
        image: alpine:3.22
        commands: [./deploy.sh]
        ruleset:
          eval: DEPLOY_TO == "production"
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: deploy
        image: alpine:3.22
        commands: [./deploy.sh]
        ruleset:
          eval: VELA_BUILD_BRANCH == "production"
    ```

    ## References
    - https://expr-lang.org/docs/language-definition
    """
    told: set[tuple[int, int]] = set()
    for text, scope in _in_steps(pipeline, context):
        failing = _failing(text, scope)
        for name in _unset(text, scope):
            # a ruleset that an alias shares is told once
            place = text.node.start, name.start
            if place in told or any(one.start <= name.start < one.end for one in failing):
                continue
            told.add(place)
            yield Finding(
                span_within(text, name.start, name.end, context),
                f"nothing sets `{name.name}`, which this expression reads",
                "an empty text here",
                help=_DEFINE,
            )


_DEFINE = "define it under `environment`, or use a variable of Vela"


@rule(on=Pipeline, level=ERROR, family="vela", about=("eval",))
def failing_eval(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports an `eval` that fails because nothing sets one of its variables.

    ## Why is this bad?
    Vela takes a variable that it does not know for an empty text. That is no number and neither
    true nor false: where the expression needs one, it cannot be evaluated, and Vela refuses the
    pipeline.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: deploy
        image: alpine:3.22
        commands: [./deploy.sh]
        ruleset:
          eval: int(REPLICAS) > 1
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: deploy
        image: alpine:3.22
        commands: [./deploy.sh]
        environment:
          REPLICAS: 3
        ruleset:
          eval: int(REPLICAS) > 1
    ```

    ## References
    - https://expr-lang.org/docs/language-definition
    """
    for text, scope in _in_steps(pipeline, context):
        for problem in _failing(text, scope)[:1]:  # at the first one Vela stops
            yield Finding(
                span_within(text, problem.start, problem.end, context),
                problem.message,
                "fails in Vela",
                help=_DEFINE,
            )


def _in_steps(pipeline: Pipeline, context: Context) -> Iterator[tuple[Text, Scope]]:
    """Give the expressions of steps, with the variables that are there; up to the limit."""
    budget = EVALUATED
    scopes: Scopes | None = None
    for step in pipeline.steps:
        for text in () if step.template else _evaluated(step.container):
            budget -= len(text.value)
            if budget <= 0:
                return
            scopes = scopes or Scopes(context)
            yield text, scopes.of_step(step)


def _failing(text: Text, scope: Scope) -> list[EvaluationProblem]:
    """List what fails; a name like Vela's is left out, since a later Vela may know it."""
    from pipelint.vela.evaluation.running import failures

    def is_unset(name: str) -> bool:
        return not name.startswith(_LIKE_VELAS) and scope.state(name) == UNSET

    return failures(text.value, is_unset) if scope.certain else []


_LIKE_VELAS = ("VELA_", "BUILD_", "REPOSITORY_", "DEPLOYMENT_")


def _unset(text: Text, scope: Scope) -> list[Name]:
    from pipelint.vela.evaluation.names import names

    found = names(text.value) if scope.certain else []
    return [name for name in found if name.name != "$env" and scope.state(name.name) == UNSET]


RULES = (failing_eval, invalid_eval, unknown_variable_in_eval)
