"""The rules about security that hold for every dialect."""

from __future__ import annotations

from pipelint.rule import Rule
from pipelint.security.rules import exposure, images, injection, models, transport

RULES: tuple[Rule, ...] = (
    *exposure.RULES,
    *images.RULES,
    *injection.RULES,
    *models.RULES,
    *transport.RULES,
)
