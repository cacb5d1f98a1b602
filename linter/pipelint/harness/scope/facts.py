"""What the engine is known to offer: a table of names, types and words about them.

An entry is `type words`, or a mapping whose empty name holds that and whose other names are its
members; `*` stands for any name, `@name` for a definition. What is not in a table may exist all the
same: only a slip of the pen is certain to be none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from pipelint.expressions.types import NOTHING_KNOWN, OBJECT, UNKNOWN
from pipelint.harness.scope.value import Known, Value
from pipelint.name import nearest
from pipelint_schemas.load import HERE

Entry: TypeAlias = str | Mapping[str, Any]
Entries: TypeAlias = Mapping[str, Entry]

ANY = "*"


class _Section:
    """One part of the table: each entry stands on a line of its own, decoded when asked for."""

    __slots__ = ("_decoded", "lines")

    def __init__(self) -> None:
        self.lines: dict[str, str] = {}
        self._decoded: dict[str, Any] = {}

    def get(self, name: str) -> Any:
        """Return an entry, None where there is none."""
        if name not in self._decoded:
            line = self.lines.get(name)
            self._decoded[name] = None if line is None else json.loads(line)
        return self._decoded[name]


@lru_cache(maxsize=1)
def _table() -> dict[str, _Section]:
    table: dict[str, _Section] = {}
    with open(os.path.join(HERE, "harness", "expressions.json"), encoding="utf-8") as file:
        for line in file:
            name, _, value = line.strip().partition(": ")
            if value == "{":
                section = table[name[1:-1]] = _Section()
            elif value:
                section.lines[name[1:-1]] = value.removesuffix(",")
    return table


def root(name: str) -> Entry | None:
    """Return what a path can begin with, but for the nodes of the pipeline."""
    entry: Entry | None = _table()["roots"].get(name)
    return entry


def root_names() -> Iterable[str]:
    """Give the names of these."""
    return _table()["roots"].lines


def stage_kinds(name: str) -> Sequence[str]:
    """Return the types of the stages that offer a root; none where all do."""
    return _table()["stages"].get(name) or ()


def restricted_roots() -> Iterable[str]:
    """Give the roots that not all stages offer."""
    return _table()["stages"].lines


def node(name: str) -> Entries:
    """Return the members of a node: `node` (all have them), `pipeline`, `stage`, `stage.spec` …."""
    entries: Entries = _table()["nodes"].get(name)
    return entries


@lru_cache(maxsize=1)
def _steps() -> dict[str, str]:
    return {kind: kinds for kinds in _table()["outputs"].lines for kind in kinds.split(" ")}


def outputs(kind: str) -> Entries | None:
    """Return what a step of a type publishes; None where that is not known."""
    kinds = _steps().get(kind)
    entries: Entries | None = _table()["outputs"].get(kinds) if kinds else None
    return entries


_made: dict[int, Value] = {}
"""Values by the `id` of their entries: the table stays as long as they do."""


def fact(entry: Entry) -> Value:
    """Return the value of an entry of the table."""
    value = _made.get(id(entry))
    if value is None:
        value = _made[id(entry)] = _make(entry)
    return value


def _make(entry: Entry) -> Value:
    entries: Entries = entry if isinstance(entry, Mapping) else {}
    said = entry if isinstance(entry, str) else str(entries.get("", OBJECT))
    kind, _, words = said.partition(" ")
    if kind.startswith("@"):
        entries = _table()["definitions"].get(kind[1:])
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
