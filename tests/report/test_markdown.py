"""A comment on a merge request: safe words, and never too long."""

from __future__ import annotations

import re

import pytest

from pipelint.diagnostic import Finding
from pipelint.report import docs
from pipelint.report.inline import code, fenced, prose
from pipelint.report.markdown import LIMIT, render
from pipelint.report.run import Run
from pipelint.source import Span
from report.documents import read_markdown
from report.samples import MIXED, diagnose, file_of, lines, run_of


def test_a_comment_sums_up_and_lists_by_file() -> None:
    written = lines(render(MIXED))
    sum_ = "Found 2 errors and 1 warning in 2 of 4 files (1 Harness, 3 Vela)"
    unknown = "step `publish` uses secret `docker_usrname`, which is not declared"
    image = "image `target/vela-docker:latest` uses a tag that can change"
    assert [line for line in written.splitlines() if re.match("[*#-]", line)] == [
        "## pipelint",
        f"**{sum_}; 3 findings ignored in place.**",
        "### `.harness/checkout.yaml`",
        "- **error** in line 12: unknown step type `Rnu` in a CI stage (`unknown-step-type`)",
        "### `.vela.yml`",
        f"- **warning** in line 8: {image} (`mutable-image-tag`)",
        f"- **error** in line 9: {unknown} (`undefined-secret`)",
    ]
    assert written.count("<details>") == written.count("</details>") == 2
    assert "  = help: a step type with a similar name exists: `Run`\n" in written
    assert "note: 1 file not checked: `deploy/.vela.yml` (a Starlark template)\n" in written


def test_the_rule_is_a_link_where_it_has_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "SITE", "https://example.org")
    written = lines(render(run_of("a", Finding(Span(0, 1), "wrong"))))
    assert f"([`some-rule`]({docs.url_of('some-rule')}))" in written


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("step `a` needs `b`, which is (not) there", "step `a` needs `b`, which is (not) there"),
        ('it\'s `x|y` "here": 3 times', 'it\'s `x|y` "here": 3 times'),
        ("see https://evil.example @all #1", "see `https://evil.example` `@all` `#1`"),
        ("a *b* _c_ <d> [e](f) ![g](h)", "a `*b*` `_c_` `<d>` `[e](f)` `![g](h)`"),
        ("one ` two", "one `` ` `` two"),
        ("`a`` @b`", "`` `a` `` ` @b`"),
        ("`a``b`", "`` `a` `` `b`"),
        ("two\nlines", "`two\\nlines`"),
        ("", ""),
    ],
)
def test_words_that_are_not_plain_are_code(words: str, expected: str) -> None:
    assert prose(words) == expected
    read_markdown(prose(words))


@pytest.mark.parametrize(
    ("words", "expected"),
    [("a", "`a`"), ("`", "`` ` ``"), ("a``b`c", "```a``b`c```"), ("", "` `"), ("\\", "`\\`")],
)
def test_code_is_code_whatever_it_holds(words: str, expected: str) -> None:
    assert code(words) == expected


def test_a_block_ends_where_it_ends() -> None:
    block = list(fenced(["```", "````` x", "</details>"]))
    assert (block[0], block[-1]) == ("``````text", "``````")


# --- the limit -----------------------------------------------------------------------------------


def many(number: int, level: str = "warning", message: str = "wrong") -> Run:
    files = [
        file_of(
            f"{at:05}.yml",
            "vela-pipeline",
            "a: b\n",
            diagnose(Finding(Span(0, 1), f"{message} {at}"), level=level, path=f"{at:05}.yml"),
        )
        for at in range(number)
    ]
    return Run(tuple(files))


def findings_in(written: str) -> int:
    return sum(line.startswith("- **") for line in written.splitlines())


@pytest.mark.parametrize("number", [1, 200, 250, 400, 900, 10_000])
@pytest.mark.parametrize("message", ["wrong", "ü😀" * 40])
def test_it_is_never_longer_than_a_comment_may_be(number: int, message: str) -> None:
    written = lines(render(many(number, message=message)))
    assert len(written.encode()) <= LIMIT
    drawn = written.count("<details>")
    listed = findings_in(written)
    said = re.search(r"\*\*Left out, because a comment has a limit: (.*)\.\*\*", written)
    if drawn == number:
        assert said is None
        return
    assert len(written.encode()) > LIMIT * 0.9
    assert said
    numbers = [int(one) for one in re.findall(r"\d+", said[1])]
    assert numbers == [number - listed, listed - drawn][listed == number :]


def test_what_is_severe_is_told_first_and_in_its_place() -> None:
    run = many(5000)
    last = run.files[-1]._replace(
        diagnostics=(diagnose(Finding(Span(0, 1), "worse"), path="04999.yml"),)
    )
    written = lines(render(run._replace(files=(*run.files[:-1], last))))
    listed = [line for line in written.splitlines() if line.startswith("- **")]
    assert listed[-1] == "- **error** in line 1: worse (`some-rule`)"
    assert listed[0] == "- **warning** in line 1: wrong 0 (`some-rule`)"
