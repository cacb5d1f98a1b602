"""`pipelint rules --since VERSION`: what an upgrade brings."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest

from pipelint import __version__
from pipelint.cli.arguments import UsageError
from pipelint.cli.rules import choose
from pipelint.registry import all_rules
from pipelint.rule import Rule
from repository import pipelint

HERE = Path.cwd()
RULES = [
    Rule(name, "error", family, "Reports.", since=since)
    for name, family, since in (
        ("first", "vela", "0.1.0"),
        ("second", "yaml", "0.2.0"),
        ("patched", "vela", "0.2.1"),
        ("tenth", "vela", "0.10.0"),
    )
]


def names(since: str | None, *families: str) -> list[str]:
    return [rule.name for rule in choose(RULES, Namespace(families=families, since=since))]


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("0.1.0", ["first", "second", "patched", "tenth"]),
        ("0.2", ["second", "patched", "tenth"]),
        ("0.2.0", ["second", "patched", "tenth"]),
        ("0.2.1", ["patched", "tenth"]),
        ("0.9", ["tenth"]),
        ("1", []),
        (None, ["first", "second", "patched", "tenth"]),
    ],
)
def test_rules_of_a_version_and_later_are_listed(since: str | None, expected: list[str]) -> None:
    assert names(since) == expected


def test_families_and_versions_go_together() -> None:
    assert names("0.2", "vela") == ["patched", "tenth"]


@pytest.mark.parametrize("version", ["", "soon", "0.x", ">=0.1", "0.1, <1", "1.2.3.4.5", "-1"])
def test_what_is_no_version_is_said(version: str) -> None:
    with pytest.raises(UsageError, match="is no version") as raised:
        names(version)
    assert raised.value.help == f"write numbers, such as `{__version__}`"


def test_bad_version_ends_with_2_and_one_message() -> None:
    done = pipelint("rules", "--since", "soon", cwd=HERE)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"error: `soon` is no version\n  = help: write numbers, such as `{__version__}`\n"
    )


def test_flag_without_a_version_is_said() -> None:
    done = pipelint("rules", "--since", cwd=HERE)
    assert (done.returncode, done.stderr) == (2, "error: `--since` needs a value\n")


def test_every_rule_came_with_a_version_that_is_out_or_the_next() -> None:
    done = pipelint("rules", "--since", "0.1.0", "--output-format", "json", cwd=HERE)
    assert [row["name"] for row in json.loads(done.stdout)] == [one.name for one in all_rules()]


def test_nothing_new_is_said_and_is_no_failure() -> None:
    done = pipelint("rules", "--since", "99", "--output-format=json", cwd=HERE)
    assert (done.returncode, done.stdout) == (0, "[]\n")
    assert done.stderr == f"note: no rule is that new; this is pipelint {__version__}\n"


def test_unknown_family_gets_the_near_name() -> None:
    done = pipelint("rules", "velo", cwd=HERE)
    assert done.returncode == 2
    assert done.stderr == (
        "error: unknown family `velo`\n  = help: a family with a similar name exists: `vela`\n"
    )
