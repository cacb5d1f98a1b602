"""What the engine is known to offer: a table of names, types and words about them.

An entry is `type words`, or a mapping whose empty name holds that and whose other names are its
members; `*` stands for any name, `@name` for a definition. What is not in a table may exist all the
same: only a slip of the pen is certain to be none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from pipelint.expressions.types import NOTHING_KNOWN, OBJECT, UNKNOWN
from pipelint.harness.scope.value import Known, Value
from pipelint.name import nearest
from pipelint_schemas.load import HERE

Entry: TypeAlias = str | Mapping[str, Any]
Entries: TypeAlias = Mapping[str, Entry]

ANY = "*"


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    with open(os.path.join(HERE, "harness", "expressions.json"), "rb") as file:
        table: dict[str, Any] = json.loads(file.read())
    return table


def roots() -> Entries:
    """Return what a path can begin with, but for the nodes of the pipeline."""
    entries: Entries = _table()["roots"]
    return entries


def stage_kinds() -> Mapping[str, list[str]]:
    """Return the types of the stages that offer a root; a root without is offered by all."""
    kinds: Mapping[str, list[str]] = _table()["stages"]
    return kinds


def node(name: str) -> Entries:
    """Return the members of a node: `node` (all have them), `pipeline`, `stage`, `stage.spec` …."""
    entries: Entries = _table()["nodes"][name]
    return entries


@lru_cache(maxsize=1)
def _outputs() -> dict[str, Entries]:
    return {name: row for names, row in _table()["outputs"].items() for name in names.split(" ")}


def outputs(kind: str) -> Entries | None:
    """Return what a step of a type publishes; None where that is not known."""
    return _outputs().get(kind)


def fact(entry: Entry) -> Value:
    """Make the value of an entry."""
    entries: Entries = entry if isinstance(entry, Mapping) else {}
    said = entry if isinstance(entry, str) else str(entries.get("", OBJECT))
    kind, _, words = said.partition(" ")
    if kind.startswith("@"):
        entries = _table()["definitions"][kind[1:]]
        kind, _, other = str(entries[""]).partition(" ")
        words = words or other
    if kind == UNKNOWN and not words:
        return NOTHING_KNOWN
    return Fact(kind, words, entries)


class Fact(Known):
    """A value of the engine's own, with the members that are known."""

    __slots__ = ("entries",)

    def __init__(self, kind: str, words: str, entries: Entries) -> None:
        super().__init__(kind, words)
        self.entries = entries

    def member(self, name: str) -> Value | None:
        """Return a member; None only where the name is a slip of the pen."""
        if not self.entries:
            return NOTHING_KNOWN
        return member_of(self.entries, name)

    def members(self) -> Iterable[str]:
        """Give the names that are known."""
        return names_of(self.entries)


def names_of(entries: Entries) -> Iterable[str]:
    """Give the names of the members in a table."""
    return (name for name in entries if name and ANY not in name)


def member_of(entries: Entries, name: str) -> Value | None:
    """Return a member of a table; None only where the name is a slip of the pen."""
    entry = entries.get(name) if name != ANY else None
    if entry is None:
        entry = entries.get(ANY)
    if entry is not None:
        return fact(entry)
    return None if nearest(name, names_of(entries)) else NOTHING_KNOWN
