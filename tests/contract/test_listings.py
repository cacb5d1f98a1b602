"""What pipelint tells about itself: files, settings, rules, counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelint.registry import all_rules
from repository import pipelint

BROKEN = 'version: "1"\nsteps:\n  - {name: a, commands: [b]}\n  - {name: c, commands: [d]}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        ".vela.yml": BROKEN,
        "old/.vela.yml": BROKEN,
        "chart/values.yaml": "replicas: 3\n",
        "go/.vela.star": "def main(ctx):\n  return {}\n",
        "pipelint.yaml": "exclude: [old/]\nrules: {missing-image: warning}\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_files_are_listed(folder: Path) -> None:
    assert pipelint("--list-files", cwd=folder).stdout == ".vela.yml\n"


def test_files_are_listed_with_the_reason_why_others_are_not_checked(folder: Path) -> None:
    assert pipelint("--list-files", "--why", cwd=folder).stdout.splitlines() == [
        ".vela.yml",
        "chart/values.yaml: not checked: not a Harness or Vela file",
        "go/.vela.star: not checked: a Starlark template",
        "old/: not checked: excluded by pipelint.yaml:1",
    ]


def test_settings_say_where_they_come_from(folder: Path) -> None:
    lines = pipelint("--show-settings", ".vela.yml", cwd=folder).stdout.splitlines()
    assert lines[0] == "settings for .vela.yml"
    assert lines[1] == f"configuration: {folder.resolve() / 'pipelint.yaml'}"
    assert "  missing-image: warning  (default: error)" in lines
    assert len([line for line in lines if line.startswith("  ")]) == len(all_rules())


def test_statistics_count_each_rule(folder: Path) -> None:
    lines = pipelint("--statistics", cwd=folder).stdout.splitlines()
    assert lines[0].split() == ["2", "warning", "missing-image", "vela"]
    assert lines[-1] == "Found 2 warnings in 1 file."


def test_rules_are_listed_by_family_and_name() -> None:
    lines = pipelint("rules", cwd=Path.cwd()).stdout.splitlines()
    families = [line for line in lines if line and not line.startswith("  ")]
    assert families == sorted({rule.family for rule in all_rules()})
    names = [line.split()[0] for line in lines if line.startswith("  ")]
    assert names == [
        rule.name for family in families for rule in all_rules() if rule.family == family
    ]


def test_rules_are_listed_for_programs() -> None:
    table = json.loads(pipelint("rules", "--output-format", "json", "yaml", cwd=Path.cwd()).stdout)
    assert {row["family"] for row in table} == {"yaml"}
    assert set(table[0]) == {"name", "family", "level", "since", "summary"}


@pytest.mark.parametrize("rule", ["needs-cycle", "yaml-syntax"])
def test_page_of_a_rule_is_printed(rule: str) -> None:
    page = pipelint("explain", rule, cwd=Path.cwd()).stdout
    assert page.startswith(f"# {rule}\n")
    assert "## Why is this bad?" in page
    assert f"# pipelint: ignore[{rule}]" in page


def test_starlark_file_is_said_to_be_unchecked(folder: Path) -> None:
    done = pipelint("--output-format", "json", cwd=folder)
    star = {"path": "go/.vela.star", "kind": "vela-template", "checked": False}
    assert star in json.loads(done.stdout)["files"]
    assert done.stderr == "note: 1 file not checked: go/.vela.star (a Starlark template)\n"
