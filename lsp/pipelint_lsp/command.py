"""`pipelint server`: over standard input and output, or for one client on a local port."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial

import attrs

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
    _import_types()
    from pipelint_lsp.serving import run

    return run(port)


def _import_types() -> None:
    """Import the protocol's types without a `__repr__` for each: nobody reads those here.

    They are some hundred classes, and writing those takes a sixth of the time until an answer.
    """
    define = attrs.define
    attrs.define = partial(define, repr=False)
    try:
        import lsprotocol.types  # noqa: F401
    finally:
        attrs.define = define


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
