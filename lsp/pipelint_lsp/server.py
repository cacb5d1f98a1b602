"""The language server: what a client says, wired to the session, the worker and the handlers."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from pipelint import __version__
from pipelint.config import NAMES
from pipelint_lsp import crawl, handlers
from pipelint_lsp.convert import results
from pipelint_lsp.convert.columns import UTF16, Change, apply
from pipelint_lsp.convert.view import Client, View
from pipelint_lsp.features.rename import Refusal
from pipelint_lsp.handlers import Request
from pipelint_lsp.index import Entry, Index
from pipelint_lsp.progress import begin
from pipelint_lsp.protocol import Protocol
from pipelint_lsp.session import Opened, Session
from pipelint_lsp.uris import to_path
from pipelint_lsp.worker import ANSWER, CHECK, INDEX, Worker

DELAY = 0.15
"""Seconds without a key until problems are shown, to clients that do not ask for them."""

FEW = 100
"""So many files are read before anybody would look at their progress."""

REQUEST_FAILED = -32803
WATCHED = ("**/*.{yml,yaml,star}", "**/*baseline*.json")

Made = TypeVar("Made")


class Server(LanguageServer):
    """The server of one client."""

    def __init__(self) -> None:
        super().__init__("pipelint", __version__, protocol_cls=Protocol, max_workers=1)
        self.session = Session()
        self.index = Index()
        self.worker = Worker()
        self.client = Client()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._told: set[tuple[str, str]] = set()
        self._tasks: set[asyncio.Future[Any]] = set()
        self._crawls = 0

    # --- what a client can do --------------------------------------------------------------------

    def begin(self, params: types.InitializeParams) -> None:
        """Take what the client says of itself."""
        folders = [to_path(folder.uri) for folder in params.workspace_folders or []]
        if not folders and params.root_uri:
            folders = [to_path(params.root_uri)]
        options = params.initialization_options
        self.session = Session([one for one in folders if one], _settings(options))
        encoding = self.workspace.position_encoding or UTF16
        suggests = _settings(options).get("triggerSuggest") is True
        self.client = _client(params.capabilities, encoding)._replace(suggests=suggests)

    def view(self, opened: Opened) -> View:
        """Check a text, and see it as the client does. On the worker."""
        snapshot = self.session.snapshot(opened)
        root = self.session.project_of(opened.path).root
        return View(
            snapshot,
            self.client,
            marked=opened.is_marked,
            root=root,
            index=self.index,
            mended=partial(self.session.mended, snapshot),
        )

    # --- questions -------------------------------------------------------------------------------

    async def ask(
        self, what: str, run: Callable[[], Made], empty: Made, priority: int = ANSWER
    ) -> Made:
        """Run something on the worker; what goes wrong is told once, and the answer is empty."""
        try:
            return await asyncio.wrap_future(self.worker.submit(run, priority))
        except Exception as error:  # noqa: BLE001 - no request ever fails
            self.tell_once(what, error)
            return empty

    def tell_once(self, what: str, error: Exception) -> None:
        """Write down what went wrong, each thing once."""
        key = (what, type(error).__name__)
        if key not in self._told:
            self._told.add(key)
            text = f"{what}: {type(error).__name__}: {error} (this is a bug in pipelint)"
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, text))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Write down what pygls reports, instead of showing it to people."""
        if not isinstance(error, JsonRpcException) or error.code != REQUEST_FAILED:
            self.tell_once(getattr(source, "__name__", str(source)), error)

    # --- problems --------------------------------------------------------------------------------

    def show_later(self, opened: Opened, delay: float) -> None:
        """Show the problems of a text after a while, to a client that does not ask for them."""
        if self.client.pulls:
            return
        timer = self._timers.pop(opened.uri, None)
        if timer is not None:
            timer.cancel()
        loop = asyncio.get_running_loop()
        self._timers[opened.uri] = loop.call_later(delay, self._show, opened.uri)

    def _show(self, uri: str) -> None:
        self._timers.pop(uri, None)
        opened = self.session.opened(uri)
        if opened is not None:
            found = self.worker.submit(partial(self._problems, opened), CHECK)
            self.when_done(found, partial(self._publish, opened))

    def _problems(self, opened: Opened) -> list[types.Diagnostic]:
        """Find problems; of a version that is no longer wanted none."""
        if not self.session.is_current(opened):
            return []
        view = self.view(opened)
        if os.path.basename(opened.path) in NAMES:
            return handlers.config_problems(self.session, view)
        return handlers.problems(view)

    def report(self, uri: str, known: str | None) -> Any:
        """Answer a client that asks: for the newest version, or that it knows the answer."""
        opened = self.session.opened(uri)
        if opened is None:
            return types.RelatedFullDocumentDiagnosticReport([])
        own = f"{self.session.epoch}:{hash(opened.text)}"
        if own == known:
            return types.RelatedUnchangedDocumentDiagnosticReport(own)
        return types.RelatedFullDocumentDiagnosticReport(self._problems(opened), result_id=own)

    def _publish(self, opened: Opened, found: list[types.Diagnostic]) -> None:
        if self.session.is_current(opened):
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(opened.uri, found, opened.version)
            )

    def stop_showing(self, uri: str) -> None:
        """Take the problems of a text away: it was closed."""
        timer = self._timers.pop(uri, None)
        if timer is not None:
            timer.cancel()
        if not self.client.pulls:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def when_done(self, future: Future[Made], then: Callable[[Made], None]) -> None:
        """Do something with the result of a job, on the loop."""
        self._start(self._then(future, then))

    def _start(self, job: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(job)
        self._tasks.add(task)  # the loop itself keeps no task alive
        task.add_done_callback(self._tasks.discard)

    async def _then(self, future: Future[Made], then: Callable[[Made], None]) -> None:
        try:
            then(await asyncio.wrap_future(future))
        except Exception as error:  # noqa: BLE001 - nobody waits for it
            self.tell_once("background", error)

    def refresh(self) -> None:
        """Look at everything anew: files or settings have changed."""
        self.when_done(self.worker.submit(self.session.forget, ANSWER), self._ask_again)

    def _ask_again(self, _: None) -> None:
        workspace = self.client_capabilities.workspace
        if self.client.pulls and workspace and workspace.diagnostics:
            if workspace.diagnostics.refresh_support:
                self.workspace_diagnostic_refresh(None)
            return
        for opened in list(self.session.documents.values()):
            self.show_later(opened, 0)

    def fill_index(self) -> None:
        """Read the names of all pipelines in the open folders, one file after the other."""
        self._crawls += 1
        self._start(self._fill_index(self._crawls))

    async def _fill_index(self, turn: int) -> None:
        """Do so, until the folders have changed and another crawl is under way."""
        paths: list[str] = []
        none: tuple[str, ...] = ()
        for folder in list(self.session.folders):
            run = partial(crawl.files, self.session, folder)
            paths += await self.ask("files", run, none, INDEX)
        window = self.client_capabilities.window
        shown = bool(window and window.work_done_progress) and len(paths) > FEW
        bar = await begin(self.work_done_progress, "Reading pipelines", len(paths), shown=shown)
        for path in paths:
            if turn != self._crawls:
                break
            await self._read(path)
            bar.step()
        bar.end()

    def read_again(self, path: str) -> None:
        """Read the names of one file when there is time."""
        self._start(self._read(path))

    async def _read(self, path: str) -> None:
        run = partial(crawl.read, self.session, self.index, path, self.client.encoding)
        await self.ask("index", run, None, INDEX)


def _client(can: types.ClientCapabilities, encoding: types.PositionEncodingKind | str) -> Client:
    text, workspace = can.text_document, can.workspace
    edits = workspace.workspace_edit if workspace else None
    outline = text.document_symbol if text else None
    item = text.completion.completion_item if text and text.completion else None
    modes = item.insert_text_mode_support if item else None
    return Client(
        encoding.value if isinstance(encoding, types.PositionEncodingKind) else encoding,
        pulls=text is not None and text.diagnostic is not None,
        versions=bool(edits and edits.document_changes),
        trees=bool(outline and outline.hierarchical_document_symbol_support),
        snippets=bool(item and item.snippet_support),
        indents=bool(modes and types.InsertTextMode.AdjustIndentation in modes.value_set),
    )


def _settings(given: Any) -> dict[str, Any]:
    """Return our part of an editor's settings, with or without our name around it."""
    options = given if isinstance(given, dict) else getattr(given, "__dict__", {})
    inner = options.get("pipelint", options)
    return inner if isinstance(inner, dict) else getattr(inner, "__dict__", {})


# --- wiring --------------------------------------------------------------------------------------


def make_server() -> Server:
    """Make a server with all its handlers; what depends on the client is added when it greets."""
    server = Server()
    _wire_life(server)
    _wire_texts(server)
    _wire_files(server)
    _wire_own(server)
    for request in handlers.REQUESTS:
        server.feature(request.method, request.options)(_answering(server, request))
    return server


def _answering(server: Server, request: Request) -> Callable[[Any], Coroutine[Any, Any, Any]]:
    """Make a handler that answers from the newest version of the text."""

    async def answer(params: Any) -> Any:
        opened = server.session.opened(params.text_document.uri)
        if opened is None:
            return request.empty
        run = partial(_run, server, request, opened, params)
        found = await server.ask(request.method, run, request.empty)
        if isinstance(found, Refusal):
            raise JsonRpcException(found.reason, REQUEST_FAILED)
        return found

    return answer


def _run(server: Server, request: Request, opened: Opened, params: Any) -> Any:
    return request.handler(server.view(opened), params)


def _wire_life(server: Server) -> None:
    def initialize(params: types.InitializeParams) -> None:
        server.begin(params)
        if server.client.pulls:
            _wire_pull(server)

    def initialized(_: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching and watching.dynamic_registration:
            server.client_register_capability(_watching())
        server.fill_index()

    def shutdown(_: None) -> None:
        server.worker.stop()

    server.feature(types.INITIALIZE)(initialize)
    server.feature(types.INITIALIZED)(initialized)
    server.feature(types.SHUTDOWN)(shutdown)


def _watching() -> types.RegistrationParams:
    watchers = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    return types.RegistrationParams([types.Registration("pipelint-files", method, options)])


def _wire_pull(server: Server) -> None:
    async def pull(params: types.DocumentDiagnosticParams) -> Any:
        nothing: Any = types.RelatedFullDocumentDiagnosticReport([])
        run = partial(server.report, params.text_document.uri, params.previous_result_id)
        return await server.ask("problems", run, nothing)

    options = types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=False, identifier=results.SOURCE
    )
    server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(pull)


def _wire_texts(server: Server) -> None:
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        text = params.text_document
        opened = server.session.open(text.uri, text.language_id, text.version, text.text)
        server.show_later(opened, 0)

    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        uri, version = params.text_document.uri, params.text_document.version
        before = server.session.opened(uri)
        if before is None:
            return
        text = apply(before.text, map(_change, params.content_changes), server.client.encoding)
        opened = server.session.change(uri, version, text)
        if opened is not None:
            server.show_later(opened, DELAY)

    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        opened = server.session.opened(params.text_document.uri)
        server.session.close(params.text_document.uri)
        server.stop_showing(params.text_document.uri)
        if opened is not None:
            server.read_again(opened.path)

    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        server.refresh()
        opened = server.session.opened(params.text_document.uri)
        if opened is not None:
            server.read_again(opened.path)

    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(did_open)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(did_change)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(did_close)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(did_save)


def _change(change: types.TextDocumentContentChangeEvent) -> Change:
    if isinstance(change, types.TextDocumentContentChangePartial):
        start, end = change.range.start, change.range.end
        return Change(change.text, (start.line, start.character), (end.line, end.character))
    return Change(change.text)


def _wire_files(server: Server) -> None:
    def files(params: types.DidChangeWatchedFilesParams) -> None:
        server.refresh()
        for change in params.changes:
            path = to_path(change.uri)
            if path is not None:
                server.read_again(path)

    def settings(params: types.DidChangeConfigurationParams) -> None:
        server.session.configure(_settings(params.settings))
        server.refresh()

    def folders(params: types.DidChangeWorkspaceFoldersParams) -> None:
        gone = {to_path(folder.uri) for folder in params.event.removed}
        new = [path for folder in params.event.added if (path := to_path(folder.uri))]
        server.session.folders = [
            *(folder for folder in server.session.folders if folder not in gone),
            *new,
        ]
        server.index.clear()
        server.fill_index()

    async def names(params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        none: list[Entry] = []
        found = await server.ask("symbols", partial(server.index.find, params.query), none)
        return results.workspace_symbols(found)

    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(files)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(settings)
    server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(folders)
    server.feature(types.WORKSPACE_SYMBOL)(names)


def _wire_own(server: Server) -> None:
    """Wire the requests that are ours: `pipelint/status`, `…/graph` and `…/explain`."""

    async def status(params: Any) -> dict[str, Any]:
        opened = server.session.opened(str(_field(params, "uri")))
        if opened is None:
            return {}
        run = partial(handlers.status, server.session, opened)
        return await server.ask("status", run, {})

    async def graph(params: Any) -> dict[str, Any] | None:
        opened = server.session.opened(str(_field(params, "uri")))
        if opened is None:
            return None
        wishes = _field(params, "depth"), _field(params, "width")
        run = partial(handlers.graph, server.session, opened, *wishes)
        return await server.ask("graph", run, None)

    def explain(params: Any) -> dict[str, str]:
        return handlers.explain(str(_field(params, "rule")))

    server.feature("pipelint/status")(status)
    server.feature("pipelint/graph")(graph)
    server.feature("pipelint/explain")(explain)


def _field(params: Any, name: str) -> Any:
    """Return a parameter of a request that the protocol does not know."""
    with contextlib.suppress(AttributeError):
        return params.get(name, "")
    return getattr(params, name, "")
