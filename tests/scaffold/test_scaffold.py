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


@pytest.mark.parametrize("dialect", ["harness", "vela"])
@pytest.mark.parametrize("is_new", [True, False], ids=["new family", "family that exists"])
def test_new_rule_passes_the_tests_and_the_style(copy: Path, dialect: str, is_new: bool) -> None:
    family = "wonders" if is_new else {"harness": "timeouts", "vela": "needs"}[dialect]
    made = run(copy, "tools/scaffold.py", dialect, "nameless-wonder", family)
    assert made.returncode == 0, made.stderr
    assert f"linter/pipelint/{dialect}/rules/{family}.py" in made.stdout
    assert f"tests/{dialect}/rules/{family}.md" in made.stdout

    tests = ("tests/test_rules.py", f"tests/{dialect}/test_specifications.py")
    options = ("-k", "nameless-wonder", "-p", "no:cacheprovider")
    tested = run(copy, "-m", "pytest", *tests, *options)
    assert tested.returncode == 0, tested.stdout
    assert "6 passed" in tested.stdout

    changed = [f"linter/pipelint/{dialect}/rules/{module}.py" for module in (family, "__init__")]
    style = run(copy, "-m", "ruff", "check", *changed)
    assert style.returncode == 0, style.stdout
    listed = run(copy, "-c", f"from pipelint.cli import main; main(['rules', '{dialect}'])")
    assert "nameless-wonder" in listed.stdout


@pytest.mark.parametrize(
    ("dialect", "name", "family", "said"),
    [
        ("vela", "Wonder", "wonders", "`Wonder` is no name"),
        ("harness", "wonder", "wonders", "`wonder` is no name"),
        ("vela", "a-wonder", "../wonders", "`../wonders` is no module"),
        ("harness", "a-wonder", "", "`` is no module"),
        ("jenkins", "a-wonder", "wonders", "`jenkins` is no dialect"),
        ("", "a-wonder", "wonders", "`` is no dialect"),
        ("vela", "needs-cycle", "needs", "a rule `needs-cycle` exists already"),
        ("harness", "needs-cycle", "wonders", "a rule `needs-cycle` exists already"),
        ("vela", "malformed-cron", "wonders", "a rule `malformed-cron` exists already"),
    ],
)
def test_what_cannot_be_made_is_refused(
    copy: Path, dialect: str, name: str, family: str, said: str
) -> None:
    made = run(copy, "tools/scaffold.py", dialect, name, family)
    assert made.returncode == 2
    assert said in made.stderr
