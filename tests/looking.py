"""How tests ask features: a text with a cursor, checked as the server checks it."""

from __future__ import annotations

from pipelint.config import Resolver
from pipelint.project import Project
from pipelint.registry import all_rules
from pipelint.security.credentials import hidden_places
from pipelint.source import Span
from pipelint_lsp.snapshot import Snapshot

CURSOR = "‸"
NOWHERE = "/no/such/folder"
_project = Project(NOWHERE, Resolver(all_rules, no_config=True), cwd=NOWHERE)


def snapshot_of(text: str, path: str = ".vela.yml") -> Snapshot:
    """Check a text, with no files beside it."""
    full = f"{NOWHERE}/{path}"
    checked, document = _project.examine_text(text, full)
    masked = hidden_places(document.tree, checked.source.text) if document is not None else ()
    return Snapshot(f"file://{full}", full, 1, checked.source, document, checked, masked)


def at_cursor(marked: str, path: str = ".vela.yml") -> tuple[Snapshot, int]:
    """Check a text that has a cursor in it; return where that is."""
    before, _, after = marked.partition(CURSOR)
    return snapshot_of(before + after, path), len(before)


def words(snapshot: Snapshot, spans: list[Span]) -> list[str]:
    """Return what stands at places, each with its line."""
    source = snapshot.source
    return [f"{source.position(start).line}:{source.text[start:end]}" for start, end in spans]
