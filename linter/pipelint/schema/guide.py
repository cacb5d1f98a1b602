"""How to choose among alternatives before trying them: by kind, and by a key that names the branch.

Pure functions of a schema. The build step runs them over a catalogue, so that a run need not decode
a hundred definitions to pick one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from pipelint.record import NamedTuple
from pipelint.schema.value import INTEGER, KINDS, NUMBER, OBJECT, value_kind

Lookup: TypeAlias = Callable[[str], Any]
"""Returns the schema that a `$ref` names."""


class Facts(NamedTuple):
    """What must hold where a schema accepts: kinds, texts of pinned keys, keys it needs."""

    kinds: frozenset[str]
    pins: dict[str, frozenset[str]]
    required: frozenset[str]


class Guide(NamedTuple):
    """For each branch the kinds it may accept; the key whose text names branches, if there is one.

    `unpinned` are the branches that accept maps whatever that key says.
    """

    kinds: tuple[frozenset[str], ...]
    key: str = ""
    cases: dict[str, list[int]] = {}  # noqa: RUF012 - the empty default is never written to
    unpinned: tuple[int, ...] = ()
    needed: bool = False


ANYTHING = Facts(KINDS, {}, frozenset())
NOTHING = Facts(frozenset(), {}, frozenset())


def make_guide(branches: list[Any], lookup: Lookup) -> Guide:
    """Look at all branches of an alternative."""
    facts = [facts_of(branch, lookup) for branch in branches]
    kinds = tuple(fact.kinds for fact in facts)
    maps = {at: fact for at, fact in enumerate(facts) if OBJECT in fact.kinds}
    key = _discriminator(list(maps.values()))
    if not key:
        return Guide(kinds)
    cases: dict[str, list[int]] = {}
    for at, fact in maps.items():
        for text in sorted(fact.pins.get(key, ())):
            cases.setdefault(text, []).append(at)
    unpinned = tuple(at for at, fact in maps.items() if key not in fact.pins)
    return Guide(kinds, key, cases, unpinned, all(key in fact.required for fact in maps.values()))


def facts_of(schema: Any, lookup: Lookup, seen: tuple[str, ...] = ()) -> Facts:
    """Say what must hold where a schema accepts; less than the truth where it is cyclic."""
    if not isinstance(schema, dict):
        return NOTHING if schema is False else ANYTHING
    parts = [Facts(_kinds(schema), _pins(schema, lookup), frozenset(schema.get("required", ())))]
    ref = schema.get("$ref")
    if ref is not None and ref not in seen:
        parts.append(facts_of(lookup(ref), lookup, (*seen, ref)))
    parts += [facts_of(part, lookup, seen) for part in schema.get("allOf", ())]
    parts += [
        _either([facts_of(branch, lookup, seen) for branch in schema[word]])
        for word in ("anyOf", "oneOf")
        if schema.get(word)
    ]
    return _both(parts)


def pack(guide: Guide) -> dict[str, Any]:
    """Turn a guide into JSON: what is empty is left out, kinds that all share are said once."""
    kinds = [sorted(kinds) for kinds in guide.kinds]
    if len(kinds) > 1 and all(each == kinds[0] for each in kinds):
        kinds = kinds[:1]
    said = {word: value for word, value in guide._asdict().items() if value}
    return {**said, "kinds": kinds}


def unpack(packed: dict[str, Any], count: int) -> Guide:
    """Turn JSON that `pack` made into a guide for as many branches."""
    kinds = [frozenset(kinds) for kinds in packed["kinds"]]
    return Guide(
        tuple(kinds * count if len(kinds) < count else kinds),
        packed.get("key", ""),
        packed.get("cases", {}),
        tuple(packed.get("unpinned", ())),
        packed.get("needed", False),
    )


def _discriminator(maps: list[Facts]) -> str:
    """Choose the key that most branches pin to texts of their own, `type` before others."""
    best = ((0, False, 0, ""), "")
    for key in sorted({key for fact in maps for key in fact.pins}):
        pinned = [fact.pins[key] for fact in maps if key in fact.pins]
        texts = frozenset().union(*pinned)
        if len(pinned) * 2 >= len(maps) and len(pinned) > 1 and len(texts) > 1:
            best = max(best, ((len(pinned), key == "type", len(texts), key), key))
    return best[1]


def _kinds(schema: dict[str, Any]) -> frozenset[str]:
    kinds = KINDS
    if "type" in schema:
        kinds &= wide(schema["type"])
    for values in _listed(schema):
        kinds &= wide([value_kind(value) for value in values])
    return kinds


def wide(types: str | list[str]) -> frozenset[str]:
    """Give the kinds that a `type` may accept; `1.0` is a number and yet may be an integer."""
    kinds = {types} if isinstance(types, str) else set(types)
    if kinds & {INTEGER, NUMBER}:
        kinds |= {INTEGER, NUMBER}
    return frozenset(kinds)


def _pins(schema: dict[str, Any], lookup: Lookup) -> dict[str, frozenset[str]]:
    pins = {}
    for name, part in schema.get("properties", {}).items():
        texts = _texts(part, lookup)
        if texts:
            pins[name] = texts
    return pins


def _texts(schema: Any, lookup: Lookup) -> frozenset[str]:
    hops = 0
    while isinstance(schema, dict) and "$ref" in schema and hops < 9:  # noqa: PLR2004 - a cycle ends
        schema = lookup(schema["$ref"])
        hops += 1
    for values in _listed(schema) if isinstance(schema, dict) else ():
        if all(isinstance(value, str) for value in values):
            return frozenset(values)
    return frozenset()


def _listed(schema: dict[str, Any]) -> list[list[Any]]:
    """Give the values of `const` and of `enum`, where they are said."""
    const = [[schema["const"]]] if "const" in schema else []
    return const + ([schema["enum"]] if "enum" in schema else [])


def _both(parts: list[Facts]) -> Facts:
    pins: dict[str, frozenset[str]] = {}
    for part in parts:
        for key, texts in part.pins.items():
            pins[key] = pins[key] & texts if key in pins else texts
    return Facts(
        frozenset.intersection(*(part.kinds for part in parts)),
        pins,
        frozenset().union(*(part.required for part in parts)),
    )


def _either(parts: list[Facts]) -> Facts:
    maps = [part for part in parts if OBJECT in part.kinds] or [NOTHING]
    shared = set(maps[0].pins).intersection(*(part.pins for part in maps))
    return Facts(
        frozenset().union(*(part.kinds for part in parts)),
        {key: frozenset().union(*(part.pins[key] for part in maps)) for key in shared},
        frozenset.intersection(*(part.required for part in maps)),
    )
