"""The XML of JUnit, as Jenkins reads it: a suite for each file, a case for each finding.

A case fails where its finding fails the run, so that tests are red when pipelint exits with 1, and
in error where it exits with 2. What is below `--fail-on` is a case that was skipped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipelint.diagnostic import Diagnostic
from pipelint.engine import INTERNAL_ERROR
from pipelint.record import NamedTuple
from pipelint.report.full import render_one
from pipelint.report.markup import DECLARATION, Attributes, element, escape, tag
from pipelint.report.masking import hide_secrets
from pipelint.report.run import FileReport, Run, fails, files_by_path, in_order, sources_of
from pipelint.report.terminal import PLAIN, Style
from pipelint.source import Source

FAILURE, ERROR, SKIPPED = "failure", "error", "skipped"


class Case(NamedTuple):
    """A test: `outcome` is the element that says what came of it, none where it passed."""

    name: str
    outcome: str = ""
    type: str = ""
    message: str = ""
    text: str = ""


def render(run: Run, _: Style = PLAIN) -> Iterator[str]:
    """Yield the suites, one for each file that was asked for; an unchecked one is skipped."""
    hidden = hide_secrets(run)
    sources = sources_of(hidden)
    suites = [(file.path, _cases(file, run, sources)) for file in files_by_path(hidden)]
    every = [case for _, cases in suites for case in cases]
    inside = (line for path, cases in suites for line in _suite(path, cases))
    yield DECLARATION
    yield from element("testsuites", {"name": "pipelint", **_numbers(every)}, inside)


def _cases(file: FileReport, run: Run, sources: Mapping[str, Source]) -> list[Case]:
    if file.failed:
        return [Case("read", ERROR, "unreadable", file.note)]
    if not file.checked and not file.diagnostics:
        return [Case("check", SKIPPED, "unchecked", file.note)]
    seen: dict[str, int] = {}
    cases = [_case(one, run, sources, seen) for one in in_order(file)]
    return cases or [Case("check")]


def _case(
    diagnostic: Diagnostic, run: Run, sources: Mapping[str, Source], seen: dict[str, int]
) -> Case:
    """Make a case; readers know it by its name, which must be one of a kind and last."""
    message = diagnostic.finding.message
    name = f"{diagnostic.rule}: {message}"
    seen[name] = seen.get(name, 0) + 1
    unique = name if seen[name] == 1 else f"{name} ({seen[name]})"
    drawn = "\n".join(render_one(diagnostic, sources, PLAIN))
    outcome = FAILURE if fails(diagnostic, run) else SKIPPED
    if diagnostic.rule == INTERNAL_ERROR.name:
        outcome = ERROR
    return Case(unique, outcome, diagnostic.level, message, drawn)


def _numbers(cases: list[Case]) -> dict[str, int]:
    outcomes = [case.outcome for case in cases]
    return {
        "tests": len(cases),
        "failures": outcomes.count(FAILURE),
        "errors": outcomes.count(ERROR),
    }


def _suite(path: str, cases: list[Case]) -> Iterator[str]:
    skipped = sum(case.outcome == SKIPPED for case in cases)
    about: Attributes = {"name": path, **_numbers(cases), "skipped": skipped, "file": path}
    inside = (line for case in cases for line in _testcase(path, case))
    yield from element("testsuite", about, inside)


def _testcase(path: str, case: Case) -> Iterator[str]:
    about = {"name": case.name, "classname": path}
    yield from element("testcase", about, _outcome(case) if case.outcome else None)


def _outcome(case: Case) -> Iterator[str]:
    start = tag(case.outcome, {"type": case.type, "message": case.message})
    text = escape(case.text)
    yield f"<{start}>{text}</{case.outcome}>" if text else f"<{start}/>"
