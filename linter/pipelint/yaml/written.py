"""Where each character of a scalar is written: decoded text back to places in the file.

A scalar's `text` is what YAML makes of it: escapes are resolved, lines folded, indentation gone.
A finding inside it needs the way back. The decoding is done again here with an offset for each
character; should it ever differ from the parser's, the whole scalar is the place.
"""

from __future__ import annotations

from collections.abc import Callable

from pipelint.source import Span
from pipelint.yaml.node import Scalar


def place(scalar: Scalar, text: str) -> Callable[[int, int], Span]:
    """Return a function that turns a range of `scalar.text` into the place where it is written.

    `text` is the whole file. Ranges are 0-based, in code points; an empty range stays empty.
    """
    offsets = _offsets(scalar, text)
    if offsets is None:
        return lambda start, end: Span(scalar.start, scalar.end)  # noqa: ARG005 - nothing better

    def find(start: int, end: int) -> Span:
        last = offsets[end - 1] + 1 if end > start else offsets[start]
        return Span(offsets[start], max(last, offsets[start]))

    return find


def _offsets(scalar: Scalar, text: str) -> list[int] | range | None:
    """Return the offset of each character and of the end, or None where they cannot be told."""
    raw = text[scalar.start : scalar.end]
    if raw == scalar.text:
        return range(scalar.start, scalar.end + 1)
    from pipelint.yaml.decoding import DECODERS  # most scalars stand there as they are

    decode = DECODERS.get(scalar.style)
    if decode is None:
        return None
    decoded: list[str] = []
    offsets: list[int] = []
    for piece, at in decode(raw, scalar.text):
        decoded.append(piece)
        offsets.extend(range(scalar.start + at, scalar.start + at + len(piece)))
    written = "".join(decoded)
    if scalar.style in {"|", ">"}:  # line ends at the end depend on the header
        written, offsets = _cut(written, offsets, len(scalar.text), scalar.end)
    if written.rstrip() != scalar.text.rstrip():
        return None
    return [*offsets, scalar.end]


def _cut(written: str, offsets: list[int], size: int, end: int) -> tuple[str, list[int]]:
    offsets = offsets[:size] + [end] * (size - len(offsets))
    return written[:size], offsets
