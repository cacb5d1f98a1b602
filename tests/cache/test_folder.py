"""Where answers are kept, for how long, and how politely."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cached import FILES, caches, forgetful, remembering, write
from pipelint.cache import Cache, shelf
from pipelint.cli.batch import MANY
from repository import environment, pipelint, start

posix = pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    write(folder, FILES)
    return folder


def entries(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# --- where ---------------------------------------------------------------------------------------


def test_it_lies_at_the_root_wherever_pipelint_is_started(repository: Path) -> None:
    (repository / "inner").mkdir()
    remembering(repository / "inner", "..")
    assert len(caches(repository)) == 1
    assert caches(repository / "inner") == []


def test_root_that_is_named_holds_it(repository: Path) -> None:
    for number in range(MANY):
        write(repository / "a1", {f"{number}/.vela.yml": "steps: []\n"})
    remembering(repository, "--root", "a1", "a1")
    assert caches(repository) == []
    assert len(caches(repository / "a1")) == 1


def test_a_folder_may_be_named(repository: Path, tmp_path: Path) -> None:
    env = {"PIPELINT_NO_CACHE": "", "PIPELINT_CACHE_DIR": str(tmp_path / "variable")}
    pipelint(cwd=repository, env=env)
    pipelint("--cache-dir", "../flag", cwd=repository, env=env)
    assert ".pipelint_cache" not in entries(repository)
    for name in ("variable", "flag"):
        kept = entries(tmp_path / name)
        assert len(kept) == 3
        assert {".gitignore", "CACHEDIR.TAG"} < kept


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (["--no-cache"], {"PIPELINT_NO_CACHE": ""}),
        ([], {"PIPELINT_NO_CACHE": "1"}),
        ([".vela.yml", "a1"], {"PIPELINT_NO_CACHE": ""}),
        (["--list-files"], {"PIPELINT_NO_CACHE": ""}),
        (["--diff"], {"PIPELINT_NO_CACHE": ""}),
    ],
)
def test_where_it_is_not_wanted_or_not_worth_it_nothing_is_written(
    repository: Path, arguments: list[str], env: dict[str, str]
) -> None:
    pipelint(*arguments, cwd=repository, env=env)
    assert ".pipelint_cache" not in entries(repository)


def test_git_and_backups_do_not_see_it(repository: Path) -> None:
    (repository / ".git").rmdir()
    git = ["git", "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "--quiet"], cwd=repository, check=True)
    remembering(repository)
    seen = subprocess.run(
        [*git, "status", "--porcelain", "--untracked-files=all"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "a1/.vela.yml" in seen
    assert "pipelint_cache" not in seen
    tag = (repository / ".pipelint_cache" / "CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


@posix
def test_a_link_that_a_repository_brings_along_is_not_followed(
    repository: Path, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    (repository / ".pipelint_cache").symlink_to(tmp_path / "home")
    assert remembering(repository) == forgetful(repository)
    assert entries(tmp_path / "home") == set()
    remembering(repository, "--cache-dir", ".pipelint_cache")  # the user says so
    assert len(entries(tmp_path / "home")) == 3


@posix
@pytest.mark.parametrize("folder", ["/dev/null", "/proc/pipelint", "\udcff/x", "a1/.vela.yml"])
def test_where_nothing_can_be_written_nothing_is_said(repository: Path, folder: str) -> None:
    assert remembering(repository, "--cache-dir", folder) == forgetful(repository)


# --- how much ------------------------------------------------------------------------------------


def test_it_has_a_bound_and_the_newest_answers_come_first(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "x.cache"
    text = "x" * 1_000_000
    lines = [shelf.line_of(f"{number:032d}", text) for number in range(40)]
    shelf.write(str(path), {line[:32]: line for line in lines})
    assert path.stat().st_size <= shelf.SIZE_LIMIT
    assert list(shelf.read(str(path)).values()) == lines[:31]


def test_a_larger_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.cache"
    line = shelf.line_of("0" * 32, "x")
    path.write_bytes(line)
    assert shelf.read(str(path)) == {b"0" * 32: line}
    path.write_bytes(line + b"\n" + b"y" * shelf.SIZE_LIMIT)
    assert shelf.read(str(path)) == {}


def test_few_files_are_kept(repository: Path) -> None:
    folder = repository / ".pipelint_cache"
    folder.mkdir()
    for number in range(9):
        old = folder / f"0.0.{number}-0.cache"
        old.write_text("")
        os.utime(old, (number, number))
    (folder / "0.0.1-0.cache.c0ffee").write_text("a draft of a run that was killed")
    os.utime(folder / "0.0.1-0.cache.c0ffee", (0, 0))
    remembering(repository)
    kept = {path.name for path in folder.glob("*.cache*")}
    assert {"0.0.6-0.cache", "0.0.7-0.cache", "0.0.8-0.cache"} < kept
    assert len(kept) == shelf.MOST_FILES


def test_of_a_file_one_answer_is_kept(repository: Path) -> None:
    remembering(repository)
    (path,) = caches(repository)
    before = len(shelf.read(str(path)))
    for number in range(5):
        write(repository, {"a1/.vela.yml": f"steps: []  # {number}\n"})
        remembering(repository)
    assert len(shelf.read(str(path))) == before


def test_what_was_not_asked_for_stays(repository: Path) -> None:
    remembering(repository)
    (path,) = caches(repository)
    before = shelf.read(str(path))
    write(repository, {f"new/{number}/.vela.yml": "steps: []\n" for number in range(MANY)})
    remembering(repository, "new")
    assert before.items() < shelf.read(str(path)).items()


def test_a_second_run_writes_nothing(repository: Path) -> None:
    remembering(repository)
    (path,) = caches(repository)
    os.utime(path, (1, 1))
    remembering(repository)
    assert path.stat().st_mtime == 1


# --- with others ---------------------------------------------------------------------------------


def test_runs_at_the_same_time_do_not_disturb_each_other(repository: Path) -> None:
    write(repository, {f"b{n}/{m}/.vela.yml": "steps: []\n" for n in range(4) for m in range(MANY)})
    expected = {f"b{number}": forgetful(repository, f"b{number}") for number in range(4)}
    arguments = {name: (sys.executable, "-m", "pipelint", name) for name in expected}
    env = environment(PIPELINT_NO_CACHE="")
    for _ in range(2):
        runs = {
            name: subprocess.Popen(words, cwd=repository, env=env, stdout=subprocess.PIPE)
            for name, words in arguments.items()
        }
        for name, process in runs.items():
            out, _ = process.communicate()
            assert (process.returncode, out.decode()) == expected[name][:2]
    assert {path.suffix for path in (repository / ".pipelint_cache").iterdir()} == {
        "",
        ".cache",
        ".TAG",
    }
    assert remembering(repository) == forgetful(repository)


def test_a_cache_without_a_folder_lasts_as_long_as_the_process(tmp_path: Path) -> None:
    os.chdir(tmp_path)
    Cache("").save()
    assert entries(tmp_path) == set()


@posix
def test_an_interrupt_leaves_no_half_of_a_file(repository: Path) -> None:
    write(repository, {f"c{number}/.vela.yml": FILES[".vela.yml"] for number in range(300)})
    process = start(cwd=repository)
    process.terminate()
    process.communicate()
    assert remembering(repository) == forgetful(repository)
    assert [path for path in caches(repository) if path.suffix != ".cache"] == []
