"""Near names: what somebody most likely meant."""

from __future__ import annotations

import itertools
import time

import pytest

from pipelint.name import nearest

KEYS = ("image", "name", "commands", "environment", "secrets", "template", "timeout", "on", "in")


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("imge", KEYS, ["image"]),
        ("iamge", KEYS, ["image"]),
        ("Image", KEYS, ["image"]),
        ("command", KEYS, ["commands"]),
        ("time-out", KEYS, ["timeout"]),
        ("time_out", KEYS, ["timeout"]),
        ("enviroment", KEYS, ["environment"]),
        ("enviornmnet", KEYS, ["environment"]),
        ("Rnu", ("Run", "Background"), ["Run"]),
        ("ran", ("run",), []),
        ("on", ("in",), []),
        ("On", ("on", "in"), ["on"]),
        ("no", ("on",), []),
        ("unknown-step-types", ("unknown-step-type",), ["unknown-step-type"]),
        ("policies", ("policy",), ["policy"]),
        ("undefind-secret", ("undefined-secret", "undeclared-secret"), ["undefined-secret"]),
        ("something", KEYS, []),
        ("", KEYS, []),
        ("image", (), []),
    ],
)
def test_plausible_misspellings_are_found(
    word: str, candidates: tuple[str, ...], expected: list[str]
) -> None:
    assert nearest(word, candidates) == expected


def test_the_nearest_comes_first_and_what_is_much_farther_is_left_out() -> None:
    candidates = ("deployments", "deployed", "Deployment", "department")
    assert nearest("deployment", candidates) == ["Deployment", "deployments"]


def test_there_is_a_limit() -> None:
    candidates = [f"stage{letter}" for letter in "abcdef"]
    assert nearest("stage", candidates, limit=2) == ["stagea", "stageb"]


def test_the_order_of_the_candidates_does_not_matter() -> None:
    candidates = ["build-a", "build-b", "build_a", "biuld", "built"]
    orders = itertools.permutations(candidates)
    found = {tuple(nearest("build", order, limit=9)) for order in orders}
    assert found == {("build-a", "build-b", "build_a", "built", "biuld")}


def test_a_very_long_word_means_nothing() -> None:
    assert nearest("a" * 101, ["a" * 100]) == []
    assert nearest("a" * 100, ["a" * 101]) == []


def test_a_thousand_candidates_are_quick() -> None:
    words = ["".join(letters) * 3 for letters in itertools.permutations("abcdef", 4)]
    words += ["".join(letters) * 2 for letters in itertools.permutations("abcdefg", 6)]
    started = time.process_time()
    for word in words[:20]:
        nearest(word[::-1], words[:1000])
    assert time.process_time() - started < 2
