"""The server's process: where it reads and writes, and for how long."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
from threading import Event
from typing import BinaryIO

from pygls.io_ import run_async

from pipelint_lsp.server import Server, make_server

HOST = "127.0.0.1"
"""Nobody but this machine may connect: whoever does can read its files."""


def run(port: int) -> int:
    """Serve on a port, 0 for any, or on standard input if it is negative; return the exit code."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    server = make_server()
    gc.freeze()  # what was imported stays as long as the server does
    gc.enable()  # the command line runs without: its processes end soon
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
