"""Scalars of a Harness document, read as its server reads them (Jackson).

A value is a text with its place, or deferred: an expression (`<+…>`), a runtime input, or what a
tool puts in before Harness sees the file (`${NAME}`, `{{ name }}`). Nothing is known of a deferred
value, so rules must say what they do with one.
"""

from __future__ import annotations

from pipelint.record import NamedTuple
from pipelint.source import Span
from pipelint.yaml.node import PLAIN, Mapping, Node, Scalar, Sequence
from pipelint.yaml.resolve import core
from pipelint.yaml.view import inner

EXPRESSION = "<+"
INPUT = "<+input>"

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRUE = frozenset({"true", "True", "TRUE"})
FALSE = frozenset({"false", "False", "FALSE"})
DOUBTFUL = frozenset({
    "y", "Y", "yes", "Yes", "YES", "on", "On", "ON",
    "n", "N", "no", "No", "NO", "off", "Off", "OFF",
})  # fmt: skip
"""Words that older readers of YAML take for booleans, and newer ones for texts."""

FILLER = "\ue000"
"""Stands for a bare placeholder: a letter that nobody writes."""

_OPENERS = ("${", "{{", "[[", "<%", "%{", "{%", "@@", FILLER)
_NUMBERS = {"int": "integer", "float": "number"}
_WORDS = {**dict.fromkeys(NULLS, "null"), **dict.fromkeys((*TRUE, *FALSE), "boolean")}
_STANDARD_TAG = "tag:yaml.org,2002:"


class Text(NamedTuple):
    """A literal text and the place of its value (quotes included)."""

    value: str
    node: Scalar

    @property
    def span(self) -> Span:
        """The place without quotes, where the text is written on one line as it is."""
        return inner(self.node)


class Deferred(NamedTuple):
    """A value that is known only when the pipeline runs, or when a tool has filled it in."""

    node: Scalar

    @property
    def is_input(self) -> bool:
        """Whether it is a runtime input."""
        return self.node.text.startswith(INPUT)


Value = Text | Deferred | None
"""None: absent, null, empty, unreadable, or no scalar."""


def is_deferred(scalar: Scalar) -> bool:
    """Tell whether a scalar stands for a value that is not in the file."""
    text = scalar.text
    if text.isalnum():  # most are a single word
        return False
    if EXPRESSION in text:
        return True
    return has_placeholder(text)


def has_placeholder(text: str) -> bool:
    """Tell whether a text has a part that another tool fills in first."""
    return ("{" in text or "[[" in text or "@@" in text or "<%" in text or FILLER in text) and any(
        opener in text for opener in _OPENERS
    )


def is_untyped(scalar: Scalar) -> bool:
    """Tell whether nothing may be said about the type of a scalar."""
    return is_deferred(scalar) or (scalar.style == PLAIN and scalar.text in DOUBTFUL)


def is_null(node: Node | None) -> bool:
    """Tell whether a value is absent or null."""
    if not isinstance(node, Scalar):
        return node is None
    return node.style == PLAIN and node.text in NULLS and not node.tag and not node.broken


def value_of(node: Node | None) -> Value:
    """Return a value: a literal text, or a deferred one."""
    if not isinstance(node, Scalar) or node.broken or not node.text or is_null(node):
        return None
    return Deferred(node) if is_deferred(node) else Text(node.text, node)


def text_of(node: Node | None) -> Text | None:
    """Return a literal, non-empty text; None for everything else, deferred values included."""
    value = value_of(node)
    return value if isinstance(value, Text) else None


def texts_of(node: Node | None) -> list[Text]:
    """Return the literal texts of a list; other items are left out."""
    items = node.items if isinstance(node, Sequence) else ()
    return [text for item in items if (text := text_of(item))]


def flag_of(node: Node | None) -> bool | None:
    """Return a literal flag, in quotes or not; None where it is not one."""
    if not isinstance(node, Scalar) or node.broken:
        return None
    if node.text in TRUE:
        return True
    return False if node.text in FALSE else None


def whole_of(node: Node | None) -> int | None:
    """Return a literal whole number, in quotes or not; None where it is not one."""
    text = text_of(node)
    if text is None or core(text.value) != "int" or not text.value.lstrip("+-").isdigit():
        return None
    return int(text.value)


def is_filled(node: Node | None) -> bool:
    """Tell whether a value holds anything; what could not be read counts as filled."""
    if node is None:
        return False
    if isinstance(node, Scalar):
        return node.broken or not (is_null(node) or not node.text)
    return node.broken or bool(node.fields if isinstance(node, Mapping) else node.items)


def json_type(scalar: Scalar) -> str:
    """Return the JSON type of a scalar as if it had no quotes, or of its tag."""
    if scalar.tag and scalar.tag.startswith(_STANDARD_TAG):
        kind = scalar.tag[len(_STANDARD_TAG) :]
        return {"null": "null", "bool": "boolean", **_NUMBERS}.get(kind, "string")
    return _WORDS.get(scalar.text) or _NUMBERS.get(core(scalar.text), "string")
