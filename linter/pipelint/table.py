"""The rules that are on for a dialect, and which of them a document may have something for.

A family of rules is imported when a document first has a word that its rules are about: most files
need few of them, and importing all costs more than checking a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelint.config import Settings, level_of
from pipelint.diagnostic import OFF
from pipelint.registry import families_of, rules_in
from pipelint.rule import Check, Rule
from pipelint.yaml.node import Tree

ByType = dict[type, list[tuple[Rule, Check]]]
"""Rules with their functions, by the type of node that they take."""

_MOST_MIXES = 1_000
"""So many mixes of words are remembered; a repository has some hundreds."""

_PART = "~"
"""Stands before what may be a part of a word."""

_RARE = "\t\r!\"#%&'*<\\~"
"""Signs that most texts do not have."""

_words_in = re.compile(r"\w+").findall


class Words:
    """The words that are looked for.

    Whole words and parts are looked for in what the scalars say. What has a sign in it is looked
    for in the text, after the sign alone: that is found or missed in no time.
    """

    __slots__ = ("_parts", "_signed", "_whole")

    def __init__(self, words: Iterable[str]) -> None:
        whole = []
        self._parts: list[str] = []
        self._signed: dict[str, list[str]] = {}
        for word in sorted(set(words)):
            if word.startswith(_PART) and len(word) > 1:
                self._parts.append(word)
            elif _sign(word):
                self._signed.setdefault(_sign(word), []).append(word)
            else:
                whole.append(word)
        self._whole = frozenset(whole)

    def found_in(self, tree: Tree, text: str) -> frozenset[str]:
        """Return those that a document has."""
        said = tree.said()
        if tree.templated or tree.problems:
            said += text
        found = list(self._whole.intersection(_words_in(said)))
        found += [word for word in self._parts if word[1:] in said]
        for sign, words in self._signed.items():
            if sign in text:
                found += [word for word in words if word in text]
        return frozenset(found)


def _sign(word: str) -> str:
    """Return the rarest sign in what is no plain word."""
    signs = [sign for sign in word if not (sign.isalnum() or sign == "_")]
    return next((sign for sign in signs if sign in _RARE), signs[0] if signs else "")


class Table:
    """The rules of a dialect under some settings.

    `_groups` holds those that have been imported, are on and have a function, by the words that
    they are about. `_mixes` remembers which rules some words call for.
    """

    __slots__ = ("_families", "_groups", "_mixes", "_rules", "_settings", "_words")

    def __init__(self, dialect: str, settings: Settings) -> None:
        self._settings = settings
        self._families = families_of(dialect)
        self._rules: dict[str, Rule] = {}
        self._groups: dict[tuple[str, ...], ByType] = {}
        self._mixes: dict[frozenset[str], ByType] = {}
        # With levels any rule may be on, and whoever named some has imported them all.
        everything = bool(settings.levels)
        self._load([name for name, about in self._families.items() if everything or about == ()])
        calling = (*self._groups, *(about or () for about in self._families.values()))
        self._words = Words(word for about in calling for word in about)

    def named(self, name: str) -> Rule | None:
        """Return the rule of a name, or None where it is off."""
        if name not in self._rules:
            for module in [module for module, about in self._families.items() if about is None]:
                self._load([module])
                if name in self._rules:
                    break
        return self._rules.get(name)

    def of_document(self, tree: Tree, text: str) -> ByType:
        """Return the rules that a document may have something for, by the type of their nodes."""
        words = self._words.found_in(tree, text)
        chosen = self._mixes.get(words)
        if chosen is None:
            if len(self._mixes) >= _MOST_MIXES:
                self._mixes.clear()
            chosen = self._mixes[words] = self._mixed(words)
        return chosen

    def _mixed(self, words: frozenset[str]) -> ByType:
        self._load(
            [
                module
                for module, about in self._families.items()
                if about is not None and not words.isdisjoint(about)
            ]
        )
        chosen: ByType = {}
        for group, by_type in self._groups.items():
            if not group or not words.isdisjoint(group):
                for node_type, running in by_type.items():
                    chosen.setdefault(node_type, []).extend(running)
        return chosen

    def _load(self, modules: Iterable[str]) -> None:
        for module in modules:
            del self._families[module]
            for rule in rules_in(module):
                if level_of(rule, self._settings) != OFF:
                    self._add(rule)

    def _add(self, rule: Rule) -> None:
        self._rules[rule.name] = rule
        types = rule.on if isinstance(rule.on, tuple) else (rule.on,)
        for node_type in types:
            if rule.check is not None and node_type is not None:
                group = self._groups.setdefault(rule.about, {})
                group.setdefault(node_type, []).append((rule, rule.check))
