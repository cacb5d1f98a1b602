"""The format for people: every finding with its source, help and fix, and a summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipelint.diagnostic import Diagnostic, Fix
from pipelint.report.difference import Change, changes_of
from pipelint.report.docs import url_of
from pipelint.report.drawing import draw_line, printable
from pipelint.report.masking import hide_secrets
from pipelint.report.run import Run, ordered, sources_of
from pipelint.report.snippet import MOST_RELATED, blocks_of, draw_blocks, last_line
from pipelint.report.summary import count, hidden_by, hint, summary
from pipelint.report.terminal import Style, link, paint
from pipelint.source import Source, Span

MOST_CHANGES = 20
"""Lines of a fix that are shown; a longer one is better read in the file."""


def render(run: Run, style: Style) -> Iterator[str]:
    """Yield the whole report, line by line and without line ends."""
    hidden = hide_secrets(run)
    yield from _draw_findings(hidden, style)
    yield summary(run)
    fixable = hint(hidden)
    if fixable:
        yield fixable


def render_findings(run: Run, style: Style) -> Iterator[str]:
    """Yield only the findings, by path, position and rule, each with an empty line after it."""
    yield from _draw_findings(hide_secrets(run), style)


def _draw_findings(hidden: Run, style: Style) -> Iterator[str]:
    sources = sources_of(hidden)
    for _, diagnostic in ordered(hidden, bool(hidden.show_hidden)):
        yield from render_one(diagnostic, sources, style)
        yield ""


def render_one(
    diagnostic: Diagnostic, sources: Mapping[str, Source], style: Style
) -> Iterator[str]:
    """Yield one finding. What must not be shown is already masked in `sources` (path → text)."""
    blocks = blocks_of(diagnostic, sources)
    proposals = _proposals(diagnostic, sources.get(diagnostic.path))
    numbers = [change.number for _, changes in proposals for change in changes]
    gutter = len(str(max(last_line(blocks), *numbers, 1)))
    yield _headline(diagnostic, style)
    yield from draw_blocks(blocks, diagnostic.level, gutter, style)
    footer = [*_remarks(diagnostic, gutter, style)]
    for fix, changes in proposals:
        footer += _draw_fix(fix, changes, gutter, style)
    if footer:
        yield " " * gutter + paint(style, "gutter", " |")
    yield from footer


def _proposals(diagnostic: Diagnostic, source: Source | None) -> list[tuple[Fix, list[Change]]]:
    if source is None:
        return [(fix, []) for fix in diagnostic.finding.fixes]
    return [(fix, changes_of(source, fix.edits)) for fix in diagnostic.finding.fixes]


def _headline(diagnostic: Diagnostic, style: Style) -> str:
    rule = link(style, url_of(diagnostic.rule), diagnostic.rule)
    message = printable(diagnostic.finding.message, style.unicode)
    level = paint(style, diagnostic.level, f"{diagnostic.level}[{rule}]")
    return level + paint(style, "bold", f": {message}")


def _remarks(diagnostic: Diagnostic, gutter: int, style: Style) -> Iterator[str]:
    finding = diagnostic.finding
    for note in finding.notes:
        yield _remark("note", note, gutter, style)
    unseen = len(finding.related) - MOST_RELATED
    if unseen > 0:
        yield _remark("note", f"{count(unseen, 'more place')} not shown", gutter, style)
    if finding.help:
        yield _remark("help", finding.help, gutter, style)
    if diagnostic.suppressed:
        yield _remark("hidden", hidden_by(diagnostic.suppressed), gutter, style)
    url = url_of(diagnostic.rule)
    if url and not style.links:
        yield _remark("docs", url, gutter, style)


def _remark(kind: str, text: str, gutter: int, style: Style, aside: str = "") -> str:
    sign = paint(style, "gutter", "=")
    said = printable(text, style.unicode)
    return f"{' ' * gutter} {sign} {paint(style, 'bold', kind)}{aside}: {said}"


def _draw_fix(fix: Fix, changes: list[Change], gutter: int, style: Style) -> Iterator[str]:
    aside = " (safe)" if fix.safe else " (unsafe)"
    yield _remark("fix", fix.title, gutter, style, aside)
    for change in changes[:MOST_CHANGES]:
        yield _draw_change(change, gutter, style)
    unseen = len(changes) - MOST_CHANGES
    if unseen > 0:
        yield f"{' ' * gutter} {count(unseen, 'more line')} not shown"


def _draw_change(change: Change, gutter: int, style: Style) -> str:
    room = style.width - gutter - len(" - ")
    size = len(change.text)
    focus = min(change.focus, size)
    drawn = draw_line(change.text, Span(0, size), Span(focus, focus), room, style.unicode)
    number = paint(style, "gutter", str(change.number).rjust(gutter))
    kind = "remove" if change.sign == "-" else "add"
    return f"{number} {paint(style, kind, f'{change.sign} {drawn.text}'.rstrip())}"
