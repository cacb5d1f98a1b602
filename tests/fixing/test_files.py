"""Files are fixed together, and nothing is written on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelint.config import Resolver
from pipelint.fixing.files import File, mend_files
from pipelint.project import Project
from pipelint.registry import all_rules

OLD = b'version: "1"\r\nsteps: [{name: a, image: "b:1", pull: true, commands: [ls]}]'
NEW = OLD.replace(b"true", b"always")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".vela.yml").write_bytes(OLD)
    return Project(str(tmp_path), Resolver(all_rules, no_config=True), cwd=str(tmp_path))


def file_in(project: Project) -> File:
    return File(f"{project.root}/.vela.yml", OLD, project)


def test_others_see_a_file_as_it_will_be(project: Project) -> None:
    before = project.file(".vela.yml").source
    file = file_in(project)
    mend_files([file], lambda: None, unsafe=False)
    after = project.file(".vela.yml").source
    assert before is not None
    assert after is not None
    assert (before.text.encode(), after.text.encode()) == (OLD, NEW)
    assert Path(file.name).read_bytes() == OLD


def test_all_are_looked_at_until_none_changes(project: Project) -> None:
    steps = []
    file = file_in(project)
    mend_files([file], lambda: steps.append(file.name), unsafe=False)
    assert steps == [file.name]
    assert file.data == NEW
    assert [one.rule for one in file.fixed] == ["deprecated-pull"]
    assert file.last.before.diagnostics == file.last.after.diagnostics == ()
    assert file.first.before.source.text.encode() == OLD


def test_what_cannot_be_written_is_taken_back(project: Project) -> None:
    file = file_in(project)
    mend_files([file], lambda: None, unsafe=False)
    file.forget()
    assert (file.data, file.edits, file.fixed) == (OLD, [], [])
    assert [one.rule for one in file.last.after.diagnostics] == ["deprecated-pull"]
