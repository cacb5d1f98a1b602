"""What may stand at the cursor, as the protocol writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lsprotocol import types

from pipelint_lsp.convert.view import View
from pipelint_lsp.features import completion_item as item
from pipelint_lsp.features.completion import Item

_KINDS = {
    item.PROPERTY: types.CompletionItemKind.Property,
    item.VALUE: types.CompletionItemKind.Value,
    item.CONSTANT: types.CompletionItemKind.Constant,
    item.SNIPPET: types.CompletionItemKind.Snippet,
    item.VARIABLE: types.CompletionItemKind.Variable,
    item.FUNCTION: types.CompletionItemKind.Function,
    item.METHOD: types.CompletionItemKind.Method,
    item.FIELD: types.CompletionItemKind.Field,
    item.MODULE: types.CompletionItemKind.Module,
    item.REFERENCE: types.CompletionItemKind.Reference,
}
_PLACEHOLDER = re.compile(r"\\([\\$}])|\$\{\d+(?::((?:[^\\}]|\\.)*))?\}|\$\d+")
_AGAIN = types.Command("suggest", "editor.action.triggerSuggest")


def completion_list(found: Iterable[Item], view: View) -> types.CompletionList:
    """Write items; those of clients without snippets hold plain text."""
    return types.CompletionList(False, [_item(one, view) for one in found])  # noqa: FBT003


def _item(one: Item, view: View) -> types.CompletionItem:
    client = view.client
    is_snippet = one.is_snippet and client.snippets
    text = one.text if is_snippet or not one.is_snippet else plain(one.text)
    if "\n" in text and not client.indents:
        text = text.replace("\n", "\n" + _indentation(view, one.span.start))
    form = types.InsertTextFormat
    return types.CompletionItem(
        label=one.label,
        kind=_KINDS.get(one.kind),
        detail=one.detail or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, one.documentation)
        if one.documentation
        else None,
        sort_text=one.sort or None,
        filter_text=one.filter or None,
        insert_text_format=form.Snippet if is_snippet else form.PlainText,
        insert_text_mode=types.InsertTextMode.AdjustIndentation if client.indents else None,
        text_edit=types.TextEdit(view.range(one.span), text),
        additional_text_edits=[
            types.TextEdit(view.range(edit.span), edit.text) for edit in one.edits
        ]
        or None,
        command=_AGAIN if one.again and client.suggests else None,
    )


def plain(text: str) -> str:
    """Write a snippet as text: its words are kept, its empty places are not."""
    return _PLACEHOLDER.sub(lambda match: match[1] or plain(match[2] or ""), text)


def _indentation(view: View, offset: int) -> str:
    source = view.snapshot.source
    line = source.line(source.position(offset).line)
    return line[: len(line) - len(line.lstrip(" \t"))]
