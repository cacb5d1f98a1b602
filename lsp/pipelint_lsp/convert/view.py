"""A snapshot as one editor sees it: places in its encoding, in the types of the protocol."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

from lsprotocol import types

from pipelint.fixing import Mended
from pipelint.outside import FOUND, Outside
from pipelint.source import Source, Span
from pipelint_lsp.convert.columns import UTF16, Columns
from pipelint_lsp.index import Index
from pipelint_lsp.snapshot import Snapshot
from pipelint_lsp.uris import to_uri


class Client(NamedTuple):
    """What an editor can do.

    It asks for problems (`pulls`), takes edits with `versions` and `snippets`, shows outlines as
    `trees`, `indents` what goes over several lines, and `suggests` anew when it is told to.
    """

    encoding: str = UTF16
    pulls: bool = False
    versions: bool = True
    trees: bool = True
    snippets: bool = True
    indents: bool = True
    suggests: bool = False


class View:
    """One version of a text, and how places in it are written for the editor.

    `root` is the folder that paths in findings are relative to, `index` knows other files,
    `mended` fixes what is safe to fix, if it is known.
    """

    __slots__ = ("client", "columns", "index", "mended", "root", "snapshot")

    def __init__(
        self,
        snapshot: Snapshot,
        client: Client,
        *,
        marked: bool = False,
        root: str = "",
        index: Index | None = None,
        mended: Callable[[], Mended] | None = None,
    ) -> None:
        self.snapshot = snapshot
        self.client = client
        self.columns = Columns(snapshot.source, client.encoding, marked=marked)
        self.root = root
        self.index = index
        self.mended = mended

    def offset(self, position: types.Position) -> int:
        """Return the offset of a place; one that does not exist is moved to the nearest."""
        return self.columns.offset(position.line, position.character)

    def span(self, around: types.Range) -> Span:
        """Return the span of a range."""
        start, end = self.offset(around.start), self.offset(around.end)
        return Span(min(start, end), max(start, end))

    def position(self, offset: int) -> types.Position:
        """Write an offset."""
        return types.Position(*self.columns.place(offset))

    def range(self, span: Span) -> types.Range:
        """Write a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def location(self, span: Span, path: str | None = None) -> types.Location:
        """Write a place of this text, or of a file whose path is relative to the root."""
        if path is None:
            return types.Location(self.snapshot.uri, self.range(span))
        full = os.path.join(self.root, *path.split("/"))
        return types.Location(to_uri(full), self._other(path).range_of(span))

    def _other(self, path: str) -> _Other:
        document = self.snapshot.document
        outside: Outside | None = getattr(document.context, "outside", None) if document else None
        answer = outside.file(path) if outside is not None else None
        found = answer.source if answer is not None and answer.state == FOUND else None
        return _Other(found, self.columns.encoding)


class _Other:
    """Another file: its beginning is all that can be said of one that could not be read."""

    __slots__ = ("_columns",)

    def __init__(self, source: Source | None, encoding: str) -> None:
        self._columns = Columns(source or Source(""), encoding)

    def range_of(self, span: Span) -> types.Range:
        size = len(self._columns.source.text)
        start, end = (self._columns.place(min(offset, size)) for offset in span)
        return types.Range(types.Position(*start), types.Position(*end))
