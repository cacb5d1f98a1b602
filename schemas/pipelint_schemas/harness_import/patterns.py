"""The official patterns: which stand for expressions, names or times; the others in linear form.

Most of them offer an expression as one alternative and are anchored at one end of one alternative.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from pipelint_schemas.parts import over_parts

Limits: TypeAlias = "dict[str, Any] | None"

EXPRESSION = "<\\+"

_IDENTIFIER = {"$ref": "#/$defs/identifier"}
_NAME = {"$ref": "#/$defs/name"}
_TIME = {"$ref": "#/$defs/timeout"}
_NUMBER = "^[+-]?([0-9]+(\\.[0-9]+)?|\\.[0-9]+)$"

_KNOWN: dict[str, dict[str, Any]] = {
    r"^(?=\s*\S).*$": {"pattern": "\\S"},
    r"((^[+-]?[0-9]*\.?[0-9]+$)|(<\+.+>.*))": {"pattern": _NUMBER},
    r"(^[+-]?[0-9]+\.?[0-9]*$|(<\+.+>.*)|^$)": {"pattern": "^([+-]?[0-9]+(\\.[0-9]*)?)?$"},
    r"^[a-zA-Z0-9_-]*(<\+[^ ]+>)?[a-zA-Z0-9_.()-]*$": {"pattern": "^[a-zA-Z0-9_.()-]*$"},
    r"(((([1-9])+\d*[mh])+(\s/?\d+[mh])*)|(^$)|(0))$": {
        "pattern": "^(0|[1-9][0-9]*[mh]( ?[0-9]+[mh])?)?$"
    },
    r"^[^/].*": {"pattern": "^[^/]"},
    r"^([a-zA-Z0-9-_:]+)$": {"pattern": "^[a-zA-Z0-9_:-]+$"},
    r"^([a-zA-Z0-9-_]+)$": {"pattern": "^[a-zA-Z0-9_-]+$"},
    r"^(?!.*<\+).*$": {"x-literal": True},
    r"^[a-zA-Z_][0-9a-zA-Z_]{0,127}$": _IDENTIFIER,
    r"^[a-zA-Z_0-9-.][-0-9a-zA-Z_\s.]{0,127}$": _NAME,
    r"^[a-zA-Z_][-0-9a-zA-Z_\s]{0,127}$": _NAME,
    r"^[1-9]\d*[smhdw](\s+[1-9]\d*[smhdw])*$": _TIME,
}
_IN_QUOTES = {
    frozenset({"boolean", "string"}): "^([Tt]rue|TRUE|[Ff]alse|FALSE)?$",
    frozenset({"integer", "string"}): "^([+-]?[0-9]+)?$",
}
"""What a text must be that stands for a value of another type."""

_EMPTY = re.compile(r"\|\^\$\)$|^\^\[\\s\]\*\$$")
_ONLY_EXPRESSION = re.compile(r"\(?\^?\(?\^?<\\\+")
_NESTED = re.compile(r"\([^()]*[+*][^()]*\)[+*{]|\(\?")


def read_pattern(pattern: str) -> Limits:
    """Return what a text must keep; None where nothing but an expression does."""
    if pattern in _KNOWN:
        return dict(_KNOWN[pattern])
    if pattern.startswith(r"^(([1-9])+\d+[s])"):
        return dict(_TIME)
    if _EMPTY.search(pattern):
        return {"maxLength": 0}
    if _ONLY_EXPRESSION.match(pattern):
        return None
    return {} if _is_unsafe(pattern) else {"pattern": pattern}


def bind_texts(schema: Any) -> Any:
    """Ask of a text beside flags or whole numbers that it is one; other texts are expressions."""
    if not isinstance(schema, dict):
        return schema
    made = over_parts(schema, bind_texts)
    kinds = made.get("type")
    if not isinstance(kinds, list) or set(made) != {"type"}:
        return made
    pattern = _IN_QUOTES.get(frozenset(kinds))
    return {**made, "pattern": pattern} if pattern else made


def _is_unsafe(pattern: str) -> bool:
    """Tell whether a pattern speaks of expressions, or might take more than linear time."""
    return EXPRESSION in pattern or _NESTED.search(pattern) is not None
