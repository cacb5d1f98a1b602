"""One thing that an editor may offer at the cursor."""

from __future__ import annotations

from typing import NamedTuple

from pipelint.source import Span

PROPERTY = "property"
VALUE = "value"
CONSTANT = "constant"
SNIPPET = "snippet"
VARIABLE = "variable"
FUNCTION = "function"
METHOD = "method"
FIELD = "field"
MODULE = "module"
REFERENCE = "reference"


class Edit(NamedTuple):
    """A change beside the one that an item makes; `span` is never inside of the item's own."""

    span: Span
    text: str


class Item(NamedTuple):
    r"""What is offered.

    `span` (0-based, code points, within one line) is replaced by `text`. With `is_snippet` that
    holds `$1`, `${2:word}` and `$0`, and `\`, `$` and `}` are escaped in it. Further lines of
    `text` are indented relative to the line that it is put into (`adjustIndentation` of the
    protocol). `sort` orders the items as texts, `filter` is what the typed word is compared with
    (the label where it is empty). `documentation` is Markdown. With `again` the editor should ask
    anew once the item is in.
    """

    label: str
    kind: str
    text: str
    span: Span
    sort: str
    detail: str = ""
    documentation: str = ""
    is_snippet: bool = False
    filter: str = ""
    edits: tuple[Edit, ...] = ()
    again: bool = False


def escape(text: str) -> str:
    """Write a text so that a snippet gives it back as it is."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
