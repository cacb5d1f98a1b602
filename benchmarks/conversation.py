"""A conversation with a language server: what an editor says, timed until the answer is read."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Json = dict[str, Any]

CLIENT: Json = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True}},
        "diagnostic": {},
        "hover": {"contentFormat": ["markdown"]},
        "synchronization": {"didSave": True},
    },
    "workspace": {"configuration": True, "workspaceFolders": True},
}
"""What the editor of the measurements can do: about what VS Code says."""

_LANGUAGE = "yaml"


class Conversation:
    """A server that was started. All times are in milliseconds."""

    def __init__(self, command: Sequence[str | Path], settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._number = 0
        self._versions: dict[str, int] = {}
        self._began = time.perf_counter()
        self._process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def greet(self, folder: Path) -> float:
        """Begin; return the time from the start of the process to its answer."""
        root = {"uri": folder.as_uri(), "name": folder.name}
        given = {"processId": None, "rootUri": root["uri"], "workspaceFolders": [root]}
        self.ask("initialize", {**given, "capabilities": CLIENT})
        spent = self._since(self._began)
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": self._settings})
        return spent

    def open(self, uri: str, text: str) -> None:
        """Open a text."""
        self._versions[uri] = 1
        document = {"uri": uri, "languageId": _LANGUAGE, "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})

    def type(self, uri: str, line: int, column: int, text: str, over: int = 0) -> None:
        """Write a text over so many characters."""
        self._versions[uri] += 1
        places = [{"line": line, "character": at} for at in (column, column + over)]
        change = {"range": {"start": places[0], "end": places[1]}, "text": text}
        document = {"uri": uri, "version": self._versions[uri]}
        self._tell("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def ask(self, method: str, params: Any) -> Any:
        """Send a request; return the result."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                return message.get("result")

    def timed(self, method: str, uri: str, line: int, column: int) -> float:
        """Ask about a place; return how long that took."""
        place = {"line": line, "character": column}
        begin = time.perf_counter()
        self.ask(method, {"textDocument": {"uri": uri}, "position": place})
        return self._since(begin)

    def problems(self, uri: str) -> list[Json]:
        """Ask for the problems of the newest version."""
        found: list[Json] = self.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})[
            "items"
        ]
        return found

    def published(self, uri: str) -> list[Json]:
        """Wait until the server sends problems."""
        while True:
            message = self._receive()
            if message.get("method") == "textDocument/publishDiagnostics":
                params = message["params"]
                if params["uri"] == uri:
                    found: list[Json] = params["diagnostics"]
                    return found

    @property
    def memory(self) -> float:
        """What the process holds in memory, in MB; 0 where the system does not say."""
        status = Path(f"/proc/{self._process.pid}/status")
        if not status.is_file():
            return 0.0
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()

    # --- the wire --------------------------------------------------------------------------------

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        if self._process.stdin is None:
            raise EOFError
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> Json:
        """Return the next message; what the server asks of an editor is answered here."""
        output = self._process.stdout
        size = 0
        for line in iter(output.readline, b"") if output else ():
            if line == b"\r\n":
                break
            name, _, value = line.partition(b":")
            size = int(value) if name.lower() == b"content-length" else size
        if output is None or not size:
            raise EOFError
        message: Json = json.loads(output.read(size))
        if "method" in message and "id" in message:
            self._send({"id": message["id"], "result": self._answer(message)})
        return message

    def _answer(self, message: Json) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        return [self._settings.get(item.get("section", "")) for item in message["params"]["items"]]

    @staticmethod
    def _since(begin: float) -> float:
        return (time.perf_counter() - begin) * 1000
