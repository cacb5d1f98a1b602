"""What is particular to GitHub, GitLab, JUnit and Checkstyle."""

from __future__ import annotations

from typing import Any

import pytest

from pipelint.diagnostic import Finding
from pipelint.report import checkstyle, github, gitlab, junit
from pipelint.report.run import Run
from pipelint.source import Span
from report.documents import read_github, read_gitlab, read_junit, read_xml
from report.samples import MIXED, clean_files, diagnose, file_of, lines, run_of, vela_file

HERE = Finding(Span(0, 1), "wrong")


def levels(*names: str) -> Run:
    file = vela_file("a")._replace(diagnostics=tuple(diagnose(HERE, level=one) for one in names))
    return Run((file,))


# --- GitHub --------------------------------------------------------------------------------------


def test_github_takes_a_command_for_each_finding() -> None:
    commands = read_github(lines(github.render(MIXED)))
    assert [(name, values["file"], values["title"]) for name, values, _ in commands] == [
        ("error", ".harness/checkout.yaml", "pipelint unknown-step-type"),
        ("warning", ".vela.yml", "pipelint mutable-image-tag"),
        ("error", ".vela.yml", "pipelint undefined-secret"),
    ]
    assert commands[0][2] == (
        ".harness/checkout.yaml:12:25: unknown step type `Rnu` in a CI stage\n"
        "help: a step type with a similar name exists: `Run`"
    )


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("a: b", Span(3, 4), {"line": "1", "endLine": "1", "col": "4", "endColumn": "4"}),
        ("a: 😀b", Span(3, 5), {"line": "1", "endLine": "1", "col": "4", "endColumn": "5"}),
        ("a:\n  b\nc", Span(0, 6), {"line": "1", "endLine": "2"}),
        ("a:\n  b\nc", Span(0, 7), {"line": "1", "endLine": "2"}),
        ("", Span(0, 0), {"line": "1", "endLine": "1", "col": "1", "endColumn": "1"}),
    ],
)
def test_github_gets_columns_only_within_a_line(
    text: str, span: Span, expected: dict[str, str]
) -> None:
    ((_, values, _),) = read_github(lines(github.render(run_of(text, Finding(span, "wrong")))))
    assert {name: values[name] for name in values if name not in {"file", "title"}} == expected


def test_github_reads_properties_and_words_as_they_are() -> None:
    path = "a,b:c%/::d.yml"
    finding = Finding(Span(0, 1), "bad `,%0A::set-output`")
    file = file_of(path, "vela-pipeline", "a", diagnose(finding, path=path))
    written = lines(github.render(Run((file,))))
    assert "file=a%2Cb%3Ac%25/%3A%3Ad.yml," in written
    ((_, values, message),) = read_github(written)
    assert (values["file"], message) == (path, f"{path}:1:1: bad `,%0A::set-output`")


def test_the_log_says_what_github_does_not_show() -> None:
    written = list(github.render(levels(*["error"] * 12, *["warning"] * 10, *["info"] * 11)))
    assert len(written) == 33 + 3
    assert written[-3:] == [
        "Found 12 errors, 10 warnings and 11 infos in 1 file.",
        "GitHub shows the first 10 of 12 errors beside the code; the lines above are all.",
        "GitHub shows the first 10 of 11 notices beside the code; the lines above are all.",
    ]


# --- GitLab --------------------------------------------------------------------------------------


def test_gitlab_gets_what_it_asks_for() -> None:
    first, *_ = read_gitlab(lines(gitlab.render(MIXED)))
    assert first == {
        "description": "unknown step type `Rnu` in a CI stage",
        "check_name": "unknown-step-type",
        "fingerprint": "unknown-step-type-1",
        "severity": "major",
        "location": {"path": ".harness/checkout.yaml", "lines": {"begin": 12, "end": 12}},
    }


def test_gitlab_gets_fingerprints_that_are_one_of_a_kind() -> None:
    told = read_gitlab(lines(gitlab.render(levels("error", "error", "warning", "info"))))
    assert [one["fingerprint"] for one in told] == [
        "some-rule-1",
        "some-rule-1-2",
        "some-rule-1-3",
        "some-rule-1-4",
    ]
    assert [one["severity"] for one in told] == ["major", "major", "minor", "info"]


# --- JUnit ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fail_on", "outcomes"),
    [
        ("error", ["failure", "skipped", "skipped"]),
        ("warning", ["failure", "failure", "skipped"]),
        ("info", ["failure", "failure", "failure"]),
        ("never", ["skipped", "skipped", "skipped"]),
    ],
)
def test_a_test_fails_where_its_finding_fails_the_run(fail_on: str, outcomes: list[str]) -> None:
    run = levels("error", "warning", "info")._replace(fail_on=fail_on)
    cases = read_junit(lines(junit.render(run))).findall(".//testcase")
    assert sorted(case[0].tag for case in cases) == sorted(outcomes)


def test_a_clean_file_is_a_test_that_passes() -> None:
    root = read_junit(lines(junit.render(Run(tuple(clean_files("vela-pipeline", 2))))))
    assert [len(case) for case in root.findall(".//testcase")] == [0, 0]
    assert (root.get("tests"), root.get("failures")) == ("2", "0")


def test_an_internal_error_is_an_error_whatever_fails_the_run() -> None:
    file = vela_file("a")._replace(diagnostics=(diagnose(HERE, "internal-error"),))
    root = read_junit(lines(junit.render(Run((file,), fail_on="never"))))
    assert (root.get("errors"), root.get("failures")) == ("1", "0")


def test_tests_of_a_file_have_names_of_their_own() -> None:
    root = read_junit(lines(junit.render(levels("error", "error", "error"))))
    names: list[Any] = [case.get("name") for case in root.findall(".//testcase")]
    assert names == ["some-rule: wrong", "some-rule: wrong (2)", "some-rule: wrong (3)"]


def test_a_failure_is_drawn() -> None:
    root = read_junit(lines(junit.render(run_of("a: <b>\n", Finding(Span(3, 6), "wrong", "here")))))
    (failure,) = root.findall(".//failure")
    assert failure.text.splitlines()[-2:] == ["1 | a: <b>", "  |    ^^^ here"]


# --- Checkstyle ----------------------------------------------------------------------------------


def test_checkstyle_lists_files_with_their_errors() -> None:
    root = read_xml(lines(checkstyle.render(MIXED)))
    assert (root.tag, root.get("version")) == ("checkstyle", "4.3")
    assert [(file.get("name"), len(file)) for file in root] == [
        (".harness/checkout.yaml", 1),
        (".vela.yml", 2),
        ("clean/vela-pipeline-0.yml", 0),
        ("clean/vela-pipeline-1.yml", 0),
    ]
    assert dict(root[0][0].attrib) == {
        "line": "12",
        "column": "25",
        "severity": "error",
        "message": "unknown step type `Rnu` in a CI stage; "
        "help: a step type with a similar name exists: `Run`",
        "source": "pipelint.unknown-step-type",
    }


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff", "\x85"])
def test_xml_has_nothing_that_xml_forbids(bad: str) -> None:
    run = run_of(f"a: b{bad}\n", Finding(Span(0, 3), f"a{bad}b"))
    for render in (checkstyle.render, junit.render):
        assert "a\\" in read_xml(lines(render(run)))[0][0].get("message", "a\\")
