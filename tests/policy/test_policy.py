"""What becomes of findings: level, order, identity."""

from __future__ import annotations

import string

from pipelint.diagnostic import Finding, Related
from pipelint.policy import Text, fingerprint, judge
from pipelint.rule import Rule
from pipelint.source import Source, Span
from policy.checked import BAD, ODD, QUIET, check, settings

TEXT = "a: first\nb: second\n"


def _judge(text: str, *found: tuple[Rule, Finding]) -> list[tuple[str, Span]]:
    read = Text(Source(text), (), lambda at: Span(at, at), lambda _: "")
    judged = judge(read, found, settings())
    return [(one.rule, one.finding.span) for one in judged]


def test_findings_get_the_level_that_is_configured() -> None:
    judged = check(TEXT, {"first": BAD, "second": ODD}, command={"info": ("odd-word",)})
    assert [(one.rule, one.level) for one in judged] == [
        ("bad-word", "error"),
        ("odd-word", "info"),
    ]


def test_what_is_off_is_dropped() -> None:
    assert check(TEXT, {"first": QUIET}) == []
    assert check(TEXT, {"first": BAD}, command={"ignore": ("vela",)}) == []
    assert [one.level for one in check(TEXT, {"first": QUIET}, command={"select": ("all",)})] == [
        "info"
    ]


def test_the_order_is_position_then_rule() -> None:
    found = [(ODD, Finding(Span(3, 8), "x")), (BAD, Finding(Span(3, 8), "y"))]
    found += [(ODD, Finding(Span(0, 1), "z"))]
    expected = [("odd-word", (0, 1)), ("bad-word", (3, 8)), ("odd-word", (3, 8))]
    assert _judge(TEXT, *found) == expected
    assert _judge(TEXT, *reversed(found)) == expected


def test_the_same_finding_is_reported_once() -> None:
    same = (BAD, Finding(Span(3, 8), "x"))
    other = (BAD, Finding(Span(3, 8), "y"))
    assert _judge(TEXT, same, same, other) == [("bad-word", (3, 8)), ("bad-word", (3, 8))]


def test_spans_lie_in_the_text_and_are_not_empty() -> None:
    found = [(BAD, Finding(Span(99, 120), "x")), (BAD, Finding(Span(4, 4), "y"))]
    assert _judge(TEXT, *found) == [("bad-word", (4, 5)), ("bad-word", (18, 19))]


def test_related_places_in_the_same_text_are_fitted_too() -> None:
    here, there = Related(Span(4, 4), "here"), Related(Span(4, 4), "there", "other.yml")
    read = Text(Source(TEXT), (), lambda at: Span(at, at), str)
    found = [(BAD, Finding(Span(0, 1), "x", related=(here, there)))]
    (judged,) = judge(read, found, settings())
    assert [one.span for one in judged.finding.related] == [(4, 5), (4, 4)]


def test_a_fingerprint_stays_when_lines_move_and_words_change() -> None:
    (before,) = check(TEXT, {"first": BAD})
    (after,) = check("# new\n\n" + TEXT.replace("first", "firstly"), {"firstly": BAD})
    assert before.fingerprint == after.fingerprint


def test_a_fingerprint_tells_rule_path_route_and_ordinal_apart() -> None:
    marks = [
        fingerprint("a", "p", "r", 0),
        fingerprint("b", "p", "r", 0),
        fingerprint("a", "q", "r", 0),
        fingerprint("a", "p", "s", 0),
        fingerprint("a", "p", "r", 1),
        fingerprint("ap", "", "r", 0),
    ]
    assert len(set(marks)) == len(marks)
    assert all(len(mark) == 16 and set(mark) <= set(string.hexdigits) for mark in marks)
    assert fingerprint("a", "p", "r", 0) == "01cb888dceac4ab2"


def test_equals_are_told_apart_by_their_order() -> None:
    one, two = check(TEXT, {"first": BAD, "second": BAD})
    assert one.fingerprint == fingerprint("bad-word", "ci/.vela.yml", "steps[a]", 0)
    assert two.fingerprint == fingerprint("bad-word", "ci/.vela.yml", "steps[a]", 1)


def test_the_fingerprint_is_made_with_the_path_below_the_root() -> None:
    (found,) = check(TEXT, {"first": BAD}, home="team/ci/.vela.yml")
    assert found.path == "ci/.vela.yml"
    assert found.fingerprint == fingerprint("bad-word", "team/ci/.vela.yml", "steps[a]", 0)
