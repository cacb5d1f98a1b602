"""The hook of pre-commit: what is written, and what is put into a file that is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import yaml
from pipelint.adoption import hook
from pipelint.adoption.origin import Origin
from repository import ROOT

PLAIN = Origin("pipelint==0.1.0", is_certain=False)
WHEEL = Origin("pipelint[schemas]>=0.1,<0.2")
GIT = Origin("pipelint @ git+https://h/x@v0.1.0", "https://h/x", "v0.1.0")

THERE = {
    "usual": "repos:\n  - repo: meta\n    hooks:\n      - id: identity\n",
    "without indentation": "repos:\n- repo: meta\n  hooks:\n  - id: identity\n",
    "indented deeply": "repos:\n      - repo: meta\n        hooks: [{id: identity}]\n",
    "with comments": (
        "# ours\nminimum_pre_commit_version: '3.0'  # why\n\nrepos:  # all of them\n"
        "  # first\n  - repo: meta # odd\n    hooks:\n      - id: identity   # last\n"
        "  # what comes here?\n\n# the end\n"
    ),
    "in the middle": "repos:\n- repo: meta\n  hooks:\n  - id: identity\n\nfail_fast: true\n",
    "with a block at its end": (
        "repos:\n- repo: meta\n  hooks:\n  - id: identity\n    files: |\n      (?x)\n      ^a$\n\n"
        "ci: {}\n"
    ),
    "without a line end": "repos:\n- repo: meta\n  hooks:\n  - id: identity",
    "with two": "repos:\n- repo: meta\n  hooks: [{id: identity}]\n- repo: meta\n  hooks: []\n",
    "of Windows": "repos:\r\n- repo: meta\r\n  hooks:\r\n  - id: identity\r\n",
    "with a mark": "\ufeffrepos:\n- repo: meta\n  hooks:\n  - id: identity\n",
}
UNSAFE = {
    "empty": "",
    "no repositories": "fail_fast: true\n",
    "an empty list": "repos: []\n",
    "in one line": "repos: [{repo: meta, hooks: [{id: identity}]}]\n",
    "broken": "repos:\n- repo: meta\n  hooks: [\n",
    "two documents": "repos:\n- repo: meta\n---\nrepos:\n- repo: meta\n",
    "a dash alone": "repos:\n-\n  repo: meta\n  hooks: []\n",
    "an alias": "x: &a [1]\nrepos: *a\n",
}


def grown(text: str, origin: Origin = PLAIN) -> str | None:
    indent = hook.indentation(text)
    return None if indent is None else hook.added(text, hook.hook(origin, (), indent))


def validate(text: str, folder: Path) -> None:
    """Let pre-commit judge a configuration."""
    (folder / hook.NAME).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pre_commit", "validate-config", hook.NAME]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + text


def our_hook(text: str) -> dict[str, Any]:
    (found,) = yaml.safe_load(text)["repos"][-1]["hooks"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("name", THERE)
def test_every_byte_that_is_there_stays(name: str, tmp_path: Path) -> None:
    text = THERE[name]
    after = grown(text)
    assert after is not None
    at = next((i for i, (a, b) in enumerate(zip(text, after, strict=False)) if a != b), len(text))
    assert after.startswith(text[:at])
    assert after.endswith(text[at:])
    before = yaml.safe_load(text)
    now = yaml.safe_load(after)
    assert now["repos"][:-1] == before["repos"]
    assert {**now, "repos": before["repos"]} == before
    assert our_hook(after)["id"] == "pipelint"
    assert after.count("\r\n") == (after.count("\n") if "\r" in text else 0)
    validate(after.removeprefix("\ufeff"), tmp_path)


@pytest.mark.parametrize("name", UNSAFE)
def test_what_cannot_be_edited_safely_is_left_alone(name: str) -> None:
    assert grown(UNSAFE[name]) is None


@pytest.mark.parametrize("origin", [PLAIN, WHEEL, GIT], ids=["path", "package", "git"])
@pytest.mark.parametrize("strays", [(), ("ci/a b#.yml",), tuple(f"{n}/x.yml" for n in range(9))])
def test_a_new_file_is_one_that_pre_commit_takes(
    origin: Origin, strays: tuple[str, ...], tmp_path: Path
) -> None:
    text = hook.new_file(hook.hook(origin, strays))
    validate(text, tmp_path)
    files = our_hook(text).get("files")
    assert files is not None or (origin is GIT and not strays)
    assert all(re.search(files, path) for path in (*strays, ".vela.yml") if files)


def test_it_says_where_pipelint_comes_from() -> None:
    assert our_hook(hook.new_file(hook.hook(PLAIN, ())))["language"] == "system"
    packaged = our_hook(hook.new_file(hook.hook(WHEEL, ())))
    assert packaged["language"] == "python"
    assert packaged["additional_dependencies"] == [WHEEL.package]
    remote = yaml.safe_load(hook.new_file(hook.hook(GIT, ())))["repos"][0]
    assert remote == {"repo": "https://h/x", "rev": "v0.1.0", "hooks": [{"id": "pipelint"}]}


def test_the_local_hook_is_the_published_one() -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    published = next(one for one in yaml.safe_load(text) if one["id"] == "pipelint-system")
    local = our_hook(hook.new_file(hook.hook(PLAIN, ())))
    for key in ("entry", "args", "require_serial", "types", "language", "name"):
        assert local[key] == published[key]
    assert _squeezed(local["files"]) == _squeezed(published["files"])


def _squeezed(pattern: str) -> str:
    return "".join(pattern.split())


@pytest.mark.parametrize(
    ("strays", "matched", "other"),
    [
        (["ci/deploy.yaml"], "ci/more.yml", "cd/more.yml"),
        (["pipeline.yaml"], "pipeline.yaml", "pipelines.yaml"),
        (["a.b/c+d/x.yml"], "a.b/c+d/y.YAML", "aXb/c+d/y.yaml"),
        ([f"{name}/x.yml" for name in "abcdef"], "anywhere.yml", "a/x.json"),
    ],
)
def test_pipelines_in_unusual_places_are_handed_to_it(
    strays: list[str], matched: str, other: str
) -> None:
    files = our_hook(hook.new_file(hook.hook(PLAIN, strays)))["files"]
    assert all(re.search(files, path) for path in (*strays, matched))
    assert not re.search(files, other)
