"""What leads out of a text, and how often its parts are used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pipelint.source import Span
from pipelint.vela.template_source import read
from pipelint_lsp.features.hover import counted
from pipelint_lsp.features.navigation import file_of, used
from pipelint_lsp.snapshot import Snapshot

_COUNTED = frozenset({"stage", "step group", "step", "template", "secret", "anchor"})


class Link(NamedTuple):
    """A link: to a file (`path`, relative to the root of the repository), or to a web page."""

    span: Span
    path: str = ""
    url: str = ""


class Lens(NamedTuple):
    """A remark above a line."""

    span: Span
    title: str


def links(snapshot: Snapshot) -> list[Link]:
    """Return the sources of templates, of those that can be opened."""
    context: Any = snapshot.document.context if snapshot.document else None
    pipeline = getattr(context, "pipeline", None)
    return list(_links(pipeline, context)) if pipeline is not None else []


def _links(pipeline: Any, context: Any) -> Iterator[Link]:
    for template in pipeline.templates:
        if template.source is None or template.type is None:
            continue
        span = template.source.span
        path = file_of(template, context.outside)
        if path:
            yield Link(span, path=path)
        elif template.type.value.lower() == "github":
            url = _page_of(template.source.value)
            if url:
                yield Link(span, url=url)


def _page_of(text: str) -> str:
    from urllib.parse import quote

    found = read(text)
    if found is None or not found.host.replace(".", "").replace("-", "").replace(":", "").isalnum():
        return ""
    where = "/".join(quote(part) for part in (found.org, found.repo, "blob", found.ref or "HEAD"))
    return f"https://{found.host}/{where}/{quote(found.path)}"


def lenses(snapshot: Snapshot) -> list[Lens]:
    """Return for each definition that is used how often that is."""
    document = snapshot.document
    if document is None or document.context is None:
        return []
    counts = used(snapshot)
    definitions = document.context.symbols.definitions
    return [
        Lens(one.span, counted(counts[one.span]))
        for one in definitions
        if one.kind in _COUNTED and counts.get(one.span)
    ]
