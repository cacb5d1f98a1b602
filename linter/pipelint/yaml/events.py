"""The two YAML parsers behind one function: libyaml where it can be had, else the pure one.

libyaml is about twenty times as fast. Users are told which one runs (`pipelint --version -v`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ruamel.yaml.events as event
from ruamel.yaml.error import MarkedYAMLError, YAMLError, YAMLStreamError

try:
    from _ruamel_yaml import CParser
except ImportError:  # no wheel for this interpreter
    CParser = None

__all__ = [
    "CParser",
    "MarkedYAMLError",
    "YAMLError",
    "YAMLStreamError",
    "event",
    "parser_name",
    "reader",
]

GetEvent = Callable[[], Any]


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
