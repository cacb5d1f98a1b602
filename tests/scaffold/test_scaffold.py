"""`make rule` writes a rule that passes every test: you begin on green."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from repository import ROOT, environment

COPIED = ("linter", "lsp", "schemas", "tests", "tools")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy the project, so that a rule can be added to it."""
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the copy, on the packages of the copy."""
    path = ":".join(str(copy / name) for name in ("linter", "lsp", "schemas"))
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env=environment(PYTHONPATH=path),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "family"),
    [("nameless-wonder", "wonders"), ("wondrous-need", "needs")],
    ids=["in a new family", "in a family that exists"],
)
def test_new_rule_passes_the_tests_and_the_style(copy: Path, name: str, family: str) -> None:
    made = run(copy, "tools/scaffold.py", name, family)
    assert made.returncode == 0, made.stderr
    assert f"linter/pipelint/vela/rules/{family}.py" in made.stdout

    tests = ("tests/test_rules.py", "tests/vela/test_specifications.py")
    tested = run(copy, "-m", "pytest", *tests, "-k", name, "-p", "no:cacheprovider")
    assert tested.returncode == 0, tested.stdout
    assert "6 passed" in tested.stdout

    style = run(copy, "-m", "ruff", "check", f"linter/pipelint/vela/rules/{family}.py")
    assert style.returncode == 0, style.stdout
    listed = run(copy, "-c", "from pipelint.cli import main; main(['rules', 'vela'])")
    assert name in listed.stdout


@pytest.mark.parametrize(
    ("name", "family", "said"),
    [
        ("Wonder", "wonders", "`Wonder` is no name"),
        ("wonder", "wonders", "`wonder` is no name"),
        ("a-wonder", "../wonders", "`../wonders` is no module"),
        ("a-wonder", "", "`` is no module"),
        ("needs-cycle", "needs", "a rule `needs-cycle` exists already"),
        ("needs-cycle", "wonders", "a rule `needs-cycle` exists already"),
    ],
)
def test_what_cannot_be_made_is_refused(copy: Path, name: str, family: str, said: str) -> None:
    made = run(copy, "tools/scaffold.py", name, family)
    assert made.returncode == 2
    assert said in made.stderr
