"""Where a pipeline without a version gets one: the only one that there is."""

from __future__ import annotations

from pipelint.diagnostic import Edit, Finding, Fix
from pipelint.source import Source, Span
from pipelint.yaml.node import Mapping

RULE = "missing-version"
_LINE = 'version: "1"'


def with_fix(finding: Finding, root: Mapping, source: Source) -> Finding:
    """Offer to write the version on a line of its own, before the first key.

    Safe: Vela refuses what has no version. Remarks right above the first key stay there, but for
    those that the file begins with: they speak of the whole.
    """
    text = source.text
    line = source.position(root.start).line
    begins = source.line_starts[line - 1] == root.start and root.anchor is None
    if not begins or root.flow or root.tag is not None or root.key("version") is not None:
        return finding
    first = line
    while first > 1 and source.line(first - 1).startswith("#"):
        first -= 1
    at = source.line_starts[first - 1] if first > 1 else root.start
    end = source.line_starts[1] if len(source.line_starts) > 1 else 0
    line_end = text[len(source.line(1)) : end] or "\n"
    return finding._replace(
        fixes=(Fix(f"write `{_LINE}`", (Edit(Span(at, at), f"{_LINE}{line_end}"),)),)
    )
