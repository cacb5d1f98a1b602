"""The variables that Vela sets, and the names that people write instead."""

from __future__ import annotations

import pytest

from pipelint.vela.rulesets import EVENTS
from pipelint.vela.variables import (
    COMPILE,
    GONE,
    STALE,
    VARIABLES,
    VelaVariable,
    events_with,
    is_always_set,
    is_never_set,
    likely_meant,
)


@pytest.mark.parametrize(
    "name", ["CI", "VELA", "VELA_BUILD_COMMIT", "VELA_REPO_NAME", "BUILD_NUMBER", "REPOSITORY_ORG"]
)
def test_variables_of_every_build(name: str) -> None:
    assert is_always_set(name)


@pytest.mark.parametrize(
    "name",
    ["VELA_BUILD_TAG", "VELA_PULL_REQUEST", "VELA_STEP_NAME", "VELA_NETRC_PASSWORD", "HOME", ""],
)
def test_variables_that_a_build_may_lack_when_it_is_compiled(name: str) -> None:
    assert not is_always_set(name)


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("VELA_BUILD_TAG", {"tag", "deployment:created", "delete:tag"}),
        ("BUILD_TAG", {"tag", "deployment:created", "delete:tag"}),
        ("VELA_DEPLOYMENT", {"deployment:created"}),
        ("DEPLOYMENT_PARAMETER_REGION", {"deployment:created"}),
        ("VELA_BUILD_COMMIT", set()),
        ("HOME", set()),
    ],
)
def test_events_that_set_a_variable(name: str, events: set[str]) -> None:
    assert events_with(name) == events


def test_a_fork_is_known_for_pull_requests_alone() -> None:
    comments = {event for event in EVENTS if event.startswith("comment:")}
    both = events_with("VELA_PULL_REQUEST")
    assert comments < both
    assert events_with("VELA_PULL_REQUEST_FORK") == both - comments


@pytest.mark.parametrize("variable", VARIABLES.values(), ids=lambda variable: variable.name)
def test_every_variable_is_complete(variable: VelaVariable) -> None:
    new = variable.replaced_by
    assert variable.meaning
    assert set(variable.events) <= set(EVENTS)
    assert not new or VARIABLES[new].replaced_by == ""
    assert variable.name.startswith(("VELA", "CI")) == (new == "")


@pytest.mark.parametrize("name", sorted(STALE))
def test_what_is_stale_is_there_when_vela_compiles(name: str) -> None:
    assert VARIABLES[name].since == COMPILE


@pytest.mark.parametrize("name", sorted(GONE))
def test_what_is_gone_has_a_successor(name: str) -> None:
    assert name not in VARIABLES
    assert VARIABLES[GONE[name]].replaced_by == ""
    assert is_never_set(name)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("VELA_BUILD_NUMBR", "VELA_BUILD_NUMBER"),
        ("VELA_BULD_NUMBER", "VELA_BUILD_NUMBER"),
        ("VELA_BUILD_TAGS", "VELA_BUILD_TAG"),
        ("VELA_REPO_FULLNAME", "VELA_REPO_FULL_NAME"),
        ("VELA_BRANCH", "VELA_BUILD_BRANCH"),
        ("VELA_REPO", "VELA_REPO_FULL_NAME"),
        ("VELA_PULL_REQUEST_NUMBER", "VELA_PULL_REQUEST"),
    ],
)
def test_misspelt_names(written: str, meant: str) -> None:
    assert likely_meant(written) == meant
    assert is_never_set(written)


@pytest.mark.parametrize(
    "name",
    [
        "VELA_BUILD_NUMBER", "VELA_TOKEN", "VELA_REPO_TOKEN", "VELA_API_KEY", "VELA_BUILD_DATE",
        "VELA_", "VELA_BUILD_", "BUILD_NUMBR", "HOME", "VELA_" + "X" * 10_000,
    ],
)  # fmt: skip
def test_names_that_may_well_be_somebody_elses(name: str) -> None:
    assert likely_meant(name) == ""
