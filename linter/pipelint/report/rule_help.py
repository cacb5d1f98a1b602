"""What a report says about a rule: its page, cut into the parts that SARIF asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipelint.diagnostic import ERROR, INFO, OFF, WARNING
from pipelint.registry import all_rules
from pipelint.report.docs import url_of
from pipelint.rule import Rule

SEVERITIES = {ERROR: "error", WARNING: "warning", INFO: "recommendation", OFF: "recommendation"}
"""What code scanning of GitHub calls the levels."""

WHY = "## Why is this bad?"


def descriptors(names: Iterable[str], levels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Describe rules by their pages; of one that is not registered only the name is known."""
    known = {rule.name: rule for rule in all_rules()}
    return [_describe(known[name], levels) if name in known else {"id": name} for name in names]


def _describe(rule: Rule, levels: Mapping[str, str]) -> dict[str, Any]:
    page, url = rule.page, url_of(rule.name)
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": _why(page) or rule.summary},
        "help": {"text": page, "markdown": page},
        **({"helpUri": url} if url else {}),
        **({"deprecatedIds": list(rule.aliases)} if rule.aliases else {}),
        "defaultConfiguration": _defaults(rule, levels),
        "properties": {"tags": [rule.family], "problem.severity": SEVERITIES[rule.level]},
    }


def _defaults(rule: Rule, levels: Mapping[str, str]) -> dict[str, Any]:
    if rule.level == OFF:
        return {"enabled": False, "level": levels[INFO]}
    return {"level": levels[rule.level]}


def _why(page: str) -> str:
    """Return the first paragraph that says why, on one line."""
    _, _, rest = page.partition(WHY)
    return " ".join(rest.strip().split("\n\n", 1)[0].split())
