"""Levels: what configuration and command line make of the defaults.

The command line is stronger than `overrides` (the later one wins), these are stronger than rules by
name, these than families, these than the default. A family's level is for the rules that are on
by default: the others must be named. `off` is for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipelint.config.rulebook import Rulebook
from pipelint.config.settings import NOTHING
from pipelint.diagnostic import ERROR, INFO, OFF, WARNING
from pipelint.record import NamedTuple
from pipelint.rule import Rule

ALL = "all"
"""What stands for every rule on the command line."""


class RuleSetting(NamedTuple):
    """What a configuration says of a rule (by its canonical name) or of a family."""

    name: str
    family: bool
    level: str | None
    options: Mapping[str, Any] = NOTHING


class Command(NamedTuple):
    """What the command line says of levels: names of rules, aliases, families, or `all`."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    error: tuple[str, ...] = ()
    warning: tuple[str, ...] = ()
    info: tuple[str, ...] = ()


def apply_settings(settings: Iterable[RuleSetting], book: Rulebook, levels: dict[str, str]) -> None:
    """Write the levels of one `rules` map into `levels`: families first, then names."""
    named: dict[str, str] = {}
    for setting in settings:
        if setting.level is None:
            continue
        if not setting.family:
            named[setting.name] = setting.level
            continue
        for rule in book.family(setting.name):
            if rule.level != OFF or setting.level == OFF:
                levels[rule.name] = setting.level
    levels.update(named)


def apply_command(command: Command, book: Rulebook, levels: dict[str, str]) -> None:
    """Write what the command line says into `levels`.

    With `select` only the selected rules are on, also those that are off by default (as info).
    A name is stronger than a family; `ignore` is stronger than a level.
    """
    if command == Command():
        return
    for rule in book.rules():
        level = levels.get(rule.name, rule.level)
        levels[rule.name] = _commanded(rule, level, command, book)


def unknown_names(command: Command, book: Rulebook) -> list[tuple[str, str]]:
    """Return a message and a help for each name on the command line that nothing has."""
    names = [name for group in command for name in group]
    return [
        (f"unknown rule `{name}`", book.hint(name))
        for name in dict.fromkeys(names)
        if name != ALL and not book.knows(name)
    ]


def _commanded(rule: Rule, level: str, command: Command, book: Rulebook) -> str:
    if command.select:
        if not _hits(rule, command.select, book, families=True):
            return OFF
        # What was selected is on, whatever a configuration says.
        level = next(one for one in (level, rule.level, INFO) if one != OFF)
    changes = (
        (OFF, command.ignore),
        (ERROR, command.error),
        (WARNING, command.warning),
        (INFO, command.info),
    )
    for new, names in changes:
        if _hits(rule, names, book, families=False):
            return new
    if _hits(rule, command.select, book, families=False):
        return level
    for new, names in changes:
        if (level != OFF or new == OFF) and _hits(rule, names, book, families=True):
            return new
    return level


def _hits(rule: Rule, names: tuple[str, ...], book: Rulebook, *, families: bool) -> bool:
    if families and (rule.family in names or ALL in names):
        return True
    found = (book.rule(name) for name in names)
    return any(one is not None and one.name == rule.name for one in found)
