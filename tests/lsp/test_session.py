"""The server as a process: a real conversation over pipes or a socket."""

from __future__ import annotations

import re
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from repository import pipelint
from talking import PATIENCE, PULLS, Client, started
from two_pipelines import HARNESS, VELA

BROKEN = VELA.replace("needs: [build]\n", "needs: [biuld]\n")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """Start a server, and end it whatever happens."""
    (tmp_path / ".git").mkdir()
    talking, process = started(tmp_path)
    yield talking
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def uri_of(root: Path, name: str = ".vela.yml") -> str:
    return (root / name).as_uri()


def rules(found: list[dict[str, object]]) -> list[object]:
    return [one["code"] for one in found]


# --- problems ------------------------------------------------------------------------------------


def test_problems_are_sent_to_clients_that_do_not_ask(client: Client, tmp_path: Path) -> None:
    can = client.greet(tmp_path, {})
    assert "diagnosticProvider" not in can
    client.open(uri_of(tmp_path), BROKEN)
    [one] = client.published(uri_of(tmp_path), 1)
    assert one["code"] == "unknown-need"
    assert one["severity"] == 2
    assert one["source"] == "pipelint"
    assert one["range"] == {
        "start": {"line": 25, "character": 12},
        "end": {"line": 25, "character": 17},
    }
    place = {"line": 25, "character": 12}
    change = {"range": {"start": place, "end": {"line": 25, "character": 17}}, "text": "build"}
    client.change(uri_of(tmp_path), 2, change)
    assert client.published(uri_of(tmp_path), 2) == []


def test_only_the_newest_of_many_versions_is_checked(client: Client, tmp_path: Path) -> None:
    client.greet(tmp_path, {})
    client.open(uri_of(tmp_path), BROKEN)
    for version in range(2, 12):
        client.change(uri_of(tmp_path), version, {"text": BROKEN + f"# {version}\n"})
    assert rules(client.published(uri_of(tmp_path), 11)) == ["unknown-need"]
    sent = [one["params"]["version"] for one in client.notifications if "version" in one["params"]]
    assert set(sent) <= {1, 11}


def test_closing_takes_problems_away(client: Client, tmp_path: Path) -> None:
    client.greet(tmp_path, {})
    client.open(uri_of(tmp_path), BROKEN)
    client.published(uri_of(tmp_path), 1)
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri_of(tmp_path)}})
    client.result("workspace/symbol", {"query": "x"})
    assert client.notifications[-1]["params"] == {"uri": uri_of(tmp_path), "diagnostics": []}


def test_clients_that_ask_are_not_sent_anything(client: Client, tmp_path: Path) -> None:
    can = client.greet(tmp_path, PULLS)
    assert can["diagnosticProvider"]["identifier"] == "pipelint"
    client.open(uri_of(tmp_path), BROKEN)
    first = client.pull(uri_of(tmp_path))
    assert rules(first["items"]) == ["unknown-need"]
    assert client.pull(uri_of(tmp_path), first["resultId"]) == {
        "kind": "unchanged",
        "resultId": first["resultId"],
    }
    client.change(uri_of(tmp_path), 2, {"text": VELA})
    assert client.pull(uri_of(tmp_path), first["resultId"])["items"] == []
    assert not client.notifications


@pytest.mark.parametrize(("encoding", "units"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
def test_columns_are_counted_as_the_client_does(
    client: Client, tmp_path: Path, encoding: str, units: int
) -> None:
    can = client.greet(tmp_path, {**PULLS, "general": {"positionEncodings": [encoding]}})
    assert can["positionEncoding"] == encoding
    text = "version: '1'\nstages: {\"\U0001f600\": {needs: [no], steps: [{name: a, image: b}]}}\n"
    client.open(uri_of(tmp_path), text)
    found = client.pull(uri_of(tmp_path))["items"]
    [place] = [one["range"]["start"] for one in found if one["code"] == "unknown-need"]
    points = text.split("\n")[1].index("no]")
    assert place == {"line": 1, "character": points - 1 + units}


# --- what surrounds a text -----------------------------------------------------------------------


def test_a_change_of_the_configuration_counts_at_once(client: Client, tmp_path: Path) -> None:
    client.greet(tmp_path, PULLS)
    client.open(uri_of(tmp_path), BROKEN)
    first = client.pull(uri_of(tmp_path))
    (tmp_path / "pipelint.yaml").write_text("rules: {unknown-need: off}\n")
    change = {"uri": uri_of(tmp_path, "pipelint.yaml"), "type": 1}
    client.tell("workspace/didChangeWatchedFiles", {"changes": [change]})
    client.result("workspace/symbol", {"query": "x"})
    assert client.pull(uri_of(tmp_path), first["resultId"])["items"] == []
    assert client.result("pipelint/status", {"uri": uri_of(tmp_path)})["config"].endswith(
        "pipelint.yaml"
    )


def test_files_are_watched_where_the_client_can(client: Client, tmp_path: Path) -> None:
    watching = {"didChangeWatchedFiles": {"dynamicRegistration": True}}
    client.greet(tmp_path, {"workspace": watching})
    client.result("workspace/symbol", {"query": ""})
    [asked] = client.requests
    assert asked["method"] == "client/registerCapability"


def test_mistakes_in_the_configuration_are_shown_there(client: Client, tmp_path: Path) -> None:
    text = "rules: {no-such-rule: off}\n"
    (tmp_path / "pipelint.yaml").write_text(text)
    client.greet(tmp_path, PULLS)
    client.open(uri_of(tmp_path, "pipelint.yaml"), text)
    [one] = client.pull(uri_of(tmp_path, "pipelint.yaml"))["items"]
    assert "no-such-rule" in one["message"]


def test_the_editor_can_switch_it_off(client: Client, tmp_path: Path) -> None:
    client.greet(tmp_path, PULLS, enable=False)
    client.open(uri_of(tmp_path), BROKEN)
    assert client.pull(uri_of(tmp_path))["items"] == []
    client.tell("workspace/didChangeConfiguration", {"settings": {"pipelint": {"enable": True}}})
    assert rules(client.pull(uri_of(tmp_path))["items"]) == ["unknown-need"]


def test_templates_count_as_they_are_in_the_editor(client: Client, tmp_path: Path) -> None:
    """The other file was never saved."""
    text = "version: '1'\ntemplates:\n  - {name: t, source: t.yml, type: file}\n"
    text += "steps:\n  - {name: a, template: {name: t}}\n"
    (tmp_path / "t.yml").write_text("steps: []\n")
    client.greet(tmp_path, PULLS)
    client.open(uri_of(tmp_path), text)
    client.open(uri_of(tmp_path, "t.yml"), "metadata: {template: true}\nsteps: []\n")
    [link] = client.result("textDocument/documentLink", {"textDocument": {"uri": uri_of(tmp_path)}})
    assert link["target"] == uri_of(tmp_path, "t.yml")


def test_names_of_other_files_are_found(client: Client, tmp_path: Path) -> None:
    (tmp_path / ".harness").mkdir()
    (tmp_path / ".harness" / "shop.yaml").write_text(HARNESS)
    client.greet(tmp_path, {})
    for _ in range(50):
        found = client.result("workspace/symbol", {"query": "prep"})
        if found:
            break
        time.sleep(0.05)
    assert [one["name"] for one in found] == ["prepare"]
    assert found[0]["containerName"] == "shop"


TEMPLATE = """\
template:
  name: build
  identifier: go_build
  versionLabel: v1
  type: Step
  spec: {type: Wait, spec: {duration: 10m}}
"""
TAKES = (
    "pipeline:\n  identifier: a\n  template: {templateRef: account.go_build, versionLabel: v1}\n"
)


def test_uses_of_a_template_are_found_in_other_files(client: Client, tmp_path: Path) -> None:
    (tmp_path / ".harness").mkdir()
    (tmp_path / ".harness" / "build.yaml").write_text(TEMPLATE)
    (tmp_path / ".harness" / "pipeline.yaml").write_text(TAKES)
    client.greet(tmp_path, PULLS)
    uri, other = uri_of(tmp_path, ".harness/build.yaml"), uri_of(tmp_path, ".harness/pipeline.yaml")
    client.open(uri, "# a line more than on the disk\n" + TEMPLATE)
    place = {"textDocument": {"uri": uri}, "position": {"line": 3, "character": 16}}
    for _ in range(100):
        asked = {**place, "context": {"includeDeclaration": True}}
        found = client.result("textDocument/references", asked)
        if len(found) > 1:
            break
        time.sleep(0.05)
    lines = [(one["uri"], one["range"]["start"]["line"]) for one in found]
    assert lines == [(uri, 1), (other, 2)]
    asked = {**place, "context": {"includeDeclaration": False}}
    assert len(client.result("textDocument/references", asked)) == 1
    refused = client.ask("textDocument/prepareRename", place)["error"]
    assert refused["message"].startswith("`go_build` may be used from other repositories")


def test_texts_that_were_never_saved_are_checked(client: Client, tmp_path: Path) -> None:
    client.greet(tmp_path, PULLS)
    client.open("untitled:Untitled-1", BROKEN)
    assert rules(client.pull("untitled:Untitled-1")["items"]) == ["unknown-need"]


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("values.yaml", "a: [\n", "yaml"),
        ("docker-compose.yml", "services: {web: {image: nginx}}\n", "yaml"),
        ("main.py", BROKEN, "python"),
    ],
)
def test_nothing_is_said_of_what_is_no_pipeline(
    client: Client, tmp_path: Path, name: str, text: str, language: str
) -> None:
    client.greet(tmp_path, PULLS)
    uri = uri_of(tmp_path, name)
    client.open(uri, text, language)
    assert client.pull(uri)["items"] == []
    document = {"textDocument": {"uri": uri}}
    place = {**document, "position": {"line": 0, "character": 1}}
    assert client.result("textDocument/hover", place) is None
    assert client.result("textDocument/documentSymbol", document) == []
    assert client.result("textDocument/completion", place)["items"] == []
    assert client.result("pipelint/status", {"uri": uri})["checked"] is False


# --- what pygls would do -------------------------------------------------------------------------


def hovering(number: int, uri: str) -> dict[str, object]:
    place = {"line": 16, "character": 16}
    params = {"textDocument": {"uri": uri}, "position": place}
    return {"id": number, "method": "textDocument/hover", "params": params}


def test_cancelled_requests_do_not_run(client: Client, tmp_path: Path) -> None:
    """What was cancelled before its turn is answered so; the text is large, its check is long."""
    client.greet(tmp_path, PULLS)
    steps = "".join(f"      - name: s{number}\n        image: a\n" for number in range(20_000))
    large = BROKEN + "  more:\n    steps:\n" + steps
    client.open(uri_of(tmp_path), large)
    numbers = [client.number() for _ in range(6)]
    messages = [hovering(number, uri_of(tmp_path)) for number in numbers]
    cancels = [{"method": "$/cancelRequest", "params": {"id": number}} for number in numbers[1:]]
    client.send(*messages, *cancels)
    answers = [client.answer(number) for number in numbers]
    assert "result" in answers[0]
    assert [one.get("error", {}).get("code") for one in answers[1:]] == [-32800] * 5


def test_a_long_check_does_not_keep_the_server_from_listening(
    client: Client, tmp_path: Path
) -> None:
    """Many slow requests never stand in the way of reading: there is one worker, and one reader."""
    client.greet(tmp_path, PULLS)
    client.open(uri_of(tmp_path), BROKEN)
    numbers = [client.number() for _ in range(40)]
    client.send(*(hovering(number, uri_of(tmp_path)) for number in numbers))
    assert client.result("pipelint/explain", {"rule": "needs-cycle"})["markdown"]
    assert all("result" in client.answer(number) for number in numbers)


CODE = {
    **PULLS,
    "workspace": {"workspaceEdit": {"documentChanges": True}},
    "textDocument": {
        "diagnostic": {},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "rename": {"prepareSupport": True},
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "insertTextModeSupport": {"valueSet": [1, 2]},
            }
        },
    },
}
"""What VS Code says of itself, as far as it matters here."""


def answers(client: Client, root: Path) -> dict[str, list[dict[str, Any]]]:
    """Ask for what depends on what the client can do."""
    uri = uri_of(root)
    client.open(uri, BROKEN + "  \n")
    document = {"textDocument": {"uri": uri}}
    end = {"line": 40, "character": 2}
    whole = {"start": {"line": 0, "character": 0}, "end": end}
    return {
        "symbols": client.result("textDocument/documentSymbol", document),
        "actions": client.result(
            "textDocument/codeAction", {**document, "range": whole, "context": {"diagnostics": []}}
        ),
        "items": client.result("textDocument/completion", {**document, "position": end})["items"],
    }


def test_clients_that_can_much_are_given_much(client: Client, tmp_path: Path) -> None:
    can = client.greet(tmp_path, CODE)
    assert can["renameProvider"] == {"prepareProvider": True}
    found = answers(client, tmp_path)
    assert found["symbols"][2]["children"]
    edit = found["actions"][0]["edit"]["documentChanges"][0]
    assert edit["textDocument"]["version"] == 1
    assert any(item.get("insertTextFormat") == 2 for item in found["items"])


def test_clients_that_can_little_get_what_they_understand(client: Client, tmp_path: Path) -> None:
    client.greet(tmp_path, PULLS)
    found = answers(client, tmp_path)
    assert found["symbols"][2]["location"]["uri"] == uri_of(tmp_path)
    assert list(found["actions"][0]["edit"]["changes"]) == [uri_of(tmp_path)]
    assert not any(item.get("insertTextFormat") == 2 for item in found["items"])
    assert not any("$" in item["textEdit"]["newText"] for item in found["items"])


def test_refusals_have_a_reason(client: Client, tmp_path: Path) -> None:
    client.greet(tmp_path, {})
    client.open(uri_of(tmp_path), VELA)
    place = {"textDocument": {"uri": uri_of(tmp_path)}, "position": {"line": 0, "character": 2}}
    answer = client.ask("textDocument/prepareRename", place)
    assert answer["error"]["message"] == "there is no name here that could be changed"
    assert client.notifications == [] or "bug" not in str(client.notifications)


def test_nonsense_does_no_harm(client: Client, tmp_path: Path) -> None:
    client.greet(tmp_path, PULLS)
    uri = uri_of(tmp_path)
    client.change(uri, 7, {"text": "never opened"})
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    client.tell("$/noSuchNotification", {"a": 1})
    assert client.ask("textDocument/noSuchRequest", {})["error"]["code"] == -32601
    assert client.pull(uri)["items"] == []
    client.open(uri, BROKEN)
    far = {"start": {"line": 900, "character": 9}, "end": {"line": 2, "character": 3_000}}
    client.change(uri, 2, {"range": far, "text": "\n"})
    assert client.pull(uri)["kind"] == "full"
    assert client.result("pipelint/explain", {"rule": "no-such-rule"})["markdown"] == ""
    assert client.result("pipelint/status", {}) == {}


# --- beginning and end ---------------------------------------------------------------------------


@pytest.mark.parametrize(("polite", "code"), [(True, 0), (False, 1)])
def test_exit_codes(tmp_path: Path, polite: bool, code: int) -> None:
    talking, process = started(tmp_path)
    talking.greet(tmp_path, {})
    if polite:
        talking.result("shutdown")
    talking.tell("exit")
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == code
    assert b"Traceback" not in errors


def test_a_client_that_vanishes_ends_the_server(tmp_path: Path) -> None:
    talking, process = started(tmp_path)
    talking.greet(tmp_path, {})
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 1


def test_a_port_of_this_machine_alone(tmp_path: Path) -> None:
    process = started(tmp_path, "--tcp")[1]
    assert process.stderr is not None
    told = process.stderr.readline().decode()
    listening = re.search(r"127\.0\.0\.1:(\d+)", told)
    assert listening, told
    with socket.create_connection(("127.0.0.1", int(listening[1])), timeout=PATIENCE) as talk:
        client = Client(talk.makefile("wb"), talk.makefile("rb"))
        can = client.greet(tmp_path, {})
        assert can["hoverProvider"]
        client.result("shutdown")
        client.tell("exit")
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0


def test_misuse_is_told(tmp_path: Path) -> None:
    process = started(tmp_path, "--tcp", "0.0.0.0:80")[1]
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert b"usage: pipelint server" in errors


def test_garbage_is_collected_while_it_serves(tmp_path: Path) -> None:
    """The command line pauses the collector for its short runs; this one is long."""
    script = (
        "import gc, sys; from pipelint.cli import main; from pipelint_lsp.server import Server; "
        "Server.start_io = lambda self, **_: print(gc.isenabled(), file=sys.stderr); "
        "sys.argv = ['pipelint', 'server']; main()"
    )
    done = pipelint(cwd=tmp_path, command=(sys.executable, "-c", script))
    assert done.stderr.strip() == "True"
