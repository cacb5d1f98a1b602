"""What a script says without a shell at hand: its comments, its `$NAME`, the names that it sets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.source import Span

_COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
_TOKEN = re.compile(r"^[ \t]*#.*$|\\.|['\"]|\$(\$+|[A-Za-z_]\w*)", re.MULTILINE)
_BARE = re.compile(r"(?<![\w${#])(?:VELA|BUILD|REPOSITORY)_\w+")


def comments(text: str) -> list[Span]:
    """Return the lines that are comments, in the order of the text."""
    return [Span(*match.span()) for match in _COMMENT.finditer(text)] if "#" in text else []


def mentions(text: str) -> Iterator[tuple[str, Span]]:
    """Give each `$NAME`, and each run of `$`, outside single quotes and comments.

    Neither name nor span has the first `$`.
    """
    if text.count("$") == text.count("${"):
        return
    quote = ""
    for match in _TOKEN.finditer(text):
        if match[0] in {"'", '"'}:
            quote = match[0] if not quote else "" if quote == match[0] else quote
        elif match[1] and quote != "'":
            yield match[1], Span(*match.span(1))


def bare_names(text: str) -> list[str]:
    """Return the names like those of Vela's variables that stand without a `$`.

    A script that sets such a variable, in whatever way, names it so.
    """
    if "VELA" in text or "BUILD" in text or "REPOSITORY" in text:
        return _BARE.findall(text)
    return []
