"""What is wrong in a text: the same findings, at the same places, as the command line reports."""

from __future__ import annotations

from typing import NamedTuple

from pipelint.diagnostic import Diagnostic, Related
from pipelint.report.docs import url_of
from pipelint.report.masking import hide_secrets
from pipelint.report.run import FileReport, Run, ordered
from pipelint.source import Source, Span
from pipelint_lsp.snapshot import Snapshot

UNNECESSARY = frozenset({
    "redundant-need", "step-never-runs", "unused-anchor", "unused-barrier", "unused-codebase",
    "unused-ignore", "unused-retry-interval", "unused-secret", "unused-template",
    "useless-template-label",
})  # fmt: skip
"""Rules about what could be left out: editors grey it."""

DEPRECATED = frozenset({
    "deprecated-allowed-values", "deprecated-container-step", "deprecated-pull",
    "deprecated-rollout-setting", "deprecated-variable", "legacy-skip-condition",
    "retired-container-registry",
})  # fmt: skip
"""Rules about what has a successor: editors strike it through."""


class Place(NamedTuple):
    """Another place that explains a problem; `path` is None where it is in the same text."""

    path: str | None
    span: Span
    message: str


class Problem(NamedTuple):
    """A diagnostic as an editor shows it; the words of credentials are hidden."""

    span: Span
    rule: str
    level: str
    message: str
    help: str
    related: tuple[Place, ...]
    url: str
    unnecessary: bool
    deprecated: bool


def problems(snapshot: Snapshot) -> list[Problem]:
    """Return what is wrong, by position, then rule."""
    return [_problem(one, snapshot.source) for one in shown(snapshot)]


def shown(snapshot: Snapshot) -> list[Diagnostic]:
    """Return the diagnostics that nothing suppresses, in order, credentials hidden."""
    checked = snapshot.checked
    kept = tuple(one for one in checked.diagnostics if not one.suppressed)
    report = FileReport(
        checked.source.path,
        checked.kind,
        checked.checked,
        checked.source,
        kept,
        checked.note,
        snapshot.masked,
    )
    return [diagnostic for _, diagnostic in ordered(hide_secrets(Run((report,))))]


def _problem(one: Diagnostic, source: Source) -> Problem:
    finding = one.finding
    return Problem(
        fitted(finding.span, source),
        one.rule,
        one.level,
        finding.message,
        finding.help,
        tuple(_place(each, source) for each in finding.related),
        url_of(one.rule),
        one.rule in UNNECESSARY,
        one.rule in DEPRECATED,
    )


def _place(related: Related, source: Source) -> Place:
    span = fitted(related.span, source) if related.path is None else related.span
    return Place(related.path, span, related.message)


def fitted(span: Span, source: Source) -> Span:
    """Fit a span into a text, as reports do; in an empty text it is empty."""
    return source.inside(span)
