"""`pipelint.yaml` itself: what its schema does not list because it would be too much."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.registry import all_rules
from pipelint_lsp.features.completion_item import PROPERTY, Item
from pipelint_lsp.features.completion_place import BELOW, MAP, Place


def complete_settings(place: Place) -> list[Item]:
    """Return rules and families below `rules`, and the options of a rule below its name."""
    if place.what not in {MAP, BELOW} or place.quoted:
        return []
    names = place.names
    if names[-1:] == ("rules",):
        return list(_rules(place))
    if names[-2:-1] == ("rules",):
        return list(_options(place, names[-1]))
    return []


def _rules(place: Place) -> Iterator[Item]:
    rules = all_rules()
    families = sorted({rule.family for rule in rules})
    for name in families:
        yield _item(name, place, f"1{name}", "family", f"All rules of the family `{name}`.")
    for rule in rules:
        yield _item(rule.name, place, f"2{rule.name}", rule.family, rule.summary)


def _options(place: Place, name: str) -> Iterator[Item]:
    rule = next((one for one in all_rules() if name in {one.name, *one.aliases}), None)
    for option in rule.options if rule is not None else ():
        yield _item(option.name, place, f"2{option.name}", "option", option.meaning)


def _item(name: str, place: Place, sort: str, detail: str, words: str) -> Item:
    text = name if place.has_colon else f"{name}: "
    return Item(
        name, PROPERTY, text, place.word, sort, detail, words, edits=place.edits,
        again=not place.has_colon,
    )  # fmt: skip
