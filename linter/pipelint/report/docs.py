"""Where a rule's page stands on the web: the one place that knows."""

from __future__ import annotations

SITE = ""
"""Where the site stands that `make docs` builds, such as `https://example.org/pipelint`.

Empty as long as there is none that everybody can open: a URL that does not resolve is never
printed, and `pipelint explain` has the same page.
"""


def url_of(rule: str) -> str:
    """Return the address of a rule's page, or nothing."""
    return f"{SITE}/rules/{rule}.html" if SITE else ""
