"""What a schema says at the end of a way through a document: keys, values, items.

The way is known from lines alone, and what a mapping says of itself so far (`type: Run`) chooses
among the branches; where it does not, all of a few branches count, none of many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipelint.schema.shape import Alternatives, CircularError, Shape
from pipelint.schema.value import ARRAY, BOOLEAN, OBJECT, STRING
from pipelint_lsp.features.completion_lines import KEY
from pipelint_lsp.features.completion_place import Rung

Fields = dict[str, "str | None"]

REQUIRED, CHOICE, USUAL, SPARE = range(4)
"""How much a key is wanted: it must be there, one of some must, it may, it is let through."""

_FEW = 24
"""So many branches count where nothing chooses among them; of more only what some share."""

_MOST = 400
_NO_FIELDS: Fields = {}


class Face(NamedTuple):
    """A shape that a value must fit; `sure` where no other branch could be meant instead.

    A `sampled` one is one of a few in place of many, of which only what they share holds.
    """

    shape: Shape
    sure: bool
    sampled: bool = False


class Key(NamedTuple):
    """A key that a mapping may have. `owner` is the definition that describes it."""

    name: str
    rank: int
    shape: Shape | None
    owner: str


def walk(root: Shape, rungs: Iterable[Rung]) -> list[Shape]:
    """Return the shapes at the end of a way."""
    shapes = [root]
    for rung in rungs:
        below: list[Shape] = []
        for shape in shapes:
            below += _values(shape, rung) if rung.kind == KEY else _items(shape)
        shapes = _distinct(below)
        if not shapes:
            break
    return shapes


def _values(shape: Shape, rung: Rung) -> Iterator[Shape]:
    samples: list[Shape] = []
    for face in faces(shape, OBJECT, rung.fields):
        real = face.shape
        if rung.name in real.properties:
            found = real.properties[rung.name]
        else:
            found = _by_pattern(real, rung.name) or real.additional
        if found is not None and face.sampled:
            samples.append(found)
        elif found is not None:
            yield found
    if len({str(one.schema.get("$ref", id(one))) for one in samples}) == 1:
        yield samples[0]


def _by_pattern(shape: Shape, name: str) -> Shape | None:
    return next((part for pattern, part in shape.patterns if shape.match(pattern, name)), None)


def _items(shape: Shape) -> Iterator[Shape]:
    for face in faces(shape, ARRAY, _NO_FIELDS):
        found = face.shape.items
        if found is not None:
            yield found


def _distinct(shapes: list[Shape]) -> list[Shape]:
    """Leave out what was met before: many branches refer to the same definitions."""
    found: dict[object, Shape] = {}
    for shape in shapes[:_MOST]:
        found.setdefault(str(shape.schema.get("$ref", id(shape))), shape)
    return list(found.values())


def faces(shape: Shape, kind: str, fields: Fields) -> list[Face]:
    """Return all that is said about a value of a kind, the outermost first."""
    found: list[Face] = []
    seen: set[int] = set()
    waiting = [Face(shape, sure=True)]
    while waiting and len(found) < _MOST:
        one, sure, sampled = waiting.pop(0)
        try:
            real = one.real or one.open()
        except (CircularError, KeyError):
            continue
        if id(real) in seen or real.never or kind not in real.kinds:
            continue
        seen.add(id(real))
        found.append(Face(real, sure, sampled))
        waiting += [Face(part, sure, sampled) for part in real.every]
        for alternatives in real.alternatives:
            chosen, is_sample = _chosen(alternatives, kind, fields)
            is_sure = sure and len(chosen) == 1
            waiting += [Face(part, is_sure, sampled or is_sample) for part in chosen]
        waiting += [Face(part, sure, sampled) for part in _conditional(real, fields)]
        for name, part in real.dependent.items():
            if part is not None and name in fields:
                waiting.append(Face(part, sure, sampled))
    return found


def _chosen(alternatives: Alternatives, kind: str, fields: Fields) -> tuple[list[Shape], bool]:
    """Return the branches that may be meant, or some of too many."""
    guide = alternatives.guide
    places: Sequence[int] = alternatives.by_kind.get(kind, ())
    said = fields.get(guide.key) if guide.key and kind == OBJECT else None
    if said in guide.cases:
        named = {*guide.cases[str(said)], *guide.unpinned}
        places = [place for place in places if place in named]
    is_sample = len(places) > _FEW
    if is_sample:
        places = (places[0], places[len(places) // 2], places[-1])
    return [alternatives.branches[place] for place in places], is_sample


def _conditional(shape: Shape, fields: Fields) -> Iterator[Shape]:
    if shape.condition is None:
        return
    test, then, otherwise = shape.condition
    holds = _holds(test, fields)
    if then is not None and holds is not False:
        yield then
    if otherwise is not None and holds is not True:
        yield otherwise


def _holds(test: Shape, fields: Fields) -> bool | None:
    """Tell whether a mapping fits a condition; None where that is not known."""
    real = test.real or test.open()
    if not real.needs <= fields.keys():
        return False
    if real.bare:
        return True
    for name, part in real.properties.items():
        texts = _texts(part) if part is not None else frozenset()
        if fields.get(name) is None or not texts:
            return None
        if fields[name] not in texts:
            return False
    return True


def _texts(shape: Shape) -> frozenset[str]:
    real = shape.real or shape.open()
    return real.listed[0].texts if real.listed else frozenset()


# --- what is found -------------------------------------------------------------------------------


def keys_of(shapes: Iterable[Shape], fields: Fields) -> list[Key]:
    """Return the keys that mappings of some shapes may have, each once; the best wanted first."""
    found: dict[str, Key] = {}
    for shape in shapes:
        around = faces(shape, OBJECT, fields)
        ranks = _ranks(around, fields)
        owner = next((face.shape.name for face in around if face.shape.name), "") or ""
        for face in around:
            described = str(face.shape.note("x-described") or face.shape.name or owner)
            for name, part in face.shape.properties.items():
                if face.sampled and name not in found:
                    continue
                usual = SPARE if face.shape.schema["properties"][name] is True else USUAL
                key = Key(name, min(ranks.get(name, usual), usual + 1), part, described)
                old = found.get(name)
                if old is None or (old.shape is None and part is not None):
                    found[name] = key
                elif key.rank < old.rank:
                    found[name] = old._replace(rank=key.rank)
            for name in _names(face.shape):
                found.setdefault(name, Key(name, USUAL, face.shape.additional, described))
    return sorted(found.values(), key=lambda key: key.rank)


def _names(shape: Shape) -> Iterator[str]:
    """Give the names that keys may have, where those are listed."""
    if shape.names is not None:
        real = shape.names.real or shape.names.open()
        for listed in real.listed:
            yield from (value for value in listed.values if isinstance(value, str))


def _ranks(around: list[Face], fields: Fields) -> dict[str, int]:
    """Return what must be there, and of what one must; where one is, the others are not wanted."""
    ranks: dict[str, int] = {}
    for face in around:
        for alternatives in face.shape.alternatives:
            if alternatives.needs:
                is_met = any(needs <= fields.keys() for needs in alternatives.needs)
                for needs in alternatives.needs:
                    ranks.update(dict.fromkeys(needs, SPARE if is_met else CHOICE))
    for face in around:
        test = face.shape.condition[0] if face.shape.condition is not None else None
        if test is not None and "type" in fields and (test.real or test.open()).bare:
            # A link to a template stands in place of a type.
            ranks.update(dict.fromkeys(test.real.required if test.real else (), SPARE))
        if face.sure:
            ranks.update(dict.fromkeys(face.shape.required, REQUIRED))
    return ranks


def values_of(
    shapes: Iterable[Shape], key: str, above: Iterable[Shape], fields: Fields
) -> list[str]:
    """Return the texts that a value may be, where those are listed.

    `above` are the shapes of the mapping that has it below `key`: one that chooses its branches by
    that key says so without any branch being opened.
    """
    found: dict[str, None] = {}
    others = {name: text for name, text in fields.items() if name != key}
    for shape in above:
        for face in faces(shape, OBJECT, others):
            for alternatives in face.shape.alternatives:
                if key and alternatives.guide.key == key:
                    found.update(dict.fromkeys(alternatives.guide.cases))
    for shape in shapes:
        found.update(dict.fromkeys(_listed(shape)))
    return list(found)


def _listed(shape: Shape) -> Iterator[str]:
    if is_flag(shape):
        yield from ("true", "false")
        return
    for face in faces(shape, STRING, _NO_FIELDS):
        for listed in face.shape.listed:
            texts = [value for value in listed.values if isinstance(value, str) and value]
            yield from _of_one_case(texts)


def _of_one_case(texts: list[str]) -> Iterator[str]:
    """Give of words that differ in capitals alone the first that is written small, if there is."""
    by_case: dict[str, str] = {}
    for text in texts:
        if text.lower() not in by_case or text == text.lower():
            by_case[text.lower()] = text
    yield from by_case.values()


def is_flag(shape: Shape) -> bool:
    """Tell whether a value is true or false, however that may be written."""
    if takes(shape, BOOLEAN) and not takes(shape, STRING):
        return True
    words = {
        value.lower()
        for face in faces(shape, STRING, _NO_FIELDS)
        for listed in face.shape.listed
        for value in listed.values
        if isinstance(value, str)
    }
    return bool(words) and words <= {"yes", "no", "on", "off", "y", "n", "true", "false"}


def takes(shape: Shape, kind: str) -> bool:
    """Tell whether a value of a kind may stand there."""
    return any(_is_open(face.shape, kind) for face in faces(shape, kind, _NO_FIELDS))


def _is_open(shape: Shape, kind: str) -> bool:
    """Tell whether a shape by itself lets a kind through; a choice among others does not say."""
    return kind in shape.kinds and not any(
        kind in alternatives.by_kind and not alternatives.by_kind[kind]
        for alternatives in shape.alternatives
    )


def kind_of(shape: Shape | None) -> str:
    """Return the kind that a value most likely has: `object`, `array`, or `string`."""
    if shape is None:
        return STRING
    try:
        real = shape.real or shape.open()
    except (CircularError, KeyError):
        return STRING
    kinds = _kinds(real, 0)
    if STRING in kinds:
        return STRING
    return OBJECT if OBJECT in kinds else ARRAY if ARRAY in kinds else STRING


_DEEP = 6


def _kinds(shape: Shape, depth: int) -> frozenset[str]:
    real = shape.real or shape.open()
    kinds = real.kinds
    if depth < _DEEP:
        for part in real.every:
            kinds &= _kinds(part, depth + 1)
    for alternatives in real.alternatives:
        kinds &= frozenset().union(*alternatives.guide.kinds)
    return kinds
