"""Patterns and expressions of rulesets that the server cannot read, or reads in another way.

The readers of regular expressions and of `eval` are imported where they are needed: few pipelines
do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipelint.diagnostic import ERROR, WARNING, Finding
from pipelint.patterns import filepath
from pipelint.patterns.problem import PatternProblem
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.vela.context import Context
from pipelint.vela.model import Rules, Ruleset
from pipelint.vela.rulesets import is_dynamic
from pipelint.vela.values import Text, is_null, text_of
from pipelint.yaml.node import Mapping, Scalar, Sequence
from pipelint.yaml.written import place

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


def _judged(
    ruleset: Ruleset,
    context: Context,
    judge: Callable[[str, str], list[PatternProblem]],
    label: str = "",
) -> Iterator[Finding]:
    for rules, text in _patterns(ruleset, context):
        for problem in judge(rules.matcher, text.value):
            span = span_within(text, problem.start, problem.end, context)
            yield Finding(span, problem.message, label, help=problem.help)


_TAKEN_OUT = re.compile(r"\\([\\/])")


def span_within(text: Text, start: int, end: int, context: Context) -> Span:
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
    return _judged(ruleset, context, _refused, "refused by Vela")


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
    return _judged(ruleset, context, _surprising)


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


RULES = (empty_pattern, invalid_pattern, surprising_pattern)
