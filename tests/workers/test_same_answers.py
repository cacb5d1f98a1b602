"""However many processes check, and in whatever order: what is said does not change."""

from __future__ import annotations

import random
import sys
from collections import deque
from pathlib import Path

import pytest

from cached import FILES, Said, write
from pipelint.cli.arguments import Options
from pipelint.cli.batch import Task
from pipelint.cli.workers import Crew, jobs_for
from properties.texts import seeds
from repository import pipelint

SEEDS = 80


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository with everything in it: settings, templates, what is no text at all."""
    folder = tmp_path_factory.mktemp("repository")
    write(folder, FILES)
    every = len(seeds()) // SEEDS
    for number, text in enumerate(seeds()[::every]):
        harness = text.startswith(("pipeline", "template", "trigger"))
        name = f"s{number}/.harness/x.yaml" if harness else f"s{number}/.vela.yml"
        write(folder, {name: text})
    (folder / "bad").mkdir()
    (folder / "bad" / ".vela.yml").write_bytes(b"steps:\n  - name: \xe9\n")
    return folder


def said(folder: Path, *arguments: str, seed: str = "0") -> Said:
    done = pipelint(*arguments, cwd=folder, env={"PYTHONHASHSEED": seed})
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("output", ["full", "json", "sarif"])
def test_number_of_processes(repository: Path, output: str) -> None:
    arguments = ("--output-format", output)
    alone = said(repository, *arguments, "--jobs", "1")
    assert alone[0] == 1
    assert len(alone[1]) > 10_000
    for jobs in ("2", "3"):
        assert said(repository, *arguments, "--jobs", jobs) == alone


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_seed_of_hashes(repository: Path, seed: str) -> None:
    assert said(repository, "--jobs", "2", seed=seed) == said(repository, "--jobs", "1")


def test_order_of_files(repository: Path) -> None:
    paths = [path.relative_to(repository).as_posix() for path in repository.rglob("*.y*ml")]
    paths = [path for path in paths if "pipelint" not in path]
    expected = said(repository, "--jobs", "1", *sorted(paths))
    for number in range(2):
        random.Random(number).shuffle(paths)  # noqa: S311 - for a test
        assert said(repository, "--jobs", "2", *paths) == expected


@pytest.mark.parametrize(
    "flags",
    [
        "--no-config",
        "--no-ignores",
        "--kind vela-template",
        "--select vela,yaml",
        "--ignore missing-image --error deprecated-pull --info needs-cycle",
        "--root . --config a1/../pipelint.yaml",
        "--exit-zero -q",
        "--statistics",
    ],
)
def test_flags(repository: Path, flags: str) -> None:
    alone = said(repository, *flags.split(), "--jobs", "1")
    assert said(repository, *flags.split(), "--jobs", "2") == alone


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("names.json", "{"),
        ("names.json", '{"$ref": "#/nowhere"}'),
        ("pipelint.yaml", "rulez: {}\n"),
        ("pipelint.yaml", "catalogue: names.json\n"),
        ("missing.txt", ""),
    ],
)
def test_what_is_wrong_around_is_told_once(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path, FILES | {name: text})
    named = [".", "missing.yml"] if name == "missing.txt" else ["."]
    alone = said(tmp_path, "--jobs", "1", *named)
    assert alone[2]
    assert said(tmp_path, "--jobs", "2", *named) == alone


def test_the_cache_is_the_same_too(repository: Path) -> None:
    alone = said(repository, "--jobs", "1")
    for jobs in ("2", "1"):
        env = {"PIPELINT_NO_CACHE": "", "PIPELINT_CACHE_DIR": str(repository / "kept" / jobs)}
        done = pipelint("--jobs", jobs, cwd=repository, env=env)
        assert (done.returncode, done.stdout, done.stderr) == alone
    one, two = (next((repository / "kept" / jobs).glob("*.cache")) for jobs in ("1", "2"))
    assert sorted(one.read_bytes().split(b"\n")) == sorted(two.read_bytes().split(b"\n"))


# --- how many ------------------------------------------------------------------------------------


def tasks(number: int, size: int) -> deque[Task]:
    return deque(Task(f"/{index}", b"x" * size) for index in range(number))


@pytest.mark.parametrize("value", ["0", "-1", "two", "", "1.5", "²", "٣"])
def test_number_that_is_none_is_told(repository: Path, value: str) -> None:
    done = pipelint(f"--jobs={value}", cwd=repository)
    assert done.returncode == 2
    assert f"`{value}` is no value for `--jobs`" in done.stderr


def test_number_is_told_to_be_wrong_for_one_file_too(repository: Path) -> None:
    done = pipelint("--jobs=0", ".vela.yml", cwd=repository)
    assert done.returncode == 2


def test_more_processes_only_where_they_pay() -> None:
    options = Options(())
    assert jobs_for(options, tasks(300, 1_000)) == 1
    assert jobs_for(options, tasks(10, 10_000)) == 1
    assert jobs_for(options, tasks(100_000, 1_000)) == jobs_for(options, tasks(99_999, 2_000))


def test_never_more_processes_than_files() -> None:
    options = Options(())
    options.jobs = 7
    assert jobs_for(options, tasks(3, 10)) == 3
    assert jobs_for(options, tasks(300, 10)) == 7


def test_where_no_process_can_be_started_this_one_does_the_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = tasks(5, 10)
    for program in ("/no/such/python", "/bin/false"):
        monkeypatch.setattr(sys, "executable", program)
        assert sorted(Crew(Options(()), 2).judge(given)) == [(task, b"") for task in given]
