"""What every message needs: names of places, annotations, near names, the rule that reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipelint.diagnostic import Edit, Fix
from pipelint.name import nearest
from pipelint.schema.phrase import listing, noun_of, quote
from pipelint.schema.state import Types
from pipelint.schema.violation import (
    MISSING_KEY,
    UNKNOWN_VALUE,
    WRONG_TYPE,
    Place,
    Violation,
)
from pipelint.yaml.node import Node, Scalar, Sequence

MISSPELT_KEY = "misspelt-key"
WRONG_CASE = "wrong-case"

NEAR_LIMIT = 200
"""How many unknown keys or values of one document get near names; the rest go without."""


class Speaker:
    """Says what is wrong in one document; `stranger` what becomes of keys that nobody knows.

    `misspelt` are the keys (by `id`) that stand for keys which must be there.
    """

    __slots__ = ("_meant", "_missing", "_near", "misspelt", "stranger", "types")

    def __init__(self, types: Types, stranger: str, violations: Iterable[Violation]) -> None:
        self.types = types
        self.stranger = stranger
        self.misspelt: set[int] = set()
        self._meant: set[tuple[int, str]] = set()
        self._missing = {
            (id(violation.node), name)
            for violation in violations
            if violation.kind == MISSING_KEY
            for name in violation.fault.names
        }
        self._near: dict[tuple[str, tuple[str, ...]], list[str]] = {}

    def mean(self, key: Scalar, owner: Node, name: str) -> None:
        """Remember what a key of a mapping is meant to be."""
        self._meant.add((id(owner), name))
        if (id(owner), name) in self._missing:
            self.misspelt.add(id(key))

    def is_meant(self, owner: Node, name: str) -> bool:
        """Tell whether a key stands in a mapping under another name."""
        return (id(owner), name) in self._meant

    def near(self, word: str, candidates: tuple[str, ...], *, sure: bool = False) -> list[str]:
        """Return near names, for a bounded number of distinct words.

        Where every word is allowed, a single slip must be all that is between (`sure`).
        """
        key = word, candidates
        if key not in self._near:
            full = len(self._near) >= NEAR_LIMIT
            self._near[key] = [] if full else nearest(word, candidates, within=1 if sure else 3)
        return self._near[key]


def note(violation: Violation, key: str) -> Any:
    """Return an annotation: what the place says, else what the complaining shape says."""
    site = violation.place.site
    said = site.note(key) if site is not None and at_place(violation) else None
    return said if said is not None else violation.fault.shape.note(key)


def rule_of(violation: Violation) -> str:
    """Return the rule that reports a violation; a list speaks for its items, too."""
    if right_case(violation):
        return WRONG_CASE
    kind = WRONG_TYPE if is_partial(violation) else violation.kind
    rules = note(violation, "x-rule") or {}
    place: Place | None = violation.place
    while kind not in rules and place is not None:
        rules = (place.site.note("x-rule") if place.site is not None else None) or {}
        place = place.outer
    name: str = rules.get(kind, kind)
    return name


def right_case(violation: Violation) -> str:
    """Return the value that is meant, where the platform does not care about its case."""
    node = violation.node
    if violation.kind != UNKNOWN_VALUE or not isinstance(node, Scalar):
        return ""
    if not note(violation, "x-any-case"):
        return ""
    folded = node.text.lower()
    values = (value for value in violation.fault.values if isinstance(value, str))
    return next((value for value in values if value.lower() == folded), "")


def at_place(violation: Violation) -> bool:
    """Tell whether the fault lies in the value of the place, not in a key of it."""
    return violation.node is violation.place.node


def is_partial(violation: Violation) -> bool:
    """Tell whether the values are those of one branch, where the place says all that it takes."""
    site = violation.place.site
    if (
        violation.kind != UNKNOWN_VALUE
        or site is None
        or not at_place(violation)
        or site.note("x-what") is None
    ):
        return False
    return site.real is not violation.fault.shape


def name_value(violation: Violation) -> str:
    """Name what is wrong: by its key, as an item of a list, or as what it is."""
    node, place = violation.node, violation.place
    if node is place.node:
        return name_place(place)
    return f"the key {quote(node.text)}" if isinstance(node, Scalar) else "this value"


def name_place(place: Place) -> str:
    """Name a value by its key, where that is a name by both, as an item, or by what it is."""
    noun = str(place.site.note("x-noun") or "") if place.site is not None else ""
    if place.key is not None:
        named = noun and place.site is not None and place.site.note("x-named")
        return f"{noun_of(noun)} {quote(place.key.text)}" if named else quote(place.key.text)
    if isinstance(place.owner, Sequence) and not noun:
        outer = place.outer
        return f"an item of {name_place(outer)}" if outer is not None else "an item of the list"
    return noun or "the document"


def similar(thing: str, near: list[str]) -> str:
    """State that there are near names."""
    if len(near) == 1:
        return f"a {thing} with a similar name exists: {quote(near[0])}"
    return f"{thing}s with similar names exist: {listing(near)}"


def rename(
    node: Scalar, names: list[str], candidates: int, *, safe: bool = False
) -> tuple[Fix, ...]:
    """Offer the one candidate; unsafe where what was ignored so far begins to work."""
    if len(names) != 1 or candidates != 1 or not _is_plain(names[0]):
        return ()
    quotes = node.style if node.style in {"'", '"'} else ""
    title = f"replace {quote(node.text)} with {quote(names[0])}"
    return (Fix(title, (Edit(node.span, f"{quotes}{names[0]}{quotes}"),), safe=safe),)


def _is_plain(word: str) -> bool:
    """Tell whether a word needs no quotes in YAML."""
    return all(letter.isalnum() or letter in "_-./" for letter in word) and word[:1].isalpha()
