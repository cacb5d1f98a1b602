"""A finding in a few lines, for readers that draw no source."""

from __future__ import annotations

from pipelint.diagnostic import Finding
from pipelint.report.drawing import printable


def tell(finding: Finding, unicode: bool = True) -> list[str]:
    """Write the headline, each note and the help on a line of its own; nothing can control them."""
    lines = [finding.message, *(f"note: {note}" for note in finding.notes)]
    if finding.help:
        lines.append(f"help: {finding.help}")
    return [printable(line, unicode) for line in lines]
