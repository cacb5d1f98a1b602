"""A rule: a function, and the value that says all about it. The docstring is the rule's page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pipelint.diagnostic import Finding
from pipelint.record import NamedTuple

Check = Callable[[Any, Any], Iterable[Finding]]
"""Takes a node of the type that the rule is `on`, and the context of the file."""


class Option(NamedTuple):
    """A setting of one rule: `rules: {name: {level: …, option: value}}`."""

    name: str
    default: int | str | bool | tuple[str, ...]
    meaning: str


class Rule(NamedTuple):
    """Everything about a rule but its place in the registry.

    `on` is the model class whose nodes `check` takes, or several. A rule with neither is a place
    in a schema, in the reader of the text or in the language of expressions that reports under this
    name. A text that holds none of the words in `about` has nothing for the rule, which is not
    called then. A word is a whole one (`timeout` is not in `scriptTimeout`); with `~` before it, it
    may be a part of one; with any other sign in it, it is looked for as it is.
    """

    name: str
    level: str
    family: str
    document: str
    on: type | tuple[type, ...] | None = None
    check: Check | None = None
    since: str = "0.1.0"
    aliases: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    about: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.document.lstrip().split("\n", 1)[0]

    @property
    def page(self) -> str:
        """The page in Markdown, without the margin of the docstring."""
        from inspect import cleandoc  # costs more than a whole lint; only pages need it

        return cleandoc(self.document)


def rule(
    *,
    on: type | tuple[type, ...],
    level: str,
    family: str,
    since: str = "0.1.0",
    aliases: tuple[str, ...] = (),
    options: tuple[Option, ...] = (),
    about: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of a check function: its name becomes the rule's, its docstring the page."""

    def make(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        return Rule(
            name=name,
            level=level,
            family=family,
            document=check.__doc__ or "",
            on=on,
            check=check,
            since=since,
            aliases=aliases,
            options=options,
            about=about,
        )

    return make
