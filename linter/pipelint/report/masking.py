"""Literal credentials are hidden before anything is reported: each character becomes `*`.

The engine says where they are (`FileReport.masked`). Offsets stay what they are, so every other
part of a report works on the masked run and cannot print what it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from pipelint.diagnostic import Diagnostic, Finding, Fix, Related
from pipelint.headline import CUT
from pipelint.record import NamedTuple
from pipelint.report.run import FileReport, Run
from pipelint.source import BOM, Source, Span

HEAD = 3
"""The shortest credential: hiding shorter words would only spoil what is said about it."""

_SHOWN = re.compile(r"[^\r\n]")


class Secrets(NamedTuple):
    """The words to hide, and by their first characters the lengths to look for."""

    words: frozenset[str]
    sizes: dict[str, tuple[int, ...]]


def hide_secrets(run: Run) -> Run:
    """Mask every credential of a run: in the sources, and in what is said and proposed."""
    if not any(file.masked for file in run.files):
        return run
    return run._replace(files=tuple(_hide_in_file(file) for file in run.files))


def hide_in_diagnostics(
    diagnostics: Iterable[Diagnostic], text: str, masked: Iterable[Span]
) -> list[Diagnostic]:
    """Mask the credentials that stand at these places of a text in what is said about it."""
    secrets = _secrets_of(text, masked)
    return [_hide_in_diagnostic(one, secrets) for one in diagnostics]


def hider_of(text: str, masked: Iterable[Span]) -> Callable[[str], str]:
    """Return what masks, in any text, the credentials that stand at these places of this one."""
    secrets = _secrets_of(text, masked)
    return (lambda said: _hide(said, secrets)) if secrets.words else str


def mask(text: str, spans: Iterable[Span]) -> str:
    """Replace the text of spans by `*`, one for each code point; line ends stay."""
    parts, done = [], 0
    for span in sorted(spans):
        start = max(span.start, done)
        if start >= span.end:
            continue
        parts += [text[done:start], _SHOWN.sub("*", text[start : span.end])]
        done = span.end
    return "".join([*parts, text[done:]])


def _hide_in_file(file: FileReport) -> FileReport:
    if file.source is None or not file.masked:
        return file
    secrets = _secrets_of(file.source.text, file.masked)
    diagnostics = tuple(_hide_in_diagnostic(one, secrets) for one in file.diagnostics)
    hidden = tuple(_hide_in_diagnostic(one, secrets) for one in file.hidden)
    # A source drops one byte order mark; the text may begin with a second one.
    everywhere = [*file.masked, *_occurrences(file.source.text, secrets)]
    masked = Source(BOM + mask(file.source.text, everywhere), file.source.path)
    return file._replace(source=masked, diagnostics=diagnostics, hidden=hidden)


def _secrets_of(text: str, spans: Iterable[Span]) -> Secrets:
    """Collect the words to hide: what the spans cover, line by line, without quotes."""
    lines = (line for span in spans for line in text[span.start : span.end].splitlines())
    words = frozenset(word for line in lines if len(word := line.strip(" \t\"'")) >= HEAD)
    sizes: dict[str, set[int]] = {}
    for word in words:
        sizes.setdefault(word[:HEAD], set()).add(len(word))
    return Secrets(words, {head: tuple(sorted(them)) for head, them in sizes.items()})


def _hide_in_diagnostic(diagnostic: Diagnostic, secrets: Secrets) -> Diagnostic:
    finding, place = _hide_in_finding(diagnostic.finding, secrets), _hide(diagnostic.place, secrets)
    by = diagnostic.suppressed
    hidden_by = by and by._replace(reason=_hide(by.reason, secrets))
    return diagnostic._replace(finding=finding, place=place, suppressed=hidden_by)


def _hide_in_finding(finding: Finding, secrets: Secrets) -> Finding:
    return finding._replace(
        message=_hide(finding.message, secrets),
        label=_hide(finding.label, secrets),
        help=_hide(finding.help, secrets),
        notes=tuple(_hide(note, secrets) for note in finding.notes),
        related=tuple(_hide_in_related(related, secrets) for related in finding.related),
        fixes=tuple(
            _hide_in_fix(fix, secrets) for fix in finding.fixes if _tells_none(fix, secrets)
        ),
    )


def _hide_in_related(related: Related, secrets: Secrets) -> Related:
    return related._replace(message=_hide(related.message, secrets))


def _tells_none(fix: Fix, secrets: Secrets) -> bool:
    """Tell whether a fix writes no credential; masked it would put stars into the file."""
    return all(_hide(edit.text, secrets) == edit.text for edit in fix.edits)


def _hide_in_fix(fix: Fix, secrets: Secrets) -> Fix:
    return fix._replace(title=_hide(fix.title, secrets))


def _hide(text: str, secrets: Secrets) -> str:
    return mask(text, [*_occurrences(text, secrets), *_beginnings(text, secrets)])


def _beginnings(text: str, secrets: Secrets) -> Iterator[Span]:
    """Find what is left of a word where a headline was cut: it ends in an ellipsis."""
    end = text.find(CUT)
    while end >= 0:
        for word in secrets.words:
            size = min(len(word) - 1, end)
            while size >= HEAD and not text.endswith(word[:size], 0, end):
                size -= 1
            if size >= HEAD:
                yield Span(end - size, end)
        end = text.find(CUT, end + 1)


def _occurrences(text: str, secrets: Secrets) -> Iterator[Span]:
    for start in range(len(text) - HEAD + 1):
        for size in secrets.sizes.get(text[start : start + HEAD], ()):
            if text[start : start + size] in secrets.words:
                yield Span(start, start + size)
