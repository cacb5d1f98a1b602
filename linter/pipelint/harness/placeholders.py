"""Texts that another tool fills in first: its placeholders are values that nobody knows yet.

A bare `{{ name }}` is YAML for a map in a map. Where one stands for a value the text is read once
more, with a letter that nobody writes in its place; every offset stays as it is.
"""

from __future__ import annotations

import re

from pipelint.harness.values import FILLER
from pipelint.source import Source
from pipelint.yaml import parse
from pipelint.yaml.node import Tree

CONTROL = re.compile(
    r"^[ \t]*(?:-[ \t]+)?"
    r"(?:\{%|%\{|\{\{[-#~]|<%|\{\{[ \t]*(?:if|range|with|end|else)\b|\$\{[\w.]+\}[ \t]*$)",
    re.MULTILINE,
)
"""A line that the other tool removes; such a text is no YAML before it has run."""

_BARE = re.compile(r"^[^#'\"\n]*?(?::|-)[ \t]+\{\{", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{\{[^{}\n]*\}\}")


def is_generated(text: str) -> bool:
    """Tell whether a text has lines that another tool acts on."""
    return CONTROL.search(text) is not None or "${jsonencode(" in text or "${yamlencode(" in text


def read_filled(source: Source) -> Tree | None:
    """Read a text with its bare placeholders filled; None where it has none."""
    text = source.text
    if "{{" not in text or _BARE.search(text) is None:
        return None
    filled = _PLACEHOLDER.sub(lambda found: FILLER * len(found[0]), text)
    return parse(Source(filled, source.path))
