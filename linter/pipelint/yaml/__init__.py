"""Text into nodes with exact places: YAML as the platforms read it."""

from __future__ import annotations

import gc
from collections.abc import Callable

from pipelint.source import Source, Span
from pipelint.yaml.events import CParser
from pipelint.yaml.node import Problem, Tree
from pipelint.yaml.reading import read

__all__ = ["parse"]

PURE_LIMIT = 300_000
"""Longer texts, in code points, are refused by the pure parser: it would need minutes."""

TAG_LIMIT = 100
"""More `%TAG` directives are refused: libyaml needs quadratic time for them."""


Instead = Callable[[], Tree | None]
"""Reads a text that is no YAML in another way; None where there is none."""


def parse(source: Source, *, pure: bool = False, instead: Instead | None = None) -> Tree:
    """Read a text into a tree; nothing is raised.

    What is no YAML is in `tree.problems`, the first mistake first, and what could be read in spite
    of it is in the tree: see `repair`, before which `instead` is asked. `pure` asks for the parser
    that is written in Python.
    """
    refusal = _refusal(source.text, pure=pure or CParser is None)
    if refusal:
        tree = Tree()
        tree.problems.append(refusal._replace(span=source.inside(refusal.span)))
        return tree
    collecting = gc.isenabled()
    gc.disable()  # thousands of nodes are made here and none is garbage
    try:
        return _parse(source, pure, instead)
    finally:
        if collecting:
            gc.enable()


def _parse(source: Source, pure: bool, instead: Instead | None) -> Tree:
    tree, error = read(source.text, pure=pure)
    if error is None:
        return tree
    other = instead() if instead else None
    if other is not None:
        return other
    from pipelint.yaml.repair import repair

    return repair(source, error, tree, pure=pure)


def _refusal(text: str, *, pure: bool) -> Problem | None:
    if pure and len(text) > PURE_LIMIT:
        return Problem(
            Span(0, 1),
            f"the text is longer than {PURE_LIMIT} characters, too long for the slow YAML parser",
            "not read",
            "install `ruamel.yaml.clib`, with which there is no such limit",
        )
    if text.count("%TAG") > TAG_LIMIT:
        message = f"the text holds more than {TAG_LIMIT} `%TAG` directives"
        return Problem(Span(text.index("%TAG"), text.index("%TAG") + 4), message, "not read")
    return None
