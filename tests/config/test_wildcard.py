"""Wildcards against one name: what git and secrets mean by `*`, `?` and `[…]`."""

from __future__ import annotations

import time

import pytest

from pipelint.wildcard import matcher


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("plain", ["plain"], ["plai", "plainer", "Plain"]),
        ("*", ["", "a", "anything"], []),
        ("*.yml", [".yml", "a.yml"], ["a.yaml", "a.ymlx"]),
        ("docker_*", ["docker_", "docker_user"], ["docker", "my_docker_user"]),
        ("a*b*c", ["abc", "a-b-c", "abbcc"], ["ab", "abcd", "acb"]),
        ("a**b", ["ab", "axxb"], ["a", "b"]),
        ("?a", ["ba", "éa"], ["a", "bba"]),
        ("[abc]", ["a", "c"], ["d", "", "ab"]),
        ("[a-c]x", ["ax", "bx"], ["dx", "-x"]),
        ("[!a-c]", ["d", "-"], ["a"]),
        ("[^a-c]", ["d"], ["b"]),
        ("[]a]", ["]", "a"], ["b"]),
        ("[!]a]", ["b"], ["]", "a"]),
        ("[a-]", ["a", "-"], ["b"]),
        (r"[a\]b]", ["a", "]", "b"], ["\\"]),
        ("[[:digit:]_]", ["7", "_"], ["a", ":"]),
        ("[[:nonsense:]]", [], ["a", ":", "]"]),
        ("[ab", [], ["a", "[ab"]),
        (r"\*", ["*"], ["a", "\\*"]),
        ("a\\", [], ["a", "a\\"]),
        ("a.b", ["a.b"], ["axb"]),
    ],
)
def test_a_pattern_matches_whole_names(
    pattern: str, matching: list[str], others: list[str]
) -> None:
    matches = matcher(pattern)
    assert [name for name in [*matching, *others] if matches(name)] == matching


def test_many_stars_take_no_longer() -> None:
    started = time.process_time()
    assert not matcher("*a" * 200 + "*b")("a" * 5000)
    assert time.process_time() - started < 2
