"""Every rule: an explicit list of families for each dialect, imported when one is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelint.rule import Rule

Words = tuple[str, ...] | None
"""What the rules of a family are about: a text without any of the words has nothing for them.

Empty where they are about every text. None where no text calls for them: they have no function, or
are off unless somebody names them.
"""

SILENT: Final = {"pipelint.schema.rules": None, "pipelint.suppression": None}
"""Families without functions that every dialect has."""


def families_of(dialect: str) -> dict[str, Words]:
    """Return the modules with the rules of a dialect, those of YAML included, and their words."""
    from pipelint.security.rules import FAMILIES as SECURITY
    from pipelint.yaml.rules import FAMILIES as YAML

    families: dict[str, Words] = {**_named("yaml", YAML), **SILENT}
    if dialect == "vela":
        from pipelint.vela.rules import FAMILIES as VELA

        return {**families, **_named("security", SECURITY), **_named("vela", VELA)}
    if dialect == "harness":
        from pipelint.harness.rules import FAMILIES as HARNESS

        return {**families, **_named("security", SECURITY), **_named("harness", HARNESS)}
    return families


def _named(room: str, families: Mapping[str, Words]) -> dict[str, Words]:
    return {f"pipelint.{room}.rules.{name}": words for name, words in families.items()}


def rules_in(module: str) -> tuple[Rule, ...]:
    """Import a family; return its rules."""
    rules: tuple[Rule, ...] = import_module(module).RULES
    return rules


def rules_of(dialect: str) -> tuple[Rule, ...]:
    """Return the rules that run on documents of a dialect, those of YAML included."""
    return tuple(rule for module in families_of(dialect) for rule in rules_in(module))


def all_rules() -> tuple[Rule, ...]:
    """Return every rule there is, sorted by name."""
    found = {rule.name: rule for dialect in ("vela", "harness") for rule in rules_of(dialect)}
    return tuple(found[name] for name in sorted(found))


def find(name: str) -> Rule | None:
    """Return the rule of a name or of an alias."""
    rules = all_rules()
    named = [rule for rule in rules if rule.name == name]
    return next(iter(named or [rule for rule in rules if name in rule.aliases]), None)
