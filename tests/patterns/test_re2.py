"""What Go's `regexp` refuses, at which characters, and what a pattern matches."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelint.patterns import re2

ACCEPTED = [
    "",
    "main",
    "^(main|dev)$",
    "release/.*",
    "|",
    "()",
    "(|a|)",
    "a*?b+?c??d{2}?",
    "^*",
    "(?:a*)*",
    # A repetition goes on to what stands before a change of flags.
    "a(?i)*",
    "a*(?i)+",
    # A brace that begins no count is a character.
    "{",
    "x{",
    "x{,2}",
    "x{1",
    "x{1, 2}",
    "x{01}",
    "x{1001",
    "x{0}",
    "x{1000}",
    "x{0,1000}",
    "(?:[a-z]{4}){250}",
    "(?:x{1000}){0}",
    # Groups and flags.
    "(?P<name>a)",
    "(?<name>a)",
    "(?P<1>a)",
    "(?P<n>a)(?P<n>b)",
    "(?imsU)",
    "(?i-s:a)",
    "(?-i)",
    "(?)",
    "(?:)",
    # Classes.
    "[a]",
    "[]a]",
    "[^]a]",
    "[a-]",
    "[-a]",
    "[a-b-c]",
    "[[]",
    "[[:alpha:]]",
    "[[:^alpha:][:digit:]]",
    "[[:alpha]",
    "[:alpha:]",
    r"[\d-z]",
    r"[\]\\]",
    r"[\x00-\x{10FFFF}]",
    # Escapes.
    r"\a\f\n\r\t\v",
    r"\d\D\s\S\w\W",
    r"\A\z\b\B",
    r"\.\-\_\/\<\"",
    r"\0\12\177",
    r"\x41\x{41}\x{00000041}",
    r"\Q*(\E",
    r"\Q*(",
    r"\Qab\E+",
    r"\pN\p{Greek}\P{Lu}\p{^Lu}[\p{Han}]",
    r"\p{Letter}\p{uppercase letter}\p{Old_Italic}",
    # As deep as Go goes.
    "(" * 999 + ")" * 999,
    "(?:" * 999 + ")*" * 999,
    "(?:" * 5000 + ")" * 5000,
    "(" + "|" * 12345 + ")",
]


@pytest.mark.parametrize("pattern", ACCEPTED, ids=lambda pattern: pattern[:20])
def test_what_go_accepts_has_no_problem(pattern: str) -> None:
    assert re2.check(pattern) == []


REFUSED = [
    # pattern, the characters that are wrong, the message
    # Repetitions.
    ("*-dev", "*", "`*` has nothing to repeat"),
    ("(*)", "*", "`*` has nothing to repeat"),
    ("a|+", "+", "`+` has nothing to repeat"),
    ("{2}", "{2}", "`{2}` has nothing to repeat"),
    ("(?i)?", "?", "`?` has nothing to repeat"),
    (r"\Q\E*", "*", "`*` has nothing to repeat"),
    ("a**", "**", "`**` repeats a repetition"),
    ("a+*", "+*", "`+*` repeats a repetition"),
    ("a*?*", "*?*", "`*?*` repeats a repetition"),
    ("a{2}{3}", "{2}{3}", "`{2}{3}` repeats a repetition"),
    ("a*+", "*+", "the possessive repetition `*+` is not supported by RE2"),
    ("a++", "++", "the possessive repetition `++` is not supported by RE2"),
    ("xa{2,1}", "{2,1}", "the repeat count `{2,1}` runs backwards"),
    ("xa{1001}", "{1001}", "the repeat count `{1001}` is more than 1000"),
    ("xa{1,1001}", "{1,1001}", "the repeat count `{1,1001}` is more than 1000"),
    (
        "(?:a{30}){40}",
        "{40}",
        "nested repeat counts multiply to 1200, more than 1000",
    ),
    ("(x{251}|y){4}", "{4}", "nested repeat counts multiply to 1004, more than 1000"),
    # Groups.
    ("x(a", "(", "`(` is never closed"),
    ("(?:a", "(", "`(` is never closed"),
    ("a)", ")", "`)` closes no group"),
    ("x(?=a)", "(?=", "look-ahead (`(?=`) is not supported by RE2"),
    ("(?!main)", "(?!", "negative look-ahead (`(?!`) is not supported by RE2"),
    ("(?<=a)", "(?<=", "look-behind (`(?<=`) is not supported by RE2"),
    ("(?<!a)", "(?<!", "negative look-behind (`(?<!`) is not supported by RE2"),
    ("(?>a)", "(?>", "an atomic group (`(?>`) is not supported by RE2"),
    ("(?#a)", "(?#", "a comment (`(?#`) is not supported by RE2"),
    ("(?P=n)", "(?P=", "a back-reference (`(?P=`) is not supported by RE2"),
    ("(?'n'a)", "(?'", "a name in quotes (`(?'`) is not supported by RE2"),
    ("(?x)a", "(?x", "the flag `x` in `(?x` is not supported by RE2"),
    ("(?ix:a)", "(?ix", "the flag `x` in `(?ix` is not supported by RE2"),
    ("(?i", "(?i", "the group `(?i` is never closed"),
    ("(?-)", "(?-)", "`(?-)` is not supported by RE2"),
    ("(?i-)", "(?i-)", "`(?i-)` is not supported by RE2"),
    ("(?P<n", "(?P<", "the name after `(?P<` is never closed"),
    ("(?P<>a)", "(?P<>", "`(?P<>` has no valid name"),
    ("(?<a b>c)", "(?<a b>", "`(?<a b>` has no valid name"),
    # Classes.
    ("x[a", "[", "`[` is never closed"),
    ("x[]", "[", "`[` is never closed"),
    ("[a-", "[", "`[` is never closed"),
    ("[xz-a]", "z-a", "the range `z-a` runs backwards"),
    ("[a-[:digit:]]", "a-[", "the range `a-[` runs backwards"),
    ("[x[:foo:]]", "[:foo:]", "unknown character class `[:foo:]`"),
    (r"[a-\d]", r"\d", r"`\d` cannot end a range"),
    (r"[\b]", r"\b", r"`\b` has no meaning inside a class"),
    # Escapes.
    ("a\\", "\\", "a lone `\\` ends the pattern"),
    (r"(a)\1", r"\1", r"back-references (`\1`) are not supported by RE2"),
    (r"\k<n>", r"\k", r"back-references (`\k`) are not supported by RE2"),
    (r"\8", r"\8", r"back-references (`\8`) are not supported by RE2"),
    (r"a\Z", r"\Z", r"`\Z` is not supported by RE2"),
    (r"\Ga", r"\G", r"`\G` is not supported by RE2"),
    (r"\C", r"\C", r"`\C` (any byte) is not supported by Go"),
    (r"a\E", r"\E", r"`\E` has no `\Q` before it"),
    (r"\y", r"\y", r"unknown escape `\y`"),
    (r"\é", r"\é", r"unknown escape `\é`"),
    (r"\x4", r"\x", r"`\x` needs two hexadecimal digits, or any number in braces"),
    (r"\x{}", r"\x", r"`\x` needs two hexadecimal digits, or any number in braces"),
    (
        r"\x{110000}",
        r"\x{110000}",
        r"`\x{110000}` is beyond the last code point, `\x{10FFFF}`",
    ),
    (r"\p", r"\p", r"`\p` needs the name of a Unicode class"),
    (r"\p{Greek", r"\p", r"`\p` needs the name of a Unicode class"),
    (r"a\p{Alpha}", r"\p{Alpha}", r"unknown Unicode class `\p{Alpha}`"),
    (r"[\pq]", r"\pq", r"unknown Unicode class `\pq`"),
]


@pytest.mark.parametrize(("pattern", "covered", "message"), REFUSED)
def test_what_go_refuses_is_refused_at_the_place(pattern: str, covered: str, message: str) -> None:
    (problem,) = re2.check(pattern)
    assert pattern[problem.start : problem.end] == covered
    assert problem.message == message


HELPED = [
    ("*-dev", "write `.*` for any text"),
    ("+x", r"write `\+` for the character itself"),
    ("a{3,1}", "write `{1,3}`"),
    ("(?!main)", "put what must not match under `unless`"),
    (r"main\Z", r"write `$` or `\z` for the end of the text"),
    (r"\p{Alpha}", "write `[[:alpha:]]`"),
    ("[]", "a `]` that comes first belongs to the class"),
    ("a++", "write `+`: RE2 never goes back"),
]


@pytest.mark.parametrize(("pattern", "advice"), HELPED)
def test_where_there_is_another_way_it_is_said(pattern: str, advice: str) -> None:
    (problem,) = re2.check(pattern)
    assert problem.help == advice


def test_a_long_word_is_cut_in_the_message() -> None:
    (problem,) = re2.check("[[:" + "x" * 1000 + ":]]")
    assert (problem.start, problem.end) == (1, 1005)
    assert len(problem.message) < 80


LIMITS = [
    ("(" * 1000 + ")" * 1000, "groups and repetitions nest more than 1000 deep"),
    ("(?:" * 1000 + ")*" * 1000, "groups and repetitions nest more than 1000 deep"),
    (
        "(" + "(xx?)" * 1000 + "){1000}",
        "the pattern is too large with its repetitions written out",
    ),
    ("(xx?){1000}" * 1000, "the pattern is too large with its repetitions written out"),
]


@pytest.mark.parametrize(("pattern", "message"), LIMITS, ids=range(len(LIMITS)))
def test_the_limits_of_go_hold(pattern: str, message: str) -> None:
    (problem,) = re2.check(pattern)
    assert problem.message == message


SURPRISES = [
    # pattern, the characters that surprise, the message
    ("release/*", "/*", "`*` repeats the `/` before it, it is not any text"),
    ("v*", "v*", "`*` repeats the `v` before it, it is not any text"),
    ("docs/*.md", "/*", "`*` repeats the `/` before it, it is not any text"),
    ("v[:digit:]+", "[:digit:]", "`[:digit:]` is a class of the characters in it"),
]


@pytest.mark.parametrize(("pattern", "covered", "message"), SURPRISES)
def test_a_pattern_that_means_something_else_is_pointed_out(
    pattern: str, covered: str, message: str
) -> None:
    assert re2.check(pattern) == []
    (problem,) = re2.surprises(pattern)
    assert pattern[problem.start : problem.end] == covered
    assert problem.message == message


@pytest.mark.parametrize(
    "pattern",
    ["", "main", ".*", "release/.*", "^v*$", "(ab)*", "[[:digit:]]", r"\[:a:]", "*", "a**"],
)
def test_what_may_be_meant_so_is_left_alone(pattern: str) -> None:
    assert re2.surprises(pattern) == []


MATCHES = [
    # pattern, text, does it match somewhere
    ("", "", True),
    ("push", "push", True),
    ("pull", "pull_request:opened", True),
    ("^pull$", "pull_request:opened", False),
    ("^(push|tag)$", "tag", True),
    ("^(push|tag)$", "tags", False),
    ("^push|tag$", "a tag", True),
    (r"\Apull_request:\w+\z", "pull_request:opened", True),
    ("^a.c$", "abc", True),
    ("^a.c$", "a\nc", False),
    ("(?s)^a.c$", "a\nc", True),
    ("^b", "a\nb", False),
    ("(?m)^b$", "a\nb\nc", True),
    ("^ab*c$", "abbbc", True),
    ("^ab*c$", "ac", True),
    ("^ab+c$", "ac", False),
    ("^ab?c$", "abbc", False),
    ("^a{2,3}$", "a", False),
    ("^a{2,3}$", "aaa", True),
    ("^a{2,3}$", "aaaa", False),
    ("^a{2,}$", "aaaaa", True),
    ("^(?:ab){2}$", "abab", True),
    ("^x{0}$", "", True),
    ("^(a*)*$", "aaa", True),
    ("^(a|b|)*$", "abba", True),
    ("^(|a){3}$", "aaaa", False),
    ("^[a-c]+$", "abc", True),
    ("^[^a-c]$", "b", False),
    ("^[^a]$", "\n", True),
    ("^[]a]$", "]", True),
    ("^[a-]$", "-", True),
    (r"^[\d_]+$", "1_2", True),
    ("^[[:upper:]]$", "A", True),
    ("^[[:^upper:]]$", "A", False),
    (r"^\w$", "é", False),
    (r"\btag\b", "a tag!", True),
    (r"\btag\b", "stag", False),
    (r"a\Bb", "ab", True),
    (r"^\Q.*\E$", ".*", True),
    (r"^\Q.*\E$", "ab", False),
    (r"^\x41\101$", "AA", True),
    ("(?i)PUSH", "push", True),
    ("(?i:PU)SH", "push", False),
    ("(?i)^[A-C]$", "b", True),
    ("(?i)^[^k]$", "K", False),
    # Ignoring letter case comes before the negation of a named class.
    (r"(?i)^\W$", "k", False),
    ("a(?i)b|c", "C", True),
    ("(a(?i)b)c", "aBC", False),
    ("^(?P<x>a)$", "a", True),
]


@pytest.mark.parametrize(("pattern", "text", "expected"), MATCHES)
def test_a_pattern_matches_as_in_go(pattern: str, text: str, expected: bool) -> None:
    assert re2.matches(pattern, text) is expected


UNKNOWN = [
    ("*", "a"),
    (r"\p{Greek}", "a"),
    ("(?i)straße", "STRASSE ß"),
    ("(?:x{30}){30}y{1000}(?:z{3}){300}", "xyz"),
    ("a" * 1001, "a"),
    ("a", "a" * 201),
]


@pytest.mark.parametrize(("pattern", "text"), UNKNOWN, ids=range(len(UNKNOWN)))
def test_what_cannot_be_known_is_said_to_be_unknown(pattern: str, text: str) -> None:
    assert re2.matches(pattern, text) is None


HOSTILE = [
    "(" * 100_000,
    "[" * 100_000,
    "a{999}{999}",
    "(?:" * 10_000 + "a" + "{999})" * 10_000,
    "[" + "[:" * 50_000,
    "[[:a]" * 20_000,
    "a*" * 50_000,
    "|" * 100_000,
    "()" * 50_000,
    "{1" * 50_000,
    "{" + "1" * 100_000 + "}",
    "x{1," + "9" * 100_000 + "}",
    r"\x{" + "0" * 100_000 + "41}",
    r"\x{" + "F" * 100_000 + "}",
    "(?:" * 20_000 + "a" + "b*)" * 20_000,
    "(?i" * 30_000,
    r"\pL" * 30_000,
]


@pytest.mark.parametrize("pattern", HOSTILE, ids=lambda pattern: pattern[:12])
def test_hostile_patterns_take_little_time(pattern: str) -> None:
    start = time.process_time()
    re2.check(pattern)
    re2.surprises(pattern)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "pattern", ["(a*)*" * 200, "(a|aa)*" * 140 + "$", "(?:a?){500}a{500}", "x{1000}"]
)
def test_matching_takes_little_time(pattern: str) -> None:
    start = time.process_time()
    re2.matches(pattern, "a" * 199 + "!")
    assert time.process_time() - start < 2


def test_a_pattern_beyond_all_reason_is_not_judged() -> None:
    assert re2.check("(" * (re2.MAX_CHECKED + 1)) == []


PARTS = st.sampled_from(
    [
        *"ab.^$|()*+?{}[]-\\",
        "(?:",
        "(?i)",
        "(?P<n>",
        "{2}",
        "[a-c]",
        "[[:alpha:]]",
        r"\d",
        r"\b",
        "é",
    ],
)
PATTERNS = st.one_of(st.text(), st.lists(PARTS, max_size=12).map("".join))


@given(PATTERNS, st.text(max_size=10))
def test_any_text_is_read_and_problems_lie_inside_it(pattern: str, text: str) -> None:
    refused = re2.check(pattern)
    for problem in [*refused, *re2.surprises(pattern)]:
        assert 0 <= problem.start < problem.end <= len(pattern)
    if refused:
        assert re2.matches(pattern, text) is None


@given(st.text(max_size=10), st.text(max_size=5), st.text(max_size=5))
def test_a_quoted_text_matches_wherever_it_stands(text: str, before: str, after: str) -> None:
    plain = text.replace("\\", "/")
    assert re2.matches(rf"\Q{plain}\E", before + plain + after) is True


@given(PATTERNS, st.text(alphabet="abc", max_size=5))
def test_a_choice_matches_what_one_of_its_parts_matches(pattern: str, text: str) -> None:
    alone = re2.matches(f"(?:{pattern})", text)
    if alone is not None:
        assert re2.matches(f"(?:{pattern})|^b+$", text) is (alone or set(text) == {"b"})
