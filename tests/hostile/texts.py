"""Texts of up to a megabyte that somebody might write to hurt a linter, each by its name."""

from __future__ import annotations

from collections.abc import Iterator

from hostile import broken, documents, nested, patterns, pipelines, scalars, shared
from hostile.writing import Text

SETS = {
    "broken": broken.TEXTS,
    "documents": documents.TEXTS,
    "nested": nested.TEXTS,
    "patterns": patterns.TEXTS,
    "pipelines": pipelines.TEXTS,
    "scalars": scalars.TEXTS,
    "shared": shared.TEXTS,
}


def everything() -> Iterator[tuple[str, str, Text]]:
    """Give all texts with the names of their sets and their own."""
    for name, texts in SETS.items():
        for title, text in texts.items():
            yield name, title, text
