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

from linting import rules_in
from repository import ROOT, environment, pipelint

DOCUMENTS = [
    path
    for pattern in ("*.md", "docs/**/*.md", "examples/**/*.md")
    for path in sorted(ROOT.glob(pattern))
]
_YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
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
    assert len(_BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))) >= 2


def test_configuration_of_the_readme_is_understood(home: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = [one for one in _YAML.findall(text) if one.startswith("rules:")]
    (home / "pipelint.yaml").write_text(block, encoding="utf-8")
    done = pipelint("--show-settings", ".vela.yml", cwd=home)
    assert "  redundant-need: off  (default: info)" in done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")


def test_ignore_of_the_readme_hides_the_finding() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = [one for one in _YAML.findall(text) if one.startswith("steps:")]
    whole = f'version: "1"\n{block}'
    assert rules_in(whole) == []
    assert rules_in(whole.split(" # pipelint", maxsplit=1)[0] + "\n") == ["undeclared-secret"]


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
