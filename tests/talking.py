"""A client of the language server that does what it is told: real processes, real pipes."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from repository import start

PATIENCE = 30.0
"""Seconds until an answer is taken for missing."""

PULLS: dict[str, Any] = {"textDocument": {"diagnostic": {}}}
Json = dict[str, Any]


class Client:
    """Sends messages and collects what comes back."""

    def __init__(self, given: IO[bytes], taken: IO[bytes]) -> None:
        self.notifications: list[Json] = []
        self.requests: list[Json] = []
        self._given = given
        self._taken = taken
        self._arrived: queue.Queue[Json | None] = queue.Queue()
        self._answers: dict[int, Json] = {}
        self._number = 0
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            size = 0
            line = b""
            for line in iter(self._taken.readline, b""):
                if line == b"\r\n":
                    break
                if line.lower().startswith(b"content-length:"):
                    size = int(line.split(b":")[1])
            if not size or line != b"\r\n":
                self._arrived.put(None)
                return
            self._arrived.put(json.loads(self._taken.read(size)))

    def send(self, *messages: Json) -> None:
        """Send messages in one piece: the server reads them one right after the other."""
        parts = []
        for message in messages:
            body = json.dumps({"jsonrpc": "2.0", **message}).encode()
            parts.append(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._given.write(b"".join(parts))
        self._given.flush()

    def number(self) -> int:
        """Return a new number for a request."""
        self._number += 1
        return self._number

    def ask(self, method: str, params: Any = None) -> Json:
        """Send a request; return the whole answer."""
        number = self.number()
        self.send({"id": number, "method": method, "params": params})
        return self.answer(number)

    def result(self, method: str, params: Any = None) -> Any:
        """Send a request that must not fail; return its result."""
        answer = self.ask(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    def tell(self, method: str, params: Any = None) -> None:
        """Send a notification."""
        self.send({"method": method, "params": params})

    def answer(self, number: int) -> Json:
        """Wait for the answer to a request."""
        while number not in self._answers:
            self._take()
        return self._answers.pop(number)

    def published(self, uri: str, version: int) -> list[Json]:
        """Wait for the problems of a version of a text."""
        while True:
            for message in self.notifications:
                params = message.get("params") or {}
                if params.get("uri") == uri and params.get("version") == version:
                    found: list[Json] = params["diagnostics"]
                    return found
            self._take()

    def _take(self) -> None:
        message = self._arrived.get(timeout=PATIENCE)
        assert message is not None, "the server has gone"
        if "method" not in message:
            self._answers[message["id"]] = message
        elif "id" in message:
            self.requests.append(message)
            self.send({"id": message["id"], "result": None})
        else:
            self.notifications.append(message)

    # --- the usual -------------------------------------------------------------------------------

    def greet(self, root: Path, capabilities: Mapping[str, Any], **options: Any) -> Json:
        """Begin; return what the server can do."""
        folder = {"uri": root.as_uri(), "name": root.name}
        answer: Json = self.result(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "workspaceFolders": [folder],
                "capabilities": capabilities,
                "initializationOptions": options,
            },
        )
        self.tell("initialized", {})
        can: Json = answer["capabilities"]
        return can

    def open(self, uri: str, text: str, language: str = "yaml") -> None:
        """Open a text as version 1."""
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, version: int, *changes: Json) -> None:
        """Change a text."""
        document = {"uri": uri, "version": version}
        self.tell(
            "textDocument/didChange", {"textDocument": document, "contentChanges": [*changes]}
        )

    def pull(self, uri: str, previous: str | None = None) -> Json:
        """Ask for the problems of a text."""
        params: Json = {"textDocument": {"uri": uri}}
        if previous is not None:
            params["previousResultId"] = previous
        found: Json = self.result("textDocument/diagnostic", params)
        return found


def started(root: Path, *arguments: str) -> tuple[Client, subprocess.Popen[bytes]]:
    """Start `pipelint server` in a folder."""
    process = start("server", *arguments, cwd=root)
    assert process.stdin is not None
    assert process.stdout is not None
    return Client(process.stdin, process.stdout), process
