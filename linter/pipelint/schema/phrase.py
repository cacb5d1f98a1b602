"""Small pieces of messages: quoted words, lists of candidates, what a value must be."""

from __future__ import annotations

from collections.abc import Sequence as Texts
from typing import Any

from pipelint.schema.limits import Limit
from pipelint.schema.shape import Shape
from pipelint.schema.state import Types
from pipelint.schema.value import (
    ARRAY,
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    OBJECT,
    STRING,
    value_kind,
)
from pipelint.yaml.node import Mapping, Node, Scalar

CLIP = 60
"""Longer words of the user, in code points, are cut."""

HEADLINE = 80
"""A longer headline, in code points, gives up the user's words: the caret shows them."""

SHOWN = 5
"""How many candidates a message names."""

_LIMITS = {
    "minimum": "must be at least {0}",
    "maximum": "must be at most {0}",
    "exclusiveMinimum": "must be more than {0}",
    "exclusiveMaximum": "must be less than {0}",
    "multipleOf": "must be a multiple of {0}",
    "pattern": "must match {0}",
    "minLength": "must have at least {0}",
    "maxLength": "must have at most {0}",
    "minItems": "needs at least {0}",
    "maxItems": "takes at most {0}",
    "minContains": "needs at least {0} of the right kind",
    "maxContains": "takes at most {0} of this kind",
    "minProperties": "needs at least {0}",
    "maxProperties": "takes at most {0}",
}


def clip(text: str, longest: int = CLIP) -> str:
    """Cut long text, and text of several lines after the first."""
    line = text.split("\n", 1)[0]
    return text if line == text and len(text) <= longest else line[: longest - 1] + "…"


def quote(text: str) -> str:
    """Put the user's words in back-ticks."""
    return f"`{clip(text)}`"


def listing(names: Texts[str]) -> str:
    """Name up to five candidates and say how many more there are."""
    shown = ", ".join(quote(name) for name in names[:SHOWN])
    more = len(names) - SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def choice(names: Texts[str]) -> str:
    """Name what one may choose: up to five, the last behind `or`, else how many more there are."""
    few = 1 < len(names) <= SHOWN
    return f"{listing(names[:-1])} or {quote(names[-1])}" if few else listing(names)


def is_text(value: Any) -> bool:
    """Tell whether an allowed value is a text that is worth naming."""
    return isinstance(value, str) and value != ""


def noun_of(noun: str) -> str:
    """Leave out the article."""
    return noun.removeprefix("a ").removeprefix("an ")


def value_in_words(node: Node, types: Types) -> str:
    """Say what stands there."""
    if not isinstance(node, Scalar):
        return "a map" if isinstance(node, Mapping) else "a list"
    kind = STRING if node.style and node.tag is None else types(node)
    if kind == NULL:
        return "nothing"
    if kind == STRING:
        return f"the text {quote(node.text)}" if node.text else "an empty text"
    return quote(node.text) if kind == BOOLEAN else f"the number {quote(node.text)}"


def must_be(subject: str, what: str, found: str, kind: str) -> str:
    """Say what a value must be, and what stands there: only its kind where that gets too long."""
    headline = f"{subject} must be {what}, found {found}"
    return headline if len(headline) <= HEADLINE else f"{subject} must be {what}, found {kind}"


def allows(shape: Shape, kind: str) -> bool:
    """Tell whether a shape takes values of a kind."""
    return kind in _kinds(shape)


def kinds_in_words(shape: Shape, *, whole: bool = False) -> str:
    """Say what a value must be, where the catalogue does not: `text or a list of texts`."""
    kinds = set(_kinds(shape))
    words = []
    if STRING in kinds:
        words.append("text")
    else:
        if kinds & {INTEGER, NUMBER}:
            words.append("a whole number" if whole or shape.integral else "a number")
        if BOOLEAN in kinds:
            words.append("`true` or `false`")
    if ARRAY in kinds:
        words.append("a list" + _of_items(shape))
    if OBJECT in kinds:
        words.append("a map")
    return _or(words) or ("empty" if NULL in kinds else "something else")


def limit_in_words(limit: Limit | None) -> str:
    """Say what a limit asks for."""
    if limit is None:
        return "has a wrong form"
    word, value = limit
    if word == "minLength" and value == 1:
        return "must not be empty"
    asked = _LIMITS.get(word)
    return asked.format(_counted(word, value)) if asked else "is not what the schema asks for"


def _counted(word: str, value: Any) -> str:
    things = {"Length": "character", "Items": "item", "Contains": "item", "Properties": "key"}
    for ending, thing in things.items():
        if word.endswith(ending):
            return f"{value} {thing}" if value == 1 else f"{value} {thing}s"
    return quote(str(value))


def _kinds(shape: Shape) -> frozenset[str]:
    kinds = shape.kinds
    for alternatives in shape.alternatives:
        kinds &= frozenset().union(*alternatives.guide.kinds)
    for listed in shape.listed:
        kinds &= {value_kind(value) for value in listed.values}
    return kinds


def _of_items(shape: Shape) -> str:
    """Say what a list is made of, where one branch alone speaks of lists and it is simple."""
    for alternatives in shape.alternatives:
        places = alternatives.by_kind[ARRAY]
        if len(places) != 1:
            return ""
        branch = alternatives.branches[places[0]]
        shape = branch.real or branch.open()
    items = shape.items and (shape.items.real or shape.items.open())
    if items is None:
        return ""
    plural = {"text": " of texts", "a map": " of maps", "a number": " of numbers"}
    return plural.get(kinds_in_words(items), "")


def _or(words: list[str]) -> str:
    return " or ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} or {words[-1]}"  # noqa: PLR2004
