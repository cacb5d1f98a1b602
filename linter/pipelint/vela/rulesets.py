"""What a ruleset means: on which events a container is there, and when two can be together.

The server's own matching (compiler/types/pipeline/ruleset.go), turned round: it asks whether one
build matches, we ask whether any build can. Where that is not certain, the answer is that it may.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipelint.vela.model import Rules, Ruleset
from pipelint.vela.values import FILLER, Text

EVENTS = (
    "push", "tag", "schedule", "merge_group",
    "pull_request:opened", "pull_request:synchronize", "pull_request:reopened",
    "pull_request:edited", "pull_request:labeled", "pull_request:unlabeled",
    "comment:created", "comment:edited", "deployment:created", "delete:branch", "delete:tag",
)  # fmt: skip
"""Every event that the server gives a build, with its action."""

_ALL_EVENTS = frozenset(EVENTS)

EXPANDED = {
    "pull_request": ("pull_request:opened", "pull_request:synchronize", "pull_request:reopened"),
    "comment": ("comment:created", "comment:edited"),
    "deployment": ("deployment:created",),
}
"""Short forms that the server rewrites before it matches."""

STATUSES = ("success", "failure")
"""The states that a step can see when it is to run."""

SINGLE = ("branch", "repo", "sender", "target", "comment", "instance")
"""Rules that look at one value of a build; `path` and `label` look at many."""


def is_dynamic(text: str) -> bool:
    """Tell whether a pattern is made at compile time, so that it cannot be known here."""
    return "${" in text or "{{" in text or FILLER in text


def matches(pattern: str, text: str, matcher: str) -> bool | None:
    """Tell whether a pattern matches; None where that cannot be said."""
    if is_dynamic(pattern):
        return None
    if matcher == "regexp":
        from pipelint.patterns import re2

        return re2.matches(pattern, text)
    from pipelint.patterns import filepath

    return filepath.matches(pattern, text)


@lru_cache(maxsize=1024)
def events_of(pattern: str, matcher: str) -> frozenset[str]:
    """Return the events that one entry of `event` may match."""
    if pattern in EVENTS and matcher == "filepath":
        return frozenset({pattern})
    if pattern in EXPANDED:
        return frozenset(EXPANDED[pattern])
    return frozenset(event for event in EVENTS if matches(pattern, event, matcher) is not False)


def possible_events(ruleset: Ruleset | None) -> frozenset[str]:
    """Return the events on which a container with this ruleset can be there."""
    if ruleset is None or not ruleset.certain:
        return _ALL_EVENTS
    if ruleset.events is None:
        ruleset.events = _allowed(ruleset)
    return ruleset.events


def _allowed(ruleset: Ruleset) -> frozenset[str]:
    allowed = _ALL_EVENTS
    if _decides(ruleset.when):
        allowed = _named(ruleset.when)
    unless = ruleset.unless
    if list(unless.texts) == ["event"] and unless.eval is None:
        allowed -= _surely_named(unless)
    return allowed


def _decides(rules: Rules) -> bool:
    """Tell whether no build can pass that its `event` does not match."""
    alone = len(rules.texts) == 1 and rules.eval is None
    return "event" in rules.texts and (rules.operator == "and" or alone)


def _named(rules: Rules) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for text in rules.texts["event"]:
        found |= events_of(text.value, rules.matcher)
    return found


def _surely_named(rules: Rules) -> frozenset[str]:
    return frozenset(
        event
        for event in EVENTS
        if any(
            event in EXPANDED.get(text.value, ()) or matches(text.value, event, rules.matcher)
            for text in rules.texts["event"]
        )
    )


def identity_of(ruleset: Ruleset | None) -> str:
    """Return what rulesets share when every build that has one of two containers has the other."""
    if ruleset is None:
        return ""
    if not ruleset.identity:
        ruleset.identity = _content(ruleset) if ruleset.certain else f"at {id(ruleset.node)}"
    return ruleset.identity


def _content(ruleset: Ruleset) -> str:
    """Write all that counts of a ruleset into one text; no text of YAML holds a NUL."""
    parts: list[str] = []
    for rules in (ruleset.when, ruleset.unless):
        parts += (rules.side, rules.operator, rules.matcher)
        for key in sorted(rules.texts):
            parts += ("", key, *(text.value for text in rules.texts[key]))
        parts += ("", rules.eval.value if rules.eval else "")
    return "\0".join(parts)


def always_together(one: Ruleset | None, other: Ruleset | None) -> bool:
    """Tell whether every build that has one of two containers has the other, too."""
    return identity_of(one) == identity_of(other)


def may_run_together(one: Ruleset | None, other: Ruleset | None) -> bool:
    """Tell whether some build surely has both containers; in doubt it has not."""
    if one is None or other is None or one.node is other.node:
        return True
    if not (one.certain and other.certain) or one.when.eval or other.when.eval:
        return False
    if one.unless.texts or other.unless.texts or one.unless.eval or other.unless.eval:
        return identity_of(one) == identity_of(other)
    if not possible_events(one) & possible_events(other):
        return False
    keys = one.when.texts.keys() & other.when.texts.keys()
    return all(_overlap(one.when, other.when, key) for key in keys if key != "event")


def _overlap(one: Rules, other: Rules, key: str) -> bool:
    """Tell whether one value can satisfy both, by patterns that are equal or match as texts."""
    if key not in SINGLE and key not in {"tag", "status"}:
        return True
    return any(
        a.value == b.value
        or matches(a.value, b.value, one.matcher) is True
        or matches(b.value, a.value, other.matcher) is True
        for a in _few(one.texts[key])
        for b in _few(other.texts[key])
    )


MOST_COMPARED = 20


def _few(texts: Sequence[Text]) -> Sequence[Text]:
    """Bound the pairs that are compared; nobody writes more."""
    return texts[:MOST_COMPARED]
