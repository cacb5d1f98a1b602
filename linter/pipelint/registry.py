"""Every rule, by name: an explicit list for each dialect, imported only when one is checked."""

from __future__ import annotations

from pipelint.rule import Rule


def rules_of(dialect: str) -> tuple[Rule, ...]:
    """Return the rules that run on documents of a dialect, those of YAML included."""
    from pipelint.schema.rules import RULES as SCHEMA
    from pipelint.security.rules import RULES as SECURITY
    from pipelint.suppression import RULES as SUPPRESSION
    from pipelint.yaml.rules import RULES as YAML

    if dialect == "vela":
        from pipelint.vela.rules import RULES as VELA

        return (*YAML, *SCHEMA, *SECURITY, *SUPPRESSION, *VELA)
    if dialect == "harness":
        from pipelint.harness.rules import RULES as HARNESS

        return (*YAML, *SCHEMA, *SECURITY, *SUPPRESSION, *HARNESS)
    return (*YAML, *SCHEMA, *SUPPRESSION)


def all_rules() -> tuple[Rule, ...]:
    """Return every rule there is, sorted by name."""
    found = {rule.name: rule for dialect in ("vela", "harness") for rule in rules_of(dialect)}
    return tuple(found[name] for name in sorted(found))


def find(name: str) -> Rule | None:
    """Return the rule of a name or of an alias."""
    rules = all_rules()
    named = [rule for rule in rules if rule.name == name]
    return next(iter(named or [rule for rule in rules if name in rule.aliases]), None)
