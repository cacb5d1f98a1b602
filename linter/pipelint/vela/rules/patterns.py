"""Patterns and expressions of rulesets that the server cannot read, or reads in another way.

The readers of regular expressions and of `eval` are imported where they are needed: few pipelines
do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipelint.diagnostic import ERROR, INFO, WARNING, Finding
from pipelint.patterns import filepath
from pipelint.patterns.problem import PatternProblem
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.model import Container, Pipeline, Rules, Ruleset
from pipelint.vela.rulesets import is_dynamic
from pipelint.vela.scope import UNSET, Scope, Scopes
from pipelint.vela.values import Text, is_null, mapping_of, text_of
from pipelint.yaml.node import Mapping, Scalar, Sequence
from pipelint.yaml.written import place

if TYPE_CHECKING:
    from pipelint.vela.evaluation.names import Name


_LITERAL = re.compile(r"[\w./:@-]*\Z")


def _patterns(ruleset: Ruleset, context: Context) -> Iterator[tuple[Rules, Text]]:
    """Give each pattern that is known here and no plain text, with the rules it stands in."""
    for rules in (ruleset.when, ruleset.unless):
        for texts in rules.texts.values():
            for text in texts:
                if not _LITERAL.match(text.value) and not is_dynamic(text.value):
                    yield rules, _as_read(text, ruleset, context)


def _as_read(text: Text, ruleset: Ruleset, context: Context) -> Text:
    r"""Return a pattern as the server reads it: in steps `\\` is `\` by then, and `\/` is `/`."""
    if _TAKEN_OUT.search(text.value) and any(
        step.ruleset is ruleset for step in context.pipeline.steps
    ):
        return Text(_TAKEN_OUT.sub(r"\1", text.value), text.node)
    return text


_TAKEN_OUT = re.compile(r"\\([\\/])")


def _span(text: Text, start: int, end: int, context: Context) -> Span:
    """Return the place of a part of a pattern; of all of it where it is not read as written."""
    if text.value != text.node.text:
        return text.span
    return place(text.node, context.source.text)(start, end)


@rule(on=Ruleset, level=ERROR, family="vela")
def invalid_pattern(ruleset: Ruleset, context: Context) -> Iterator[Finding]:
    """Reports a pattern that Vela cannot read.

    ## Why is this bad?
    Vela refuses the pipeline when it comes to the pattern. With several rules it stops at the
    first that does not match, so that such a mistake may stay hidden until another event.

    With `matcher: regexp` patterns are regular expressions of Go (RE2): they have no look-around
    and no back-references. Otherwise they are those of `filepath.Match`: `*`, `?` and `[…]`.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
        ruleset:
          matcher: regexp
          branch: "*-dev"
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
        ruleset:
          matcher: regexp
          branch: ".*-dev"
    ```

    ## References
    - https://github.com/google/re2/wiki/Syntax
    - https://pkg.go.dev/path/filepath#Match
    """
    for rules, text in _patterns(ruleset, context):
        for problem in _refused(rules.matcher, text.value):
            yield Finding(
                _span(text, problem.start, problem.end, context),
                problem.message,
                "refused by Vela",
                help=problem.help,
            )


def _refused(matcher: str, pattern: str) -> list[PatternProblem]:
    if matcher == "regexp":
        from pipelint.patterns import re2

        return re2.check(pattern)
    return filepath.check(pattern)


@rule(on=Ruleset, level=WARNING, family="vela")
def surprising_pattern(ruleset: Ruleset, context: Context) -> Iterator[Finding]:
    r"""Reports a pattern that Vela reads in another way than it is meant.

    ## Why is this bad?
    Patterns of `filepath.Match` know neither `**` nor `{a,b}` nor `!`: these are plain letters,
    or stop at a `/`. The rule then does not match what it was written for, and nobody is told.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
        ruleset:
          path: src/**/*.go
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
        ruleset:
          matcher: regexp
          path: ^src/.*\.go$
    ```

    ## References
    - https://pkg.go.dev/path/filepath#Match
    """
    for rules, text in _patterns(ruleset, context):
        for problem in _surprising(rules.matcher, text.value):
            yield Finding(
                _span(text, problem.start, problem.end, context),
                problem.message,
                "",
                help=problem.help,
            )


def _surprising(matcher: str, pattern: str) -> list[PatternProblem]:
    if matcher == "regexp":
        from pipelint.patterns import re2

        return re2.surprises(pattern)
    return [] if filepath.check(pattern) else filepath.surprises(pattern)


@rule(on=Ruleset, level=WARNING, family="vela", about=('""', "''"))
def empty_pattern(ruleset: Ruleset, context: Context) -> Iterator[Finding]:
    """Reports an empty pattern where there is nothing empty to match.

    ## Why is this bad?
    Every build has an event, a repository, a sender and a status, and files and labels have names.
    A rule with an empty pattern only never matches, and the step never runs.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
        ruleset:
          event: ""
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```
    """
    for part in (ruleset.node, ruleset.node.get("if"), ruleset.node.get("unless")):
        if not isinstance(part, Mapping) or _is_regexp(part, ruleset):
            continue
        for name in NEVER_EMPTY:
            value = part.get(name)
            for item in value.items if isinstance(value, Sequence) else [value]:
                if isinstance(item, Scalar) and not item.text and not is_null(item):
                    yield Finding(
                        item.span,
                        f"an empty `{name}` matches nothing",
                        "nothing is empty here",
                        help="write a pattern, or remove the rule",
                    )


NEVER_EMPTY = ("event", "repo", "sender", "status", "instance", "path", "label")


def _is_regexp(part: Mapping, ruleset: Ruleset) -> bool:
    """Tell whether patterns are searched for: an empty one is found everywhere."""
    matcher = text_of(part.get("matcher")) or text_of(ruleset.node.get("matcher"))
    return matcher is not None and matcher.value in {"regexp", "regex"}


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
            _span(text, problem.start, problem.end, context),
            problem.message,
            "refused by Vela",
            help=problem.help,
        )


@rule(on=Pipeline, level=INFO, family="vela", about=("eval",))
def unknown_variable_in_eval(pipeline: Pipeline, context: Context) -> Iterator[Finding]:
    """Reports a variable in an `eval` that nothing sets.

    ## Why is this bad?
    Vela takes a variable that it does not know for an empty text, without a word: the step never
    runs, or always. Compared with a number, or used as true or false, it makes Vela refuse the
    pipeline. An expression sees the environment of the step, `PARAMETER_…` and the variables of
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
    budget = EVALUATED
    scopes: Scopes | None = None
    told: set[tuple[int, int]] = set()
    for step in pipeline.steps:
        for text in () if step.template else _evaluated(step.container):
            budget -= len(text.value)
            if budget <= 0:
                return
            scopes = scopes or Scopes(context)
            for name in _unset(text, scopes.of_step(step)):
                # a ruleset that an alias shares is told once
                if (text.node.start, name.start) not in told:
                    told.add((text.node.start, name.start))
                    yield Finding(
                        _span(text, name.start, name.end, context),
                        f"nothing sets `{name.name}`, which this expression reads",
                        "an empty text here",
                        help="define it under `environment`, or use a variable of Vela",
                    )


def _unset(text: Text, scope: Scope) -> list[Name]:
    from pipelint.vela.evaluation.names import names

    found = names(text.value) if scope.certain else []
    return [name for name in found if name.name != "$env" and scope.state(name.name) == UNSET]


RULES = (empty_pattern, invalid_eval, invalid_pattern, surprising_pattern, unknown_variable_in_eval)
