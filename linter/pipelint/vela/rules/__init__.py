"""The rules of Vela, a module a family: a new rule is a function there and a name in its RULES."""

from __future__ import annotations

from pipelint.rule import Rule
from pipelint.vela.rules import (
    duplicates,
    effects,
    limits,
    needs,
    patterns,
    rulesets,
    shape,
    structure,
)

RULES: tuple[Rule, ...] = (
    *duplicates.RULES,
    *effects.RULES,
    *limits.RULES,
    *needs.RULES,
    *patterns.RULES,
    *rulesets.RULES,
    *shape.RULES,
    *structure.RULES,
)
