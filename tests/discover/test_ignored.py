"""What `.gitignore` says, compared with what git itself says of the same repository."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pipelint.discover import find

# One directory tree for all cases; every leaf is a pipeline, so only ignoring leaves files out.
TREE = (
    ".vela.yml",
    "a/.vela.yml",
    "a/b/.vela.yml",
    "a/b/c/.vela.yml",
    "build/.vela.yml",
    "a/build/.vela.yml",
    "a/build/x/.vela.yml",
    "ab/.vela.yml",
    "foo bar/.vela.yml",
    "#hash/.vela.yml",
    "!bang/.vela.yml",
    "d[1]/.vela.yml",
    "trail /.vela.yml",
    "é/.vela.yml",
    ".harness/one.yaml",
    ".harness/two.yml",
    ".harness/deep/one.yaml",
    "a/.harness/one.yaml",
)

CASES: list[dict[str, str]] = [
    {},
    {".gitignore": "build/\n"},
    {".gitignore": "/build/\n"},
    {".gitignore": "build\n"},
    {".gitignore": "*.yaml\n"},
    {".gitignore": "*.yaml\n!one.yaml\n"},
    {".gitignore": "!one.yaml\n*.yaml\n"},
    {".gitignore": "a/*\n!a/b\n"},
    {".gitignore": "a/\n!a/b/\n"},
    {".gitignore": "a/**\n"},
    {".gitignore": "a/**\n!a/**/\n!a/b/c/.vela.yml\n"},
    {".gitignore": "**/b\n"},
    {".gitignore": "a/**/c\n"},
    {".gitignore": "a/**/.vela.yml\n"},
    {".gitignore": "**/.harness/*.yaml\n"},
    {".gitignore": "**\n"},
    {".gitignore": "/**\n!/.vela.yml\n"},
    {".gitignore": "/*\n!/a\n/a/*\n!/a/b\n"},
    {".gitignore": "a/b\n"},
    {".gitignore": "b/c\n"},
    {".gitignore": "/a/b/\n"},
    {".gitignore": "a*\n"},
    {".gitignore": "?/\n"},
    {".gitignore": "[ab]/\n"},
    {".gitignore": "[!a]/\n"},
    {".gitignore": "d\\[1\\]\n"},
    {".gitignore": "d[1]\n"},
    {".gitignore": "d[[]1[]]\n"},
    {".gitignore": "[[:alpha:]]/\n"},
    {".gitignore": "#hash\n\\#hash\n"},
    {".gitignore": "\\!bang\n"},
    {".gitignore": "!bang\n"},
    {".gitignore": "foo bar   \n"},
    {".gitignore": "trail \n"},
    {".gitignore": "trail\\ \n"},
    {".gitignore": "é\n"},
    {".gitignore": "build/\r\n.harness/deep\r\n"},
    {".gitignore": "\ufeffbuild/\n"},
    {".gitignore": "build"},
    {".gitignore": "   \n\n/\n//\n!\n"},
    {".gitignore": ".vela.yml/\n"},
    {".gitignore": "a//b\n"},
    {".gitignore": "a**b\nb**\n"},
    {".gitignore": "[a\n"},
    {".gitignore": "a\\\n"},
    {".gitignore": "*.yml\n", "a/.gitignore": "!.vela.yml\n"},
    {".gitignore": "a/\n", "a/.gitignore": "!.vela.yml\n"},
    {".gitignore": "*.yml\n", "a/.gitignore": "!*.yml\n", "a/b/.gitignore": "*.yml\n"},
    {"a/.gitignore": "/build\n"},
    {"a/.gitignore": "build/x\n"},
    {"a/.gitignore": "a/build\n"},
    {"a/b/.gitignore": "*\n!c/\n"},
    {".git/info/exclude": "build/\n"},
    {".git/info/exclude": "build/\n", ".gitignore": "!build/\n"},
    {".git/info/exclude": "!build/\n", ".gitignore": "build/\n"},
]


@pytest.mark.parametrize("lists", CASES, ids=str)
def test_what_is_ignored_is_what_git_ignores(tmp_path: Path, lists: dict[str, str]) -> None:
    root = str(tmp_path)
    subprocess.run(["git", "init", "--quiet", root], check=True)
    for name in TREE:
        _write(root, name, "")
    for name, text in lists.items():
        _write(root, name, text)
    found = {os.path.relpath(path, root) for path in find([], root).files}
    assert set(TREE) - found == _ignored_by_git(root)


def _write(root: str, name: str, text: str) -> None:
    path = os.path.join(root, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def _ignored_by_git(root: str) -> set[str]:
    ran = subprocess.run(
        ["git", "-c", "core.excludesFile=", "check-ignore", "--stdin", "-z", "--no-index"],
        input="\0".join(TREE),
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode in {0, 1}, ran.stderr
    return set(ran.stdout.split("\0")) - {""}
