"""What YAML text is made of: scalars, mappings, sequences, each with its place.

Aliases are not nodes: where `*name` stands, the anchored node itself stands, so a document is a
graph without cycles, not a tree, and whoever walks it must remember what it has seen. It is never
deeper than `build.DEPTH_LIMIT`, aliases included. Only an alias to a scalar that is a key becomes a
scalar of its own, at its own place.
Offsets are 0-based, in code points; a node starts after its anchor and tag.
"""

from __future__ import annotations

from typing import TypeAlias

from pipelint.record import NamedTuple
from pipelint.source import Span

PLAIN = ""
"""The style of a scalar without quotes; the others are `'`, `"`, `|` and `>`."""

MERGE = "<<"


class Scalar:
    """A single value as it is written: `text` is decoded (escapes, folding), never resolved."""

    __slots__ = ("anchor", "end", "start", "style", "tag", "text")
    broken = False
    shape: str | None = None

    def __init__(
        self, start: int, end: int, text: str, style: str, tag: str | None, anchor: str | None
    ) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.style = style
        self.tag = tag
        self.anchor = anchor

    @property
    def span(self) -> Span:
        """The place of the value, quotes included."""
        return Span(self.start, self.end)


class Mapping:
    """Pairs in their order, and `fields`: text of the key → (key, value).

    `fields` holds the first of keys that are repeated, and what `<<` brings in once the dialect
    has applied its merge; `pairs` is what is written. `broken` says that a part of it could not be
    read, so that nothing may be said about what is missing.
    """

    __slots__ = ("anchor", "broken", "end", "fields", "flow", "pairs", "shape", "start", "tag")

    def __init__(self, start: int, tag: str | None, anchor: str | None, flow: bool = False) -> None:
        self.start = start
        self.end = start
        self.tag = tag
        self.anchor = anchor
        self.flow = flow
        self.pairs: list[tuple[Node, Node]] = []
        self.fields: dict[str, Field] = {}
        self.broken = False
        self.shape: str | None = None

    @property
    def span(self) -> Span:
        """The place from the first key to the end of the last value."""
        return Span(self.start, self.end)

    def get(self, key: str) -> Node | None:
        """Return the value of a key, merged ones included."""
        field = self.fields.get(key)
        return field[1] if field else None

    def key(self, key: str) -> Scalar | None:
        """Return the node of a key, merged ones included."""
        field = self.fields.get(key)
        return field[0] if field else None

    def owns(self, node: Node) -> bool:
        """Tell whether a node is written inside this mapping, not merged into it."""
        return self.start <= node.start < self.end


class Sequence:
    """A list of nodes. `broken` as in a mapping."""

    __slots__ = ("anchor", "broken", "end", "flow", "items", "shape", "start", "tag")

    def __init__(self, start: int, tag: str | None, anchor: str | None, flow: bool = False) -> None:
        self.start = start
        self.end = start
        self.tag = tag
        self.anchor = anchor
        self.flow = flow
        self.items: list[Node] = []
        self.broken = False
        self.shape: str | None = None

    @property
    def span(self) -> Span:
        """The place from the first item (or bracket) to the end of the last."""
        return Span(self.start, self.end)


class Unreadable(Scalar):
    """What stands where text could not be read: its type is unknown, nothing is said about it."""

    __slots__ = ()
    broken = True


Node: TypeAlias = Scalar | Mapping | Sequence
Field: TypeAlias = tuple[Scalar, Node]


class Anchor(NamedTuple):
    """A `&name`; `span` covers it with its sign."""

    name: str
    span: Span
    node: Node


class Alias(NamedTuple):
    """A `*name`; `span` covers it with its sign. `target` is None when nothing has that name."""

    name: str
    span: Span
    target: Node | None


class Repeated(NamedTuple):
    """A key that stands twice in one mapping."""

    mapping: Mapping
    first: Scalar
    again: Scalar


class Problem(NamedTuple):
    """Text that is no YAML, or that this reader refuses; in a person's words."""

    span: Span
    message: str
    label: str = ""
    help: str = ""


class Tree:
    """All that one text holds. `documents` are the roots, `root` the first of them.

    `tagged` are the nodes with a tag, each with its place; `odd_keys` the mappings one of whose
    keys is no scalar. `repaired` are the places that were changed to read on after a mistake:
    what is found there is a guess, and nobody wants to hear about it. `templated` says that the
    actions of a template language were left out. `words` are the texts of all scalars, each once.
    """

    __slots__ = (
        "aliases",
        "anchors",
        "documents",
        "merging",
        "odd_keys",
        "problems",
        "repaired",
        "repeated",
        "tagged",
        "templated",
        "words",
    )

    def __init__(self) -> None:
        self.documents: list[Node] = []
        self.anchors: list[Anchor] = []
        self.aliases: list[Alias] = []
        self.repeated: list[Repeated] = []
        self.merging: list[Mapping] = []
        self.odd_keys: list[Mapping] = []
        self.tagged: list[tuple[Node, Span]] = []
        self.problems: list[Problem] = []
        self.repaired: list[Span] = []
        self.templated = False
        self.words: set[str] = set()

    @property
    def root(self) -> Node | None:
        """The first document, or None where there is none."""
        return self.documents[0] if self.documents else None

    def said(self) -> str:
        """Return the texts of all scalars, each once: shorter to search than what is written."""
        return "\n".join(self.words)
