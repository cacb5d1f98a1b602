"""A baseline of real files: nothing is left to report, whatever moves around what it knows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipelint.source import UndecodableError, decode
from pipelint_lsp import handlers
from pipelint_lsp.session import Session
from repository import pipelint, shared

NAME = ".pipelint-baseline.json"
SAMPLE = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository of all real files, with the baseline of what is found in them."""
    root = tmp_path_factory.mktemp("legacy")
    shutil.copytree(shared("corpus"), root, dirs_exist_ok=True, copy_function=shutil.copyfile)
    for path in (root, *root.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    (root / ".git").mkdir()
    done = pipelint("baseline", cwd=root)
    assert done.returncode == 0, done.stderr
    return root


def report(folder: Path, *arguments: str) -> Any:
    return json.loads(pipelint("--output-format", "json", *arguments, cwd=folder).stdout)


def recorded(folder: Path) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = json.loads((folder / NAME).read_text())["findings"]
    return entries


def test_nothing_is_left_to_report(folder: Path) -> None:
    found = report(folder)
    assert found["diagnostics"] == []
    assert found["summary"]["suppressed"] == len(recorded(folder)) > 3000
    assert len(found["files"]) > 2000


def test_every_finding_has_an_entry_of_its_own(folder: Path) -> None:
    everything = report(folder, "--no-baseline")["diagnostics"]
    marks = [one["fingerprint"] for one in everything]
    assert len(set(marks)) == len(marks)
    assert set(marks) == {entry["fingerprint"] for entry in recorded(folder)}


def test_an_editor_shows_nothing_either(folder: Path) -> None:
    session = Session([str(folder)])
    paths = sorted({entry["path"] for entry in recorded(folder)})
    for name in paths[:: len(paths) // SAMPLE]:
        try:
            text = decode((folder / name).read_bytes())
        except UndecodableError:
            continue
        opened = session.open((folder / name).as_uri(), "yaml", 1, text)
        said = handlers.status(session, opened)
        assert said["problems"] == 0, name
        assert said["suppressed"] > 0, name


def test_nothing_is_new_when_every_line_moves(folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "moved"
    shutil.copytree(folder, root)
    for name in {entry["path"] for entry in recorded(folder)}:
        data = (root / name).read_bytes()
        if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"%")):
            (root / name).write_bytes(b"# moved\n\n" + data)
    done = pipelint("--output-format", "json", cwd=root)
    assert json.loads(done.stdout)["diagnostics"] == []
    assert "baseline" not in done.stderr


def test_files_that_are_moved_take_their_entries_along(folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "moved"
    shutil.copytree(folder, root)
    (root / "vela").rename(root / "platform")
    before = [entry["path"] for entry in recorded(root)]
    assert pipelint("baseline", "--prune", cwd=root).returncode == 0
    moved = [path.replace("vela/", "platform/", 1) for path in before if path.startswith("vela/")]
    assert len(moved) > 200
    stayed = [path for path in before if not path.startswith("vela/")]
    assert [entry["path"] for entry in recorded(root)] == sorted([*moved, *stayed])
    assert report(root)["diagnostics"] == []
