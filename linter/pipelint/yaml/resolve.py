"""What a plain scalar is to yaml.v3, the YAML reader of Go programs."""

from __future__ import annotations

import re

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLS = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})
_INT = re.compile(r"[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_TIME = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t][-0-9:.Zz+ \t]*)?\Z")


def core(text: str) -> str:
    """Return null, bool, int, float, timestamp, merge or str for the text of a plain scalar."""
    if text in _NULLS:
        return "null"
    if text in _BOOLS:
        return "bool"
    if text == "<<":
        return "merge"
    if text[0] not in "0123456789+-.":
        return "str"
    if _INT.match(text):
        return "int"
    if _FLOAT.match(text) or _SPECIAL.match(text):
        return "float"
    return "timestamp" if _TIME.match(text) else "str"
