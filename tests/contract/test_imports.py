"""What a plain check imports: a cold start is what users feel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipelint.report import FORMATS
from repository import ROOT, environment

FORBIDDEN = {
    "asyncio",
    "dataclasses",
    "hashlib",
    "importlib.metadata",
    "importlib.resources",
    "jsonschema",
    "lark",
    "logging",
    "lsprotocol",
    "pathlib",
    "pathspec",
    "pygls",
    "rich",
}
EXAMPLES = sorted(ROOT.glob("examples/*/*/.vela.yml"))
_MODULES = """
import sys
from pipelint.cli import main
main(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
"""


def imported_by(*arguments: str, code: str = _MODULES) -> set[str]:
    """Run a command in a fresh process; return the modules that it has imported."""
    run = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(
        run, cwd=ROOT, env=environment(), capture_output=True, encoding="utf-8", check=True
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: "/".join(path.parts[-3:-1]))
def test_plain_check_imports_nothing_slow(path: Path) -> None:
    assert imported_by(str(path)) & FORBIDDEN == set()


@pytest.mark.parametrize("output", FORMATS)
def test_formats_import_nothing_slow(output: str) -> None:
    arguments = ("--output-format", output, "examples/broken/web-shop/.vela.yml")
    assert imported_by(*arguments) & FORBIDDEN == set()


def test_vela_file_never_imports_harness() -> None:
    modules = imported_by("examples/broken/web-shop")
    assert "pipelint.vela.dialect" in modules
    assert not [name for name in modules if name.startswith(("pipelint.harness", "pipelint_lsp"))]


def test_importing_pipelint_imports_no_room() -> None:
    code = "import sys, pipelint; print(*sys.modules, file=sys.stderr)"
    assert {name for name in imported_by(code=code) if name.startswith("pipelint")} == {"pipelint"}


def test_rooms_keep_to_their_floors() -> None:
    command = [os.path.join(os.path.dirname(sys.executable), "lint-imports"), "--no-cache"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_nobody_imports_from_the_root_of_the_checkout() -> None:
    """`import linter.pipelint` would make a second copy of every class."""
    wrong = re.compile(r"^\s*(?:from|import)\s+(?:linter|lsp|schemas)\b", re.MULTILINE)
    folders = ("linter", "lsp", "schemas", "tests", "tools", "benchmarks")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    assert len(files) > 100
    assert [path for path in files if wrong.search(path.read_text(encoding="utf-8"))] == []
