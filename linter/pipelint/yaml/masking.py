"""A way round a mistake of libyaml 0.1: colons inside words are hidden from it."""

from __future__ import annotations

import re
from typing import Any

from pipelint.yaml.events import GetEvent, event

_COLON_INSIDE = re.compile(
    r"""(?<![^\s,\[\]{}])!\S* | ^%.*          # a tag or a directive, where colons mean something
      | (?<=[^\s:,\[\]{}"'])(:+)(?=[^\s:])   # colons in the middle of a word""",
    re.MULTILINE | re.VERBOSE,
)


def mask(text: str) -> tuple[str, str] | None:
    """Hide the colons inside words behind a sign that the text does not hold: (text, sign).

    The libyaml that we have (0.1) refuses `[golang:1.20]`; the platforms and every later one
    read it. None where there is nothing to hide.
    """
    sign = next((chr(c) for c in range(0xE000, 0xE100) if chr(c) not in text), None)
    if sign is None:
        return None
    masked = _COLON_INSIDE.sub(lambda found: sign * len(found[1]) if found[1] else found[0], text)
    return (masked, sign) if masked != text else None


def unmask(get: GetEvent, sign: str) -> GetEvent:
    """Give back the colons to the values that a reader of masked text returns."""

    def get_unmasked() -> Any:
        e = get()
        if type(e) is event.ScalarEvent and sign in e.value:
            e.value = e.value.replace(sign, ":")
        return e

    return get_unmasked
