"""What a rule finds, and what pipelint makes of it: values without behaviour.

A rule yields a `Finding`; it knows neither its level nor its file. The engine and the policy turn
it into a `Diagnostic`, which is all that a report or an editor needs.
"""

from __future__ import annotations

from pipelint.record import NamedTuple
from pipelint.source import Span

ERROR = "error"
WARNING = "warning"
INFO = "info"
OFF = "off"

LEVELS = (ERROR, WARNING, INFO, OFF)
"""All levels, the most severe first. A rule that is off is never called."""


def at_least(level: str, threshold: str) -> bool:
    """Tell whether `level` is as severe as `threshold` or more."""
    return LEVELS.index(level) <= LEVELS.index(threshold)


class Related(NamedTuple):
    """Another place that explains a finding; `path` is None where it is in the same file."""

    span: Span
    message: str
    path: str | None = None


class Edit(NamedTuple):
    """Replace what `span` covers with `text`; an empty span inserts."""

    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that belong together. `safe` means that they cannot change what works today."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


class Finding(NamedTuple):
    """A mistake at a place, as a rule sees it.

    `message` is the headline: what is wrong, lower case, the user's words in back-ticks.
    `label` stands at the caret and says why here, in at most six words.
    `help` says what to do; `notes` are facts.
    """

    span: Span
    message: str
    label: str = ""
    help: str = ""
    notes: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()


IGNORE = "ignore"
BASELINE = "baseline"


class Suppression(NamedTuple):
    """What hides a diagnostic: `kind` is a comment (`IGNORE`) or the `BASELINE`.

    `reason` is what the user says about it, and may be empty.
    """

    kind: str
    reason: str = ""


class Diagnostic(NamedTuple):
    """A finding with everything that policy adds.

    `fingerprint` stays the same when lines move: it is made of the rule, the path, the names
    around the finding (`place`) and its ordinal (0-based) among equals. `suppressed` says what
    hides it, if anything.
    """

    path: str
    rule: str
    level: str
    finding: Finding
    fingerprint: str = ""
    suppressed: Suppression | None = None
    place: str = ""
    ordinal: int = 0
