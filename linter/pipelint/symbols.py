"""Who defines a name and who uses it: one table for both dialects.

A dialect's builder fills it in one walk. Rules about unknown, repeated and unused names read it,
and so do completion, hover, go-to-definition, references and rename: nothing parses text again to
find a name.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.record import NamedTuple
from pipelint.source import Span
from pipelint.yaml.node import Node


class Definition(NamedTuple):
    """A name and what it stands for.

    `span` covers the name alone, `node` is the whole thing. `scope` is the name of what encloses
    it ("" at the top): a step belongs to its stage.
    """

    kind: str
    name: str
    span: Span
    node: Node
    scope: str = ""


class Reference(NamedTuple):
    """A use of a name; `span` covers the name alone, `scope` says where it is looked up."""

    kind: str
    name: str
    span: Span
    scope: str = ""


class Symbols:
    """All definitions and references of one document, in the order of the text.

    A kind in `open_kinds` may have definitions that cannot be seen (a template brings them, the
    text is broken there): an unknown name of such a kind says nothing.
    """

    __slots__ = ("_by_name", "definitions", "open_kinds", "references")

    def __init__(self) -> None:
        self.definitions: list[Definition] = []
        self.references: list[Reference] = []
        self.open_kinds: set[str] = set()
        self._by_name: dict[tuple[str, str], list[Definition]] = {}

    def define(self, definition: Definition) -> None:
        """Record a definition."""
        self.definitions.append(definition)
        self._by_name.setdefault((definition.kind, definition.name), []).append(definition)

    def refer(self, reference: Reference) -> None:
        """Record a use."""
        self.references.append(reference)

    def find(self, kind: str, name: str) -> list[Definition]:
        """Return every definition of a name, in the order of the text."""
        return self._by_name.get((kind, name), [])

    def of_kind(self, kind: str) -> Iterator[Definition]:
        """Give the definitions of a kind, in the order of the text."""
        return (definition for definition in self.definitions if definition.kind == kind)

    def names(self, kind: str) -> list[str]:
        """Return the distinct names of a kind, in the order of the text."""
        return list(dict.fromkeys(definition.name for definition in self.of_kind(kind)))

    def uses(self, kind: str) -> Iterator[Reference]:
        """Give the references of a kind, in the order of the text."""
        return (reference for reference in self.references if reference.kind == kind)

    def unknown(self, kind: str) -> Iterator[Reference]:
        """Give the references that nothing defines; none where the kind is open."""
        if kind not in self.open_kinds:
            yield from (use for use in self.uses(kind) if not self.find(kind, use.name))
