"""What `filepath.Match` patterns match, what is wrong with them, and what they do not mean."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelint.patterns import filepath

MATCHES = [
    # pattern, text, does it match
    ("main", "main", True),
    ("main", "mainline", False),
    ("main", "a-main", False),
    ("", "", True),
    ("", "x", False),
    # A star is any text, also none, but it does not cross a slash.
    ("*", "", True),
    ("*", "feature-x", True),
    ("*", "feature/x", False),
    ("feature/*", "feature/x", True),
    ("feature/*", "feature/x/y", False),
    ("feature/*", "feature/", True),
    ("*/x", "feature/x", True),
    ("v*.*", "v1.20", True),
    ("v*.*", "v1", False),
    ("*-rc", "a-rc-rc", True),
    ("*ab*ab", "abxab", True),
    ("*ab*ab", "ab", False),
    ("**", "feature/x", False),
    ("**/x", "a/x", True),
    ("**/x", "a/b/x", False),
    # A question mark is one character, whatever its size in bytes.
    ("v?", "v1", True),
    ("v?", "v", False),
    ("v?", "v/", False),
    ("v?", "vé", True),
    ("v??", "vé", False),
    # After a star Go moves on by bytes and takes a part of a character for one.
    ("*??", "€", True),
    ("*??", "é", False),
    # Classes.
    ("v[0-9]", "v7", True),
    ("v[0-9]", "vx", False),
    ("v[^0-9]", "vx", True),
    ("v[^0-9]", "v7", False),
    ("[a-cx]", "x", True),
    ("[δ-ω]", "λ", True),
    ("[^a]", "/", True),
    ("a[/]b", "a/b", True),
    ("[!a]", "!", True),
    ("[!a]", "b", False),
    ("[[]", "[", True),
    ("[*]x", "*x", True),
    (r"[\]]", "]", True),
    (r"[a\-z]", "-", True),
    (r"[a\-z]", "m", False),
    ("[z-a]", "m", False),
    # A backslash takes the next character as it is.
    (r"\*", "*", True),
    (r"\*", "x", False),
    (r"\a", "a", True),
    # No braces, no negation, no anchors.
    ("{a,b}", "a", False),
    ("{a,b}", "{a,b}", True),
    ("!main", "dev", False),
    ("^main$", "main", False),
    # What Go refuses matches nothing.
    ("[", "[", False),
    ("a[", "a", False),
]


@pytest.mark.parametrize(("pattern", "text", "expected"), MATCHES)
def test_a_pattern_matches_as_in_go(pattern: str, text: str, expected: bool) -> None:
    assert filepath.matches(pattern, text) is expected


VALID = [
    "",
    "main",
    "*",
    "**",
    "v*.*",
    "[a]",
    "[^a]",
    "[[]",
    "[^^]",
    r"[\]]",
    r"\\",
    "]",
    "a-b",
    "{",
]


@pytest.mark.parametrize("pattern", VALID)
def test_a_valid_pattern_has_no_problem(pattern: str) -> None:
    assert filepath.check(pattern) == []


REFUSED = [
    # pattern, the characters that are wrong, the message
    ("[", "[", "`[` is never closed"),
    ("release-[0-9", "[", "`[` is never closed"),
    ("[^", "[", "`[` is never closed"),
    ("[a-", "[", "`[` is never closed"),
    ("x[a\\", "[", "`[` is never closed"),
    ("x[]", "[]", "the class `[]` is empty"),
    ("[^]", "[^]", "the class `[^]` is empty"),
    ("[]a]", "[]", "the class `[]` is empty"),
    ("[-a]", "-", "`-` can only stand between two characters of a class"),
    ("[a-b-c]", "-", "`-` can only stand between two characters of a class"),
    ("[a-]", "a-", "the range `a-` has no end"),
    ("main\\", "\\", "a lone `\\` ends the pattern"),
]


@pytest.mark.parametrize(("pattern", "covered", "message"), REFUSED)
def test_a_malformed_pattern_is_refused_at_the_place(
    pattern: str, covered: str, message: str
) -> None:
    (problem,) = filepath.check(pattern)
    assert pattern[problem.start : problem.end] == covered
    assert problem.message == message
    assert problem.help


def test_the_place_is_the_second_of_two_equal_characters() -> None:
    (problem,) = filepath.check("[a-b-c]")
    assert (problem.start, problem.end) == (4, 5)


SURPRISES = [
    # pattern, the characters that surprise, the message
    ("**", "**", "`**` means the same as `*`: it does not cross `/`"),
    ("src/**/x.go", "**", "`**` means the same as `*`: it does not cross `/`"),
    (
        "*.{yml,yaml}",
        "{yml,yaml}",
        "`{yml,yaml}` is no choice: braces stand for themselves",
    ),
    ("!main", "!", "a leading `!` does not negate this pattern"),
    ("[!a]*", "[!", "`[!` does not negate: the class holds `!` too"),
    ("[!a-z]", "[!", "`[!` does not negate: the class holds `!` too"),
    ("v[9-0]", "[9-0]", "`[9-0]` holds a range that runs backwards and matches nothing"),
    ("^main$", "^", "`^` has no special meaning in this pattern"),
    ("main$", "$", "`$` has no special meaning in this pattern"),
    (".*", ".*", "`.*` is a `.` and any text in this pattern"),
    (".+", ".+", "`.+` has no special meaning in this pattern"),
    (r"v\d+", r"\d", r"`\d` has no special meaning in this pattern"),
    ("main|dev", "|", "`|` has no special meaning in this pattern"),
    ("(main|dev)", "|", "`|` has no special meaning in this pattern"),
]


@pytest.mark.parametrize(("pattern", "covered", "message"), SURPRISES)
def test_a_pattern_that_means_something_else_is_pointed_out(
    pattern: str, covered: str, message: str
) -> None:
    assert filepath.check(pattern) == []
    (problem,) = filepath.surprises(pattern)
    assert pattern[problem.start : problem.end] == covered
    assert problem.message == message


UNSURPRISING = [
    "",
    "main",
    "v*.*",
    "v1.*",
    ".*rc",
    ".github/*",
    "*.md",
    r"\**",
    "[**]",
    "[!]",
    "[!-~]",
    "[^a]",
    "{a}",
    "a,b",
    "${VELA_REPO_BRANCH,,}",
    r"\{a,b\}",
    "!",
    "a!b",
    "^",
    "$",
    r"a\$",
    "a^b",
    "deploy | now",
    r"a\|b",
    "[a|b]",
    "[",
]


@pytest.mark.parametrize("pattern", UNSURPRISING)
def test_what_may_be_meant_so_is_left_alone(pattern: str) -> None:
    assert filepath.surprises(pattern) == []


def test_one_pattern_can_surprise_in_several_ways_but_once_in_each() -> None:
    found = filepath.surprises("!**/{a,b}/**")
    assert [(problem.start, problem.end) for problem in found] == [(0, 1), (1, 3), (4, 9)]


@pytest.mark.parametrize(
    "pattern",
    [
        "[" * 100_000,
        "*" * 100_000,
        "*a" * 50_000,
        "{," * 50_000,
        "[a]" * 33_000,
        "[" + "a" * 100_000,
    ],
)
def test_hostile_patterns_take_little_time(pattern: str) -> None:
    start = time.process_time()
    filepath.check(pattern)
    filepath.surprises(pattern)
    filepath.matches(pattern, "a" * 30)
    assert time.process_time() - start < 2


SIGNS = st.text(alphabet="ab*?[]^-\\!{},/$|.é", max_size=12)


@given(st.one_of(st.text(), SIGNS), st.text(max_size=12))
def test_any_text_is_read_and_problems_lie_inside_it(pattern: str, text: str) -> None:
    refused = filepath.check(pattern)
    for problem in [*refused, *filepath.surprises(pattern)]:
        assert 0 <= problem.start < problem.end <= len(pattern)
    if refused:
        assert not filepath.matches(pattern, text)


@given(st.text(alphabet="a/*?[\\é", max_size=8))
def test_an_escaped_text_matches_itself_alone(text: str) -> None:
    escaped = "".join("\\" + character for character in text)
    assert filepath.matches(escaped, text)
    assert not filepath.matches(escaped, text + "x")


def match_by_definition(pattern: str, text: str) -> bool:
    """Say what a star and a question mark mean, in the shortest way, however slow."""
    if not pattern:
        return not text
    first, rest = pattern[0], pattern[1:]
    if first == "*":
        skip = bool(text) and text[0] != "/" and match_by_definition(pattern, text[1:])
        return skip or match_by_definition(rest, text)
    same = bool(text) and (text[0] == first or (first == "?" and text[0] != "/"))
    return same and match_by_definition(rest, text[1:])


@given(st.text(alphabet="ab*?/", max_size=7), st.text(alphabet="ab/", max_size=7))
def test_stars_and_question_marks_match_as_defined(pattern: str, text: str) -> None:
    assert filepath.matches(pattern, text) is match_by_definition(pattern, text)
