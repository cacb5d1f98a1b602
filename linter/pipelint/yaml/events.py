"""The two YAML parsers behind one function: libyaml where it can be had, else the pure one.

libyaml is about twenty times as fast. Users are told which one runs (`pipelint --version -v`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import ruamel.yaml.events as event
from ruamel.yaml.error import MarkedYAMLError, YAMLError, YAMLStreamError

try:
    from _ruamel_yaml import CParser
except ImportError:  # no wheel for this interpreter
    CParser = None

__all__ = [
    "SPACE",
    "CParser",
    "MarkedYAMLError",
    "YAMLError",
    "YAMLStreamError",
    "event",
    "mask",
    "parser_name",
    "reader",
    "unmask",
]

GetEvent = Callable[[], Any]

SPACE = re.compile(r"(?:[ \t\r\n\x85\u2028\u2029]+|#[^\r\n\x85\u2028\u2029]*)*")
"""What may stand between two nodes."""

_COLON_INSIDE = re.compile(
    r"""(?<![^\s,\[\]{}])!\S* | ^%.*          # a tag or a directive, where colons mean something
      | (?<=[^\s:,\[\]{}"'])(:+)(?=[^\s:])   # colons in the middle of a word""",
    re.MULTILINE | re.VERBOSE,
)


def parser_name() -> str:
    """Say which parser runs, for people."""
    return "libyaml (C)" if CParser is not None else "ruamel.yaml (pure Python, slower)"


def reader(text: str, *, pure: bool = False) -> GetEvent:
    """Return a function that gives the next event of a text, and None at its end.

    Raises YAMLError, there or later, where the text is no YAML.
    """
    if CParser is None or pure:
        from pipelint.yaml.pure import pure_reader

        return pure_reader(text)
    get: GetEvent = CParser(text.encode("utf-8", "surrogatepass")).get_event
    return get


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
