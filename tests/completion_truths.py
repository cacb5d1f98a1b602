"""Places of real files where the right answer is known: it stood there until it was cut out."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelint.harness.context import Context
from pipelint.harness.scope.uses import uses_of
from pipelint_lsp.snapshot import Snapshot

_PATH = re.compile(r"<\+([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)>")
_WORD = re.compile(r"\w+")
_KEY = re.compile(r"^( *)((?:- +)*)([A-Za-z_][\w-]*):(?= |$)", re.MULTILINE)
_HEADER = re.compile(r":[ \t]*(?:[|>][-+0-9]*)[ \t]*$")


class Truth(NamedTuple):
    """What is left of a text before and behind a cut, and the word that was there."""

    before: str
    word: str
    after: str


def expression_truths(snapshot: Snapshot, rng: random.Random, most: int) -> list[Truth]:
    """Cut segments of paths whose name the file has elsewhere, as a declared name or in a path.

    The rest of the expression goes, too. What the document itself shows to be wrong is no truth.
    """
    context = snapshot.document.context if snapshot.document is not None else None
    if not isinstance(context, Context):
        return []
    text = snapshot.source.text
    right = {use.span.start for use in uses_of(context) if use.value.reason is None}
    found = [
        Truth(text[: word.start()], word[0], text[path.end() :])
        for path in _PATH.finditer(text)
        for word in _WORD.finditer(text, path.start(1), path.end(1))
        if word.start() in right
    ]
    rng.shuffle(found)
    return [truth for truth in found[: most * 3] if _is_elsewhere(truth)][:most]


def _is_elsewhere(truth: Truth) -> bool:
    named = rf"(?:(?:identifier|name): *['\"]?|<\+|\.){re.escape(truth.word)}(?!\w)"
    return re.search(named, truth.before + "\n" + truth.after) is not None


def key_truths(text: str, rng: random.Random, most: int) -> list[Truth]:
    """Cut keys with all that belongs to them; every other time what follows goes, too."""
    keys = [key for key in _keys(text) if not _is_free(text, key)]
    rng.shuffle(keys)
    found = []
    for at, key in enumerate(keys[:most]):
        rest = text[_end(text, key) :] if at % 2 else ""
        found.append(Truth(text[: key.start(3)], key[3], "\n" + rest))
    return found


def _keys(text: str) -> Iterator[re.Match[str]]:
    """Give the keys that stand in no text block."""
    inside = -1
    for match in re.finditer(r"^.*$", text, re.MULTILINE):
        line = match[0]
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or (0 <= inside < indent):
            continue
        inside = -1
        key = _KEY.match(text, match.start())
        if key is not None:
            yield key
        if _HEADER.search(line):
            inside = indent


_FREE = frozenset({
    "args", "buildArgs", "env", "environment", "envVariables", "labels", "matrix", "parameters",
    "properties", "settings", "stages", "tags", "templateInputs", "vars", "variables", "with",
    "inputs", "annotations", "nodeSelector", "baseImageConnectorRefs",
})  # fmt: skip
"""Keys below which people write keys of their own."""


def _is_free(text: str, key: re.Match[str]) -> bool:
    """Tell whether a key stands right in a mapping whose keys are names of the user's."""
    column = key.start(3) - key.start()
    for line in reversed(text[: key.start()].split("\n")):
        outer = _KEY.match(line)
        if outer is not None and outer.start(3) < column and (not key[2] or outer[2] == ""):
            return outer[3] in _FREE and not key[2]
    return False


def _end(text: str, key: re.Match[str]) -> int:
    """Return where the first line begins that does not belong to a key."""
    column = key.start(3) - key.start()
    for line in re.finditer(r"^( *)(\S?).*(?:\n|$)", text[key.end() :], re.MULTILINE):
        if not line.start():
            continue
        own_list = len(line[1]) == column and line[2] == "-" and not key[2]
        if line[2] and len(line[1]) <= column and not own_list:
            return key.end() + line.start()
        if not line[0]:
            break
    return len(text)
