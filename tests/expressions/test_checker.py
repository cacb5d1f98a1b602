"""Types, and what the names of an expression stand for, asked of a scope."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pipelint.expressions.checker import check
from pipelint.expressions.judgement import Judgement
from pipelint.expressions.reading import read_field
from pipelint.expressions.types import NOTHING_KNOWN, Anywhere, Reason, Value
from pipelint.source import Span


class Thing:
    """A value of a made-up world: a type and its members."""

    documentation = ""
    definition: Span | None = None
    static: str | None = None

    def __init__(self, kind: str, members: dict[str, Value] | None = None) -> None:
        self.type = kind
        self.status = "resolved"
        self.reason: Reason | None = None
        self._members = members or {}

    def member(self, name: str) -> Value | None:
        """Return a member."""
        return self._members.get(name)

    def members(self) -> Iterable[str]:
        """Give the names."""
        return self._members


def refused() -> Thing:
    """Make a value that is known and cannot be had."""
    thing = Thing("string")
    thing.status = "invalid"
    thing.reason = Reason("forward-reference", "step `late` has not run yet", replacement="early")
    return thing


STEP = Thing("object", {"status": Thing("string"), "output": NOTHING_KNOWN})
WORLD = Thing(
    "object",
    {
        "pipeline": Thing(
            "object",
            {
                "name": Thing("string"),
                "sequenceId": Thing("number"),
                "tags": Thing("list"),
                "variables": Thing("map", {"my-var": Thing("string"), "size-of": Thing("number")}),
            },
        ),
        "steps": Thing("map", {"build": STEP, "late": refused()}),
        "matrix": NOTHING_KNOWN,
    },
)


class World:
    """A scope of which everything is known."""

    def root(self, name: str) -> Value | None:
        """Return a root."""
        return WORLD.member(name)

    def roots(self) -> Iterable[str]:
        """Give the names."""
        return WORLD.members()


def judged(text: str) -> Judgement:
    """Check the only expression of a text."""
    (expression,) = read_field(text).expressions
    return check(expression.block, expression.start, World())


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("<+pipeline.name>", "string", "resolved"),
        ("<+pipeline.sequenceId>", "number", "resolved"),
        ("<+pipeline.variables.get('my-var')>", "string", "resolved"),
        ('<+pipeline.variables["my-var"]>', "string", "resolved"),
        ("<+pipeline.name.length()>", "number", "resolved"),
        ("<+pipeline.name.split(',')>", "list", "resolved"),
        ("<+steps.build.output.anything[0].below>", "unknown", "unknown"),
        ("<+matrix.axis>", "unknown", "unknown"),
        ("<+<+pipeline.name> == 'x'>", "boolean", "resolved"),
        ("<+<+pipeline.name> + 1>", "string", "resolved"),
        ("<+<+pipeline.sequenceId> + 1>", "number", "resolved"),
        ("<+<+matrix.a> ? 'x' : 'y'>", "string", "unknown"),
        ("<+<+matrix.a> ? 'x' : 1>", "unknown", "unknown"),
        ("<+1 + 2>", "number", "literal"),
        ("<+['a']>", "list", "literal"),
        ("<+currentDate().plusDays(2)>", "date", "literal"),
        ("<+secrets.getValue('x')>", "secret", "resolved"),
        ("<+json.object(<+matrix.a>)>", "map", "unknown"),
        ("<+var x = 1; x>", "unknown", "literal"),
        ("<+pipeline.stages.<+matrix.a>.x>", "unknown", "invalid"),
        ("<+nowhere>", "unknown", "invalid"),
    ],
)
def test_an_expression_has_a_type(text: str, kind: str, status: str) -> None:
    found = judged(text)
    assert (found.type, found.status) == (kind, status)


def test_each_name_of_a_path_is_a_reference() -> None:
    text = "x <+pipeline.variables.get('my-var').trim() + <+steps.build.status>>"
    assert [
        (text[each.span.start : each.span.end], ".".join(each.path), each.value.type)
        for each in judged(text).references
    ] == [
        ("pipeline", "pipeline", "object"),
        ("variables", "pipeline.variables", "map"),
        ("'my-var'", "pipeline.variables.my-var", "string"),
        ("steps", "steps", "map"),
        ("build", "steps.build", "object"),
        ("status", "steps.build.status", "string"),
    ]


@pytest.mark.parametrize(
    ("text", "rule", "covered", "help_text"),
    [
        ("<+pipline.name>", "unknown-root", "pipline", "a similar name exists: `pipeline`"),
        ("<+pipeline.nam>", "unknown-member", "nam", "a similar name exists: `name`"),
        ("<+steps.biuld.status>", "unknown-member", "biuld", "a similar name exists: `build`"),
        ("<+steps.get('x').status>", "unknown-member", "'x'", ""),
        ("<+steps['x'].status>", "unknown-member", "'x'", ""),
        ("<+steps.late.status>", "forward-reference", "late", ""),
        ("<+pipeline.name.trim>", "method-not-called", "trim", "add `()`"),
        ("<+pipeline.name.first>", "unknown-member", "first", ""),
        ("<+pipeline.sequenceId.trim()>", "unknown-method", "trim", ""),
        ("<+pipeline.tags.length>", "unknown-method", "length", "write `size()`"),
        ("<+f(<+pipline.name>)>", "unknown-function", "f", ""),
    ],
)
def test_what_does_not_exist_is_a_problem(
    text: str, rule: str, covered: str, help_text: str
) -> None:
    problem = min(judged(text).problems, key=lambda one: one.span)
    covers = text[problem.span.start : problem.span.end]
    assert (problem.rule, covers, problem.help) == (rule, covered, help_text)


def test_a_reason_of_the_scope_can_bring_its_own_mending() -> None:
    text = "<+steps.late.status>"
    (problem,) = judged(text).problems
    assert problem.changes[0].edits == ((Span(8, 12), "early"),)


def test_without_a_file_nothing_is_known_of_a_path() -> None:
    (expression,) = read_field("<+anything.at.all[0].trim()>").expressions
    found = check(expression.block, 0, Anywhere())
    assert (found.type, found.status, found.problems) == ("string", "unknown", ())
