"""One attempt to read a text: a tree, and the error that ended it."""

from __future__ import annotations

from pipelint.yaml.build import build
from pipelint.yaml.events import YAMLError, mask, reader, unmask
from pipelint.yaml.node import Tree


def read(text: str, *, pure: bool = False) -> tuple[Tree, YAMLError | None]:
    """Read a text as far as it is YAML.

    After an error the tree holds what stands before it; the open collections are broken.
    """
    tree = Tree()
    try:
        build(reader(text, pure=pure), text, tree)
    except YAMLError as error:
        if getattr(error, "problem", None) == "found unexpected ':'":
            return _read_masked(text, tree, error)
        return tree, error
    return tree, None


def _read_masked(text: str, tree: Tree, error: YAMLError) -> tuple[Tree, YAMLError | None]:
    masked = mask(text)
    if masked is None:
        return tree, error
    tree = Tree()
    try:
        build(unmask(reader(masked[0]), masked[1]), text, tree)
    except YAMLError as other:
        return tree, other
    return tree, None
