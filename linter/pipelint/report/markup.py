"""XML that any reader takes: elements in ASCII, with nothing that XML 1.0 forbids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipelint.report.drawing import printable

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

Attributes = Mapping[str, str | int]

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def tag(name: str, attributes: Attributes) -> str:
    """Write the inside of a start tag; what has no glyph in a value is written as its code."""
    values = (f'{key}="{escape(printable(str(value)))}"' for key, value in attributes.items())
    return " ".join((name, *values))


def element(
    name: str, attributes: Attributes, inside: Iterator[str] | None = None
) -> Iterator[str]:
    """Yield an element, line by line, with the lines of what is inside it."""
    start = tag(name, attributes)
    lines = list(inside or ())
    if not lines:
        yield f"<{start}/>"
        return
    yield f"<{start}>"
    yield from lines
    yield f"</{name}>"


def escape(text: str) -> str:
    """Write a text in ASCII; it must hold no control characters but line ends."""
    return text.translate(_ENTITIES).encode("ascii", "xmlcharrefreplace").decode()
