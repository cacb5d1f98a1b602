"""The command line: arguments in, an exit code out."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from pipelint.cli.streams import Streams

__all__ = ["main"]

INTERRUPTED = 130


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
    if verb == "explain":
        from pipelint.cli.explain import explain

        return explain(argv[1:], streams)
    if verb == "rules":
        from pipelint.cli.rules import list_rules

        return list_rules(argv[1:], streams)
    if verb == "schema":
        from pipelint.cli.schema import print_schema

        return print_schema(argv[1:], streams)
    if verb == "catalogue":
        from pipelint.cli.catalogue import catalogue

        return catalogue(argv[1:], streams)
    if verb == "expressions":
        from pipelint.cli.expressions import list_expressions

        return list_expressions(argv[1:], streams)
    if verb == "server":
        from pipelint.cli.server import serve

        return serve(argv[1:], streams)
    from pipelint.cli.check import check

    return check(argv[1:] if verb == "check" else argv, streams)
