"""The rules of Vela, a module a family: a new rule is a function there and a name in its RULES."""

from __future__ import annotations

from pipelint.rule import Rule
from pipelint.vela.rules import (
    dropped_needs,
    duplicates,
    effects,
    environment,
    limits,
    needs,
    parameters,
    patterns,
    replacement,
    rulesets,
    secret_entries,
    secrets,
    shape,
    structure,
    substitution,
    template_calls,
    template_files,
    template_nesting,
    template_sources,
    templates,
    unreplaced,
    variables,
)

RULES: tuple[Rule, ...] = (
    *dropped_needs.RULES,
    *duplicates.RULES,
    *effects.RULES,
    *environment.RULES,
    *limits.RULES,
    *needs.RULES,
    *parameters.RULES,
    *patterns.RULES,
    *replacement.RULES,
    *rulesets.RULES,
    *secret_entries.RULES,
    *secrets.RULES,
    *shape.RULES,
    *structure.RULES,
    *substitution.RULES,
    *template_calls.RULES,
    *template_files.RULES,
    *template_nesting.RULES,
    *template_sources.RULES,
    *templates.RULES,
    *unreplaced.RULES,
    *variables.RULES,
)
