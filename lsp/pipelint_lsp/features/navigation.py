"""Going to definitions, finding references, highlighting what is the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipelint.outside import FOUND, Outside
from pipelint.source import Span
from pipelint_lsp.features.occurrences import Occurrence, occurrence_at, occurrences, same
from pipelint_lsp.features.symbols import ENTITY, outline
from pipelint_lsp.snapshot import Snapshot

TEMPLATE = (ENTITY, "template")
"""What the first symbol of a Harness template is."""


class Target(NamedTuple):
    """A place to go to. `path` is relative to the root of the repository, or None in this text."""

    span: Span
    path: str | None = None


def definition(snapshot: Snapshot, offset: int) -> list[Target]:
    """Return where the name at an offset is defined, or the file that is named there."""
    named = template_file(snapshot, offset)
    if named is not None:
        return [named]
    found = occurrence_at(snapshot, offset)
    if found is not None and found.target is not None:
        return [Target(found.target)]
    return _value(snapshot, offset)


def references(snapshot: Snapshot, offset: int, *, declaration: bool) -> list[Span]:
    """Return all places of the name at an offset; its definition only if that is asked for."""
    found = occurrence_at(snapshot, offset)
    places = same(snapshot, found) if found is not None else []
    return [one.span for one in places if declaration or not one.is_definition]


def highlights(snapshot: Snapshot, offset: int) -> list[Occurrence]:
    """Return all places of the name at an offset, its definition included."""
    found = occurrence_at(snapshot, offset)
    return same(snapshot, found) if found is not None else []


def used(snapshot: Snapshot) -> dict[Span, int]:
    """Count for each definition how often it is used in the text."""
    counts: dict[Span, int] = {}
    for one in occurrences(snapshot):
        if one.target is not None:
            counts[one.target] = counts.get(one.target, 0) + (not one.is_definition)
    return counts


def _value(snapshot: Snapshot, offset: int) -> list[Target]:
    """Return where a word of an expression leads that is no name of anything (`spec` …)."""
    context = snapshot.document.context if snapshot.document else None
    if context is None or not hasattr(context, "expressions"):
        return []
    from pipelint.harness.scope.uses import uses_of

    for use in uses_of(context):
        if use.span.start <= offset <= use.span.end and use.value.definition is not None:
            return [Target(use.value.definition)]
    return []


def template_file(snapshot: Snapshot, offset: int) -> Target | None:
    """Return the file that the source of a template names at an offset, if it is in reach."""
    document = snapshot.document
    pipeline = getattr(document.context, "pipeline", None) if document else None
    for template in getattr(pipeline, "templates", ()):
        source = template.source
        if source is None or not source.span.start <= offset <= source.span.end:
            continue
        path = file_of(template, document.context.outside) if document else None
        return Target(Span(0, 0), path) if path else None
    return None


def template_ref(snapshot: Snapshot, offset: int) -> str:
    """Return the identifier of the Harness template that is named at an offset, or nothing."""
    found = template_refs(snapshot)
    return next((name for name, span in found if span.start <= offset <= span.end), "")


def template_at(snapshot: Snapshot, offset: int) -> str:
    """Return the identifier of the template that is named, or defined, at an offset."""
    model = getattr(snapshot.document.context, "model", None) if snapshot.document else None
    span = getattr(getattr(model, "root", None), "identifier", None)
    is_there = span is not None and span.span.start <= offset <= span.span.end
    own = [one.name for one in outline(snapshot)[:1] if (one.kind, one.detail) == TEMPLATE]
    return own[0] if own and is_there else template_ref(snapshot, offset)


def template_refs(snapshot: Snapshot) -> Iterator[tuple[str, Span]]:
    """Give the identifiers of Harness templates that a text takes something from."""
    model = getattr(snapshot.document.context, "model", None) if snapshot.document else None
    for link in getattr(model, "links", ()):
        span, value = getattr(link.ref, "span", None), getattr(link.ref, "value", "")
        if span is not None and isinstance(value, str):
            yield value.rpartition(".")[2], span


def file_of(template: object, outside: Outside) -> str | None:
    """Return the path of a template of the repository, relative to its root."""
    from pipelint.vela.outline import link_of

    link = link_of(template, outside)  # type: ignore[arg-type]
    return link.document.path if link and link.document.state == FOUND else None
