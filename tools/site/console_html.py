"""The console blocks of documents in the colours of a terminal.

A document holds what is printed without colours (a test replays it), so they are put back here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from terminal_html import framed

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAMED = r"(?:error|warning|info)"
SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<gutter>\$)(?P<plain> )(?P<command>.*)",
        rf"(?P<level>{_NAMED}(?:\[[\w-]+\])?)(?P<bold>: .*)",
        rf"(?P<plain>\S+:\d+:\d+: )(?P<level>{_NAMED}\[[\w-]+\])(?P<rest> .*)",
        r"(?P<gutter> *\d+)(?P<plain> )(?P<add>\+.*)",
        r"(?P<gutter> *\d+)(?P<plain> )(?P<remove>-.*)",
        r"(?P<gutter> *=)(?P<plain> )(?P<bold>note|help|docs|fix)(?P<rest>.*)",
        r"(?P<gutter> *-->|\.\.\.$)(?P<plain>.*)",
        r"(?P<gutter> +\|)(?P<plain> +)(?P<mark>\^+(?: .*)?)",
        r"(?P<gutter> +\|)(?P<plain> +)(?P<aside>-+(?: .*)?)",
        r"(?P<gutter> *\d+ \|| +\|)(?P<plain>.*)",
    )
)
"""What lines look like: each group is a kind of text. The first that fits holds."""

CHANGES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<bold>(?:---|\+\+\+) .*)",
        r"(?P<gutter>@@ .*)",
        r"(?P<add>\+.*)",
        r"(?P<remove>-.*)",
    )
)
"""The same where a difference is shown."""

CLASSES = {name: name for name in ("add", "bold", "command", "gutter", "remove")}


def colour_consoles(markdown: str) -> str:
    """Replace the console blocks of a document by HTML."""
    return _BLOCK.sub(lambda block: framed("\n".join(coloured_lines(block[1]))), markdown)


def coloured_lines(text: str) -> Iterator[str]:
    """Give the lines of what a console shows, as HTML."""
    level = "error"
    shapes = SHAPES + CHANGES if "\n@@ -" in text else SHAPES
    for line in text.split("\n"):
        match = next(filter(None, (shape.fullmatch(line) for shape in shapes)), None)
        found = match.groupdict() if match else {"plain": line}
        level = found.get("level", level).partition("[")[0]
        classes = {**CLASSES, "aside": "gutter", "level": level, "mark": level}
        yield "".join(_span(classes.get(kind, ""), said) for kind, said in found.items())


def _span(name: str, text: str) -> str:
    said = escape(text, quote=False)
    return f'<span class="{name}">{said}</span>' if name and text else said
