"""Whatever a run holds, every format writes a document that its readers understand."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelint.diagnostic import BASELINE, IGNORE, Edit, Finding, Fix, Related, Suppression
from pipelint.report import FORMATS, renderer
from pipelint.report.run import FileReport, Run
from pipelint.report.terminal import PLAIN
from pipelint.source import Source, Span
from report.documents import READERS, has_controls
from report.samples import diagnose, lines, run_of
from report.test_properties import FINDINGS, SPANS, TEXTS

NAMES = st.one_of(
    st.sampled_from(["a.yml", "b.yml", "C:/c.yml", "//host/d.yml", "/e.yml", "<stdin>", "f\udce9"]),
    TEXTS.map(lambda text: f"{text}.yml"),
)
RULES = st.sampled_from(["some-rule", "other-rule", "internal-error", "needs-cycle"])
LEVELS = st.sampled_from(["error", "warning", "info"])
SUPPRESSIONS = st.builds(Suppression, st.sampled_from([IGNORE, BASELINE]), TEXTS)


@st.composite
def files(draw: st.DrawFn) -> FileReport:
    """Make a file of any kind: checked or not, readable or not, with findings and hidden ones."""
    path = draw(NAMES)
    found = [
        diagnose(finding, draw(RULES), draw(LEVELS), path)
        for finding in draw(st.lists(FINDINGS, max_size=3))
    ]
    hidden = draw(st.integers(0, len(found)))
    checked = draw(st.booleans())
    return FileReport(
        path,
        draw(st.sampled_from(["vela-pipeline", "harness-trigger", "unknown"])),
        checked=checked,
        source=Source(draw(TEXTS)) if draw(st.booleans()) else None,
        diagnostics=tuple(found[hidden:]),
        note=draw(TEXTS),
        masked=tuple(draw(st.lists(SPANS, max_size=2))),
        hidden=tuple(one._replace(suppressed=draw(SUPPRESSIONS)) for one in found[:hidden]),
        failed=not checked and not found and draw(st.booleans()),
    )


RUNS = st.builds(
    Run,
    st.lists(files(), max_size=3).map(tuple),
    sources=st.dictionaries(NAMES, TEXTS.map(Source), max_size=1),
    fail_on=st.sampled_from(["error", "warning", "info", "never"]),
    show_hidden=st.sampled_from([None, True, False]),
    fixed=st.just(()),
)


@pytest.mark.parametrize("name", FORMATS)
@given(run=RUNS)
@settings(deadline=None, max_examples=50)
def test_its_readers_can_read_it(name: str, run: Run) -> None:
    written = list(renderer(name)(run, PLAIN))
    assert not any("\n" in line and name != "junit" for line in written)
    text = lines(written)
    assert not has_controls(text.split("\n"))
    READERS[name](text.encode("utf-8", "replace").decode())


@given(run=RUNS)
@settings(deadline=None, max_examples=50)
def test_sarif_holds_every_finding_once(run: Run) -> None:
    (document,) = read("sarif", run)["runs"]
    shown = [one for file in run.files for one in file.diagnostics]
    hidden = [one for file in run.files for one in file.hidden if run.show_hidden is not False]
    notified = document["invocations"][0]["toolExecutionNotifications"]
    internal = [one for one in notified if one["descriptor"]["id"] == "internal-error"]
    assert len(document["results"]) + len(internal) == len(shown) + len(hidden)
    for result in document["results"]:
        rule = document["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]


@given(run=RUNS)
@settings(deadline=None, max_examples=50)
def test_tests_are_red_where_the_run_fails(run: Run) -> None:
    root = read("junit", run)
    failed = [
        one
        for file in run.files
        for one in file.diagnostics
        if one.rule != "internal-error" and is_at_least(one.level, run.fail_on)
    ]
    assert int(root.get("failures")) == len(failed) == len(root.findall(".//failure"))
    assert int(root.get("tests")) == len(root.findall(".//testcase"))
    assert int(root.get("errors")) == len(root.findall(".//error"))


def is_at_least(level: str, threshold: str) -> bool:
    order = ["never", "error", "warning", "info"]
    return order.index(level) <= order.index(threshold)


def read(name: str, run: Run) -> Any:
    return READERS[name](lines(renderer(name)(run, PLAIN)))


@pytest.mark.parametrize("name", FORMATS)
def test_ten_thousand_findings_take_time_in_proportion(name: str) -> None:
    text = "name: value\n" * 20_000
    findings = [
        Finding(
            Span(start, start + 4),
            f"wrong `{start}`",
            help="write something else",
            related=(Related(Span(start // 2, start // 2 + 4), "there"),),
            fixes=(Fix("fix", (Edit(Span(start, start + 4), "other"),)),),
        )
        for start in range(0, 240_000, 24)
    ]
    masked = tuple(Span(start + 6, start + 11) for start in range(0, 240_000, 2400))
    run = run_of(text, *findings, masked=masked)
    begun = time.process_time()
    assert sum(map(len, renderer(name)(run, PLAIN))) > 40_000
    assert time.process_time() - begun < 15
