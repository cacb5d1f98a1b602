"""The checker of links finds what is dead."""

from __future__ import annotations

from pathlib import Path

import pytest

from links import main, problems, read_site

PAGE = '<h1 id="top">Here</h1><a href="{}">there</a>'


def found(folder: Path, **pages: str) -> list[str]:
    for name, text in pages.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return list(problems(read_site(str(folder))))


@pytest.mark.parametrize(
    "link", ["b.html", "b.html#some-id", "#top", "b.html?text=x#some-id", "https://example.org/x"]
)
def test_link_that_leads_somewhere_is_fine(tmp_path: Path, link: str) -> None:
    assert found(tmp_path, a_html=PAGE.format(link), b_html='<p id="some-id">') == []


@pytest.mark.parametrize(
    ("link", "what"),
    [
        ("c.html", "no such file"),
        ("../b.html", "no such file"),
        ("b.html#other", "no `other` on that page"),
        ("#bottom", "no `bottom` on that page"),
        ("ftp:b.html", "an address that no browser knows"),
    ],
)
def test_link_that_leads_nowhere_is_told(tmp_path: Path, link: str, what: str) -> None:
    pages = {"a_html": PAGE.format(link), "b_html": '<p id="some-id">'}
    assert found(tmp_path, **pages) == [f"a.html: {link}: {what}"]


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://example.org/x.js"></script>',
        '<img src="//example.org/x.png">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<link rel="preconnect" href="https://example.org">',
    ],
)
def test_what_is_loaded_from_elsewhere_is_told(tmp_path: Path, text: str) -> None:
    (problem,) = found(tmp_path, a_html=text)
    assert problem.endswith(": loaded from elsewhere")


def test_style_sheet_that_loads_from_elsewhere_is_told(tmp_path: Path) -> None:
    assert found(tmp_path, a_css="@font-face {src: url('https://example.org/x.woff2')}") == [
        "a.css: https://example.org/x.woff2: loaded from elsewhere"
    ]


def test_picture_that_is_missing_is_told(tmp_path: Path) -> None:
    assert found(tmp_path, a_html='<img src="x.png">') == ["a.html: x.png: no such file"]


def test_checker_ends_with_1_and_lists_what_leads_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.html").write_text('<a href="https://example.org/"></a><a href="b"></a>')
    assert main([str(tmp_path), "--external"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "https://example.org/",
        "a.html: b: no such file",
        "2 links on 1 pages, 1 dead",
    ]
