"""Every console block of the documents shows what really happens.

Lines that begin with `$ ` are commands, run where a copy of the examples lies; what follows is all
that they print. `pytest tests/readme --update` writes the output into the documents.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from repository import ROOT, environment

DOCUMENTS = [
    path
    for pattern in ("*.md", "docs/**/*.md", "examples/**/*.md")
    for path in sorted(ROOT.glob(pattern))
]
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Copy the examples to a repository of their own."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / ".git").mkdir()
    return tmp_path


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_console_blocks_show_what_happens(path: Path, home: Path, update: bool) -> None:
    text = path.read_text(encoding="utf-8")
    shown = _BLOCK.sub(lambda block: f"```console\n{replay(block[1], home)}```", text)
    if update:
        path.write_text(shown, encoding="utf-8")
    assert text == shown


def test_the_readme_has_console_blocks() -> None:
    assert len(_BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))) >= 3


def replay(block: str, home: Path) -> str:
    """Run the commands of a block; return it with what they print."""
    commands = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    return "".join(play(commands, home))


def play(commands: list[str], home: Path) -> Iterator[str]:
    code = 0
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"]))
    for command in commands:
        done = subprocess.run(
            ["bash", "-c", command.replace("$?", str(code))],
            cwd=home,
            env={**environment(), "PATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        code = done.returncode
        yield f"$ {command}\n{done.stdout}"
