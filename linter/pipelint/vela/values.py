"""Scalars of a Vela pipeline, read as the server's decoder reads them (Go, yaml.v3).

A field of type text takes any scalar as it is written, null as empty text. A flag takes true and
false without quotes, and the words of YAML 1.1 with or without. Everything else of the wrong kind
has no value here: the schema speaks about it, and rules stay silent.
"""

from __future__ import annotations

from pipelint.record import NamedTuple
from pipelint.source import Span
from pipelint.yaml.node import PLAIN, Mapping, Node, Scalar, Sequence
from pipelint.yaml.view import inner

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRUE = frozenset({"true", "True", "TRUE", "y", "Y", "yes", "Yes", "YES", "on", "On", "ON"})
FALSE = frozenset({"false", "False", "FALSE", "n", "N", "no", "No", "NO", "off", "Off", "OFF"})
BOOLS = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})
"""The words that are booleans without being asked for; the others are texts elsewhere."""

STANDARD_TAG = "tag:yaml.org,2002:"
UNTAGGED = frozenset({None, "!"})
"""No tag, or the one that says nothing."""


FILLER = "\ue000"
"""Stands for a Go template action inside a value: a letter that nobody writes."""


class Text(NamedTuple):
    """A text and the place of its value (quotes included)."""

    value: str
    node: Scalar

    @property
    def span(self) -> Span:
        """The place without quotes, where the text is written on one line as it is."""
        return inner(self.node)


def is_null(node: Node | None) -> bool:
    """Tell whether a value is absent or null."""
    if not isinstance(node, Scalar):
        return node is None
    if node.tag in UNTAGGED:
        return node.style == PLAIN and node.text in NULLS
    return node.tag == STANDARD_TAG + "null"


def text_of(node: Node | None) -> Text | None:
    """Return a non-empty text; None for null, empty, unreadable and what is no scalar."""
    if not isinstance(node, Scalar) or node.broken:
        return None
    text = node.text
    if not text or (text in NULLS and is_null(node)):
        return None
    return Text(text, node)


def texts_of(node: Node | None) -> list[Text]:
    """Return the texts of a single value or of a list; items of another kind are left out."""
    items = node.items if isinstance(node, Sequence) else [node]
    return [text for item in items if (text := text_of(item))]


def flag_of(node: Node | None) -> bool | None:
    """Return a flag, or None where there is none that Vela would take."""
    if not isinstance(node, Scalar) or node.broken:
        return None
    is_bool = node.style == PLAIN if node.tag in UNTAGGED else node.tag == STANDARD_TAG + "bool"
    if node.text in BOOLS and not is_bool:
        return None
    if node.text in TRUE:
        return True
    return False if node.text in FALSE else None


def is_filled(node: Node | None) -> bool:
    """Tell whether a value holds anything: a null, an empty text and an empty collection do not.

    What could not be read counts as filled: nothing may be said about it.
    """
    if node is None:
        return False
    if isinstance(node, Scalar):
        return node.broken or not (is_null(node) or not node.text)
    return node.broken or bool(
        node.items if isinstance(node, Sequence) else node.fields or node.pairs
    )


def has_entries(node: Node | None) -> bool:
    """Tell whether a map, a list or a single text gives Vela at least one entry.

    An empty text is an entry. Vela drops null items of lists of texts, and what has a null key.
    """
    if isinstance(node, Mapping):
        return node.broken or not all(is_null(key) for key, _ in node.fields.values())
    if isinstance(node, Sequence):
        return node.broken or not all(is_null(item) for item in node.items)
    return not is_null(node)
