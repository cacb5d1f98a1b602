"""What to do about a wrong value: why it is wrong, a word of advice, a fix where it is sure.

The catalogue's `x-help` gives the advice, for all that may stand there or by what is found (`map`,
`list`, `text`; `missing` for a key); `x-fix` names the fix: `quote` or `assign`.
"""

from __future__ import annotations

from pipelint.diagnostic import Edit, Fix
from pipelint.record import NamedTuple
from pipelint.schema.phrase import allows, clip, quote
from pipelint.schema.speaker import is_partial, note
from pipelint.schema.state import Types
from pipelint.schema.value import STRING
from pipelint.schema.violation import Violation
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence

MISSING = "missing"
SHORT = 24
"""Longer keys, in code points, are cut in labels."""

_QUOTES = frozenset("'\"")
_PLAIN = frozenset("_./-+@%=,:")


class Remedy(NamedTuple):
    """The end of a finding."""

    help: str = ""
    fixes: tuple[Fix, ...] = ()


def remedy(violation: Violation, types: Types) -> Remedy:
    """Find what to do about a value of a wrong kind."""
    node = violation.node
    if isinstance(node, Scalar):
        if _needs_no_quotes(node, violation, types):
            return Remedy("remove the quotes", (Fix("remove the quotes", _put(node, node.text)),))
        empty = node.text == "" and isinstance(violation.place.owner, Sequence)
        return Remedy("fill the item, or remove it" if empty else advice(violation))
    fix = _FIXES.get(note(violation, "x-fix") or "")
    return Remedy(advice(violation), fix(node) if fix else ())


def advice(violation: Violation, found: str = "", key: str = "x-help") -> str:
    """Return what the catalogue says to what is found (`missing`, else what stands there)."""
    said = note(violation, key) or ""
    return str(said.get(found or kind_of(violation.node), "") if isinstance(said, dict) else said)


def kind_of(node: Node) -> str:
    """Say in one word what stands there."""
    if isinstance(node, Scalar):
        return "text"
    return "map" if isinstance(node, Mapping) else "list"


def why(node: Node) -> str:
    """Say what makes a collection of the text."""
    if isinstance(node, Scalar):
        return ""
    kind = kind_of(node)
    if node.flow:
        return f"`{'{' if kind == 'map' else '['}` makes it a {kind}"
    if not isinstance(node, Mapping):
        return "`-` makes it a list"
    key = node.pairs[0][0] if node.pairs else None
    return f"{quote(clip(key.text, SHORT) + ':')} makes it a map" if isinstance(key, Scalar) else ""


# --- fixes ---------------------------------------------------------------------------------------
# All of them are safe: the platform refuses what is there.


def _put(node: Node, text: str) -> tuple[Edit, ...]:
    return (Edit(node.span, text),)


def _needs_no_quotes(node: Scalar, violation: Violation, types: Types) -> bool:
    """Tell whether a text in quotes would be right without them."""
    quoted = node.style in _QUOTES and node.tag is None and node.text.strip() == node.text != ""
    site = violation.place.site  # a branch that failed is less than what the place takes
    asked = site.real if site is not None and is_partial(violation) else None
    kind = types(node)  # what it would be; a text is one with quotes and without
    return quoted and kind != STRING and allows(asked or violation.fault.shape, kind)


def _quoted(node: Node) -> tuple[Fix, ...]:
    """Put quotes around `echo a: b`."""
    written = _pair(node)
    if written is None:
        return ()
    text = ": ".join(_raw(scalar) for scalar in written)
    double = '"' not in text and "\\" not in text
    whole = f'"{text}"' if double else "'" + text.replace("'", "''") + "'"
    return (Fix("put the item in quotes", _put(node, whole)),)


def _assigned(node: Node) -> tuple[Fix, ...]:
    """Write `NAME: value` as `NAME=value`."""
    written = _pair(node)
    if written is None:
        return ()
    text = "=".join(scalar.text for scalar in written)
    if not all(letter.isalnum() or letter in _PLAIN for letter in text) or text.endswith(":"):
        if '"' in text or "\\" in text:
            return ()
        text = f'"{text}"'
    return (Fix(f"write {quote(text)}", _put(node, text)),)


_FIXES = {"quote": _quoted, "assign": _assigned}


def _pair(node: Node) -> tuple[Scalar, Scalar] | None:
    """Return key and value of a map that is written as `key: value` on one line."""
    if not isinstance(node, Mapping) or node.flow or len(node.pairs) != 1:
        return None
    key, value = node.pairs[0]
    if not isinstance(key, Scalar) or not isinstance(value, Scalar):
        return None
    marks = (node.anchor, node.tag, key.anchor, key.tag, value.anchor, value.tag)
    simple = _is_simple(key) and _is_simple(value) and marks == (None,) * len(marks)
    return (key, value) if simple and value.start - key.end == len(": ") else None


def _is_simple(scalar: Scalar) -> bool:
    """Tell whether a scalar stands in the text as it is, on one line."""
    size = len(scalar.text) + len(scalar.style) * 2
    return scalar.style not in {"|", ">"} and scalar.end - scalar.start == size


def _raw(scalar: Scalar) -> str:
    return f"{scalar.style}{scalar.text}{scalar.style}"
