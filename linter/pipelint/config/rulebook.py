"""The rules by name, alias and family, loaded when a name is first looked up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipelint.name import nearest
from pipelint.rule import Rule


class Rulebook:
    """All rules. Most runs name none: then nothing is loaded."""

    __slots__ = ("_families", "_load", "_names")

    def __init__(self, load: Callable[[], Sequence[Rule]]) -> None:
        self._load = load
        self._names: dict[str, Rule] | None = None
        self._families: dict[str, tuple[Rule, ...]] = {}

    def rule(self, name: str) -> Rule | None:
        """Return the rule of a name or an alias."""
        return self._index().get(name)

    def family(self, name: str) -> tuple[Rule, ...]:
        """Return the rules of a family, or none where it is no family."""
        self._index()
        return self._families.get(name, ())

    def knows(self, name: str) -> bool:
        """Tell whether a name is a rule, an alias or a family."""
        return self.rule(name) is not None or bool(self.family(name))

    def rules(self) -> tuple[Rule, ...]:
        """Return every rule, in the order of the registry."""
        self._index()
        return tuple(rule for family in self._families.values() for rule in family)

    def hint(self, name: str) -> str:
        """Say in a sentence which rule or family somebody may have meant, or where to look."""
        near = nearest(name, [*self._index(), *self._families])
        if not near:
            return "list all rules with `pipelint rules`"
        what = "family" if near[0] in self._families else "rule"
        return f"a {what} with a similar name exists: `{near[0]}`"

    def _index(self) -> dict[str, Rule]:
        if self._names is None:
            rules = tuple(self._load())
            # A name wins over an alias of the same spelling, wherever it stands.
            aliases = {alias: rule for rule in rules for alias in rule.aliases}
            self._names = aliases | {rule.name: rule for rule in rules}
            for rule in rules:
                self._families[rule.family] = (*self._families.get(rule.family, ()), rule)
        return self._names
