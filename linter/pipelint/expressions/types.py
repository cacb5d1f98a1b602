"""The types that a value can have, and the Protocols by which a checker asks what is in reach.

The types are gradual: what is not known has type `unknown`, and below that nothing is reported.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from pipelint.record import NamedTuple
from pipelint.source import Span

OBJECT = "object"
MAP = "map"
LIST = "list"
STRING = "string"
NUMBER = "number"
BOOLEAN = "boolean"
DATE = "date"
SECRET = "secret"  # noqa: S105 - a type
UNKNOWN = "unknown"

TYPES = (OBJECT, MAP, LIST, STRING, NUMBER, BOOLEAN, DATE, SECRET, UNKNOWN)
"""An `object` has fixed members, a `map` those that the user gave it."""

RESOLVED = "resolved"
INVALID = "invalid"
LITERAL = "literal"


class Reason(NamedTuple):
    """Why a value can never be had, for a finding; `rule` is the name of the rule."""

    rule: str
    message: str
    label: str = ""
    help: str = ""
    replacement: str = ""  # what to write instead of the name, if that is certain
    related: tuple[tuple[Span, str], ...] = ()  # other places of the file, in source offsets


class Value(Protocol):
    """What a path leads to.

    `status` is `resolved`, `unknown` (its members are not judged) or `invalid`: then `reason` says
    why it cannot be had. `definition` is its place in the file (source offsets), if it is there.
    """

    @property
    def type(self) -> str:
        """One of TYPES."""

    @property
    def status(self) -> str:
        """RESOLVED, UNKNOWN or INVALID."""

    @property
    def documentation(self) -> str:
        """Markdown for hover and completion; may be empty."""

    @property
    def definition(self) -> Span | None:
        """The place in the file that defines it."""

    @property
    def static(self) -> str | None:
        """The value itself where the file tells it."""

    @property
    def reason(self) -> Reason | None:
        """Why the value is invalid."""

    def member(self, name: str) -> Value | None:
        """Return a member; None where there is certainly none of that name."""

    def members(self) -> Iterable[str]:
        """Give the names of the members that are known: for completion and near names."""


class Scope(Protocol):
    """What is in reach at one position of a document; asked lazily."""

    def root(self, name: str) -> Value | None:
        """Return what a first name stands for; None where there is certainly none of that name."""

    def roots(self) -> Iterable[str]:
        """Give the names that can stand first."""


class Plain(NamedTuple):
    """A value of which nothing but its type is known."""

    type: str = UNKNOWN
    status: str = UNKNOWN
    documentation: str = ""
    definition: Span | None = None
    static: str | None = None
    reason: Reason | None = None

    def member(self, _: str) -> Value | None:
        """Return nothing that is known."""
        return NOTHING_KNOWN

    def members(self) -> Iterable[str]:
        """Give no names."""
        return ()


NOTHING_KNOWN = Plain()


class Anywhere:
    """The scope of a text without a file: nothing is known of any path."""

    __slots__ = ()

    def root(self, _: str) -> Value | None:
        """Return nothing that is known."""
        return NOTHING_KNOWN

    def roots(self) -> Iterable[str]:
        """Give no names."""
        return ()
