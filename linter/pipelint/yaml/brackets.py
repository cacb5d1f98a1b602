"""Mistakes in `[a, b]` and `{a: b}`."""

from __future__ import annotations

import re

from pipelint.source import Span
from pipelint.yaml import quoting
from pipelint.yaml.lines import Line
from pipelint.yaml.mistake import Mistake, Patch, Scene, blank_line, placeholder
from pipelint.yaml.node import Problem

_KINDS = {"[": ("]", "list"), "{": ("}", "mapping")}
_OPENED_BY = {"]": "[", "}": "{"}


def inside(scene: Scene, opening: int) -> Mistake:
    """Tell of something that does not fit between brackets: which were opened at `opening`."""
    line = scene.lines.at(opening)
    same_line = scene.line.start == line.start
    if same_line and scene.text.startswith("{{", line.value) and scene.at >= line.value:
        return quoting.behind_bracket(scene, line)
    if same_line and scene.at < line.stop and _closing(scene, opening) in scene.text[scene.at:line.stop]:
        return _comma(scene, opening)
    if not same_line and _closes_below(scene, opening) and not scene.line.has_key:
        return _comma(scene, opening)
    return _unclosed(scene, opening)


def stray(scene: Scene) -> Mistake:
    """Tell of a bracket or comma where nothing is open, or of two commas."""
    ...
