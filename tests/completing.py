"""How tests ask for completions: a text with a cursor, `‸`."""

from __future__ import annotations

from pipelint.document import Surroundings
from pipelint.engine import Checked, dialect_of
from pipelint.source import Source
from pipelint.yaml import parse
from pipelint_lsp.features.completion import Item, complete
from pipelint_lsp.snapshot import Snapshot

CURSOR = "‸"


def snapshot_of(text: str, path: str) -> Snapshot:
    """Read a text as the server does, without running rules."""
    source = Source(text, path)
    document = None
    for name in ("harness", "vela") if ".harness" in path else ("vela", "harness"):
        if document is None:
            document = dialect_of(name).read(source, parse(source), Surroundings())
    kind = document.kind if document is not None else "unknown"
    return Snapshot(path, path, 1, source, document, Checked(source, kind, document is not None))


def completed(marked: str, path: str = ".harness/pipeline.yaml") -> list[Item]:
    """Return what is offered at the cursor of a text."""
    before, _, after = marked.partition(CURSOR)
    return complete(snapshot_of(before + after, path), len(before))


def labels(marked: str, path: str = ".harness/pipeline.yaml") -> list[str]:
    """Return the labels of what is offered that what is typed begins, the best first."""
    before, _, after = marked.partition(CURSOR)
    found = complete(snapshot_of(before + after, path), len(before))
    return [item.label for item in found if is_begun(item, before)]


def is_begun(item: Item, before: str) -> bool:
    """Tell whether an editor would show an item: its word begins with what is typed."""
    typed = before[item.span.start :]
    return (item.filter or item.label).lower().startswith(typed.lower())


def accepted(marked: str, label: str, path: str = ".harness/pipeline.yaml") -> str:
    """Take what is offered under a label and return the text, with the cursor where it is put.

    Of a snippet the first place to fill in is the cursor; words that it proposes are kept.
    """
    before, _, after = marked.partition(CURSOR)
    text = before + after
    item = next(one for one in completed(marked, path) if one.label == label)
    edits = [(item.span, _marked(item, text)), *item.edits]
    for span, new in sorted(edits, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def _marked(item: Item, text: str) -> str:
    new = item.text if item.is_snippet else item.text + "$0"
    line = text[text.rfind("\n", 0, item.span.start) + 1 : item.span.start]
    indent = line[: len(line) - len(line.lstrip(" "))]
    new = new.replace("\n", "\n" + indent)
    first = "$1" if "$1" in new else "$0" if "${1" not in new else ""
    return new.replace(first, CURSOR, 1) if first else new
