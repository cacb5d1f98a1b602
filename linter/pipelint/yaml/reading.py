"""One attempt to read a text: a tree, and the error that ended it."""

from __future__ import annotations

from pipelint.yaml.build import build
from pipelint.yaml.events import CParser, GetEvent, YAMLError, reader
from pipelint.yaml.node import Tree

_TABS = 20
"""How many tabs between words the pure parser is helped over."""


def read(text: str, *, pure: bool = False) -> tuple[Tree, YAMLError | None]:
    """Read a text as far as it is YAML.

    After an error the tree holds what stands before it; the open collections are broken.
    """
    tree, error = _attempt(reader(text, pure=pure), text)
    if error and getattr(error, "problem", None) == "found unexpected ':'":
        from pipelint.yaml.masking import mask, unmask

        masked = mask(text)
        if masked:
            return _attempt(unmask(reader(masked[0]), masked[1]), text)
    if pure or CParser is None:
        return _without_tabs(text, tree, error)
    return tree, error


def _attempt(get: GetEvent, text: str) -> tuple[Tree, YAMLError | None]:
    tree = Tree()
    try:
        build(get, text, tree)
    except YAMLError as error:
        return tree, error
    return tree, None


def _without_tabs(text: str, tree: Tree, error: YAMLError | None) -> tuple[Tree, YAMLError | None]:
    """Read again while the pure parser stumbles over tabs between words, as libyaml does not."""
    changed = text
    for _ in range(_TABS):
        at = _tab_between(changed, error)
        if at is None:
            break
        changed = f"{changed[:at]} {changed[at + 1 :]}"
        tree, error = _attempt(reader(changed, pure=True), text)
    return tree, error


def _tab_between(text: str, error: YAMLError | None) -> int | None:
    if error is None or "character '\\t'" not in str(getattr(error, "problem", "")):
        return None
    at: int = error.problem_mark.index
    line = text[max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1 : at]
    return at if line.strip(" \t-?") else None
