"""With a cache a run says what it says without one, whatever has changed since it was written."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cached import CALLER, FILES, WRONG, caches, forgetful, remembering, write
from pipelint.cache import shelf
from properties.texts import edited
from repository import ROOT, pipelint

Change = Callable[[Path], object]


@pytest.fixture(scope="module")
def primed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository that has been checked once."""
    folder = tmp_path_factory.mktemp("primed")
    write(folder, FILES)
    remembering(folder)
    assert len(caches(folder)) == 1
    return folder


@pytest.fixture
def repository(primed: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    shutil.copytree(primed, folder)
    return folder


def put(name: str, text: str) -> Change:
    return lambda folder: write(folder, {name: text})


def drop(name: str) -> Change:
    return lambda folder: (folder / name).unlink()


def replaced(name: str, make: Callable[[Path], None]) -> Change:
    def change(folder: Path) -> None:
        drop(name)(folder)
        make(folder / name)

    return change


CHANGES: dict[str, Change] = {
    "nothing": lambda _: None,
    "a file": put("a3/.vela.yml", WRONG.replace("pull", "pul").format(n=3)),
    "a file, in length alike": put("a3/.vela.yml", WRONG.format(n="x")),
    "a file, at its end": put("a3/.vela.yml", WRONG.format(n=3) + "# pipelint: ignore-file[x]\n"),
    "a file is no text": lambda folder: (folder / "a3/.vela.yml").write_bytes(b"steps: \xff"),
    "a file is gone": drop("a3/.vela.yml"),
    "a file is new": put("b/.vela.yml", WRONG.format(n="b")),
    "a file moves": lambda folder: (folder / "a3").rename(folder / "z3"),
    "two files change places": lambda folder: [
        put("a3/.vela.yml", WRONG.format(n=4))(folder),
        put("a4/.vela.yml", WRONG.format(n=3))(folder),
    ],
    "a template": put("templates/build.yml", "metadata:\n  template: true\nsteps: [{name: a}]\n"),
    "a template, which is no text": lambda folder: (folder / "templates/build.yml").write_bytes(
        b"\xff"
    ),
    "a template is gone": drop("templates/build.yml"),
    "a template is a folder": replaced("templates/build.yml", Path.mkdir),
    "a template leads out": replaced(
        "templates/build.yml", lambda path: path.symlink_to("/etc/hostname")
    ),
    "the repository is none any more": lambda folder: (folder / ".git").rmdir(),
    "the repository is sparse": put(".git/info/sparse-checkout", "/a\n"),
    "a level": put("pipelint.yaml", "rules: {missing-image: info}\n"),
    "an override": put(
        "pipelint.yaml",
        FILES["pipelint.yaml"].replace("a1/**", "a5/**"),
    ),
    "no configuration": drop("pipelint.yaml"),
    "a configuration below": put("a6/pipelint.yaml", "rules: {missing-image: off}\n"),
    "a kind": put("pipelint.yaml", 'files: {"a6/**": vela-template}\n'),
    "a limit": put("pipelint.yaml", "vela: {known-secrets: [x], limits: {template-depth: 1}}\n"),
    "a reason is asked for": put("pipelint.yaml", "require-reason: true\n"),
    "a configuration is wrong": put("pipelint.yaml", "rulez: {}\n"),
    "an excluded folder": put("pipelint.yaml", "exclude: [a7]\n"),
    "a schema": put("names.json", json.dumps({"properties": {"version": {"const": "2"}}})),
    "a schema that jsonschema judges": put(
        "names.json", json.dumps({"dependentRequired": {"version": ["slack"]}})
    ),
    "a schema is gone": drop("names.json"),
    "a schema is none": put("names.json", json.dumps({"type": 1})),
    "a baseline": put(".pipelint-baseline.json", '{"version": 1, "pipelint": "x", "findings": []}'),
    "a baseline is none": put(".pipelint-baseline.json", "{"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_one_change(repository: Path, name: str) -> None:
    CHANGES[name](repository)
    expected = forgetful(repository)
    assert remembering(repository) == expected
    assert remembering(repository) == expected


def test_a_baseline_that_is_written_counts_at_once(repository: Path) -> None:
    before = remembering(repository)
    assert pipelint("baseline", cwd=repository).returncode == 0
    assert remembering(repository) == forgetful(repository)
    assert before[0] == 1
    assert remembering(repository)[0] == 0


@pytest.mark.parametrize(
    "flags",
    [
        "--no-ignores",
        "--no-config",
        "--kind vela-template",
        "--select vela",
        "--ignore missing-image",
        "--error deprecated-pull",
        "--warn missing-image",
        "--root a1",
        "a1 a2 a3 a4 a5 a6 a7 .vela.yml",
        "--output-format json",
        "--output-format sarif",
        "--statistics",
        "--fail-on never",
        "--show-suppressed",
    ],
)
def test_flags(repository: Path, flags: str) -> None:
    expected = forgetful(repository, *flags.split())
    assert remembering(repository, *flags.split()) == expected
    assert remembering(repository, *flags.split()) == expected


def test_another_current_folder(repository: Path) -> None:
    (repository / "inner").mkdir()
    paths = [f"../a{number}" for number in range(8)]
    folder = repository / "inner"
    expected = forgetful(folder, *paths)
    assert remembering(folder, *paths) == expected
    assert remembering(folder, *paths) == expected


def test_fixes_are_made_of_what_is_there(repository: Path) -> None:
    """A fix is applied to the file, and not to what was remembered of it."""
    put("a0/.vela.yml", WRONG.format(n=0).replace("version", "# é\nversion"))(repository)
    expected = forgetful(repository, "--diff")
    assert remembering(repository, "--diff") == expected


# --- another pipelint ----------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy the packages, so that they can be changed."""
    for package in ("linter/pipelint", "schemas/pipelint_schemas"):
        target = tmp_path / "checkout" / package.split("/")[1]
        shutil.copytree(ROOT / package, target, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "checkout"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pipelint/__init__.py", '__version__ = "', '__version__ = "9'),
        ("pipelint/policy.py", "_FNV_START = 0xCB", "_FNV_START = 0xAB"),
    ],
)
def test_another_pipelint_finds_out_for_itself(
    primed: Path, checkout: Path, tmp_path: Path, file: str, old: str, new: str
) -> None:
    folder = tmp_path / "repository"
    shutil.copytree(primed, folder)
    env = {"PYTHONPATH": str(checkout), "PIPELINT_NO_CACHE": ""}
    arguments = ("--output-format", "json")
    before = pipelint(*arguments, cwd=folder, env=env).stdout
    path = checkout / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    after = pipelint(*arguments, cwd=folder, env=env).stdout
    assert after == pipelint(*arguments, "--no-cache", cwd=folder, env=env).stdout
    assert (after == before) is (file == "pipelint/__init__.py")
    assert len(caches(folder)) == 3


# --- anything, again and again -------------------------------------------------------------------

NAMES = st.sampled_from([*(f"a{number}/.vela.yml" for number in range(3)), "templates/build.yml"])
EDITS = st.lists(st.tuples(NAMES, edited(2, [CALLER, FILES["templates/build.yml"]])), max_size=3)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=EDITS)
def test_any_edits(repository: Path, edits: list[tuple[str, str]]) -> None:
    write(repository, dict(edits))
    assert remembering(repository) == forgetful(repository)


# --- a file that is damaged ----------------------------------------------------------------------


def test_what_is_remembered_is_said(repository: Path) -> None:
    """All tests above would hold without a cache; this one would not."""
    (path,) = caches(repository)
    lines = shelf.read(str(path))
    told = {
        key: shelf.line_of(key.decode(), shelf.text_of(line).decode().replace("image", "bird"))
        for key, line in lines.items()
    }
    shelf.write(str(path), told)
    assert "bird" in remembering(repository)[1]
    assert "bird" not in forgetful(repository)[1]


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.floats(0, 1), cut=st.integers(0, 40), added=st.binary(max_size=20))
def test_damage_is_never_seen(repository: Path, place: float, cut: int, added: bytes) -> None:
    (path,) = caches(repository)
    whole = path.read_bytes()
    start = int(place * len(whole))
    path.write_bytes(whole[:start] + added + whole[start + cut :])
    assert remembering(repository) == forgetful(repository)


@pytest.mark.parametrize(
    "content", [b"", b"\n" * 999, b"\0" * 99, b"[" * 99_999, bytes(range(256)) * 99]
)
def test_a_file_of_rubbish_is_never_seen(repository: Path, content: bytes) -> None:
    (path,) = caches(repository)
    path.write_bytes(content)
    assert remembering(repository) == forgetful(repository)


@pytest.mark.skipif(sys.platform == "win32", reason="a matter of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "folder", "link to nowhere", "link to itself"])
def test_a_cache_that_is_no_file_is_never_seen(repository: Path, kind: str) -> None:
    (path,) = caches(repository)
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(path.name if kind == "link to itself" else "nowhere")
    assert remembering(repository) == forgetful(repository)
