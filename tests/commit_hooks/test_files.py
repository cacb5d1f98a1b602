"""Which files the hooks are handed: those that `pipelint` without arguments finds by their path."""

from __future__ import annotations

from pathlib import Path

import pytest

import yaml
from commit_hooks.repository_with_hooks import SYSTEM, Repository
from pipelint.adoption.hook import FILES
from repository import ROOT, pipelint, shared

# The same process makes the repository that offers the hooks, also under pytest-xdist.
pytestmark = pytest.mark.xdist_group("hooks")

MANIFEST = ROOT / ".pre-commit-hooks.yaml"

HANDED = [
    ".vela.yml",
    ".vela.yaml",
    "services/shop/.vela.yml",
    ".vela/templates.yml",
    ".vela/TEMPLATES.YAML",
    "deep/down/.vela/steps.yaml",
    ".harness/pipeline.yaml",
    ".harness/orgs/default/projects/shop/pipelines/deploy.yml",
    ".harness/x/node_modules.yaml",
    "team a/.harness/größe und gewicht.yaml",
    "-dash/.vela.yml",
    "monorepo/.harness/.vela.yml",
]
NOT_HANDED = [
    "vela.yml",
    "vela.vela.yml",
    ".vela.yml.j2",
    ".VELA.YML",
    "a.vela/templates.yml",
    ".vela/deeper/templates.yml",
    ".harness.yaml",
    "harness/pipeline.yaml",
    "my.harness/pipeline.yaml",
    ".harness/readme.md",
    ".harness/script.yaml.sh",
    ".github/workflows/ci.yaml",
    "values.yaml",
    "node_modules/library/.vela.yml",
    "modules/.terraform/copy/.harness/pipeline.yaml",
    "web/bower_components/.vela.yml",
    "pipelint.yaml",
    ".harness/pipelint.yaml",
    ".harness/.pipelint.yaml",
    ".vela.star",
]


def test_both_hooks_take_the_same_files() -> None:
    ours, system = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    different = {key for key in ours if ours[key] != system[key]}
    assert (set(ours), different) == (set(system), {"description", "id", "language"})


def test_a_hook_that_init_writes_takes_the_same_files() -> None:
    for hook in yaml.safe_load(MANIFEST.read_text(encoding="utf-8")):
        assert hook["files"] == FILES


def test_the_manifest_is_what_pre_commit_expects(bare: Repository) -> None:
    done = bare.pre_commit("validate-manifest", str(MANIFEST))
    assert (done.returncode, done.stdout) == (0, "")


def test_files_are_handed_over_by_path(bare: Repository, offered: Path) -> None:
    fill(bare, [*HANDED, *NOT_HANDED])
    assert handed(bare, offered) == sorted(HANDED)


def test_the_command_finds_the_same_files_by_path(bare: Repository) -> None:
    fill(bare, [*HANDED, *NOT_HANDED])
    assert found(bare) == sorted(HANDED)


def test_hook_and_command_agree_on_the_names_of_real_files(bare: Repository, offered: Path) -> None:
    corpus = shared("corpus")
    real = [
        path.relative_to(corpus).as_posix()
        for path in sorted(corpus.rglob("*"))
        if path.is_file() and path.suffix.lower() in {".yml", ".yaml"}
    ]
    fill(bare, real)
    ours = handed(bare, offered)
    assert ours == found(bare)
    assert 0 < len(ours) < len(real)


def fill(repository: Repository, paths: list[str]) -> None:
    """Write empty files: nothing but their paths can tell what they are."""
    for path in paths:
        repository.write(path, "")
    repository.git("add", "--all")


def handed(repository: Repository, offered: Path) -> list[str]:
    """Ask pre-commit which files it hands to the hook; the hook lists those that it was handed."""
    repository.use(f"{SYSTEM}\n  args: [--list-files, --]", offered)
    done = repository.pre_commit("run", "--all-files", "--verbose")
    assert done.returncode == 0, done.stdout
    return sorted(line for line in done.stdout.splitlines() if (repository.path / line).is_file())


def found(repository: Repository) -> list[str]:
    return sorted(pipelint("--list-files", cwd=repository.path).stdout.splitlines())
