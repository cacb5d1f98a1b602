"""The rules of Vela: a new rule is a function in one of these families, named in its RULES."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...] | None] = {
    "backslashes": ("\\/",),
    "containers": (),
    "deployment": ("deployment",),
    "document": ("%YAML",),
    "dropped_needs": ("needs",),
    "duplicates": (),
    "effects": ("<<", "ports", "privileged", "pull", "volumes"),
    "environment": ("environment",),
    "expressions": ("eval",),
    "images": (),
    "limits": ("report_as", "repositories"),
    "lost_values": (
        '""', "''", "-\t", "-\n", "-\r", "- \n", "- \r", "-  ", "- !", "- #", "- &", "NULL",
        "Null", "id_request", "null", "parameters", "ulimits", "~",
    ),
    "needs": ("needs",),
    "parameters": ("parameters", "vars"),
    "patterns": (),
    "replacement": ("$",),
    "rulesets": ("branch", "event", "status", "unless"),
    "secret_entries": ("secrets",),
    "secrets": ("secrets",),
    "shape": None,
    "structure": (),
    "substitution": ("$",),
    "template_calls": ("template",),
    "template_files": ("template", "templates"),
    "template_nesting": ("template", "templates"),
    "template_sources": ("template", "templates"),
    "templates": ("render_inline", "template", "templates"),
    "tokens": ("repositories",),
    "ulimits": ("ulimits",),
    "unreplaced": ("$",),
    "variables": ("$", "eval", "~BUILD", "~VELA"),
}  # fmt: skip
"""Each family of rules, and the words that its rules are about: see `pipelint.registry.Words`."""
