"""Reading the folders of the editor: which files are pipelines, and which names are in them."""

from __future__ import annotations

import os

from pipelint.discover import find
from pipelint.project import SIZE_LIMIT
from pipelint.source import UndecodableError, decode
from pipelint_lsp.convert.columns import Columns
from pipelint_lsp.index import FILES_LIMIT, Index
from pipelint_lsp.session import Opened, Session
from pipelint_lsp.uris import to_uri


def files(session: Session, folder: str) -> tuple[str, ...]:
    """Find the pipelines of a folder, as the command line does; at most some thousands."""
    if not os.path.isdir(folder):
        return ()
    resolver = session.resolver
    found = find([folder], folder, excluded=resolver.excluded, kind=resolver.kind)
    return found.files[:FILES_LIMIT]


def read(session: Session, index: Index, path: str, encoding: str) -> None:
    """Put the names of a file into the index; what is open counts as it is in the editor."""
    uri = to_uri(path)
    opened = session.opened(uri) or _from_disk(uri, path)
    if opened is None:
        index.drop(path)
    else:
        snapshot = session.snapshot(opened)
        columns = Columns(snapshot.source, encoding, marked=opened.is_marked)
        index.put(snapshot, columns.place)


def _from_disk(uri: str, path: str) -> Opened | None:
    try:
        if os.path.getsize(path) > SIZE_LIMIT:
            return None
        with open(path, "rb") as file:
            return Opened(
                uri,
                path,
                "yaml" if path.endswith((".yml", ".yaml")) else "",
                0,
                decode(file.read()),
            )
    except (OSError, UndecodableError, ValueError):
        return None
