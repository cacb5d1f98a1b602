"""What an expression gives, shown behind it where the file tells: `<+stage.name>` = Build."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pipelint.report.masking import hider_of
from pipelint.source import Span
from pipelint_lsp.snapshot import Snapshot

_LONGEST = 40


class Hint(NamedTuple):
    """A remark behind an offset."""

    offset: int
    text: str


def hints(snapshot: Snapshot, span: Span) -> list[Hint]:
    """Return the values of the expressions in a part of a text, of those that are known."""
    context: Any = snapshot.document.context if snapshot.document else None
    return list(_values(snapshot, context, span)) if hasattr(context, "expressions") else []


def _values(snapshot: Snapshot, context: Any, span: Span) -> Iterator[Hint]:
    from pipelint.harness.resolution import outcomes_of

    hide = hider_of(snapshot.source.text, snapshot.masked)
    for one in outcomes_of(context):
        inside = span.start <= one.span.end and one.span.start <= span.end
        if inside and one.static and one.static != one.text:
            yield Hint(one.span.end, f"= {_short(hide(one.static))}")


def _short(text: str) -> str:
    line = text.strip().partition("\n")[0]
    return line if line == text.strip() and len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
