"""Which files are checked when paths are named, and when they are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelint.config import Resolver
from pipelint.discover import Found, find, root_of

VELA = "version: '1'\nsteps:\n  - name: a\n"
HARNESS = "pipeline:\n  identifier: a\n"


class Repository:
    """A folder with `.git` and whatever a test writes into it."""

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)
        os.mkdir(os.path.join(self.root, ".git"))

    def path(self, name: str) -> str:
        """Return the absolute path of a file."""
        return os.path.join(self.root, *name.split("/")) if name else self.root

    def write(self, name: str, text: str = "") -> str:
        """Write a file, with its folders; return its path."""
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def find(self, *paths: str, cwd: str = "") -> Found:
        """Find files from a folder of this repository."""
        return find(paths, self.path(cwd))

    def names(self, *paths: str, cwd: str = "") -> list[str]:
        """Return the files that are found, relative to the root."""
        return [os.path.relpath(path, self.root) for path in self.find(*paths, cwd=cwd).files]

    def skipped(self, *paths: str, cwd: str = "") -> dict[str, str]:
        """Return what is left out, relative to the root, and why."""
        found = self.find(*paths, cwd=cwd).skipped
        return {path[len(self.root) + 1 :]: why for path, why in found}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Make a fresh repository."""
    return Repository(str(tmp_path))


def test_without_paths_the_current_folder_is_searched(repository: Repository) -> None:
    for name in (".vela.yml", "sub/.vela.yaml", "sub/.harness/a/b.yaml", "sub/.vela/step.yml"):
        repository.write(name)
    repository.write("other/.vela.yml")
    assert repository.names(cwd="sub") == [
        "sub/.harness/a/b.yaml",
        "sub/.vela.yaml",
        "sub/.vela/step.yml",
    ]
    assert repository.names()[0] == ".vela.yml"


def test_other_yaml_is_judged_by_its_content(repository: Repository) -> None:
    repository.write("ci/build.yml", VELA)
    repository.write("ci/deploy.yaml", HARNESS)
    repository.write("ci/vela.yml", "apiVersion: core.oam.dev/v1\nkind: Application\n")
    repository.write("ci/notes.txt", VELA)
    assert repository.names() == ["ci/build.yml", "ci/deploy.yaml"]
    assert repository.skipped() == {"ci/vela.yml": "not a Harness or Vela file"}


def test_starlark_of_another_name_is_known_where_somebody_names_it(repository: Repository) -> None:
    repository.write("templates/build.star")
    found = repository.find("templates/build.star")
    assert ([why for _, why in found.unchecked], found.files) == (["a Starlark template"], ())


def test_starlark_is_listed_but_not_checked(repository: Repository) -> None:
    repository.write(".vela.star")
    repository.write("sub/.vela.py")
    for paths in ([], [".vela.star", "sub"]):
        found = repository.find(*paths)
        names = [os.path.relpath(path, repository.root) for path, _ in found.unchecked]
        assert (names, found.files) == ([".vela.star", "sub/.vela.py"], ())
        assert {why for _, why in found.unchecked} == {"a Starlark template"}


def test_a_named_file_is_taken_whatever_it_is_called(repository: Repository) -> None:
    repository.write("README.md")
    repository.write("build/x.yml")
    repository.write(".gitignore", "build/\n")
    assert repository.names("README.md", "build/x.yml") == ["README.md", "build/x.yml"]


def test_a_named_folder_is_searched_although_it_is_ignored(repository: Repository) -> None:
    repository.write("build/.vela.yml")
    repository.write("build/tmp/.vela.yml")
    repository.write(".gitignore", "build/\ntmp/\n")
    assert repository.names("build") == ["build/.vela.yml"]
    assert repository.names() == []
    assert repository.skipped() == {"build/": "ignored by .gitignore:1"}


def test_a_file_that_is_found_twice_is_there_once(repository: Repository) -> None:
    repository.write("a/.vela.yml")
    assert repository.names("a", "a/.vela.yml", "./a/../a") == ["a/.vela.yml"]


def test_some_folders_are_never_searched(repository: Repository) -> None:
    for folder in (".git", "node_modules", ".venv", "a/node_modules/b", "a/.terraform"):
        repository.write(f"{folder}/.vela.yml")
    repository.write("a/vendor/.vela.yml")
    assert repository.names() == ["a/vendor/.vela.yml"]


def test_what_is_named_in_vain_is_a_problem(repository: Repository) -> None:
    found = repository.find("none.yml", "no\0thing")
    assert [tuple(problem) for problem in found.problems] == [
        ("no\0thing", "no such file or folder"),
        ("none.yml", "no such file or folder"),
    ]


def test_exclude_globs_are_relative_to_the_current_folder(repository: Repository) -> None:
    for name in ("sub/a/.vela.yml", "sub/b/.vela.yml", "a/.vela.yml"):
        repository.write(name)
    cwd = repository.path("sub")
    found = find([".", "../a"], cwd, exclude=["/a/"])
    names = [os.path.relpath(path, repository.root) for path in found.files]
    assert names == ["a/.vela.yml", "sub/b/.vela.yml"]
    assert [tuple(one) for one in found.skipped] == [
        (repository.path("sub/a") + os.sep, "excluded by --exclude")
    ]


def test_the_configuration_excludes_named_files_too(repository: Repository) -> None:
    repository.write("pipelint.yaml", "exclude:\n  - vendor/\n  - old.yml\n")
    vendored = repository.write("vendor/.vela.yml")
    old = repository.write("ci/old.yml", VELA)
    resolver = Resolver(tuple, root=repository.root)
    everything = find([], repository.root, excluded=resolver.excluded)
    assert everything.files == ()
    assert [tuple(one) for one in everything.skipped] == [
        (old, "excluded by pipelint.yaml:3"),
        (repository.path("vendor") + os.sep, "excluded by pipelint.yaml:2"),
    ]
    named = find([vendored, old], repository.root, excluded=resolver.excluded)
    assert [why for _, why in named.skipped] == [
        "excluded by pipelint.yaml:3",
        "excluded by pipelint.yaml:2",
    ]


def test_links_are_not_followed_out_of_the_root(tmp_path: Path) -> None:
    for name in ("inside", "outside"):
        os.mkdir(tmp_path / name)
    repository = Repository(str(tmp_path / "inside"))
    (tmp_path / "outside" / "secret.yml").write_text(VELA, encoding="utf-8")
    repository.write("ci/real.yml", VELA)
    os.symlink(tmp_path / "outside" / "secret.yml", repository.path(".vela.yml"))
    os.symlink(tmp_path / "outside", repository.path("linked"))
    os.symlink(repository.path("ci/real.yml"), repository.path(".vela.yaml"))
    os.symlink(repository.root, repository.path("loop"))
    os.symlink(repository.path("nothing"), repository.path("dangling.yml"))
    assert repository.names() == [".vela.yaml", "ci/real.yml"]
    assert repository.skipped() == {
        ".vela.yml": "a symbolic link out of the repository",
        "dangling.yml": "not a regular file",
        "linked/": "a symbolic link to a folder",
        "loop/": "a symbolic link to a folder",
    }
    named = repository.find(".vela.yml", "linked", "linked/secret.yml")
    assert named.files == ()
    assert len(named.problems) == 3


def test_nothing_outside_a_given_root_is_taken(repository: Repository) -> None:
    path = repository.write("a/.vela.yml")
    os.mkdir(repository.path("b"))
    found = find([path], repository.root, root=repository.path("b"))
    assert [tuple(one) for one in found.problems] == [
        (path, f"leads out of {repository.path('b')}")
    ]


def test_pipes_and_sockets_are_not_opened(repository: Repository) -> None:
    os.mkfifo(repository.path("pipe.yml"))
    assert repository.skipped() == {"pipe.yml": "not a regular file"}


def test_files_are_sorted(repository: Repository) -> None:
    for name in ("b/.vela.yml", "a/.vela.yml", "a.b/.vela.yml", "B/.vela.yml"):
        repository.write(name)
    assert repository.names() == sorted(repository.names())
    assert repository.names() == repository.names("b", "B", "a.b", "a")


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_the_root_is_the_nearest_folder_with_git(tmp_path: Path, kind: str) -> None:
    inner = tmp_path / "outer" / "inner"
    (inner / "deep").mkdir(parents=True)
    (tmp_path / "outer" / ".git").mkdir()
    if kind == "folder":
        (inner / ".git").mkdir()
    else:
        (inner / ".git").write_text("gitdir: ../.git/worktrees/inner\n", encoding="utf-8")
    assert root_of(str(inner / "deep" / ".vela.yml")) == str(inner)
    assert root_of(str(inner / "deep")) == str(inner)
    assert root_of(str(tmp_path / "outer" / "a.yml")) == str(tmp_path / "outer")


def test_without_git_the_root_is_the_files_own_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert root_of(str(tmp_path / "a" / "x.yml")) == str(tmp_path / "a")
    assert root_of(str(tmp_path / "a")) == str(tmp_path / "a")


def test_what_the_configuration_calls_a_pipeline_is_found(repository: Repository) -> None:
    repository.write("pipelint.yaml", "files: {ci/*.yml: vela-template}\nexclude: [ci/old.yml]\n")
    for name in ("ci/part.yml", "ci/old.yml", "ci/part.txt", "other/part.yml"):
        repository.write(name, "steps: [{{ range }}]\n")
    resolver = Resolver(lambda: (), root=repository.root)
    found = find((), repository.root, excluded=resolver.excluded, kind=resolver.kind)
    assert found.files == (repository.path("ci/part.yml"),)
