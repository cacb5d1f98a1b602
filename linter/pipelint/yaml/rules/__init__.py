"""The rules of YAML that no dialect owns: families, and the words that they are about."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...] | None] = {
    "anchors": ("&", "*"),
    "keys": (),
    "tags": ("!",),
    "text": (),
}  # fmt: skip
"""Each family of rules, and the words that its rules are about: see `pipelint.registry.Words`."""
