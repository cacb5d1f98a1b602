"""Reading on after a mistake: change the least, in place, and read again.

Every change keeps the length of the text, so all offsets stay true.
"""

from __future__ import annotations

from pipelint.source import Span
from pipelint.yaml import scars
from pipelint.yaml.events import YAMLError
from pipelint.yaml.lines import Lines
from pipelint.yaml.mistake import Mistake, Patch, blank
from pipelint.yaml.node import Problem, Tree
from pipelint.yaml.reading import read
from pipelint.yaml.syntax import explain

RETRIES = 6
"""How often a text is changed and read again."""

WORK = 2_000_000
"""How many characters are read in all: a text of 1 MB is read again only once."""


def repair(text: str, error: YAMLError, tree: Tree, *, pure: bool) -> Tree:
    """Return the tree of a text in which `error` was found, read on as far as possible.

    The first mistake is its first problem; others follow where they are certain.
    """
    patches: list[Patch] = []
    problems: list[Problem] = []
    original, spent = text, len(text)
    failed: YAMLError | None = error
    for _ in range(RETRIES):
        if failed is None:
            break
        mistake = explain(failed, text, tree)
        if not problems or (mistake.local and _is_new(original, mistake, patches)):
            problems.append(mistake.problem)
        spent += len(text)
        changes = _changes(text, mistake, failed, patches)
        if spent > WORK or not changes:
            break
        text = _apply(text, changes)
        patches += changes
        tree, failed = read(text, pure=pure)
    else: ...
