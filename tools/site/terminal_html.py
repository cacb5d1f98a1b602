"""What a terminal shows in colours, as HTML with a class for each of them."""

from __future__ import annotations

import re
from html import escape

from pipelint.report.terminal import CODES

_PAINTED = re.compile(r"\x1b\[([0-9;]+)m(.*?)\x1b\[0m", re.DOTALL)
_KINDS = {code: kind for kind, code in CODES.items()}


def as_html(text: str) -> str:
    """Turn a coloured text into HTML: `error` in red becomes `<span class="error">error</span>`.

    Raises KeyError on a colour that no report uses.
    """
    return _PAINTED.sub(_span, escape(text, quote=False))


def framed(html: str) -> str:
    """Make a block of HTML lines that Markdown leaves alone."""
    return f'<pre class="report"><code>{html.rstrip()}\n</code></pre>'


def _span(painted: re.Match[str]) -> str:
    return f'<span class="{_KINDS[painted[1]]}">{painted[2]}</span>'
