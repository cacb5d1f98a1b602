"""pygls with its own copies of texts left out: the session has them, and applies changes itself.

What is replaced, and why (pygls 2.1): its text splits lines where editors do not (form feed, NEL,
U+2028), and moves a place behind the end of the last line one character too far back. Requests run
on the worker, never on the pool of threads from which the input is read; so a cancelled one is
seen before its turn. And no task that waits for an answer of the client is ever cancelled.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

OWN = {"graph": True}
"""Requests of ours that not every version of the server answers, `pipelint/…`."""


class Protocol(LanguageServerProtocol):
    """The protocol without texts: notifications about them go straight to the server."""

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(
        self, params: types.InitializeParams
    ) -> Generator[Any, Any, types.InitializeResult]:
        """Say what this server has that others have not."""
        answer = yield from super().lsp_initialize(params)
        answer.capabilities.experimental = {"pipelint": OWN}
        return answer

    @property
    def has_ended(self) -> bool:
        """Whether the client has asked to shut down before it leaves."""
        return self._shutdown

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Iterator[Any]:
        """Hand the text over."""
        yield self._taker(types.TEXT_DOCUMENT_DID_OPEN), (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(
        self, params: types.DidChangeTextDocumentParams
    ) -> Iterator[Any]:
        """Hand the changes over."""
        yield self._taker(types.TEXT_DOCUMENT_DID_CHANGE), (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(
        self, params: types.DidCloseTextDocumentParams
    ) -> Iterator[Any]:
        """Hand the end over."""
        yield self._taker(types.TEXT_DOCUMENT_DID_CLOSE), (params,), None

    def _taker(self, method: str) -> Callable[..., Any]:
        taker: Callable[..., Any] = self.fm.features[method]
        return taker
