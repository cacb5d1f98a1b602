"""Paths for people and reports, on POSIX and on Windows."""

from __future__ import annotations

import ntpath
import posixpath
from types import ModuleType

import pytest

from pipelint.discover.path import parts, shown

CASES = [
    (posixpath, "/repo/.vela.yml", "/repo", ".vela.yml"),
    (posixpath, "/repo/a/b.yml", "/repo/", "a/b.yml"),
    (posixpath, "/repo/a/../b.yml", "/repo", "b.yml"),
    (posixpath, "/repository/a.yml", "/repo", "/repository/a.yml"),
    (posixpath, "/other/a.yml", "/repo", "/other/a.yml"),
    (posixpath, "/a.yml", "/", "a.yml"),
    (posixpath, "/repo/a\\b.yml", "/repo", "a\\b.yml"),
    (posixpath, "/repo", "/repo", "/repo"),
    (ntpath, r"C:\repo\a\b.yml", r"C:\repo", "a/b.yml"),
    (ntpath, r"c:\Repo\a\b.yml", r"C:\repo", "a/b.yml"),
    (ntpath, "C:/repo/a/b.yml", "C:\\repo\\", "a/b.yml"),
    (ntpath, r"C:\b.yml", "C:\\", "b.yml"),
    (ntpath, r"D:\repo\b.yml", r"C:\repo", "D:/repo/b.yml"),
    (ntpath, r"\\server\share\repo\b.yml", r"\\server\share\repo", "b.yml"),
    (ntpath, r"\\server\share\repo\b.yml", r"C:\repo", "//server/share/repo/b.yml"),
]


@pytest.mark.parametrize(("flavour", "path", "cwd", "expected"), CASES)
def test_paths_are_relative_below_the_current_folder(
    flavour: ModuleType, path: str, cwd: str, expected: str
) -> None:
    assert shown(path, cwd, flavour) == expected


def test_segments() -> None:
    assert parts(r"C:\repo\.harness\a.yml", r"c:\repo", ntpath) == (".harness", "a.yml")
    assert parts("/repo/.harness/a.yml", "/repo", posixpath) == (".harness", "a.yml")
    assert parts("/other/a.yml", "/repo", posixpath) == ()
    assert parts("/repo", "/repo", posixpath) == ()
