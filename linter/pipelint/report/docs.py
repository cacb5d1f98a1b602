"""Where a rule's page stands on the web: the one place that knows."""

from __future__ import annotations

SITE = ""
"""Empty as long as there is no site: a URL that does not resolve is never printed."""


def url_of(rule: str) -> str:
    """Return the address of a rule's page, or nothing."""
    return f"{SITE}/rules/{rule}" if SITE else ""
