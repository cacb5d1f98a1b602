"""Patterns and expressions of rulesets that the server cannot read, or reads in another way.

The readers of regular expressions and of `eval` are imported where they are needed: few pipelines
do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding
from pipelint.patterns import filepath
from pipelint.patterns.problem import PatternProblem
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.model import Container, Pipeline, Rules, Ruleset
from pipelint.vela.rulesets import is_dynamic
from pipelint.vela.values import Text, mapping_of
from pipelint.yaml.written import place


_LITERAL = re.compile(r"[\w./:@-]*\Z")


def _patterns(ruleset: Ruleset) -> Iterator[tuple[Rules, Text]]:
    """Give each pattern that is known here and no plain text, with the rules it stands in."""
    for rules in (ruleset.when, ruleset.unless):
        for texts in rules.texts.values():
            for text in texts:
                if not _LITERAL.match(text.value) and not is_dynamic(text.value):
                    yield rules, text


def _span(text: Text, start: int, end: int, context: Context) -> Span:
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
    for rules, text in _patterns(ruleset):
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
    for rules, text in _patterns(ruleset):
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
            if budget > 0:
                yield from _refused_eval(text, container, context)


EVALUATED = 100_000
"""How many characters of expressions are read in one file; nobody writes more."""


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


RULES = (invalid_eval, invalid_pattern, surprising_pattern)
