"""A safe fix mends what it is offered for, and nothing else changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linting import lint
from pipelint.diagnostic import Diagnostic, Fix
from pipelint.source import Source
from pipelint.yaml import parse
from properties.texts import edited, seeds

SHARED_VALUES = [
    f'version: "1"\nsteps:\n  - {{name: a, image: "alpine:3.22", commands: [ls], {rest}}}\n'
    for rest in (
        "detach: &a true, pull: *a",
        "pull: &a true, detach: *a",
        "pull: !!bool true",
        'pull: "tru\\x65"',
        "git: {token: {repositories: [a/b, a/#b, 'a/b c', a/~, &a a/1, *a]}}",
        'detach: &a "true", environment: {A: *a}',
        "ulimits: [{name: core, soft: &a 1.5, hard: 1e3}], parameters: {a: *a}",
        "environment: &a [A: b, B: ~, 'C': 'd e'], parameters: {a: *a}",
        "environment: {A: 'b: c'}, entrypoint: &a ['${A}', '${B-c}'], parameters: {a: *a}",
    )
]
"""Values that are written once and mean two things, or are not written as they are read."""

UNREAD = frozenset({
    "command-not-text", "invalid-substitution", "unquoted-value", "unused-anchor", "wrong-case",
    "wrong-type",
})  # fmt: skip
"""Rules about values that no other rule can read: these are judged once they are mended.

Any key at the root may hold anchors; without the last one it is a key that nobody knows. `--fix`
takes such a fix back.
"""


def safe_fixes(text: str) -> Iterator[tuple[Diagnostic, Fix]]:
    for one in lint(text):
        yield from ((one, fix) for fix in one.finding.fixes if fix.safe)


def applied(text: str, fix: Fix) -> str:
    """Apply the edits of a fix, the last one first."""
    for edit in sorted(fix.edits, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def told(text: str) -> Counter[str]:
    """Count the findings of each rule: messages may hold a text that a fix changes."""
    return Counter(one.rule for one in lint(text))


def assert_mends(text: str, one: Diagnostic, fix: Fix) -> None:
    after = applied(text, fix)
    was_read = not parse(Source(text)).problems
    before, left = told(text), told(after)
    assert not was_read or not parse(Source(after)).problems
    assert left[one.rule] < before[one.rule], (one.rule, fix)
    if was_read and one.rule not in UNREAD:  # `--fix` leaves what cannot be read alone
        assert left - before == Counter(), (one.rule, fix)
    again = [other for _, other in safe_fixes(after) if other == fix]
    assert all(applied(after, other) != after for other in again)


def mend_all(text: str) -> str:
    """Apply safe fixes until there are none.

    Each takes a finding away, so that it ends; what could not be read before may show another one.
    """
    for _ in range(2 * sum(told(text).values()) + 1):
        fix = next((fix for _, fix in safe_fixes(text)), None)
        if fix is None:
            return text
        text = applied(text, fix)
    pytest.fail("there is always another fix")


def test_there_are_fixes_to_try() -> None:
    rules = {one.rule for text in seeds() for one, _ in safe_fixes(text)}
    assert len(rules) > 5, rules


def test_safe_fixes_of_known_pipelines_mend() -> None:
    for text in seeds():
        for one, fix in safe_fixes(text):
            assert_mends(text, one, fix)


@cache
def fixable() -> list[str]:
    """Return pipelines with something to fix, a few for each rule."""
    found: dict[str, list[str]] = {}
    for text in [*SHARED_VALUES, *seeds()]:
        for rule in {one.rule for one, _ in safe_fixes(text)}:
            found.setdefault(rule, []).append(text)
    return [text for texts in found.values() for text in texts[:6]]


FIXABLE = st.deferred(lambda: edited(3, fixable()))


@settings(max_examples=400, deadline=None)
@given(FIXABLE)
@example(
    'version: "1"\nsteps:\n  - name: a\n    image: alpine\n    commands: [ls]\n'
    '    ruleset:\n      continue: "true"# a comment, for libyaml\n'
)
def test_safe_fixes_mend_whatever_was_edited(text: str) -> None:
    text = text.removeprefix("\ufeff")
    for one, fix in list(safe_fixes(text))[:5]:
        assert_mends(text, one, fix)


@settings(max_examples=100, deadline=None)
@given(FIXABLE)
def test_fixing_comes_to_an_end(text: str) -> None:
    mended = mend_all(text.removeprefix("\ufeff"))
    assert list(safe_fixes(mended)) == []
