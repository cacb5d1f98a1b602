"""What comes of a text of a step when the server has replaced its `${…}`.

The server writes the step as YAML (Go, yaml.v3), puts values into that text as they are, and reads
it again. It quotes a text for what is in it before, not for what comes in: a value may end a quoted
text, begin a comment, or make a mapping.
"""

from __future__ import annotations

import re
from collections.abc import Sequence as Several

from pipelint.record import NamedTuple
from pipelint.source import Source, Span
from pipelint.yaml import parse
from pipelint.yaml.node import Mapping, Node, Scalar, Sequence

SAME, CHANGED, RESHAPED, BROKEN = "same", "changed", "reshaped", "broken"
"""The text is as meant; another text; a list or a mapping; no YAML any more."""

Put = tuple[Span, str]
"""A place in a text, and what comes there."""

_LEADING = frozenset("#,[]{}&*!|>'\"%@`")
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_INDICATOR = re.compile(r":(?=[ \t]|$)|(?<=[ \t])#|^[?-](?=[ \t]|$)|^---|^\.\.\.")
_HARMLESS = re.compile(
    r"[A-Za-z0-9_./+=^~()$;<](?:[\w./+=^~()$;<@ -]*[\w./+=^~()$;<@-])?", re.ASCII
)
_DOUBLE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_GO = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", '"': '\\"'}


class Outcome(NamedTuple):
    """What became of a text; `text` is what is read in the end where it is a text."""

    kind: str
    text: str = ""


def is_harmless(value: str) -> bool:
    """Tell whether a value surely is no more than text, wherever it is put in."""
    return _HARMLESS.fullmatch(value) is not None


def inserted(value: str) -> str:
    """Return what the server puts in for a value: one of several lines as a quoted Go string."""
    if "\n" not in value:
        return value
    return '"' + "".join(_GO.get(letter, letter) for letter in value) + '"'


def style(text: str) -> str | None:
    """Return how the server quotes a text with `${…}` in it; None where that is not known."""
    if _ODD.search(text):
        return None
    if "\n" in text:
        return '"' if text.endswith(" ") or " \n" in text else "|"
    if "\t" in text:
        return '"'
    needs_quotes = text[:1] in _LEADING or text != text.strip(" ") or _INDICATOR.search(text)
    return "'" if needs_quotes else ""


def replace(text: str, puts: Several[Put], *, item: bool) -> Outcome | None:
    """Say what becomes of a text when the values are put in at their places, from left to right.

    `item` holds for an item of a list, else it is a value of a mapping. None: nobody can tell.
    """
    how = style(text)
    if how is None or any(_ODD.search(value) for _, value in puts):
        return None
    meant = "".join(_pieces(text, puts, ""))
    if how == "|":
        return Outcome(SAME, meant)
    written = how + "".join(_pieces(text, puts, how)) + how
    node = _read(written, item=item)
    if node is None:
        return Outcome(BROKEN)
    if not isinstance(node, Scalar):
        return Outcome(RESHAPED)
    return Outcome(SAME if node.text == meant.strip(" ") else CHANGED, node.text)


def _read(written: str, *, item: bool) -> Node | None:
    """Read a text in its place; None where that is no YAML, or more than one thing."""
    tree = parse(Source(f"- {written}\n" if item else f"x: {written}\n"))
    root = tree.root
    if tree.problems or tree.aliases or len(tree.documents) != 1:
        return None
    if isinstance(root, Sequence):
        return root.items[0] if item and len(root.items) == 1 else None
    if isinstance(root, Mapping):
        return root.get("x") if not item and len(root.pairs) == 1 else None
    return None


def _pieces(text: str, puts: Several[Put], how: str) -> list[str]:
    """Return the parts of a text: what is written is quoted, what comes in is not."""
    parts: list[str] = []
    at = 0
    for span, value in puts:
        parts += (_quoted(text[at : span.start], how), value)
        at = span.end
    parts.append(_quoted(text[at:], how))
    return parts


def _quoted(text: str, how: str) -> str:
    if how == "'":
        return text.replace("'", "''")
    return "".join(_DOUBLE.get(letter, letter) for letter in text) if how == '"' else text
