"""Remote templates are read where a folder that is no repository holds copies of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelint.config import Resolver
from pipelint.engine import Checked
from pipelint.project import Project
from pipelint.registry import all_rules

CALLER = """\
version: "1"
templates:
  - {name: go, source: github.com/octocat/templates/go.yml, type: github}
steps:
  - name: build
    template: {name: go}
"""
STAGES = "stages:\n  a:\n    steps:\n      - {name: b, image: alpine, commands: [ls]}\n"


def rules_in(folder: Path) -> list[str]:
    checked = Project(str(folder), Resolver(all_rules)).check(str(folder / ".vela.yml"))
    assert isinstance(checked, Checked)
    return [one.rule for one in checked.diagnostics]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".vela.yml").write_text(CALLER)
    (tmp_path / "go.yml").write_text(STAGES)
    return tmp_path


def test_a_copy_beside_the_pipeline_is_read(folder: Path) -> None:
    assert rules_in(folder) == ["stages-in-step-template"]


def test_in_a_repository_a_file_of_that_name_is_another_one(folder: Path) -> None:
    (folder / ".git").mkdir()
    assert rules_in(folder) == []


def test_without_a_copy_nothing_is_known(folder: Path) -> None:
    (folder / "go.yml").unlink()
    assert rules_in(folder) == []
