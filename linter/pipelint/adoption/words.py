"""Words put into YAML, globs and shells, whatever letters they have."""

from __future__ import annotations

import json
import re

_PLAIN = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./ @+=,'~^()-]*")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"}
_NUMBER = re.compile(r"[0-9._+-]+(?:[eExXoO][0-9a-fA-F_]+)?")
_SPECIAL = re.compile(r"([\\*?\[\]!#])")
_OURS = re.compile(r"\bpipelint\b")


def speaks_of_us(text: str) -> bool:
    """Tell whether a configuration of some tool names pipelint already."""
    return _OURS.search(text) is not None


def scalar(text: str) -> str:
    """Write a text as a YAML scalar: plain where every reader takes it for text, else quoted."""
    plain = _PLAIN.fullmatch(text) and text == text.strip()
    if plain and text.lower() not in _WORDS and not _NUMBER.fullmatch(text):
        return text
    return json.dumps(text)


def glob(path: str) -> str:
    """Write a path as a glob that matches only it, from the folder of the configuration."""
    return ("" if "/" in path.rstrip("/") else "/") + _SPECIAL.sub(r"\\\1", path)
