"""A comment for a merge request: the sum, the findings of each file, and what they look like.

A comment has a limit. Where it is reached, drawings are left out first, then findings from the
least severe on; what is left out is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pipelint.diagnostic import LEVELS, Diagnostic
from pipelint.record import NamedTuple
from pipelint.report.docs import url_of
from pipelint.report.drawing import printable
from pipelint.report.full import render_one
from pipelint.report.inline import code, fenced, prose
from pipelint.report.masking import hide_secrets
from pipelint.report.run import FileReport, Run, files_by_path, in_order, sources_of, start_of
from pipelint.report.summary import count, notes, summary
from pipelint.report.terminal import PLAIN, Style
from pipelint.source import Source

LIMIT = 60_000
"""Bytes. GitHub takes 65 536 characters, GitLab a million; there may be a greeting besides."""

MARK = "<!-- pipelint -->"
"""By this line a script finds the comment that it wrote before, to write it anew."""

_ROOM = 500
"""Bytes for what is said about that which is left out."""


class Item(NamedTuple):
    """A finding as a line of a list, and where it is said."""

    file: FileReport
    diagnostic: Diagnostic
    line: str


class Part(NamedTuple):
    """What is said of one file, and whether its findings are drawn."""

    lines: list[str]
    drawn: bool


def render(run: Run, style: Style = PLAIN) -> Iterator[str]:
    """Yield the comment, at most `LIMIT` bytes of it."""
    hidden = hide_secrets(run)
    head = [MARK, "", "## pipelint", "", f"**{summary(run)}**"]
    items = [_item(file, one) for file in files_by_path(hidden) for one in in_order(file)]
    foot = list(_foot(run, style))
    room = LIMIT - _ROOM - sum(map(_size, (*head, *foot)))
    chosen, room = _choose(items, room)
    files = _draw_files(chosen, room, sources_of(hidden))
    yield from head
    for file in files:
        yield from file.lines
    yield from _left_out(len(items) - len(chosen), sum(not file.drawn for file in files))
    yield from foot


def _item(file: FileReport, diagnostic: Diagnostic) -> Item:
    line, _ = start_of(diagnostic.finding.span, file.source)
    url = url_of(diagnostic.rule)
    rule = f"[{code(diagnostic.rule)}]({url})" if url else code(diagnostic.rule)
    said = prose(diagnostic.finding.message)
    return Item(file, diagnostic, f"- **{diagnostic.level}** in line {line}: {said} ({rule})")


def _choose(items: list[Item], room: int) -> tuple[list[Item], int]:
    """Choose what there is room for, the most severe first; return the rest of the room."""
    chosen, headed = [], set()
    for at in sorted(range(len(items)), key=lambda at: LEVELS.index(items[at].diagnostic.level)):
        file = items[at].file
        size = _size(items[at].line)
        size += 0 if file.path in headed else _size(_heading(file)) + 2
        if size > room:
            break
        room -= size
        headed.add(file.path)
        chosen.append(at)
    return [items[at] for at in sorted(chosen)], room


def _draw_files(items: Sequence[Item], room: int, sources: Mapping[str, Source]) -> list[Part]:
    """Write the findings of each file, and draw them where there is room for that."""
    parts = []
    for _, group in groupby(items, key=lambda item: item.file.path):
        found = list(group)
        lines = ["", _heading(found[0].file), "", *(item.line for item in found)]
        drawing = list(_drawings(found, sources))
        size = sum(map(_size, drawing))
        drawn = size <= room
        room -= size if drawn else 0
        parts.append(Part([*lines, *drawing] if drawn else lines, drawn))
    return parts


def _heading(file: FileReport) -> str:
    return f"### {code(file.path)}"


def _drawings(items: Sequence[Item], sources: Mapping[str, Source]) -> Iterator[str]:
    lines = []
    for item in items:
        lines += [*render_one(item.diagnostic, sources, PLAIN), ""]
    yield from ("", "<details>", "<summary>What it looks like, and what to do</summary>", "")
    yield from fenced(lines[:-1])
    yield from ("", "</details>")


def _left_out(findings: int, files: int) -> Iterator[str]:
    if findings or files:
        parts = [count(findings, "finding")] if findings else []
        parts += [f"what {count(files, 'file')} look{'s' * (files == 1)} like"] if files else []
        yield from ("", f"**Left out, because a comment has a limit: {' and '.join(parts)}.**")


def _foot(run: Run, style: Style) -> Iterator[str]:
    """Say what was not read and what was not checked."""
    for file in files_by_path(run):
        if file.failed:
            said = prose(printable(file.note, style.unicode))
            yield from ("", f"**Not read:** {code(file.path)}: {said}")
    for note in notes(run):
        yield from ("", prose(note))


def _size(line: str) -> int:
    return len(line.encode("utf-8", "replace")) + 1
