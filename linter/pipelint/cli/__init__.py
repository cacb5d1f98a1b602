"""The command line: arguments in, an exit code out."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from pipelint.cli.streams import Streams

__all__ = ["main"]

INTERRUPTED = 130

VERBS = {
    "baseline": ("baseline", "baseline"),
    "catalogue": ("catalogue", "catalogue"),
    "check": ("check", "check"),
    "completion": ("completion", "complete"),
    "explain": ("explain", "explain"),
    "expressions": ("expressions", "list_expressions"),
    "graph": ("graph", "draw_graph"),
    "init": ("init", "init"),
    "rules": ("rules", "list_rules"),
    "schema": ("schema", "print_schema"),
    "server": ("server", "serve"),
}
"""The module and function of each verb: a run imports no more than one."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run pipelint with these arguments, or those of the process; return the exit code.

    0: nothing at or above `--fail-on`; 1: findings; 2: could not do the job; 130: interrupted.
    """
    streams = Streams(sys.stdin, sys.stdout, sys.stderr, os.environ)
    if argv is None:
        gc.disable()  # a run leaves little garbage, and looking for it would cost a tenth of it
    try:
        return run(list(sys.argv[1:] if argv is None else argv), streams)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        streams.close()
        if argv is None:
            gc.freeze()  # the end of the process looks for none either


def run(argv: list[str], streams: Streams) -> int:
    """Run one verb on these streams; nothing else of the process is used."""
    verb = argv[0] if argv else ""
    module, function = VERBS.get(verb, VERBS["check"])
    code: int = getattr(import_module(f"pipelint.cli.{module}"), function)(
        argv[1:] if verb in VERBS else argv, streams
    )
    return code
