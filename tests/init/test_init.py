"""`pipelint init`: what it writes into a repository, what it leaves alone, what it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import yaml
from repository import pipelint

VELA = 'version: "1"\nsteps:\n  - {name: a, image: b, commands: [c]}\n'
BROKEN = 'version: "1"\nsteps:\n  - {name: a, commands: [c]}\n'
HARNESS = """\
pipeline:
  identifier: checkout
  name: checkout
  projectIdentifier: shop
  orgIdentifier: retail
  properties:
    ci:
      codebase:
        connectorRef: account.github
        repoName: checkout
        build: <+input>
"""
TEMPLATE = "metadata:\n  template: true\n\nsteps:\n  - name: {{ .name }}\n    image: a\n"
CONFIG, HOOK = "pipelint.yaml", ".pre-commit-config.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make an empty repository."""
    subprocess.run(["git", "init", "-q", "-b", "trunk", "."], cwd=tmp_path, check=True)
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def init(folder: Path, *arguments: str, code: int = 0) -> str:
    """Run the command; return what it printed, the notes last."""
    done = pipelint("init", *arguments, cwd=folder)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def files(folder: Path) -> dict[str, bytes]:
    """Return all that lies in a repository."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def validate(folder: Path) -> None:
    """Let pre-commit judge its configuration."""
    command = [sys.executable, "-m", "pre_commit", "validate-config", HOOK]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# --- the whole -----------------------------------------------------------------------------------


def test_a_repository_gets_all_three(folder: Path) -> None:
    write(folder, {".vela.yml": VELA, ".github/workflows/test.yml": "on: push\n"})
    assert init(folder) == (
        "Found 1 Vela file.\n"
        "wrote pipelint.yaml\n"
        "wrote .pre-commit-config.yaml\n"
        "wrote .github/workflows/pipelint.yml\n"
        "\n"
        "Next:\n"
        "  pre-commit install  once in each clone: commits are checked from then on\n"
        "  git add …           what was written here, for everybody else\n"
        "note: CI installs `pipelint==0.1.0` from your index; `--package` names another place\n"
    )
    validate(folder)
    assert pipelint(cwd=folder).returncode == 0


@pytest.mark.parametrize("ci", ["github", "gitlab", "vela", "harness", "none"])
def test_a_second_run_changes_nothing(folder: Path, ci: str) -> None:
    write(folder, {".vela.yml": VELA, HOOK: "repos:\n- repo: meta\n  hooks:\n  - id: identity\n"})
    init(folder, "--ci", ci)
    once = files(folder)
    said = init(folder, "--ci", ci)
    assert files(folder) == once
    assert "wrote" not in said
    assert said.count("kept ") >= 2


def test_a_dry_run_writes_nothing_and_shows_everything(folder: Path) -> None:
    write(folder, {".vela.yml": VELA})
    before = files(folder)
    said = init(folder, "--dry-run", "--ci", "github")
    assert files(folder) == before
    assert "would write pipelint.yaml\n\n    # What pipelint checks here" in said
    assert "would write .pre-commit-config.yaml\n\n    repos:\n" in said
    assert "would write .github/workflows/pipelint.yml\n\n    name: pipelint\n" in said


def test_what_was_found_leads_to_a_baseline(folder: Path) -> None:
    write(
        folder,
        {".vela.yml": BROKEN, "b/.vela.yml": BROKEN.replace("name: a", "pull: true, name: a")},
    )
    said = init(folder, "--no-hook")
    assert "  pipelint --fix     mends 1 of 3 findings\n" in said
    assert "  pipelint baseline  records the other 2, so that only new ones fail\n" in said
    pipelint("baseline", cwd=folder)
    assert "pipelint baseline" not in init(folder, "--no-hook")


def test_it_works_from_a_folder_below(folder: Path) -> None:
    write(folder, {"team/.vela.yml": VELA})
    init(folder / "team")
    assert {CONFIG, HOOK} < files(folder).keys()


def test_without_git_there_is_no_hook(tmp_path: Path) -> None:
    write(tmp_path, {".vela.yml": VELA})
    said = init(tmp_path)
    assert files(tmp_path).keys() == {".vela.yml", CONFIG}
    assert "note: this is no Git work tree: say `--root .`" in said


def test_an_empty_repository_can_begin_with_it(folder: Path) -> None:
    assert init(folder, "--ci", "vela").startswith("Found no Harness or Vela files.\n")
    assert pipelint(cwd=folder).stdout == "No problems in 1 file.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--ci jenkins", "unknown value `jenkins` for `--ci`"),
        ("--dry-rn", "a flag with a similar name exists: `--dry-run`"),
        ("--package", "`--package` needs a value"),
    ],
)
def test_mistakes_are_told(folder: Path, arguments: str, said: str) -> None:
    assert said in init(folder, *arguments.split(), code=2)
    assert files(folder) == {}


def test_a_link_out_of_the_repository_is_not_written_through(folder: Path) -> None:
    (folder / ".github").symlink_to(folder.parent)
    assert "leads out of the repository" in init(folder, "--ci", "github", code=2)
    assert not (folder.parent / "workflows").exists()


# --- the configuration ---------------------------------------------------------------------------


def configuration(folder: Path) -> dict[str, object]:
    return yaml.safe_load((folder / CONFIG).read_text(encoding="utf-8")) or {}


def test_a_configuration_holds_only_what_is_needed(folder: Path) -> None:
    write(folder, {".vela.yml": VELA})
    init(folder)
    assert configuration(folder) == {}
    assert pipelint("--show-settings", cwd=folder).returncode == 0


def test_what_others_wrote_is_excluded(folder: Path) -> None:
    write(
        folder,
        {".vela.yml": VELA, "vendor/a/.vela.yml": BROKEN, "x [y]/third_party/#1/.vela.yml": BROKEN},
    )
    said = init(folder)
    assert configuration(folder)["exclude"] == ["/vendor/", r"x \[y\]/third_party/"]
    assert "pipelint baseline" not in said
    assert pipelint("--list-files", cwd=folder).stdout == ".vela.yml\n"


def test_a_template_that_no_search_finds_is_named(folder: Path) -> None:
    write(folder, {".vela.yml": VELA, "ci/t.yml": TEMPLATE, "chart/values.yaml": "a: 1\n"})
    init(folder)
    assert configuration(folder)["files"] == {"ci/t.yml": "vela-template"}
    assert pipelint("--list-files", cwd=folder).stdout == ".vela.yml\nci/t.yml\n"
    assert pipelint(cwd=folder).returncode == 0


@pytest.mark.parametrize("name", [CONFIG, ".pipelint.yaml"])
def test_a_configuration_that_is_there_stays(folder: Path, name: str) -> None:
    write(folder, {".vela.yml": VELA, name: "# mine\nexclude: [vendor/]\n"})
    assert f"kept {name}\n" in init(folder)
    assert (folder / name).read_text() == "# mine\nexclude: [vendor/]\n"


def test_a_configuration_that_is_wrong_stops_it(folder: Path) -> None:
    write(folder, {".vela.yml": VELA, CONFIG: "rulez: {}\n"})
    assert "unknown key `rulez`" in init(folder, code=2)
    assert files(folder).keys() == {".vela.yml", CONFIG}
