"""A project reads what lies below its root, and knows when it cannot know."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelint.config import Resolver
from pipelint.engine import Checked
from pipelint.outside import FOUND, MISSING, UNKNOWN
from pipelint.project import SIZE_LIMIT, Project
from pipelint.registry import all_rules

CLEAN = 'version: "1"\nsteps:\n  - {name: test, image: alpine:3.22, commands: [ls]}\n'
CALLS = """\
version: "1"
templates:
  - {name: t, source: t.yml, type: file}
steps:
  - name: a
    template: {name: t}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    (root / ".git" / "info").mkdir(parents=True)
    (root / "templates").mkdir()
    (root / "templates" / "build.yml").write_text("steps: []\n")
    return root


def project(root: Path) -> Project:
    return Project(str(root), Resolver(all_rules), cwd=str(root))


def test_found(repository: Path) -> None:
    answer = project(repository).file("templates/build.yml")
    assert (answer.state, answer.path) == (FOUND, "templates/build.yml")
    assert answer.source is not None
    assert answer.source.text == "steps: []\n"


@pytest.mark.parametrize("path", ["./templates/build.yml", "templates//build.yml"])
def test_one_file_has_one_path(repository: Path, path: str) -> None:
    assert project(repository).file(path).path == "templates/build.yml"


def test_a_file_is_read_once_until_it_is_forgotten(repository: Path) -> None:
    files = project(repository)
    first = files.file("templates/build.yml")
    (repository / "templates" / "build.yml").write_text("steps: null\n")
    assert files.file("templates/build.yml") is first
    files.forget()
    again = files.file("templates/build.yml").source
    assert again is not None
    assert again.text == "steps: null\n"


@pytest.mark.parametrize(
    "path", ["build.yml", "templates/other.yml", "templates/build.yml/x", "templates"]
)
def test_missing_in_a_work_tree(repository: Path, path: str) -> None:
    assert project(repository).file(path).state == MISSING


@pytest.mark.parametrize(
    "path", ["", "/etc/hostname", "..", "../x.yml", "templates/../../x", "a\0b"]
)
def test_outside_of_the_root_nothing_is_known(repository: Path, path: str) -> None:
    (repository.parent / "x.yml").write_text("steps: []\n")
    assert project(repository).file(path).state == UNKNOWN


def test_a_link_out_of_the_root_is_not_followed(repository: Path) -> None:
    (repository.parent / "secret.yml").write_text("steps: []\n")
    (repository / "link.yml").symlink_to(repository.parent / "secret.yml")
    assert project(repository).file("link.yml").state == UNKNOWN


def test_a_link_inside_of_the_root_is_followed(repository: Path) -> None:
    (repository / "link.yml").symlink_to("templates/build.yml")
    assert project(repository).file("link.yml").state == FOUND


def test_without_git_a_file_may_lie_elsewhere(tmp_path: Path) -> None:
    assert project(tmp_path).file("t.yml").state == UNKNOWN


def test_in_a_sparse_checkout_a_file_may_be_left_out(repository: Path) -> None:
    (repository / ".git" / "info" / "sparse-checkout").write_text("/*\n")
    assert project(repository).file("t.yml").state == UNKNOWN


def test_what_cannot_be_read_is_not_known(repository: Path) -> None:
    (repository / "latin.yml").write_bytes(b"name: caf\xe9\n")
    (repository / "huge.yml").write_bytes(b"#" * (SIZE_LIMIT + 1))
    os.mkfifo(repository / "pipe.yml")
    files = project(repository)
    states = [files.file(name).state for name in ("latin.yml", "huge.yml", "pipe.yml")]
    assert states == [UNKNOWN] * 3


def test_check_reads_the_file(repository: Path) -> None:
    (repository / ".vela.yml").write_text(CLEAN)
    checked = project(repository).check(str(repository / ".vela.yml"))
    assert isinstance(checked, Checked)
    assert (checked.source.path, checked.kind, checked.diagnostics) == (
        ".vela.yml",
        "vela-pipeline",
        (),
    )


def test_check_returns_the_error_of_an_unreadable_file(repository: Path) -> None:
    files = project(repository)
    assert isinstance(files.check(str(repository / "gone.yml")), FileNotFoundError)
    assert isinstance(files.check(str(repository / "templates")), IsADirectoryError)


def test_a_text_is_checked_as_if_it_were_on_the_disk(repository: Path) -> None:
    checked = project(repository).check_text(CALLS, str(repository / ".vela.yml"))
    assert [one.rule for one in checked.diagnostics] == ["missing-template-file"]


def test_a_pipeline_below_the_top_may_be_meant_for_another_repository(repository: Path) -> None:
    path = repository / "examples" / ".vela.yml"
    assert project(repository).check_text(CALLS, str(path)).diagnostics == ()


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b'version: "1"\nname: caf\xe9\n', 22, "this file is not UTF-8 text"),
        (b"\xff\xfev\x00:\x00 \x00\x00\xd8", 3, "this file is not UTF-16 text"),
    ],
)
def test_other_encodings(repository: Path, data: bytes, place: int, message: str) -> None:
    (repository / ".vela.yml").write_bytes(data)
    checked = project(repository).check(str(repository / ".vela.yml"))
    assert isinstance(checked, Checked)
    found = [
        (one.rule, one.level, one.finding.span.start, one.finding.message)
        for one in checked.diagnostics
    ]
    assert found == [("not-utf8", "error", place, message)]
    assert (checked.kind, checked.checked) == ("vela-pipeline", True)
