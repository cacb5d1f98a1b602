"""`pipelint server`: hand over to the language server, where it is installed."""

from __future__ import annotations

from collections.abc import Sequence

from pipelint.cli.failure import tell
from pipelint.cli.streams import Streams

GROUP = "pipelint.server"
"""The entry points under which a language server says that it is there."""


def serve(argv: Sequence[str], streams: Streams) -> int:
    """Start the language server; the checker knows it only by its entry point."""
    from importlib.metadata import entry_points

    found = list(entry_points(group=GROUP))
    try:
        run = found[0].load() if found else None
    except ModuleNotFoundError:  # the extra with the libraries of the protocol
        run = None
    if run is None:
        tell(streams, "the language server is not installed", "run: pip install 'pipelint[lsp]'")
        return 2
    return int(run(list(argv)) or 0)
