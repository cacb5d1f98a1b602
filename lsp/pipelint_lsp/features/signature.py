"""The arguments of the call that a cursor stands in, and which of them it is at."""

from __future__ import annotations

from typing import NamedTuple

from pipelint.expressions import types
from pipelint.expressions.engine import FUNCTORS, Signature, functions_of, methods_of
from pipelint.expressions.scan import OPENER
from pipelint_lsp.features.completion_chain import Chain, find_opener, read_chain
from pipelint_lsp.features.completion_expressions import value_of
from pipelint_lsp.features.completion_place import COMMENT, Place, find_place
from pipelint_lsp.features.completion_scope import scope_at
from pipelint_lsp.snapshot import Snapshot

TRIGGERS = ("(", ",")
_BRACKETS = {")": "(", "]": "[", "}": "{"}


class Call(NamedTuple):
    """A call: how it is written, its arguments, and the 0-based number of the one at the cursor."""

    label: str
    parameters: tuple[str, ...]
    active: int


def signature(snapshot: Snapshot, offset: int) -> Call | None:
    """Return the call around an offset; None outside of an expression, and of an unknown one."""
    place = find_place(snapshot.source, offset)
    text = snapshot.source.text
    number = snapshot.source.position(offset).line
    opener = find_opener(text, snapshot.source.line_starts[number - 1], offset)
    if opener is None or place.what == COMMENT:
        return None
    before = text[opener + len(OPENER) : offset].replace('\\"', '"')
    found = _open_call(before)
    chain = read_chain(before[: found[0]].rstrip()) if found else None
    if found is None or chain is None:
        return None
    known = _known(chain, snapshot, place, opener)
    return _call(chain.word, known, found[1]) if known is not None else None


def _open_call(text: str) -> tuple[int, int] | None:
    """Return where the innermost open `(` is, and how many commas follow it."""
    opened: list[list[int]] = []
    quote = ""
    escaped = False
    for at, sign in enumerate(text):
        if escaped:
            escaped = False
        elif quote:
            escaped = sign == "\\"
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign in "([{":
            opened.append([at, 0])
        elif sign in _BRACKETS:
            del opened[-1:]
        elif sign == "," and opened:
            opened[-1][1] += 1
    if not opened or text[opened[-1][0]] != "(":
        return None
    return opened[-1][0], opened[-1][1]


def _known(chain: Chain, snapshot: Snapshot, place: Place, opener: int) -> Signature | None:
    if not chain.receiver:
        return functions_of("").get(chain.word)
    if chain.receiver in FUNCTORS:
        return functions_of(chain.receiver).get(chain.word)
    value = value_of(chain.receiver, scope_at(snapshot, place, opener))
    kind = types.STRING if value.type in {types.UNKNOWN, types.SECRET} else value.type
    return (methods_of(kind) or {}).get(chain.word)


def _call(name: str, known: Signature, active: int) -> Call:
    listed = known.parameters or tuple(
        f"argument{at + 1}{'?' if at >= known.least else ''}" for at in range(known.most)
    )
    label = f"{name}({', '.join(listed)}) → {known.returns}"
    return Call(label, listed, min(active, max(len(listed) - 1, 0)))
