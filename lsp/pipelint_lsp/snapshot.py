"""What is known of one version of an open text: all that a feature may look at."""

from __future__ import annotations

from typing import NamedTuple

from pipelint.document import Document
from pipelint.engine import Checked
from pipelint.source import Source, Span


class Snapshot(NamedTuple):
    """One version of a text, checked. It never changes; a newer text makes a new one.

    `uri` is the editor's name for it, `path` that of the file on the disk (for a text that was
    never saved, where it would lie). `version` is the editor's. `source` holds the text; offsets
    and spans are 0-based, in code points. `document` is what the dialect read (`kind`, `tree`,
    `nodes`, `context`): None where the text is no pipeline, and without nodes and context where
    `document.checked` is false. `masked` are the places of literal credentials: whoever shows a
    word of the text hides them.
    """

    uri: str
    path: str
    version: int
    source: Source
    document: Document | None
    checked: Checked
    masked: tuple[Span, ...] = ()
