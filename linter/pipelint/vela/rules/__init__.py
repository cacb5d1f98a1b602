"""The rules of Vela, one module a family: a new rule is a function there and a name in its RULES."""

from __future__ import annotations

from pipelint.rule import Rule
from pipelint.vela.rules import needs

RULES: tuple[Rule, ...] = (*needs.RULES,)
