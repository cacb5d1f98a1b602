"""What is in reach at an offset, also where the text around it cannot be read yet."""

from __future__ import annotations

from collections.abc import Iterable

from pipelint.document import Document, Surroundings
from pipelint.expressions.types import NOTHING_KNOWN, Scope, Value
from pipelint.harness.context import PARTIAL_KEYS, Context, Field
from pipelint.harness.expressions import Written
from pipelint.harness.scope import facts
from pipelint.harness.scope.scopes import DocumentScope, Scopes
from pipelint.source import Source
from pipelint.yaml import parse
from pipelint.yaml.node import Mapping, Node, Scalar
from pipelint_lsp.features.completion_lines import entries
from pipelint_lsp.features.completion_place import TEXT, Place
from pipelint_lsp.snapshot import Snapshot

_DEEPEST = 200


class Unseen:
    """The scope of a document that cannot be read as it is: what the engine offers everywhere."""

    __slots__ = ()

    def root(self, name: str) -> Value | None:
        """Return what the engine is known to offer."""
        entry = facts.root(name)
        return facts.fact(entry) if entry is not None else NOTHING_KNOWN

    def roots(self) -> Iterable[str]:
        """Give the names that the engine offers, and those of the nodes."""
        return ("pipeline", "stage", "stepGroup", "step", *facts.root_names())


def scope_at(snapshot: Snapshot, place: Place, opener: int) -> Scope:
    """Return the scope of the expression that begins at an offset."""
    document = snapshot.document
    if document is not None and isinstance(document.context, Context):
        found = _scope(document.context, opener)
        if found is not None:
            return found
    probe = _probe(snapshot, place, opener)
    found = _scope(probe, opener) if probe is not None else None
    return found or Unseen()


def _scope(context: Context, offset: int) -> DocumentScope | None:
    written = _written(context, offset)
    return Scopes(context).of(written) if written is not None else None


def _written(context: Context, offset: int) -> Written | None:
    """Return the scalar at an offset with what it stands in."""
    node: Node | None = context.tree.root
    field: Field | None = None
    unit, partial = None, context.is_partial
    for _ in range(_DEEPEST):
        if isinstance(node, Scalar):
            good = field is not None and not node.broken
            return Written(node, field, is_condition=False) if field and good else None
        below: Node | None = None
        if isinstance(node, Mapping):
            unit = context.model.by_node.get(id(node), unit)
            for name, (key, value) in node.fields.items():
                if key.start <= offset < key.end or value.start <= offset < value.end:
                    field = Field(key, value, node, unit, partial)
                    partial = partial or name in PARTIAL_KEYS
                    below = key if offset < key.end and key.start <= offset else value
                    break
        elif node is not None:
            below = next((one for one in node.items if one.start <= offset < one.end), None)
        if below is None:
            return None
        node = below
    return None


# --- reading on without the expression -----------------------------------------------------------


def _probe(snapshot: Snapshot, place: Place, opener: int) -> Context | None:
    """Read the text with a letter in place of the line from the opener on."""
    source = snapshot.source
    number = source.position(opener).line
    start = source.line_starts[number - 1]
    line = source.line(number)
    head = line[: opener - start]
    closers = "" if place.what == TEXT else _closers(head)
    text = source.text[:opener] + "x" + closers + source.text[start + len(line) :]
    document = _read(Source(text, source.path), snapshot)
    return document.context if document and isinstance(document.context, Context) else None


def _read(source: Source, snapshot: Snapshot) -> Document | None:
    from pipelint.harness.dialect import read

    kind = snapshot.document.kind if snapshot.document is not None else ""
    return read(source, parse(source), Surroundings(kind))


def _closers(head: str) -> str:
    """Return what closes the quotes and the brackets that the start of a line opens."""
    found = entries(head)
    value = head[found[-1].value_at :] if found else head.lstrip(" -")
    quote, stack = "", ""
    in_flow = value[:1] in {"[", "{"}
    for at, sign in enumerate(value):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and (at == 0 or in_flow):
            quote = sign
        elif in_flow and sign in "[{":
            stack = ("]" if sign == "[" else "}") + stack
        elif in_flow and sign in "]}":
            stack = stack[1:]
    return quote + stack
