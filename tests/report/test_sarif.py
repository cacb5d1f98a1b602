"""SARIF: what code scanning makes of it. The schema is held against it where all formats are."""

from __future__ import annotations

from typing import Any

import pytest

from pipelint import __version__
from pipelint.diagnostic import BASELINE, IGNORE, Edit, Finding, Fix, Related, Suppression
from pipelint.registry import all_rules
from pipelint.report import docs
from pipelint.report.run import Run
from pipelint.report.sarif import render
from pipelint.report.uri import uri_of
from pipelint.source import Source, Span
from report.documents import read_sarif
from report.samples import MIXED, diagnose, file_of, lines, run_of


def read(run: Run) -> Any:
    (only,) = read_sarif(lines(render(run)))["runs"]
    return only


def result(run: Run) -> Any:
    (only,) = read(run)["results"]
    return only


def test_a_result_says_what_where_and_how_it_is_known_again() -> None:
    found = result(run_of("a: b\n", Finding(Span(3, 4), "wrong", "here", "do it", ("a fact",))))
    assert found == {
        "ruleId": "some-rule",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "wrong\nnote: a fact\nhelp: do it"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "a.yml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 5},
                },
                "message": {"text": "here"},
            }
        ],
        "suppressions": [],
        "partialFingerprints": {"pipelint/v1": "some-rule-1"},
    }


def test_columns_are_code_points_and_the_document_says_so() -> None:
    run = run_of("😀😀: b\n", Finding(Span(4, 5), "wrong"))
    assert read(run)["columnKind"] == "unicodeCodePoints"
    region = result(run)["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (5, 6)


def test_the_tool_is_named_with_its_version() -> None:
    driver = read(MIXED)["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("pipelint", __version__)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_every_rule_can_be_described(rule: Any) -> None:
    file = file_of("a.yml", "vela-pipeline", "a", diagnose(Finding(Span(0, 1), "x"), rule.name))
    (told,) = read(Run((file,)))["tool"]["driver"]["rules"]
    assert told["shortDescription"]["text"] == rule.summary
    assert told["help"]["markdown"] == told["help"]["text"] == rule.page
    assert 20 < len(told["fullDescription"]["text"]) < 1024
    assert told["properties"]["tags"] == [rule.family]
    assert told["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    assert told["defaultConfiguration"].get("enabled", True) is (rule.level != "off")
    assert ("helpUri" in told) is bool(docs.SITE)


def test_a_page_on_the_web_is_named_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "SITE", "https://example.org")
    file = file_of("a.yml", "vela-pipeline", "a", diagnose(Finding(Span(0, 1), "x"), "needs-cycle"))
    driver = read(Run((file,)))["tool"]["driver"]
    assert driver["rules"][0]["helpUri"] == docs.url_of("needs-cycle")
    assert driver["informationUri"] == "https://example.org"


def test_only_rules_that_found_something_are_described() -> None:
    found = read(MIXED)
    names = [rule["id"] for rule in found["tool"]["driver"]["rules"]]
    assert names == sorted({one["ruleId"] for one in found["results"]})


def test_a_fix_replaces_and_inserts_exactly() -> None:
    fix = Fix("mend", (Edit(Span(3, 4), "x\r\n"), Edit(Span(0, 0), "n: 1\n")), safe=False)
    (told,) = result(run_of("a: b\r\n", Finding(Span(3, 4), "wrong", fixes=(fix,))))["fixes"]
    (change,) = told["artifactChanges"]
    assert told["description"]["text"] == "mend (unsafe)"
    assert [
        (tuple(one["deletedRegion"].values()), one["insertedContent"]["text"])
        for one in change["replacements"]
    ] == [((1, 4, 1, 5), "x\r\n"), ((1, 1, 1, 1), "n: 1\n")]


def test_related_places_are_numbered() -> None:
    related = Related(Span(0, 1), "here"), Related(Span(2, 3), "", "b.yml")
    run = run_of("a", Finding(Span(0, 1), "x", related=related))._replace(
        sources={"b.yml": Source("\n\nc")}
    )
    first, second = result(run)["relatedLocations"]
    assert (first["id"], first["message"]["text"], second["id"]) == (1, "here", 2)
    assert second["physicalLocation"]["region"]["startLine"] == 3
    assert "message" not in second


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (Suppression(IGNORE, "it\nis"), {"kind": "inSource", "justification": "it\\nis"}),
        (Suppression(IGNORE), {"kind": "inSource"}),
        (Suppression(BASELINE), {"kind": "external"}),
    ],
)
def test_what_is_hidden_is_suppressed(by: Suppression, expected: dict[str, str]) -> None:
    hidden = diagnose(Finding(Span(0, 1), "x"))._replace(suppressed=by)
    file = file_of("a.yml", "vela-pipeline", "a")._replace(hidden=(hidden,))
    (told,) = result(Run((file,)))["suppressions"]
    assert told == {"status": "accepted", **expected}
    assert read(Run((file,), show_hidden=False))["results"] == []


def test_an_internal_error_is_a_notification() -> None:
    file = file_of(
        "a.yml", "vela-pipeline", "a", diagnose(Finding(Span(0, 1), "oh"), "internal-error")
    )
    found = read(Run((file,)))
    (invocation,) = found["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert (found["results"], invocation["executionSuccessful"]) == ([], False)
    assert notification["descriptor"]["id"] == "internal-error"


@pytest.mark.parametrize(("failed", "level"), [(True, "error"), (False, "note")])
def test_so_is_a_file_that_was_not_checked(failed: bool, level: str) -> None:
    file = file_of("a.yml", "unknown", None, note="why")._replace(failed=failed)
    (invocation,) = read(Run((file,)))["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is not failed
    assert (notification["level"], notification["message"]["text"]) == (level, "why")


def test_a_message_holds_no_link() -> None:
    found = result(run_of("a", Finding(Span(0, 1), "see `[all](http://evil.example)`")))
    assert found["message"]["text"] == "see `[all] (http://evil.example)`"


@pytest.mark.parametrize(
    ("path", "uri", "relative"),
    [
        (".vela.yml", ".vela.yml", True),
        ("a b/é#?%.yml", "a%20b/%C3%A9%23%3F%25.yml", True),
        ("a:b.yml", "a%3Ab.yml", True),
        ("name\udce9.yml", "name%E9.yml", True),
        ("half\ud800.yml", "half%3F.yml", True),
        ("<stdin>", "%3Cstdin%3E", True),
        ("/srv/a b.yml", "file:///srv/a%20b.yml", False),
        ("C:/Users/a b.yml", "file:///C:/Users/a%20b.yml", False),
        ("//host/share/a.yml", "file://host/share/a.yml", False),
    ],
)
def test_paths_are_uris(path: str, uri: str, relative: bool) -> None:
    assert uri_of(path) == (uri, relative)
