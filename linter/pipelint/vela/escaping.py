"""`$${…}`: how to leave a substitution to the shell, or to the worker."""

from __future__ import annotations

from pipelint.diagnostic import Edit, Fix
from pipelint.vela.substitution.found import Substitution
from pipelint.vela.uses import Everything, Use

SCRIPTS = frozenset({"commands", "entrypoint"})
"""The keys of a step whose text a shell reads."""

LATER = frozenset({"environment", "parameters"})
"""The keys in whose values the worker replaces once more, when the step runs."""

TITLE = "replace it when the step runs"
LONGEST = 40
"""Longer text is not repeated in a message, in code points."""


def advice(use: Use, found: Substitution) -> str:
    """Say how the author gets what a shell would do."""
    text = use.scalar.text[found.span.start : found.span.end]
    example = f"${text}" if len(text) <= LONGEST and "${" not in text[1:] else "$${…}"
    if use.part in SCRIPTS:
        return f"write `{example}` to leave it to the shell"
    if use.part in LATER:
        return f"write `{example}` to have it replaced when the step runs"
    return f"define `{found.name}` in `environment`"


def escape(use: Use, everything: Everything, *all_found: Substitution) -> tuple[Fix, ...]:
    """Make the fix that escapes substitutions of one text.

    There is none where a `${…}` inside one of them would have to be escaped as well.
    """
    text = use.scalar.text
    if use.part not in SCRIPTS | LATER:
        return ()
    if any(one.depth or "${" in text[one.span.start + 1 : one.span.end] for one in all_found):
        return ()
    places = dict.fromkeys(one.span.start for one in all_found)
    starts = [everything.before(use.scalar, place) for place in places]
    edits = tuple(Edit(start, "$") for start in starts if start)
    return (Fix(TITLE, edits, safe=False),) if len(edits) == len(starts) else ()
