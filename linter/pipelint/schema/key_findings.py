"""Messages about keys: those that nobody knows, and those that are missing."""

from __future__ import annotations

from pipelint.diagnostic import Finding
from pipelint.schema.phrase import HEADLINE, listing, noun_of, quote
from pipelint.schema.remedy import MISSING, advice
from pipelint.schema.speaker import Speaker, note, rename, similar
from pipelint.schema.violation import Violation, smallest
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Scalar


def unknown_key(
    speaker: Speaker, violation: Violation, *, only_slips: bool = False
) -> Finding | None:
    """Say which key is not known, and which is meant; None where it is not worth saying."""
    key, owner, shape = violation.node, violation.place.node, violation.fault.shape
    if not isinstance(key, Scalar) or not isinstance(owner, Mapping):
        return None
    word, noun = key.text, _noun(violation)
    mistakes = shape.note("x-mistakes") or {}
    required = shape.schema.get("required", ())
    known = tuple(sorted(shape.known_keys(), key=lambda name: name not in required))
    near = [mistakes[word]] if mistakes.get(word) in known else []
    if word not in mistakes:
        near = speaker.near(word, known, sure=only_slips)
    if len(near) == 1:
        speaker.mean(key, owner, near[0])
    merged = not owner.owns(key)
    if (only_slips or merged) and not near and word not in mistakes:
        return None
    return Finding(
        key.span,
        f"unknown key {quote(word)} in {noun}",
        _fate(speaker, violation, near),
        _key_help(word, near, mistakes, known, noun),
        fixes=rename(key, [name for name in near if name not in owner.fields], len(near)),
    )


def _fate(speaker: Speaker, violation: Violation, near: list[str]) -> str:
    """Say what the platform does with the key, or that it misses the one that is meant."""
    if id(violation.node) in speaker.misspelt:
        return f"{quote(near[0])} must be here"
    return note(violation, "x-stranger") or speaker.stranger


def _key_help(
    word: str, near: list[str], mistakes: dict[str, str], known: tuple[str, ...], noun: str
) -> str:
    meant = mistakes.get(word)
    if meant:
        return f"the key for that is {quote(meant)}" if meant in known else meant
    if meant is not None:
        return f"{noun} has no key for that"
    if near:
        return similar("key", near)
    return f"{noun} takes {listing(known)}" if known else ""


def missing_key(speaker: Speaker, violation: Violation) -> Finding | None:
    """Say which key is missing; None where it is there under a misspelt name."""
    names = violation.fault.names
    if any(speaker.is_meant(violation.node, name) for name in names):
        return None
    needed = quote(names[0]) if len(names) == 1 else f"one of {listing(names)}"
    said = f"{_named_noun(violation)} needs {needed}"
    if len(said) > HEADLINE:
        said = f"{_named_noun(violation)} needs one of {len(names)} keys"
    return Finding(
        _missing_span(violation),
        said,
        help=advice(violation, MISSING) or f"add {needed}",
    )


def _missing_span(violation: Violation) -> Span:
    """Choose the key that holds the mapping; in a list or at the root the mapping's first key."""
    place, node = violation.place, violation.node
    if place.key is not None and isinstance(place.owner, Mapping) and place.owner.owns(node):
        return place.key.span
    return smallest(node)


def _noun(violation: Violation) -> str:
    """Say what the mapping is in which a key is wrong."""
    shape, place = violation.fault.shape, violation.place
    noun = shape.note("x-noun") or (place.site.note("x-noun") if place.site is not None else None)
    if noun:
        return str(noun)
    return quote(place.key.text) if place.key is not None else "this map"


def _named_noun(violation: Violation) -> str:
    """Say which one it is where it has a name: step `build`."""
    noun, node = _noun(violation), violation.node
    name = node.get("name") if isinstance(node, Mapping) else None
    if isinstance(name, Scalar) and name.text and noun.startswith(("a ", "an ")):
        return f"{noun_of(noun)} {quote(name.text)}"
    return noun
