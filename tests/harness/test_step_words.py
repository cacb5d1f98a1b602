"""What is taken for a slip of the pen in the type of a step, and what for a new type."""

from __future__ import annotations

import pytest

from pipelint.harness.catalogue import catalogue_or_ours
from pipelint.harness.stage_kind import KINDS
from pipelint.harness.step_words import STAGES, STEPS, slips

KNOWN = sorted(catalogue_or_ours("").places)


@pytest.mark.parametrize("name", KNOWN)
def test_two_letters_in_the_wrong_order_are_a_slip(name: str) -> None:
    for at in range(len(name) - 1):
        word = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        if word not in KNOWN:
            assert name in slips(word, KNOWN)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Rum", ["Run"]),
        ("http", ["Http"]),
        ("shell-script", ["ShellScript"]),
        ("BuildAndPushXCR", ["BuildAndPushACR", "BuildAndPushECR", "BuildAndPushGCR"]),
        ("Ran", ["Run"]),
        ("FlyToTheMoon", []),
        ("K8sRollingDeployment", []),
        ("", []),
    ],
)
def test_one_letter_is_a_slip_and_more_are_not(word: str, meant: list[str]) -> None:
    assert slips(word, KNOWN) == meant


@pytest.mark.parametrize(
    "word", ["ServerlessAwsLambdaDeployV3", "ServerlessAwsLambdaRollbackV22", "SaveCacheS2"]
)
def test_another_number_at_the_end_may_be_a_new_type(word: str) -> None:
    assert slips(word, KNOWN) == []


def test_words_stand_for_types_that_exist() -> None:
    assert {name for names in STEPS.values() for name in names} <= set(KNOWN)
    assert set(STAGES.values()) <= set(KINDS)
    assert not {*STEPS, *STAGES} & {*KNOWN, *KINDS}
