"""`pipelint --list-files`: what would be checked, and with `--why` what would not."""

from __future__ import annotations

import os

from pipelint.cli.failure import tell
from pipelint.cli.streams import Streams
from pipelint.discover import Found, shown


def list_files(found: Found, cwd: str, streams: Streams, *, why: bool) -> int:
    """Print the paths, one a line; return 2 when a path was named in vain."""
    lines = [shown(path, cwd) for path in found.files]
    if why:
        left_out = sorted((*found.unchecked, *found.skipped))
        lines += [f"{_named(path, cwd)}: not checked: {reason}" for path, reason in left_out]
    streams.write(lines)
    for path, reason in found.problems:
        tell(streams, f"{shown(path, cwd)}: {reason}")
    return 2 if found.problems else 0


def _named(path: str, cwd: str) -> str:
    """Write a path; a folder keeps its `/`."""
    return shown(path, cwd) + "/" * path.endswith(os.sep)
