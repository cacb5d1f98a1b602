"""An editor shows what the command line reports: same rules, same places, same words."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipelint.source import Source, UndecodableError, decode
from pipelint_lsp import handlers
from pipelint_lsp.convert.columns import UTF32
from pipelint_lsp.convert.view import Client, View
from pipelint_lsp.session import Session
from pipelint_lsp.uris import to_uri
from repository import ROOT, pipelint, shared

MOST = 120


def from_editor(paths: list[Path], root: Path) -> list[tuple[Any, ...]]:
    """Open files in a session, and return what it shows, as the command line counts."""
    session = Session([str(root)])
    rows = []
    for path in paths:
        try:
            text = decode(path.read_bytes())
        except UndecodableError:
            continue
        opened = session.open(to_uri(str(path)), "yaml", 1, text)
        client = Client(UTF32)
        view = View(session.snapshot(opened), client, marked=opened.is_marked, root=str(root))
        source = Source(text)
        for one in handlers.problems(view):
            start, end = one.range.start, one.range.end
            mark = opened.is_marked and start.line == 0
            related = len(one.related_information or ())
            place = (start.line + 1, start.character + 1 - mark)
            stop = (end.line + 1, end.character + 1 - (opened.is_marked and end.line == 0))
            if not source.text:
                stop = (1, 2)
            rows.append((path.name, one.code, one.message.split("\n")[0], place, stop, related))
    return sorted(rows)


def from_command(paths: list[Path], root: Path) -> list[tuple[Any, ...]]:
    """Run the command on files."""
    names = [os.path.relpath(path, root) for path in paths]
    done = pipelint("--output-format", "json", "--exit-zero", "--allow-empty", *names, cwd=root)
    rows = []
    for one in json.loads(done.stdout)["diagnostics"]:
        place, stop = (tuple(one[side].values()) for side in ("start", "end"))
        message = one["message"].split("\n")[0]
        related = len(one.get("related", ()))
        rows.append((Path(one["path"]).name, one["rule"], message, place, stop, related))
    return sorted(rows)


@pytest.mark.parametrize("side", ["broken", "mended"])
def test_examples(side: str, tmp_path: Path) -> None:
    root = tmp_path / "repository"
    shutil.copytree(ROOT / "examples" / side, root)
    (root / ".git").mkdir()
    paths = sorted(path for path in root.rglob("*.y*ml") if path.is_file())
    found = from_editor(paths, root)
    assert found == from_command(paths, root)
    assert found or side == "mended"


@pytest.mark.parametrize("area", ["vela/files", "harness"])
def test_real_files(area: str, tmp_path: Path) -> None:
    folder = shared("corpus", *area.split("/"))
    every = [path for path in sorted(folder.rglob("*.y*ml")) if path.stat().st_size < 60_000]
    home = tmp_path / ".harness" if area == "harness" else tmp_path
    home.mkdir(exist_ok=True)
    (tmp_path / ".git").mkdir()
    for number, path in enumerate(every[:: max(1, len(every) // MOST)]):
        shutil.copyfile(path, home / f"{number:04}-{path.name}")
    paths = sorted(home.glob("*.y*ml"))
    found = from_editor(paths, tmp_path)
    assert found == [row for row in from_command(paths, tmp_path) if row[1] != "not-utf8"]
    assert len(found) > 20
