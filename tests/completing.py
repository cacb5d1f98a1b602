"""How tests ask for completions: a text with a cursor, `‸`."""

from __future__ import annotations

from looking import CURSOR, at_cursor
from pipelint_lsp.features.completion import Item, complete

HARNESS = ".harness/pipeline.yaml"
VELA = ".vela.yml"


def completed(marked: str, path: str = HARNESS) -> list[Item]:
    """Return what is offered at the cursor of a text."""
    return complete(*at_cursor(marked, path))


def labels(marked: str, path: str = HARNESS) -> list[str]:
    """Return the labels of what is offered that what is typed begins, the best first."""
    before = marked.partition(CURSOR)[0]
    return [item.label for item in completed(marked, path) if is_begun(item, before)]


def is_begun(item: Item, before: str) -> bool:
    """Tell whether an editor would show an item: its word begins with what is typed."""
    typed = before[item.span.start :]
    return (item.filter or item.label).lower().startswith(typed.lower())


def accepted(marked: str, label: str, path: str = HARNESS) -> str:
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
