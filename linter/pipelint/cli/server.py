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
    if not found:
        tell(streams, "the language server is not installed", "it comes with a later release")
        return 2
    return int(found[0].load()(list(argv)) or 0)
