"""Violations in a person's words.

The annotations of the catalogue speak: `x-noun` says what a mapping is, `x-what` what a value must
be, `x-mistakes` which key people mean, `x-otherwise` what the platform does with a value that it
does not know, `x-rule` which rule reports. No word of JSON Schema gets into a message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from pipelint.diagnostic import Edit, Finding, Fix
from pipelint.name import nearest
from pipelint.schema.phrase import (
    is_text,
    kinds_in_words,
    limit_in_words,
    listing,
    noun_of,
    quote,
    value_in_words,
)
from pipelint.schema.state import Types
from pipelint.schema.validate import Stray, Verdict
from pipelint.schema.violation import (
    BAD_FORMAT,
    MISSING_KEY,
    NO_ALTERNATIVE,
    TOO_FEW,
    TOO_MANY,
    UNKNOWN_KEY,
    UNKNOWN_VALUE,
    WRONG_TYPE,
    Fault,
    Place,
    Violation,
    smallest,
)
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Scalar, Sequence

Named: TypeAlias = tuple[str, Finding]
"""The name of a rule, and what it finds."""

NEAR_LIMIT = 200
"""How many unknown keys or values of one document get near names; the rest go without."""


class Speaker:
    """Says what is wrong in one document."""

    __slots__ = ("_near", "meant", "types")

    def __init__(self, types: Types) -> None:
        self.types = types
        self.meant: set[tuple[int, str]] = set()
        self._near: dict[tuple[str, tuple[str, ...]], list[str]] = {}

    def near(self, word: str, candidates: tuple[str, ...]) -> list[str]:
        """Return near names, for a bounded number of distinct words."""
        key = word, candidates
        if key not in self._near:
            full = len(self._near) >= NEAR_LIMIT
            self._near[key] = [] if full else nearest(word, candidates)
        return self._near[key]


def tell(verdict: Verdict, types: Types) -> list[Named]:
    """Turn a verdict into findings with the names of their rules, in the order of the text."""
    speaker = Speaker(types)
    # What people meant by unknown keys is known first: such a key is not missing, too.
    ordered = sorted(verdict.violations, key=lambda violation: violation.kind == MISSING_KEY)
    told = [_told(speaker, violation) for violation in ordered]
    told += [_stray(speaker, stray) for stray in verdict.strays]
    found = [named for named in told if named is not None]
    return sorted(found, key=lambda named: named[1].span)


def note(violation: Violation, key: str) -> Any:
    """Return an annotation: what the place says, else what the complaining shape says."""
    site = violation.place.site
    said = site.note(key) if site is not None and _at_place(violation) else None
    return said if said is not None else violation.fault.shape.note(key)


def rule_of(violation: Violation) -> str:
    """Return the rule that reports a violation; a list speaks for its items, too."""
    rules = note(violation, "x-rule") or {}
    place: Place | None = violation.place
    while violation.kind not in rules and place is not None:
        rules = (place.site.note("x-rule") if place.site is not None else None) or {}
        place = place.outer
    name: str = rules.get(violation.kind, violation.kind)
    return name


def _at_place(violation: Violation) -> bool:
    """Tell whether the fault lies in the value of the place, not in a key of it."""
    return violation.node is violation.place.node


def _told(speaker: Speaker, violation: Violation) -> Named | None:
    finding = _TELLERS[violation.kind](speaker, violation)
    return None if finding is None else (rule_of(violation), finding)


def _stray(speaker: Speaker, stray: Stray) -> Named | None:
    if stray.owner.fields[stray.key.text][1].anchor is not None:
        return None
    fault = Fault(UNKNOWN_KEY, stray.key, stray.shape)
    violation = Violation(fault, Place(stray.owner))
    finding = _unknown_key(speaker, violation, only_slips=True)
    return None if finding is None else (rule_of(violation), finding)


# --- keys ----------------------------------------------------------------------------------------


def _unknown_key(
    speaker: Speaker, violation: Violation, *, only_slips: bool = False
) -> Finding | None:
    key, owner, shape = violation.node, violation.place.node, violation.fault.shape
    if not isinstance(key, Scalar) or not isinstance(owner, Mapping):
        return None
    word, noun = key.text, _noun(violation)
    mistakes = shape.note("x-mistakes") or {}
    known = shape.known_keys()
    near = [mistakes[word]] if mistakes.get(word) else speaker.near(word, known)
    if len(near) == 1:
        speaker.meant.add((id(owner), near[0]))
    merged = not owner.owns(key)
    if (only_slips or merged) and not near and word not in mistakes:
        return None
    return Finding(
        key.span,
        f"unknown key {quote(word)} in {noun}",
        f"not a key of {noun}",
        _key_help(word, near, mistakes, known, noun),
        fixes=_rename(key, [name for name in near if name not in owner.fields], len(near)),
    )


def _key_help(
    word: str, near: list[str], mistakes: dict[str, str], known: tuple[str, ...], noun: str
) -> str:
    if word in mistakes:
        return f"the key for that is {quote(near[0])}" if near else f"{noun} has no key for that"
    if near:
        return _similar("key", near)
    return f"{noun} takes {listing(known)}" if known else ""


def _similar(thing: str, near: list[str]) -> str:
    if len(near) == 1:
        return f"a {thing} with a similar name exists: {quote(near[0])}"
    return f"{thing}s with similar names exist: {listing(near)}"


def _rename(node: Scalar, names: list[str], candidates: int) -> tuple[Fix, ...]:
    """Offer the one candidate; unsafe, since what was ignored so far begins to work."""
    if len(names) != 1 or candidates != 1:
        return ()
    title = f"replace {quote(node.text)} with {quote(names[0])}"
    return (Fix(title, (Edit(node.span, names[0]),), safe=False),)


def _missing_key(speaker: Speaker, violation: Violation) -> Finding | None:
    names = violation.fault.names
    if any((id(violation.node), name) in speaker.meant for name in names):
        return None
    needed = quote(names[0]) if len(names) == 1 else f"one of {listing(names)}"
    return Finding(
        _missing_span(violation),
        f"{_named_noun(violation)} needs {needed}",
        f"no {quote(names[0])}" if len(names) == 1 else "none of them is here",
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
    if isinstance(name, Scalar) and name.text and not noun.startswith("`"):
        return f"{noun_of(noun)} {quote(name.text)}"
    return noun


# --- values --------------------------------------------------------------------------------------


def _wrong_type(speaker: Speaker, violation: Violation) -> Finding:
    node, fault = violation.node, violation.fault
    whole = fault.limit is not None
    what = note(violation, "x-what") or kinds_in_words(fault.shape, whole=whole)
    found = value_in_words(node, speaker.types)
    return Finding(
        violation.span,
        f"{_subject(violation)} must be {what}, found {found}",
        f"this is {found}" if not isinstance(node, Scalar) else "",
        notes=_otherwise(violation),
    )


def _unknown_value(speaker: Speaker, violation: Violation) -> Finding:
    node = violation.node
    known = _shown(violation.fault.values)
    if not isinstance(node, Scalar) or not known or _is_partial(violation):
        return _other_value(speaker, violation)
    noun = note(violation, "x-noun")
    near = speaker.near(node.text, known)
    subject = _subject(violation)
    message = f"unknown {noun_of(noun)} {quote(node.text)}" if noun else ""
    return Finding(
        node.span,
        message or f"unknown value {quote(node.text)} for {subject}",
        "not a known value",
        _similar("value", near) if near else f"{subject} takes {listing(known)}",
        notes=_otherwise(violation),
        fixes=_rename(node, near, len(near)),
    )


def _is_partial(violation: Violation) -> bool:
    """Tell whether the values are those of one branch, where the place says all that it takes."""
    site = violation.place.site
    if site is None or not _at_place(violation) or site.note("x-what") is None:
        return False
    return site.real is not violation.fault.shape


def _other_value(speaker: Speaker, violation: Violation) -> Finding:
    subject, found = _subject(violation), value_in_words(violation.node, speaker.types)
    what = note(violation, "x-what")
    said = f"must be {what}, found {found}" if violation.fault.values and what else ""
    return Finding(
        violation.span, f"{subject} {said or f'must not be {found}'}", notes=_otherwise(violation)
    )


def _shown(values: Iterable[Any]) -> tuple[str, ...]:
    """Return the values worth naming: texts, each in one spelling, or whatever there is."""
    texts: dict[str, str] = {}
    for value in values:
        if is_text(value):
            texts.setdefault(value.lower(), value)
    plain = {"true", "false"}
    chosen = [text for fold, text in texts.items() if fold not in plain] or list(texts.values())
    others = [str(value).lower() for value in values if isinstance(value, (bool, int, float))]
    return tuple(chosen or others)


def _bad_format(speaker: Speaker, violation: Violation) -> Finding:
    node, limit = violation.node, violation.fault.limit
    what = note(violation, "x-what") if _at_place(violation) else None
    rest = f"must be {what}, found {value_in_words(node, speaker.types)}" if what else ""
    return Finding(
        violation.span,
        f"{_subject(violation)} {rest or limit_in_words(limit)}",
        notes=_otherwise(violation),
    )


def _otherwise(violation: Violation) -> tuple[str, ...]:
    otherwise = note(violation, "x-otherwise")
    return (str(otherwise),) if otherwise else ()


# --- counts and choices --------------------------------------------------------------------------


def _count(speaker: Speaker, violation: Violation) -> Finding:
    limit, node, place = violation.fault.limit, violation.node, violation.place
    subject = _subject_of(place)
    if limit is not None and limit[0] == "uniqueItems":
        item = quote(node.text) if isinstance(node, Scalar) else value_in_words(node, speaker.types)
        return Finding(violation.span, f"{item} stands twice in {subject}", "the same once more")
    span = violation.span
    if place.key is not None and node is place.node:
        span = place.key.span
    return Finding(span, f"{subject} {limit_in_words(limit)}")


def _no_alternative(speaker: Speaker, violation: Violation) -> Finding:
    names = violation.fault.names
    if len(names) > 1:
        both = " and ".join(quote(name) for name in names[:3])
        return Finding(violation.span, f"{both} exclude each other", "one of them is too many")
    what = note(violation, "x-what")
    subject = quote(names[0]) if names else _subject(violation)
    if what and not names:
        found = value_in_words(violation.node, speaker.types)
        return Finding(violation.span, f"{subject} must be {what}, found {found}")
    return Finding(violation.span, f"{subject} is not allowed here as it is written")


def _subject(violation: Violation) -> str:
    """Name what is wrong: by its key, as an item of a list, or as what it is."""
    node, place = violation.node, violation.place
    if node is place.node:
        return _subject_of(place)
    return f"the key {quote(node.text)}" if isinstance(node, Scalar) else "this value"


def _subject_of(place: Place) -> str:
    if place.key is not None:
        return quote(place.key.text)
    if isinstance(place.owner, Sequence):
        outer = place.outer
        return f"an item of {_subject_of(outer)}" if outer is not None else "an item of the list"
    noun = place.site.note("x-noun") if place.site is not None else None
    return str(noun) if noun else "the document"


_Teller: TypeAlias = Callable[[Speaker, Violation], "Finding | None"]
_TELLERS: dict[str, _Teller] = {
    UNKNOWN_KEY: _unknown_key,
    MISSING_KEY: _missing_key,
    WRONG_TYPE: _wrong_type,
    UNKNOWN_VALUE: _unknown_value,
    BAD_FORMAT: _bad_format,
    TOO_MANY: _count,
    TOO_FEW: _count,
    NO_ALTERNATIVE: _no_alternative,
}
