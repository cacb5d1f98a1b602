"""Text into nodes with exact places: YAML as the platforms read it."""

from __future__ import annotations

from pipelint.source import Source
from pipelint.yaml.build import build
from pipelint.yaml.events import YAMLError, reader
from pipelint.yaml.node import Problem, Tree

__all__ = ["parse"]


def parse(source: Source, *, pure: bool = False) -> Tree:
    """Read a text into a tree; what is no YAML is in `tree.problems`, nothing is raised."""
    tree = Tree()
    try:
        build(reader(source.text, pure=pure), source.text, tree)
    except YAMLError as error:
        tree.problems.append(Problem(source.inside((0, 0)), str(error)))
    return tree
