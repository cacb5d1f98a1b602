"""The picture of a pipeline beside its text."""

from __future__ import annotations

import os
from typing import NamedTuple

from pipelint.graph import svg
from pipelint.graph.layout import WIDEST
from pipelint.graph.make import graph_of, only_stages
from pipelint_lsp.features.diagnostics import shown
from pipelint_lsp.features.status import status
from pipelint_lsp.snapshot import Snapshot


class Picture(NamedTuple):
    """An image with its title; where there is none, `reason` says why.

    `complete` is false where a part of the text could not be read and is missing.
    """

    title: str = ""
    svg: str = ""
    complete: bool = True
    reason: str = ""


def picture(snapshot: Snapshot, *, stages: bool = False, width: int | None = None) -> Picture:
    """Draw a text with the problems that are shown in it; with `stages` only those.

    `width` is the room in pixels; the image takes more only where it cannot do with it.
    """
    document = snapshot.document
    graph = graph_of(document, snapshot.source, shown(snapshot)) if document is not None else None
    if graph is None:
        why = status(snapshot).reason
        return Picture(reason=f"there are no stages or steps to draw ({why})")
    drawn = only_stages(graph) if stages else graph
    title = f"{os.path.basename(snapshot.path)}: {graph.what}"
    return Picture(
        title, "\n".join(svg.render(drawn, min(width or WIDEST, WIDEST))), graph.complete
    )
