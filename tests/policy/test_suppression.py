"""Ignore comments: what they hide, and what is said about those that hide nothing."""

from __future__ import annotations

import time

import pytest

from pipelint.diagnostic import IGNORE, Edit, Suppression
from pipelint.rule import Rule
from policy.checked import BAD, ODD, QUIET, check, complaints, hidden

STEPS = """\
steps:
  - name: one
    image: first  # pipelint: ignore[bad-word] the server takes it
    pull: second
  # pipelint: ignore[bad-word]
  - name: two
    image: third
    secrets:
      - fourth
  - name: three
    image: fifth
"""


def test_at_the_end_of_a_line_it_hides_what_starts_on_that_line() -> None:
    found = {"one": BAD, "first": BAD, "second": BAD}
    assert hidden(STEPS, found) == ["first"]


def test_alone_on_a_line_it_hides_what_the_node_below_holds() -> None:
    found = {"second": BAD, "two": BAD, "third": BAD, "fourth": BAD, "three": BAD, "fifth": BAD}
    assert hidden(STEPS, found) == ["two", "third", "fourth"]


def test_other_rules_are_not_hidden() -> None:
    assert hidden(STEPS, {"first": ODD, "third": ODD}) == []


@pytest.mark.parametrize(
    "name", ["bad-word", "nasty-word", "vela", "odd-word, bad-word", " bad-word ,"]
)
def test_rules_aliases_and_families_can_be_named(name: str) -> None:
    assert hidden(f"image: first # pipelint: ignore[{name}]\n", {"first": BAD}) == ["first"]


@pytest.mark.parametrize(
    "comment",
    [
        "# pipelint: ignore[bad-word]",
        "#pipelint:ignore[bad-word]",
        "# pipelint:  ignore [bad-word] because",
        "# so it is # pipelint: ignore[bad-word]",
    ],
)
def test_spaces_and_other_words_before_it_do_not_matter(comment: str) -> None:
    assert hidden(f"image: first {comment}\n", {"first": BAD}) == ["first"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_above_a_block_scalar_it_hides_what_stands_in_the_script(end: str) -> None:
    text = "# pipelint: ignore[bad-word]\nrun: |\n  echo first\n  echo second\nnext: third\n"
    text = text.replace("\n", end)
    assert hidden(text, {"first": BAD, "second": BAD, "third": BAD}) == ["first", "second"]


@pytest.mark.parametrize("header", ["|", ">-", "|2", "!!str |+"])
def test_beside_the_header_of_a_block_scalar_too(header: str) -> None:
    script = "  echo first\n\n  echo second\n"
    text = f"a: zero\nrun: {header} # pipelint: ignore[bad-word]\n{script}b: third\n"
    found = {"zero": BAD, "first": BAD, "second": BAD, "third": BAD}
    assert hidden(text, found) == ["first", "second"]


def test_a_plain_text_that_ends_like_a_header_is_none() -> None:
    text = "run: a | # pipelint: ignore[bad-word]\nnext: third\n"
    assert hidden(text, {"a |": BAD, "third": BAD}) == ["a |"]


def test_behind_the_end_of_a_value_it_hides_what_ends_there() -> None:
    text = "run: first\n  second # pipelint: ignore[bad-word]\nnext: third\n"
    assert hidden(text, {"first\n  second": BAD, "third": BAD}) == ["first\n  second"]


def test_for_the_whole_file() -> None:
    text = "a: first\nb: second # pipelint: ignore-file[bad-word] generated\nc: third\n"
    assert hidden(text, {"first": BAD, "second": BAD, "third": ODD}) == ["first", "second"]


def test_the_narrowest_ignore_is_the_one_that_hides() -> None:
    text = (
        "# pipelint: ignore-file[bad-word]\n"
        "# pipelint: ignore[bad-word]\n"
        "a: first # pipelint: ignore[bad-word]\n"
    )
    assert complaints(text, {"first": BAD}) == [
        (
            "unused-ignore",
            "# pipelint: ignore-file[bad-word]",
            "this ignore of `bad-word` hides nothing",
        ),
        (
            "unused-ignore",
            "# pipelint: ignore[bad-word]",
            "this ignore of `bad-word` hides nothing",
        ),
    ]


def test_no_ignores_shows_everything_and_says_nothing_of_the_comments() -> None:
    text = "a: first # pipelint: ignore[bad-word]\nb: c # pipelint: ignore[nonsense]\n"
    judged = check(text, {"first": BAD}, no_ignores=True)
    assert [(one.rule, one.suppressed) for one in judged] == [("bad-word", None)]


WRONG = [
    # The comment, the part of it under the caret, rule, message.
    ("# pipelint: ignore", "# pipelint: ignore", "invalid-ignore", "this ignore names no rule"),
    ("# pipelint: ignore[", "# pipelint: ignore", "invalid-ignore", "this ignore names no rule"),
    (
        "# pipelint: ignore bad-word",
        "# pipelint: ignore",
        "invalid-ignore",
        "this ignore names no rule",
    ),
    ("# pipelint: ignore[ ,]", "[ ,]", "invalid-ignore", "this ignore names no rule"),
    (
        "# pipelint: ignore-flie[vela]",
        "# pipelint: ignore-flie",
        "invalid-ignore",
        "unknown comment `pipelint: ignore-flie`",
    ),
    ("# pipelint: off", "# pipelint: off", "invalid-ignore", "unknown comment `pipelint: off`"),
    ("# pipelint:", "# pipelint:", "invalid-ignore", "unknown comment `pipelint: `"),
    (
        "# pipelint: ignore[bad-wrod]",
        "bad-wrod",
        "invalid-ignore",
        "unknown rule `bad-wrod` in an ignore",
    ),
    (
        "# pipelint: ignore[vela, odd-word] x",
        "# pipelint: ignore[vela, odd-word] x",
        "unused-ignore",
        "this ignore of `vela`, `odd-word` hides nothing",
    ),
    (
        "# pipelint: ignore-file[nasty-word]",
        "# pipelint: ignore-file[nasty-word]",
        "unused-ignore",
        "this ignore of `nasty-word` hides nothing",
    ),
]


@pytest.mark.parametrize(("comment", "covered", "rule", "message"), WRONG)
@pytest.mark.parametrize("text", ["a: b {}\n", "{}\na: b\n", "a: b\n{}"])
def test_what_cannot_hide_anything_is_reported(
    text: str, comment: str, covered: str, rule: str, message: str
) -> None:
    assert complaints(text.replace("{}", comment), {}) == [(rule, covered, message)]


def test_an_unknown_name_comes_with_a_near_one() -> None:
    (found,) = check("a: b # pipelint: ignore[bad-wrod]\n", {})
    assert found.finding.help == "a rule with a similar name exists: `bad-word`"


def test_a_name_that_hides_nothing_beside_one_that_does_is_reported_alone() -> None:
    text = "a: first # pipelint: ignore[odd-word, bad-word]\n"
    expected = [("unused-ignore", "odd-word", "this ignore of `odd-word` hides nothing")]
    assert complaints(text, {"first": BAD}) == expected


def test_comments_that_are_not_ours_say_nothing() -> None:
    assert complaints("a: b # ignore[x] # noqa\n# about pipelint\nc: d\n", {}) == []


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("quiet-word", {}),
        ("bad-word", {"command": {"ignore": ("bad-word",)}}),
        ("bad-word", {"command": {"select": ("odd-word", "unused-ignore")}}),
        ("bad-word", {"complete": False}),
        ("unused-ignore", {}),
    ],
)
def test_what_a_rule_that_did_not_run_would_have_found_is_not_known(
    name: str, how: dict[str, object]
) -> None:
    assert complaints(f"a: b # pipelint: ignore[{name}]\n", {}, **how) == []


def test_reasons_are_required_where_the_configuration_says_so() -> None:
    text = (
        "a: first # pipelint: ignore[bad-word]\nb: second # pipelint: ignore[bad-word] old server\n"
    )
    found = {"first": BAD, "second": BAD}
    assert complaints(text, found) == []
    assert hidden(text, found, require_reason=True) == ["first", "second"]
    assert complaints(text, found, require_reason=True) == [
        ("invalid-ignore", "# pipelint: ignore[bad-word]", "this ignore gives no reason")
    ]


def test_what_is_said_about_an_ignore_can_be_ignored() -> None:
    text = (
        "# pipelint: ignore-file[unused-ignore, invalid-ignore]\na: b # pipelint: ignore[vela, x]\n"
    )
    judged = check(text, {})
    assert [(one.rule, one.suppressed) for one in judged] == [
        ("unused-ignore", Suppression(IGNORE)),
        ("invalid-ignore", Suppression(IGNORE)),
    ]


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("ignore[bad-word] it is right here", "it is right here"),
        ("ignore[bad-word]: it is right here", "it is right here"),
        ("ignore[odd-word, bad-word] - JIRA-1", "JIRA-1"),
        ("ignore-file[bad-word] old", "old"),
        ("ignore[bad-word]", ""),
    ],
)
def test_what_is_hidden_says_why(comment: str, reason: str) -> None:
    judged = check(f"a: b # pipelint: {comment}\n", {"b": BAD})
    assert [one.suppressed for one in judged if one.rule == BAD.name] == [
        Suppression(IGNORE, reason)
    ]


REMOVALS: list[tuple[str, dict[str, Rule], str]] = [
    ("a: b  # pipelint: ignore[vela] x\nc: d\n", {}, "a: b\nc: d\n"),
    ("a:\n  # pipelint: ignore[vela]\n  c: d\n", {}, "a:\n  c: d\n"),
    ("a: b\r\n# pipelint: ignore[vela]\r\nc: d\r\n", {}, "a: b\r\nc: d\r\n"),
    ("# pipelint: ignore[vela]", {}, ""),
    ("a: b # why # pipelint: ignore[vela]\n", {}, "a: b # why\n"),
    ("# why # pipelint: ignore[vela]\na: b\n", {}, "# why\na: b\n"),
    (
        "a: b # pipelint: ignore[odd-word, bad-word] x\n",
        {"b": BAD},
        "a: b # pipelint: ignore[bad-word] x\n",
    ),
    (
        "a: b # pipelint: ignore[bad-word, odd-word]\n",
        {"b": BAD},
        "a: b # pipelint: ignore[bad-word]\n",
    ),
]


@pytest.mark.parametrize(("text", "found", "expected"), REMOVALS)
def test_the_fix_takes_it_out(text: str, found: dict[str, Rule], expected: str) -> None:
    (unused,) = [one for one in check(text, found) if one.rule == "unused-ignore"]
    (fix,) = unused.finding.fixes
    assert fix.safe
    ((span, new),) = [Edit(*edit) for edit in fix.edits]
    fixed = text[: span.start] + new + text[span.end :]
    assert fixed == expected
    assert complaints(fixed, {word: rule for word, rule in found.items() if word in fixed}) == []


def test_very_many_ignores_take_time_in_proportion() -> None:
    count = 1500
    above = "# pipelint: ignore[bad-word, odd-word, bad-wrod]\n" * count
    text = above + "".join(f"w{number:05}: x # pipelint: ignore[vela]\n" for number in range(count))
    found = {f"w{number:05}": BAD if number % 2 else QUIET for number in range(count)}
    started = time.process_time()
    judged = check(text, found)
    assert time.process_time() - started < 5
    assert sum(one.suppressed == Suppression(IGNORE) for one in judged) == count // 2
