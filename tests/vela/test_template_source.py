"""A template's source is read as the server reads it."""

from __future__ import annotations

import pytest

from pipelint.vela.template_source import GithubSource, ending, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("github.com/o/r/t.yml", ("github.com", "o", "r", "t.yml", "", "")),
        ("github.com/o/r/a/b/t.yml@v1", ("github.com", "o", "r", "a/b/t.yml", "v1", "")),
        ("https://git.example:8443/o/r/t.yml", ("git.example:8443", "o", "r", "t.yml", "", "")),
        ("//github.com/o/r/t.yml", ("github.com", "o", "r", "t.yml", "", "")),
        ("user@github.com/o/r/t.yml", ("github.com", "o", "r", "t.yml", "", "")),
        ("github.com/o/r/t.yml?ref=main", ("github.com", "o", "r", "t.yml", "", "")),
        ("github.com/o/r/t.yml@a@b", ("github.com", "o", "r", "t.yml", "a", "b")),
        ("github.com/o/r/t.yml@feature/x", ("github.com", "o", "r", "t.yml", "feature/x", "")),
        # Without a host the organization is taken to be one, where enough parts follow.
        ("o/r/templates/t.yml", ("o", "r", "templates", "t.yml", "", "")),
    ],
)
def test_sources(text: str, expected: tuple[str, ...]) -> None:
    assert read(text) == GithubSource(*expected)


@pytest.mark.parametrize(
    "text",
    [
        "", "t.yml", "r/t.yml", "o/r/t.yml", "github.com/o/t.yml", "github.com/o/r",
        "github.com/o/r/", "github.com//r/t.yml", "github.com/o/r/@main", "/o/r/t.yml", "https:///o/r/t.yml",
        "git@github.com:o/r/t.yml", "github.com:/o/r/t.yml", "github.com/o/r?path=t.yml",
    ],
)  # fmt: skip
def test_what_the_server_refuses(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("github.com/o/r/t.yml", ".yml"),
        ("github.com/o/r/t.STAR@v1.2", ".star"),
        ("github.com/o/r/template", ""),
        ("templates/a.b/t.py", ".py"),
    ],
)
def test_endings(text: str, expected: str) -> None:
    assert ending(text) == expected
