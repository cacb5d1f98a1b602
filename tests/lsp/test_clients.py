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


# --- progress ------------------------------------------------------------------------------------


def _write_pipelines(folder: Path, count: int) -> None:
    for number in range(count):
        path = folder / str(number) / ".vela.yml"
        path.parent.mkdir()
        path.write_text(VELA, encoding="utf-8")


async def _read_all(client: LanguageClient, can: types.ClientCapabilities, folder: Path) -> None:
    """Write a hundred pipelines and more, begin on their folder and wait until all are read."""
    _write_pipelines(folder, 120)

    def registered(_: types.RegistrationParams) -> None:
        """Take what the server wants to hear of."""

    client.feature(types.CLIENT_REGISTER_CAPABILITY)(registered)
    await client.initialize_session(
        types.InitializeParams(capabilities=can, root_uri=folder.as_uri())
    )
    asking = types.WorkspaceSymbolParams("build")
    end = asyncio.get_running_loop().time() + PATIENCE
    while len(await client.workspace_symbol_async(asking) or []) < 120:
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.05)


async def test_the_progress_of_reading_many_files_is_told(
    client: LanguageClient, tmp_path: Path
) -> None:
    await _read_all(client, client_capabilities("neovim"), tmp_path)
    [(token, told)] = client.progress_reports.items()
    assert str(token).startswith("pipelint-")
    while not isinstance(told[-1], types.WorkDoneProgressEnd):
        await asyncio.wait_for(client.wait_for_notification(types.PROGRESS), PATIENCE)
    first, *reports, last = told
    assert isinstance(first, types.WorkDoneProgressBegin)
    assert (first.title, first.percentage) == ("Reading pipelines", 0)
    percents = [one.percentage for one in reports]
    assert percents == sorted(set(percents))
    assert percents[-1] == 100
    assert reports[0].message == "2 of 120 files"
    assert last.message == "120 of 120 files"


async def test_an_editor_without_progress_is_told_nothing(
    client: LanguageClient, tmp_path: Path
) -> None:
    await _read_all(client, types.ClientCapabilities(), tmp_path)
    assert not client.progress_reports
