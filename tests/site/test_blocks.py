"""Every block of code in the documents is true: it is run, read or checked, or says why it is not.

Console blocks are replayed by `tests/readme/test_consoles.py`, `git` and all.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from blocks import COMMANDS_NOT_RUN, NOT_RUN, Block, blocks, is_about, reason
from linting import HARNESS, VELA, lint
from pipelint.diagnostic import INFO
from repository import ROOT, environment, pipelint

KNOWN = {"", "console", "json", "sh", "text", "toml", "yaml"}
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)


def marked(*languages: str) -> list[Any]:
    """Give the blocks of these languages that are to be tried."""
    every = [block for block in blocks(*languages) if not reason(block)]
    return [pytest.param(one, id=f"{one.document}:{one.line}") for one in every]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the examples to a repository of their own."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / ".git").mkdir()
    return folder


@pytest.mark.parametrize("block", marked())
def test_block_is_of_a_language_that_is_tried(block: Block) -> None:
    assert block.language in KNOWN


def test_every_reason_is_needed() -> None:
    every = list(blocks())
    idle = [where for where in NOT_RUN if not any(is_about(list(where[:3]), one) for one in every)]
    assert idle == []
    lines = [line for block in blocks("sh") for line in commands(block)]
    assert [
        one for one in COMMANDS_NOT_RUN if not any(line.startswith(one) for line in lines)
    ] == []


# --- pipelines and configurations ----------------------------------------------------------------


@pytest.mark.parametrize("block", marked("yaml"))
def test_yaml_is_a_clean_pipeline_or_a_configuration(block: Block, tmp_path: Path) -> None:
    name = block.named or ("" if looks_like_a_pipeline(block) else "pipelint.yaml")
    if name == "pipelint.yaml":
        understand(block.text, tmp_path)
    else:
        path = name or ".vela.yml"
        found = lint(whole(block.text), path if name else "")
        assert [f"{one.rule}: {one.finding.message}" for one in found if one.level != INFO] == []


def looks_like_a_pipeline(block: Block) -> bool:
    return bool(VELA.search(block.text) or HARNESS.search(block.text))


def whole(text: str) -> str:
    """Make a pipeline of the part that a document shows."""
    return f'version: "1"\n{text}' if text.startswith(("steps:", "stages:")) else text


def understand(text: str, folder: Path) -> None:
    """Assert that a configuration is understood."""
    (folder / "pipelint.yaml").write_text(text, encoding="utf-8")
    done = pipelint("--show-settings", ".vela.yml", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")


# --- commands ------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", marked("sh"))
def test_commands_work(block: Block, home: Path) -> None:
    for command in commands(block):
        if not any(command.startswith(one) for one in COMMANDS_NOT_RUN):
            assert try_out(command, home) == "", command


def commands(block: Block) -> Iterator[str]:
    """Give the commands of a block, without their comments and joined where they go on."""
    for line in block.text.replace("\\\n", " ").splitlines():
        command = re.sub(r"(^|\s+)#.*", "", line).strip()
        if command:
            yield command


def try_out(command: str, home: Path) -> str:
    """Run a command of pipelint or the shell; return what is wrong with it, or nothing."""
    if command.startswith("make "):
        targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
        wanted = {word for word in command.split()[1:] if "=" not in word}
        return " ".join(sorted(wanted - targets))
    if command.startswith("cd "):
        return ""
    path = f"{Path(sys.executable).parent}:{environment()['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=home,
        env=environment(PATH=path),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return "" if done.returncode in {0, 1} else f"{done.returncode}: {done.stderr}"


# --- what other programs read --------------------------------------------------------------------


@pytest.mark.parametrize("block", marked("json"))
def test_json_can_be_read(block: Block) -> None:
    assert json.loads(block.text)


@pytest.mark.parametrize("block", marked("toml"))
def test_toml_can_be_read(block: Block) -> None:
    tomllib = pytest.importorskip("tomllib", reason="Python 3.10 has none")
    assert tomllib.loads(block.text)
