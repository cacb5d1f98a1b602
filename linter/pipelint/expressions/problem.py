"""What is wrong with an expression, in words, without knowing the pipeline around it."""

from __future__ import annotations

from pipelint.record import NamedTuple
from pipelint.source import Span


class Change(NamedTuple):
    """A way to mend it: texts to put in the place of others; all of it is decoded text.

    `safe` means that it cannot change what works today.
    """

    title: str
    edits: tuple[tuple[Span, str], ...]
    safe: bool = False


class Problem(NamedTuple):
    """A mistake; `rule` is the name of the rule that it belongs to, `span` is in the decoded text.

    `message`, `label`, `help` and `changes` are those of a `Finding`; `related` are other places
    of the file, in source offsets.
    """

    rule: str
    span: Span
    message: str
    label: str = ""
    help: str = ""
    changes: tuple[Change, ...] = ()
    related: tuple[tuple[Span, str], ...] = ()


def replace(title: str, span: Span, text: str, *, safe: bool = False) -> tuple[Change, ...]:
    """Make the one change that puts a text in the place of another."""
    return (Change(title, ((span, text),), safe),)


LONGEST_WORD = 60


def show(text: str) -> str:
    """Quote the user's words for a message, shortened, on one line."""
    text = " ".join(text.split())
    return f"`{text if len(text) <= LONGEST_WORD else text[: LONGEST_WORD - 1] + '…'}`"
