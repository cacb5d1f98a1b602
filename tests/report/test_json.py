"""The format for programs: a contract, and the schema that states it."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import pipelint_schemas
from pipelint.diagnostic import Edit, Finding, Fix, Related
from pipelint.report import docs
from pipelint.report.as_json import render, report_of
from pipelint.report.run import Run
from pipelint.source import Source, Span
from report.samples import (
    HARNESS_FILE,
    IGNORED,
    KNOWN,
    MIXED,
    TEMPLATE,
    clean_files,
    diagnose,
    file_of,
    hide,
    lines,
    run_of,
)

SCHEMA_PATH = os.path.join(os.path.dirname(pipelint_schemas.__file__), "report.schema.json")
with open(SCHEMA_PATH, encoding="utf-8") as _file:
    SCHEMA = json.load(_file)


def closed(schema: Any) -> Any:
    """Forbid unknown keys: readers must bear them, the tests must not."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    return {**inner, "additionalProperties": False} if "required" in schema else inner


EXACT = Draft202012Validator(closed(SCHEMA), format_checker=Draft202012Validator.FORMAT_CHECKER)


def report(run: Run) -> Any:
    """Render, read back and hold against the schema."""
    value = json.loads(lines(render(run)))
    EXACT.validate(value)
    return value


def diagnostic(run: Run) -> Any:
    (only,) = report(run)["diagnostics"]
    return only


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_report_has_a_line_for_each_file_and_each_finding() -> None:
    run = Run((TEMPLATE, hide(HARNESS_FILE, IGNORED, IGNORED, KNOWN)))
    report(run)
    expected = """\
{"version": 1,
"files": [
{"path": ".harness/checkout.yaml", "kind": "harness-pipeline", "checked": true},
{"path": "deploy/.vela.yml", "kind": "unknown", "checked": false}
],
"diagnostics": [
{"path": ".harness/checkout.yaml", "rule": "unknown-step-type", "level": "error", \
"message": "unknown step type `Rnu` in a CI stage", \
"start": {"line": 12, "column": 25}, "end": {"line": 12, "column": 28}, \
"related": [{"path": ".harness/checkout.yaml", "start": {"line": 6, "column": 9}, \
"end": {"line": 6, "column": 17}, "message": "CI stage"}], \
"fixes": [{"title": "replace `Rnu` with `Run`", "safe": true, \
"edits": [{"start": {"line": 12, "column": 25}, "end": {"line": 12, "column": 28}, \
"text": "Run"}]}], \
"help": "a step type with a similar name exists: `Run`", \
"fingerprint": "unknown-step-type-1"}
],
"summary": {"files": 2, "error": 1, "warning": 0, "info": 0, "suppressed": 3}}
"""
    assert lines(render(run)) == expected


def test_what_is_empty_is_left_out() -> None:
    assert diagnostic(run_of("a: b\n", Finding(Span(3, 4), "wrong"))) == {
        "path": "a.yml",
        "rule": "some-rule",
        "level": "error",
        "message": "wrong",
        "start": {"line": 1, "column": 4},
        "end": {"line": 1, "column": 5},
        "fingerprint": "some-rule-1",
    }


def test_help_and_notes_are_given_where_they_exist() -> None:
    found = diagnostic(run_of("a", Finding(Span(0, 1), "wrong", help="do", notes=("one", "two"))))
    assert (found["help"], found["notes"]) == ("do", ["one", "two"])


def test_what_is_hidden_is_given_when_asked() -> None:
    run = Run((hide(file_of("a.yml", "vela-pipeline", "a"), IGNORED, KNOWN),))
    assert report(run)["diagnostics"] == []
    value = report(run._replace(show_hidden=True))
    assert [one["suppressed"] for one in value["diagnostics"]] == [
        {"kind": "ignore", "reason": "the server takes it"},
        {"kind": "baseline"},
    ]
    assert value["summary"] == report(run)["summary"]


def test_every_file_counts_and_all_are_in_order() -> None:
    value = report(MIXED)
    assert [file["path"] for file in value["files"]] == sorted(file.path for file in MIXED.files)
    assert [(one["path"], one["start"]["line"]) for one in value["diagnostics"]] == [
        (".harness/checkout.yaml", 12),
        (".vela.yml", 8),
        (".vela.yml", 9),
    ]
    assert value["summary"] == {"files": 5, "error": 2, "warning": 1, "info": 0, "suppressed": 3}


def test_a_run_without_findings_is_a_report_too() -> None:
    value = report(Run(tuple(clean_files("vela-pipeline", 1))))
    assert value["diagnostics"] == []
    assert report(Run(()))["files"] == []


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("", Span(0, 0), ((1, 1), (1, 2))),
        ("a: b", Span(4, 4), ((1, 4), (1, 5))),
        ("a: b\n", Span(3, 3), ((1, 4), (1, 5))),
        ("a: b\n", Span(5, 5), ((1, 5), (2, 1))),
        ("a: b\n", Span(90, 99), ((1, 5), (2, 1))),
        ("a: 😀b\n", Span(4, 5), ((1, 5), (1, 6))),
        ("\ta\r\nb", Span(4, 5), ((2, 1), (2, 2))),
        ("\ufeffa", Span(0, 1), ((1, 1), (1, 2))),
    ],
)
def test_ranges_lie_in_the_text_and_are_never_empty(
    text: str, span: Span, expected: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    found = diagnostic(run_of(text, Finding(span, "wrong")))
    start, end = found["start"], found["end"]
    assert ((start["line"], start["column"]), (end["line"], end["column"])) == expected


def test_an_edit_may_be_empty_and_then_inserts() -> None:
    fix = Fix("add", (Edit(Span(2, 2), "b: 2\n"),))
    found = diagnostic(run_of("a\n", Finding(Span(0, 1), "wrong", fixes=(fix,))))
    at = {"line": 2, "column": 1}
    assert found["fixes"][0]["edits"] == [{"start": at, "end": at, "text": "b: 2\n"}]


def test_a_place_in_another_file_is_counted_there() -> None:
    related = Related(Span(4, 5), "there", "b.yml"), Related(Span(0, 1), "where", "c.yml")
    run = run_of("a", Finding(Span(0, 1), "wrong", related=related))
    found = diagnostic(run._replace(sources={"b.yml": Source("a:\n b\n")}))
    assert [(one["path"], one["start"]) for one in found["related"]] == [
        ("b.yml", {"line": 2, "column": 2}),
        ("c.yml", {"line": 1, "column": 1}),
    ]


def test_a_file_that_could_not_be_read_is_wrong_at_its_beginning() -> None:
    file = file_of("a.yml", "unknown", None, diagnose(Finding(Span(7, 9), "wrong")), note="")
    found = diagnostic(Run((file,)))
    assert (found["start"], found["end"]) == ({"line": 1, "column": 1}, {"line": 1, "column": 2})


def test_any_words_survive_in_ascii() -> None:
    message = "bad `\x1b[31m\n\u202e公開\ud800`"
    rendered = lines(render(run_of("a", Finding(Span(0, 1), message))))
    assert rendered.isascii()
    assert "\x1b" not in rendered
    assert json.loads(rendered)["diagnostics"][0]["message"] == message


def test_the_address_of_the_rule_is_given_once_there_is_a_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(docs, "SITE", "https://example.org")
    found = diagnostic(run_of("a", Finding(Span(0, 1), "wrong")))
    assert found["url"] == "https://example.org/rules/some-rule.html"


def test_the_object_is_what_is_printed() -> None:
    assert json.loads(lines(render(MIXED))) == report_of(MIXED)
