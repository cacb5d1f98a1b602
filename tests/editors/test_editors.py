"""Neovim and Emacs, where they are installed, show what the server says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from repository import ROOT

HERE = Path(__file__).parent
PATIENCE = 90

pytest.importorskip("pygls", reason="the language server is an extra")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "broken" / "checkout", tmp_path, dirs_exist_ok=True)
    return tmp_path


def run(editor: str, workspace: Path, *arguments: str) -> Any:
    """Run an editor on the broken pipeline; return what its script saw."""
    program = shutil.which(editor)
    if program is None:
        pytest.skip(f"{editor} is not installed")
    environment = {
        **os.environ,
        "HOME": str(workspace),
        "PIPELINT_PROGRAM": os.path.join(os.path.dirname(sys.executable), "pipelint"),
        "PIPELINT_ROOT": str(workspace),
        "PIPELINT_FILE": str(workspace / ".harness" / "deploy.yaml"),
    }
    done = subprocess.run(
        [program, *arguments],
        cwd=workspace,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    assert lines, done.stderr
    return json.loads(lines[-1])


def test_neovim(workspace: Path) -> None:
    script = str(HERE / "nvim.lua")
    seen = run(
        "nvim", workspace, "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {script}"
    )
    assert seen["covered"] == "to_qaa"
    assert "to_qa" in seen["offered"]
    assert "Deployment" not in seen["offered"]
    assert seen["gone"] is True
    assert seen["definition"] == "identifier: to_qa"
    assert {
        "identifier: to_staging",
        'condition: <+pipeline.stages.to_staging.status> == "SUCCEEDED"',
    } <= set(seen["renamed"])


def test_emacs_with_eglot(workspace: Path) -> None:
    seen = run("emacs", workspace, "-Q", "--batch", "-l", str(HERE / "eglot.el"))
    assert seen["covered"] == "to_qaa"
    assert "to_qa" in seen["offered"]
    assert seen["gone"] is True
