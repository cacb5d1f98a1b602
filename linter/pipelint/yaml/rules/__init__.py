"""The rules of YAML that no dialect owns."""

from __future__ import annotations

from pipelint.rule import Rule
from pipelint.yaml.rules import anchors, keys, tags, text

RULES: tuple[Rule, ...] = (*anchors.RULES, *keys.RULES, *tags.RULES, *text.RULES)
