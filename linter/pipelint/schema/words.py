"""Violations in a person's words.

The annotations of the catalogue speak: `x-noun` says what a mapping is, `x-what` what a value must
be, `x-mistakes` which key people mean, `x-otherwise` what the platform does with a value that it
does not know, `x-synonyms` which value people mean, `x-any-case` that upper and lower case make no
difference, `x-rule` which rule reports, `x-says` what to say instead of the usual sentence,
`x-named` that a key is a name. `x-drops-null-keys` says to the validator that the platform does not
read what stands under a null key. No word of JSON Schema gets into a message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from pipelint.diagnostic import Finding
from pipelint.schema.key_findings import missing_key, unknown_key
from pipelint.schema.phrase import (
    choice,
    is_text,
    kinds_in_words,
    limit_in_words,
    must_be,
    noun_of,
    quote,
    value_in_words,
)
from pipelint.schema.remedy import advice, remedy, why
from pipelint.schema.speaker import (
    MISSPELT_KEY,
    Speaker,
    at_place,
    is_partial,
    name_place,
    name_value,
    note,
    rename,
    right_case,
    rule_of,
    similar,
)
from pipelint.schema.state import Types
from pipelint.schema.validate import FAULTS_LIMIT, Stray, Verdict
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
)
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence

Named: TypeAlias = tuple[str, Finding]
"""The name of a rule, and what it finds."""


def tell(verdict: Verdict, types: Types, stranger: str = "") -> list[Named]:
    """Turn a verdict into findings with the names of their rules, in the order of the text.

    `stranger` says what the platform does with a key that it does not know.
    """
    told = [named for _, named in tell_each(verdict, types, stranger)]
    return sorted(told, key=lambda named: named[1].span)


def tell_each(
    verdict: Verdict, types: Types, stranger: str = ""
) -> Iterator[tuple[Violation, Named]]:
    """Give each violation that is worth saying, with its finding and the name of its rule.

    Of more than FAULTS_LIMIT violations the first are said.
    """
    first = verdict.violations[:FAULTS_LIMIT]
    speaker = Speaker(types, stranger, first)
    # What people meant by unknown keys is known first: such a key is not missing, too.
    for violation in sorted(first, key=lambda each: each.kind == MISSING_KEY):
        finding = _TELLERS[violation.kind](speaker, violation)
        if finding is not None:
            misspelt = id(violation.node) in speaker.misspelt
            yield violation, (MISSPELT_KEY if misspelt else rule_of(violation), finding)
    for stray in verdict.strays:
        violation = Violation(Fault(UNKNOWN_KEY, stray.key, stray.shape), Place(stray.owner))
        finding = _stray(speaker, stray, violation)
        if finding is not None:
            yield violation, (rule_of(violation), finding)


def _stray(speaker: Speaker, stray: Stray, violation: Violation) -> Finding | None:
    """Report a slip of the pen; not what holds an anchor for others to use."""
    if _holds_anchor(stray.owner.fields[stray.key.text][1]):
        return None
    return unknown_key(speaker, violation, only_slips=True)


def _holds_anchor(node: Node) -> bool:
    seen, work = set(), [node]
    while work:
        here = work.pop()
        if here.anchor is not None:
            return True
        if id(here) in seen or isinstance(here, Scalar):
            continue
        seen.add(id(here))
        if isinstance(here, Sequence):
            work += here.items
        else:
            work += [part for pair in here.pairs for part in pair]
    return False


# --- values --------------------------------------------------------------------------------------


def _wrong_type(speaker: Speaker, violation: Violation) -> Finding | None:
    node, fault = violation.node, violation.fault
    if isinstance(node, Mapping) and node.pairs and not node.fields:
        return None  # keys that are no texts are the mistake, and a finding of their own
    whole = fault.limit is not None
    what = note(violation, "x-what") or kinds_in_words(fault.shape, whole=whole)
    found = value_in_words(node, speaker.types)
    cure = remedy(violation, speaker.types)
    if isinstance(node, Scalar) and cure.fixes:
        found = f"{quote(node.text)} in quotes"
    said = advice(violation, key="x-says") or must_be(
        name_value(violation), what, found, "text" if isinstance(node, Scalar) else found
    )
    return Finding(
        violation.span,
        said,
        why(node),
        cure.help,
        notes=_otherwise(violation),
        fixes=cure.fixes,
    )


def _unknown_value(speaker: Speaker, violation: Violation) -> Finding | None:
    node = violation.node
    known = _shown(tuple(violation.fault.values))
    right = right_case(violation)
    if isinstance(node, Scalar) and right:
        return _wrong_case(node, right)
    if is_partial(violation):
        return _wrong_type(speaker, violation)
    if not isinstance(node, Scalar) or not known:
        return _other_value(speaker, violation)
    noun = note(violation, "x-noun")
    synonym = (note(violation, "x-synonyms") or {}).get(node.text.lower(), "")
    near = [synonym] if synonym else speaker.near(node.text, known)
    subject = name_value(violation)
    message = f"unknown {noun_of(noun)} {quote(node.text)}" if noun else ""
    advised = f"the word for that is {quote(synonym)}" if synonym else similar("value", near)
    return Finding(
        node.span,
        message or f"unknown value {quote(node.text)} {_whose(violation)}",
        help=advised if near else f"{subject} takes {choice(known)}",
        notes=_otherwise(violation),
        fixes=rename(node, near, len(near)),
    )


def _wrong_case(node: Scalar, right: str) -> Finding:
    return Finding(
        node.span,
        f"{quote(node.text)} is written {quote(right)}",
        "upper and lower case differ",
        f"write {quote(right)}",
        fixes=rename(node, [right], 1, safe=True),
    )


def _whose(violation: Violation) -> str:
    """Say where a value stands: `for pull`, `in environment`."""
    outer = violation.place.outer
    if violation.place.key is None and outer is not None and outer.key is not None:
        return f"in {name_place(outer)}"
    return f"for {name_value(violation)}"


def _other_value(speaker: Speaker, violation: Violation) -> Finding:
    subject, found = name_value(violation), value_in_words(violation.node, speaker.types)
    what = note(violation, "x-what")
    expected = must_be(subject, what, found, "text") if violation.fault.values and what else ""
    said = advice(violation, key="x-says") or expected
    return Finding(
        violation.span,
        said or f"{subject} must not be {found}",
        help=advice(violation),
        notes=_otherwise(violation),
    )


@lru_cache(maxsize=256)
def _shown(values: tuple[Any, ...]) -> tuple[str, ...]:
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
    node, limit, subject = violation.node, violation.fault.limit, name_value(violation)
    what = note(violation, "x-what") if at_place(violation) else None
    said = f"{subject} {limit_in_words(limit)}"
    if what:
        found = value_in_words(node, speaker.types).removeprefix("the text ")
        said = must_be(subject, what, found, "other text")
    return Finding(violation.span, said, help=advice(violation), notes=_otherwise(violation))


def _otherwise(violation: Violation) -> tuple[str, ...]:
    otherwise = note(violation, "x-otherwise")
    return (str(otherwise),) if otherwise else ()


# --- counts and choices --------------------------------------------------------------------------


def _count(speaker: Speaker, violation: Violation) -> Finding:
    limit, node, place = violation.fault.limit, violation.node, violation.place
    subject = name_place(place)
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
    subject = quote(names[0]) if names else name_value(violation)
    if what and not names:
        found = value_in_words(violation.node, speaker.types)
        return Finding(violation.span, f"{subject} must be {what}, found {found}")
    return Finding(violation.span, f"{subject} is not allowed here as it is written")


_Teller: TypeAlias = Callable[[Speaker, Violation], "Finding | None"]
_TELLERS: dict[str, _Teller] = {
    UNKNOWN_KEY: unknown_key,
    MISSING_KEY: missing_key,
    WRONG_TYPE: _wrong_type,
    UNKNOWN_VALUE: _unknown_value,
    BAD_FORMAT: _bad_format,
    TOO_MANY: _count,
    TOO_FEW: _count,
    NO_ALTERNATIVE: _no_alternative,
}
