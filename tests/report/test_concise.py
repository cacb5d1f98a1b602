"""One finding a line."""

from __future__ import annotations

import pytest

from pipelint.diagnostic import Finding, Fix
from pipelint.report import docs
from pipelint.report.concise import render
from pipelint.report.run import Run
from pipelint.report.terminal import PLAIN
from pipelint.source import Span
from report.samples import MIXED, diagnose, file_of, lines, run_of

WRONG = Finding(Span(3, 4), "wrong")


def test_each_finding_has_a_line_by_path_and_position() -> None:
    expected = """\
.harness/checkout.yaml:12:25: error[unknown-step-type] unknown step type `Rnu` in a CI stage \
[fixable]
.vela.yml:8:31: warning[mutable-image-tag] image `target/vela-docker:latest` uses a tag that can \
change
.vela.yml:9:15: error[undefined-secret] step `publish` uses secret `docker_usrname`, which is not \
declared [fixable]
"""
    assert lines(render(MIXED, PLAIN)) == expected


def test_nothing_is_said_when_all_is_well() -> None:
    assert list(render(run_of("a: b\n"), PLAIN)) == []


def test_only_a_safe_fix_makes_a_finding_fixable() -> None:
    unsafe = WRONG._replace(fixes=(Fix("guess", (), safe=False),))
    assert list(render(run_of("a: b\n", unsafe), PLAIN)) == ["a.yml:1:4: error[some-rule] wrong"]


def test_a_finding_stays_on_its_line_and_cannot_colour_it() -> None:
    finding = WRONG._replace(message="bad `a\nb.yml:1:1: \x1b[31m`")
    assert list(render(run_of("a: b\n", finding), PLAIN)) == [
        r"a.yml:1:4: error[some-rule] bad `a\nb.yml:1:1: \x1b[31m`"
    ]


def test_a_file_that_could_not_be_read_is_wrong_at_its_beginning() -> None:
    file = file_of("a.yml", "unknown", None, diagnose(WRONG), note="")
    assert list(render(Run((file,)), PLAIN)) == ["a.yml:1:1: error[some-rule] wrong"]


def test_the_level_is_coloured() -> None:
    assert list(render(run_of("a: b\n", WRONG), PLAIN._replace(colour=True))) == [
        "a.yml:1:4: \x1b[1;31merror[some-rule]\x1b[0m wrong"
    ]


def test_the_rule_is_a_link_once_there_is_a_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "SITE", "https://example.org")
    (line,) = render(run_of("a: b\n", WRONG), PLAIN._replace(links=True))
    assert "[\x1b]8;;https://example.org/rules/some-rule.html\x1b\\some-rule\x1b]8;;\x1b\\]" in line
