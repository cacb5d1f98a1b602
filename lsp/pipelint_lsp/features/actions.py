"""What can be done about problems: fixes, comments that silence them, all safe fixes at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipelint.diagnostic import Diagnostic, Edit
from pipelint.fixing import Mended
from pipelint.source import Source, Span
from pipelint.yaml.place import Router
from pipelint_lsp.features.diagnostics import shown
from pipelint_lsp.snapshot import Snapshot

FIX, IGNORE, ALL = "fix", "ignore", "all"

_NEVER_IGNORED = frozenset({
    "internal-error", "invalid-ignore", "not-utf8", "unknown-ignore", "unused-ignore",
    "yaml-syntax",
})  # fmt: skip


class Action(NamedTuple):
    """Edits with a title. `rule` and `span` say which problem they are about, if any."""

    what: str
    title: str
    edits: tuple[Edit, ...]
    rule: str = ""
    span: Span | None = None
    preferred: bool = False


def actions(snapshot: Snapshot, within: Span) -> list[Action]:
    """Return what can be done about the problems that touch a span."""
    source = snapshot.source
    touched = [one for one in shown(snapshot) if _touches(source.inside(one.finding.span), within)]
    plain = {id(one): one for one in touched}
    fixes = [action for one in plain.values() for action in _fixes(one, snapshot)]
    ignores = [action for one in plain.values() for action in _ignores(one, snapshot)]
    return [*fixes, *_once(ignores)]


def fix_all(mended: Mended) -> Action | None:
    """Return all that `pipelint --fix` would change; None where that is nothing."""
    return Action(ALL, "fix all that is safe to fix", mended.edits) if mended.edits else None


def _fixes(one: Diagnostic, snapshot: Snapshot) -> Iterable[Action]:
    """Give the fixes of a problem; titles are masked, and no edit writes a credential."""
    span = snapshot.source.inside(one.finding.span)
    for fix in one.finding.fixes:
        yield Action(FIX, fix.title, tuple(fix.edits), one.rule, span, preferred=fix.safe)


def _ignores(one: Diagnostic, snapshot: Snapshot) -> Iterable[Action]:
    if one.rule in _NEVER_IGNORED:
        return
    span = snapshot.source.inside(one.finding.span)
    here = (ignore_edit(snapshot, span.start, one.rule),)
    top = (file_edit(snapshot.source, one.rule),)
    yield Action(IGNORE, f"ignore `{one.rule}` here", here, one.rule, span)
    yield Action(IGNORE, f"ignore `{one.rule}` in this file", top, one.rule, span)


def ignore_edit(snapshot: Snapshot, offset: int, rule: str) -> Edit:
    """Put an ignore above the line on which the scalar at an offset begins.

    In a block scalar or a quoted text of many lines a comment would be a part of the text.
    """
    source = snapshot.source
    scalar = Router(snapshot.document.tree).scalar(offset) if snapshot.document else None
    line = source.position(scalar.start if scalar is not None else offset).line
    text = source.line(line)
    indent = text[: len(text) - len(text.lstrip(" \t"))]
    start = source.line_starts[line - 1]
    return Edit(Span(start, start), f"{indent}# pipelint: ignore[{rule}]{_line_end(source)}")


def file_edit(source: Source, rule: str) -> Edit:
    """Put an ignore for the whole file on its first line, behind directives."""
    line = 1
    while line < len(source.line_starts) and source.line(line).startswith("%"):
        line += 1
    start = source.line_starts[line - 1]
    return Edit(Span(start, start), f"# pipelint: ignore-file[{rule}]{_line_end(source)}")


def _line_end(source: Source) -> str:
    starts = source.line_starts
    if len(starts) == 1:
        return "\n"
    return source.text[len(source.line(1)) : starts[1]]


def _touches(span: Span, other: Span) -> bool:
    return span.start <= other.end and other.start <= span.end


def _once(found: Iterable[Action]) -> list[Action]:
    return list({(action.title, action.edits): action for action in found}.values())
