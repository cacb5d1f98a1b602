"""Names of files as editors write them, on POSIX and on Windows."""

from __future__ import annotations

import pytest

from pipelint_lsp.uris import key_of, to_path, to_uri


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///home/me/.vela.yml", "/home/me/.vela.yml"),
        ("file:///a%20b/%C3%A4%23.yml", "/a b/ä#.yml"),
        ("file://localhost/a.yml", "/a.yml"),
        ("untitled:Untitled-1", None),
        ("vscode-remote://ssh/a.yml", None),
    ],
)
def test_paths_of_posix(uri: str, path: str | None) -> None:
    assert to_path(uri, windows=False) == path


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///c%3A/a/.vela.yml", "c:\\a\\.vela.yml"),
        ("file:///C:/a/b.yml", "c:\\a\\b.yml"),
        ("file:///c:", "c:\\"),
        ("file://server/share/a.yml", "\\\\server\\share\\a.yml"),
    ],
)
def test_paths_of_windows(uri: str, path: str) -> None:
    assert to_path(uri, windows=True) == path


@pytest.mark.parametrize(
    ("path", "uri"),
    [("C:\\a b\\ä.yml", "file:///c%3A/a%20b/%C3%A4.yml"), ("\\\\s\\d\\a.yml", "file://s/d/a.yml")],
)
def test_uris_of_windows(path: str, uri: str) -> None:
    assert to_uri(path, windows=True) == uri


def test_there_and_back() -> None:
    for path in ("/a/b.yml", "/ä/#?%.yml", "/a b/[c].yml"):
        assert to_path(to_uri(path, windows=False), windows=False) == path


def test_spellings_of_one_uri_are_one() -> None:
    assert key_of("file:///c%3A/a.yml") == key_of("file:///c:/a.yml")
