"""The examples show what the README says: each mistake is found, and what is mended is clean."""

from __future__ import annotations

import pytest

import pipelint
from repository import ROOT

EXAMPLES = ROOT / "examples"
FOUND = {
    "billing-api": ["undeclared-secret", "unknown-key"],
    "checkout": ["step-not-allowed-here", "unknown-stage"],
    "command-line-tool": ["lost-substitution", "step-never-runs"],
    "documentation": ["yaml-syntax"],
    "mobile-app": ["command-not-text"],
    "newsletter": [
        "hyphen-in-path",
        "other-generation-delimiter",
        "single-equals",
        "unknown-step",
        "unquoted-text",
        "unreadable-variable-name",
    ],
    "nightly": [
        "deprecated-pull",
        "invalid-pattern",
        "undeclared-template",
        "unknown-event",
    ],
    "payments": [
        "identity-in-template",
        "ignored-beside-template",
        "malformed-version-label",
        "unknown-key",
        "unsupported-value",
    ],
    "release": [
        "approval-by-nobody",
        "duplicate-step-identifier",
        "misspelt-key",
        "unknown-axis-in-exclude",
        "unsupported-value",
        "wrong-type",
    ],
    "search": [
        "input-yaml-of-other-pipeline",
        "malformed-cron",
        "misspelt-key",
        "unsupported-value",
        "webhook-without-connector",
        "wrong-type",
    ],
    "warehouse": [
        "all-errors-with-others",
        "malformed-duration",
        "misspelt-key",
        "unknown-key",
        "unquoted-value",
    ],
    "web-shop": ["needs-cycle", "unknown-need"],
}


@pytest.mark.parametrize("name", FOUND)
def test_broken_example_shows_its_mistakes(name: str) -> None:
    found = pipelint.check_paths([EXAMPLES / "broken" / name])
    assert sorted({one.rule for one in found}) == FOUND[name]


@pytest.mark.parametrize("name", FOUND)
def test_mended_example_is_clean(name: str) -> None:
    assert pipelint.check_paths([EXAMPLES / "mended" / name]) == []


def test_every_example_is_there_twice_and_in_the_list() -> None:
    listed = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for state in ("broken", "mended"):
        assert sorted(path.name for path in (EXAMPLES / state).iterdir()) == sorted(FOUND)
    assert all(f"| {name} |" in listed for name in FOUND)
