"""The server as clients of others see it: what pytest-lsp knows of two editors."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from talking import PATIENCE
from two_pipelines import VELA

URI = "file:///no/such/folder/.vela.yml"
BROKEN = VELA.replace("needs: [build]\n", "needs: [biuld]\n")
COMMAND = [sys.executable, "-m", "pipelint", "server"]


async def _greet(client: LanguageClient, editor: str) -> types.InitializeResult:
    def registered(_: types.RegistrationParams) -> None:
        """Take what the server wants to hear of."""

    client.feature(types.CLIENT_REGISTER_CAPABILITY)(registered)
    can = client_capabilities(editor)
    return await client.initialize_session(
        types.InitializeParams(capabilities=can, root_uri=Path("/no/such/folder").as_uri())
    )


@pytest_lsp.fixture(config=ClientServerConfig(server_command=COMMAND))  # type: ignore[untyped-decorator]
async def client(lsp_client: LanguageClient):  # type: ignore[no-untyped-def]  # noqa: ANN201
    yield
    await lsp_client.shutdown_session()


def _open(client: LanguageClient) -> None:
    document = types.TextDocumentItem(URI, types.LanguageKind.Yaml, 1, BROKEN)
    client.text_document_did_open(types.DidOpenTextDocumentParams(document))


async def test_emacs_is_sent_problems(client: LanguageClient) -> None:
    await _greet(client, "emacs")
    _open(client)
    waiting = client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    await asyncio.wait_for(waiting, PATIENCE)
    assert [one.code for one in client.diagnostics[URI]] == ["unknown-need"]


async def test_neovim_asks_for_them_and_counts_bytes(client: LanguageClient) -> None:
    answer = await _greet(client, "neovim")
    assert answer.capabilities.position_encoding == "utf-8"
    _open(client)
    identifier = types.TextDocumentIdentifier(URI)
    asking = client.text_document_diagnostic_async(types.DocumentDiagnosticParams(identifier))
    report = await asyncio.wait_for(asking, PATIENCE)
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    assert [one.code for one in report.items] == ["unknown-need"]
    place = types.Position(25, 14)
    fixing = client.text_document_code_action_async(
        types.CodeActionParams(identifier, types.Range(place, place), types.CodeActionContext([]))
    )
    found = await asyncio.wait_for(fixing, PATIENCE)
    assert found is not None
    assert found[0].title == "replace `biuld` with `build`"
