"""`pipelint server`: over standard input and output, or for one client on a local port."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Sequence
from threading import Event
from typing import BinaryIO

from pygls.io_ import run_async

from pipelint_lsp.server import Server, make_server

HOST = "127.0.0.1"
"""Nobody but this machine may connect: whoever does can read its files."""

USAGE = """usage: pipelint server [--stdio | --tcp [PORT]]

Run the language server, for editors.

  --stdio        talk over standard input and output (the default)
  --tcp [PORT]   wait for one client on 127.0.0.1; without PORT a free one is taken, and told"""

_HIGHEST = 65_535


def serve(argv: Sequence[str]) -> int:
    """Run the server; return the exit code: 0 after a proper end, 1 without one, 2 for misuse."""
    if any(word in {"-h", "--help"} for word in argv):
        print(USAGE)
        return 0
    port = _port(argv)
    if port is None:
        print(USAGE, file=sys.stderr)
        return 2
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    server = make_server()
    if port < 0:
        server.start_io(stdout=_own_output())
    else:
        _listen(server, port)
    return 0 if server.protocol.has_ended else 1  # type: ignore[attr-defined]


def _own_output() -> BinaryIO:
    """Take standard output for the protocol alone: what anybody prints goes to standard error."""
    sys.stdout.flush()
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return own


def _port(argv: Sequence[str]) -> int | None:
    """Read the arguments: a port, -1 for standard input, None where they make no sense."""
    words = [part for word in argv for part in word.split("=", 1)]
    if not words or words == ["--stdio"]:
        return -1
    if words[0] != "--tcp" or len(words) > 2:  # noqa: PLR2004 - the flag and its value
        return None
    if len(words) == 1:
        return 0
    return int(words[1]) if words[1].isdecimal() and int(words[1]) <= _HIGHEST else None


def _listen(server: Server, port: int) -> None:
    """Serve the first client that connects, and end with it."""
    try:
        asyncio.run(_serve_one(server, port))
    except (KeyboardInterrupt, SystemExit):
        server.worker.stop()


async def _serve_one(server: Server, port: int) -> None:
    done: asyncio.Event = asyncio.Event()
    stop = Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if server.protocol.writer is not None:  # there is one client already
            writer.close()
            return
        server.protocol.set_writer(writer)
        try:
            await run_async(stop, reader, server.protocol)
        except SystemExit:
            pass
        finally:
            done.set()

    listening = await asyncio.start_server(talk, HOST, port)
    taken = listening.sockets[0].getsockname()[1]
    print(f"pipelint server listens on {HOST}:{taken}", file=sys.stderr, flush=True)
    await done.wait()
    listening.close()
