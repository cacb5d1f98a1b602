"""How wide a text is. Nobody knows the font of the reader: rather too wide than too narrow."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import east_asian_width

from pipelint.graph.words import ELLIPSIS

_NARROW = frozenset("iljtfrI.,:;'|!()[]{}/\\ -·")
_WIDE = frozenset("mwMW@%&…→⚠\u00d7")


@lru_cache(maxsize=8192)
def width(text: str, size: int) -> float:
    """Return the width of a text in the units of `size`, the height of its letters."""
    return round(sum(map(_share, text)) * size, 1)


def clip(text: str, size: int, room: float) -> str:
    """Cut a text so that it fits; it keeps at least its first character."""
    if width(text, size) <= room:
        return text
    left = room - width(ELLIPSIS, size)
    end = 0
    for end, character in enumerate(text):  # noqa: B007 - it is where the loop has stopped
        left -= _share(character) * size
        if left < 0:
            break
    return text[: max(end, 1)].rstrip() + ELLIPSIS


@lru_cache(maxsize=4096)
def _share(character: str) -> float:
    if character in _NARROW:
        return 0.38
    if character in _WIDE or not character.isascii():
        return 1.05 if character in _WIDE or east_asian_width(character) in "WFA" else 0.75
    return 0.72 if character.isupper() else 0.6
