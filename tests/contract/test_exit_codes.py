"""0: nothing at or above `--fail-on`; 1: findings; 2: could not do the job."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pipelint.report import FORMATS
from repository import pipelint

ERROR = 'version: "1"\nsteps:\n  - name: test\n    commands: [go test ./...]\n'
WARNING = 'version: "1"\nsteps:\n  - name: a\n    image: b\n    pull: maybe\n    commands: [c]\n'
CLEAN = 'version: "1"\nsteps:\n  - name: a\n    image: b\n    commands: [c]\n'

FILES = {
    "error/.vela.yml": ERROR,
    "warning/.vela.yml": WARNING,
    "clean/.vela.yml": CLEAN,
    "latin/.vela.yml": CLEAN.replace("name: a", "name: \udce9"),
    "other/values.yaml": "replicas: 3\n",
    "configured/.vela.yml": WARNING,
    "configured/pipelint.yaml": "rules: {unknown-value: error}\n",
    "misconfigured/.vela.yml": CLEAN,
    "misconfigured/pipelint.yaml": "rulez: {}\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository in which every folder is of one kind."""
    root = tmp_path_factory.mktemp("repository")
    (root / "empty").mkdir()
    for name, text in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    return root


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (0, "clean"),
        (0, "clean/.vela.yml"),
        (0, "warning"),
        (1, "error"),
        (1, "error clean"),
        (1, "latin"),
        (1, "warning --fail-on warning"),
        (1, "warning --error unknown-value"),
        (1, "configured"),
        (0, "configured --no-config"),
        (0, "error --exit-zero"),
        (0, "error --fail-on never"),
        (0, "error --ignore missing-image"),
        (0, "error --warn missing-image"),
        (0, "error --select deprecated-pull"),
        (1, "error --select vela"),
        (1, "error -qq"),
        (1, "error --statistics"),
        (0, "--help"),
        (0, "--version"),
        (0, "clean --list-files"),
        (0, "clean --show-settings"),
        (0, "rules"),
        (0, "rules yaml"),
        (0, "explain needs-cycle"),
        (0, "schema config"),
        (0, "catalogue --help"),
        (0, "check clean"),
        (0, "empty --allow-empty"),
        (0, "other --allow-empty"),
        (2, "empty"),
        (2, "other"),
        (2, "other/values.yaml"),
        (2, "schema"),
        (2, "catalogue"),
        (2, "missing.yml"),
        (2, "missing.yml error"),
        (2, "missing.yml --exit-zero"),
        (2, "--no-such-flag"),
        (2, "clean --fail-on sometimes"),
        (2, "clean --output-format xml"),
        (2, "clean --select no-such-rule"),
        (2, "clean --kind jenkins"),
        (2, "clean --config missing.yaml"),
        (2, "misconfigured"),
        (2, "misconfigured --exit-zero"),
        (2, "explain"),
        (2, "explain no-such-rule"),
        (2, "rules no-such-family"),
        (2, "rules --output-format xml"),
        (2, "server --no-such-flag"),
        (2, "- clean"),
    ],
)
def test_exit_code(folder: Path, code: int, arguments: str) -> None:
    done = pipelint(*arguments.split(), cwd=folder)
    assert done.returncode == code, done.stdout + done.stderr


@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize(
    ("code", "path"), [(0, "clean"), (1, "error"), (2, "missing.yml"), (2, "empty")]
)
def test_format_never_changes_the_code(folder: Path, output: str, code: int, path: str) -> None:
    assert pipelint(path, "--output-format", output, cwd=folder).returncode == code


@pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX")
def test_unreadable_file_is_two(tmp_path: Path) -> None:
    os.mknod(tmp_path / ".vela.yml", stat.S_IFSOCK | 0o600)  # not even root can open it
    done = pipelint(".vela.yml", cwd=tmp_path)
    assert ".vela.yml: " in done.stderr
    assert done.returncode == 2


def test_path_through_a_file_is_two(folder: Path) -> None:
    assert pipelint("clean/.vela.yml/x.yml", cwd=folder).returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--no-such-flag", "unknown flag `--no-such-flag`"),
        ("--output-formt json", "a flag with a similar name exists: `--output-format`"),
        ("--output-format xml", "unknown value `xml` for `--output-format`"),
        ("--fail-on warnings", "a value with a similar name exists: `warning`"),
        ("--root", "`--root` needs a value"),
        ("rule", "a command with a similar name exists: `rules`"),
        ("rules --json", "unknown flag `--json`"),
        ("explain --all", "unknown flag `--all`"),
        ("--select needs-cicle", "a rule with a similar name exists: `needs-cycle`"),
        ("explain needs-cicle", "a rule with a similar name exists: `needs-cycle`"),
        ("missing.yml", "missing.yml: no such file or folder"),
        ("empty", "found no Harness or Vela files under `empty`"),
        ("other/values.yaml", "other/values.yaml is not a Harness or Vela file"),
        ("misconfigured", "unknown key `rulez`"),
        ("clean --config missing.yaml", "no configuration at missing.yaml"),
    ],
)
def test_what_went_wrong_is_said_on_standard_error(folder: Path, arguments: str, said: str) -> None:
    done = pipelint(*arguments.split(), cwd=folder)
    assert said in done.stderr
    assert done.stdout in {"", "No files checked.\n"}
